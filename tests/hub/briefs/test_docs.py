"""What the pages of documentation say of briefs and milestones is so."""

from __future__ import annotations

import re
from pathlib import Path

from handslag_hub.briefs.brief import ROUND, SECTIONS
from handslag_hub.briefs.milestones import OCDS, OGP, OGP_MAKERS
from handslag_hub.briefs.urls import urlpatterns
from handslag_hub.exchange.tables import TABLES

CHECKOUT = Path(__file__).resolve().parents[3]
BRIEFS = (CHECKOUT / "docs" / "briefs.md").read_text(encoding="utf-8")
AGREEMENTS = (CHECKOUT / "docs" / "agreements.md").read_text(encoding="utf-8")


def test_the_mapping_is_the_one_that_is_exported():
    rows = re.findall(r"^\| ([\w ]+) \| (\w+) \| ([\w ]+) \|$", AGREEMENTS, re.MULTILINE)
    assert {(here, ocds, ogp) for here, ocds, ogp in rows if here in OCDS} == {(key, OCDS[key], OGP[key]) for key in OCDS}  # fmt: skip
    assert all(words in AGREEMENTS for words in OGP_MAKERS.values())
    columns = {column.key for table in ("milestones", "assessments") for column in TABLES[table].columns}
    assert {"ocds_status", "ogp_completion", "ogp_assessment"} <= columns


def test_the_addresses_are_there():
    named = re.findall(r"^    /(briefs/\S+)", BRIEFS, re.MULTILINE)
    routes = {re.sub(r"<str:(\w+)>", lambda match: "THEME" if match[1] == "theme" else "UID", str(entry.pattern)) for entry in urlpatterns}  # fmt: skip
    assert named
    assert set(named) <= routes


def test_the_command_is_one_of_the_makefile():
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\S+)$", BRIEFS, re.MULTILINE):
        assert f"\n{target}:" in makefile


def test_every_section_has_its_turn():
    assert set(ROUND) == set(SECTIONS)
