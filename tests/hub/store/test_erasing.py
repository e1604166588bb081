from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from handslag_hub.accounts.actors import Actor
from handslag_hub.store.did_you_mean import suggest
from handslag_hub.store.erasing.export import export_person
from handslag_hub.store.erasing.services import erase_person
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Document, Entity, Fact, FactPassage, Statement
from handslag_hub.store.services import keep_reading, review_fact

pytestmark = pytest.mark.django_db
PAGE = """Kvistalyckans kluster

Vendela Kvistberg, vd för Kvistalyckans Klusterförening, säger att föreningen ska öppna ett testcenter i Lund senast den 1 mars 2027.

– Vi lovar att bjuda in alla kommuner i oktober 2026, säger Vendela Kvistberg.

Enligt Kvistberg ska Region Skåne och Kvistalyckans Klusterförening teckna ett avtal. Kvistbergs plan är klar.
"""


@pytest.fixture
def administrator() -> Actor:
    return Actor(None, "Adda Administratör", "administrator")


@pytest.fixture
def kept(reviewer: Actor, read_text) -> Document:
    return keep_reading(reviewer, read_text(PAGE), address="https://example.org/vendela-kvistberg").document


def person() -> Entity:
    return Entity.objects.get(kind="person", names__name="Vendela Kvistberg", names__kind=0)


def test_every_passage_stands_verbatim_after_erasing(kept: Document, administrator: Actor):
    erase_person(administrator, person(), "asked for it")
    rows = list(FactPassage.objects.select_related("passage__document"))
    assert any("█" in row.passage.quote for row in rows)
    for row in rows:
        assert row.passage.document.text[row.passage.start : row.passage.end] == row.passage.quote
        assert "Kvistberg" not in row.passage.quote


def test_the_same_page_read_again_finds_the_same_covered_facts(kept: Document, administrator: Actor, reviewer: Actor, read_text):  # fmt: skip
    rejected = Fact.objects.filter(kind="commitment").first()
    review_fact(reviewer, rejected, "reject")
    erase_person(administrator, person(), "asked for it")
    before = set(Fact.objects.values_list("uid", flat=True)), set(Entity.objects.values_list("uid", flat=True))
    assert keep_reading(reviewer, read_text(PAGE), address="https://example.org/vendela-kvistberg").outcome == "same"
    again = keep_reading(reviewer, read_text(PAGE + "\nSidan ändrades.\n"), address="https://example.org/vendela-kvistberg")  # fmt: skip
    assert again.outcome == "version"
    assert "Kvistberg" not in again.document.text + again.document.address
    assert (set(Fact.objects.values_list("uid", flat=True)), set(Entity.objects.values_list("uid", flat=True))) == before  # fmt: skip
    rejected.refresh_from_db()
    assert rejected.status == "rejected"
    assert not Statement.objects.filter(value__contains="Kvistberg").exists()


def test_other_people_and_other_pages_stay_as_they_are(kept: Document, administrator: Actor, reviewer: Actor, read_text):  # fmt: skip
    other = keep_reading(reviewer, read_text("Karl Kvistberg, forskare vid Lunds universitet, ska öppna ett labb 2027."), address="https://example.org/karl")  # fmt: skip
    facts = set(other.document.facts.values_list("uid", flat=True))
    assert facts
    erase_person(administrator, person(), "asked for it")
    other.document.refresh_from_db()
    assert "Karl Kvistberg" in other.document.text
    assert set(other.document.facts.values_list("uid", flat=True)) == facts


def test_the_name_is_offered_no_longer_for_a_misspelt_word(kept: Document, administrator: Actor):
    assert suggest(administrator, "Kvistbreg") == "kvistberg"
    erase_person(administrator, person(), "asked for it")
    assert suggest(administrator, "Kvistbreg") == ""


def test_erasing_needs_an_administrator_a_person_and_a_reason(kept: Document, administrator: Actor, reviewer: Actor):
    with pytest.raises(PermissionDenied, match="administrator"):
        erase_person(reviewer, person(), "asked for it")
    with pytest.raises(Refused):
        erase_person(administrator, person(), " ")
    with pytest.raises(Refused):
        erase_person(administrator, Entity.objects.filter(kind="organisation").first(), "no person")


def test_the_export_holds_facts_passages_sources_and_reviews(kept: Document, administrator: Actor, reviewer: Actor):
    fact = Fact.objects.filter(about=person(), kind="role").first()
    review_fact(reviewer, fact, "accept", note="stämmer")
    data = json.dumps(export_person(administrator, person()), ensure_ascii=False)
    for expected in ("Vendela Kvistberg", "https://example.org/vendela-kvistberg", "stämmer", "Rut Granskare", "testcenter"):  # fmt: skip
        assert expected in data


def test_under_archive_law_everything_that_names_the_person_is_restricted(kept: Document, administrator: Actor, reviewer: Actor, read_text, settings):  # fmt: skip
    settings.ARCHIVE_LAW = True
    public = keep_reading(reviewer, read_text("Region Skåne ska öppna ett kontor i Lund 2027."), address="https://example.org/b")  # fmt: skip
    erase_person(administrator, person(), "law")
    kept.refresh_from_db()
    assert kept.visibility == 2
    assert "Kvistberg" in kept.text
    assert not Fact.objects.filter(document=kept, level__lt=2).exists()
    public.document.refresh_from_db()
    assert public.document.visibility == 0
    later = keep_reading(reviewer, read_text("Vendela Kvistberg ska öppna ett museum i Malmö 2027."), address="https://example.org/c")  # fmt: skip
    assert later.document.visibility == 2


def test_no_byte_of_the_name_is_left(empty_home: Path, tmp_path: Path):
    """In a hub of its own: database file, its log, originals, everything beside them."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite: its files are looked through in a hub of their own, whatever the other tests run on")
    shutil.copytree(empty_home, tmp_path / "home")
    story = Path(__file__).with_name("erasing_story.py")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "DJANGO"))}
    done = subprocess.run([sys.executable, story, tmp_path], capture_output=True, text=True, check=False,
        env=environment | {"HANDSLAG_HOME": str(tmp_path / "home"), "PYTHONPATH": os.pathsep.join(sys.path)})  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.splitlines()[-1]) == {"before": True, "left": [], "again": [], "restored": []}
