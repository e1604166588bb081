"""Vendored files are as published, and are listed."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import handslag_hub.design

DESIGN = Path(handslag_hub.design.__file__).parent
ROW = re.compile(r"^\| (static/\S+) \|.*\| ([0-9a-f]{64}) \|$", re.MULTILINE)


def listed() -> dict[str, str]:
    return dict(ROW.findall((DESIGN / "VENDORED.md").read_text()))


def test_every_vendored_file_has_the_listed_sum():
    assert listed()
    for name, checksum in listed().items():
        assert hashlib.sha256((DESIGN / name).read_bytes()).hexdigest() == checksum, name


def test_no_vendored_file_is_unlisted():
    there = {str(path.relative_to(DESIGN)) for path in (DESIGN / "static/design/vendor").iterdir()}
    assert there == listed().keys()


def test_the_version_in_the_file_is_the_listed_one():
    script = (DESIGN / "static/design/vendor/htmx.min.js").read_text()
    assert f'version:"{re.search(r"htmx.org [|] ([0-9.]+)", (DESIGN / "VENDORED.md").read_text()).group(1)}"' in script


def test_pages_have_neither_inline_style_nor_inline_script():
    for template in DESIGN.parent.glob("*/templates/**/*.html"):
        text = template.read_text()
        assert not re.search(
            r"""\sstyle=|<style|\son[a-z]+=["']|<script(?![^>]*(\bsrc=|type="application/json"))|hx-on|javascript:""",
            text,
        ), template
