"""Documents to read, made from text as the loader would make them, and what holds for every reading."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from handslag.reading.loading import LoadedDocument
from handslag.reading.results import CERTAINTIES, Facts, Reading
from handslag.reading.zones import ZONES


@pytest.fixture(scope="session")
def document() -> Callable[..., LoadedDocument]:
    """`document(text)`: a loaded text file with this text; what else is known of it by name."""

    def make(text: str, **known: Any) -> LoadedDocument:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return LoadedDocument("sidor/sida.txt", digest, "txt", text, **known)

    return make


@pytest.fixture(scope="session")
def assert_sound() -> Callable[[Reading], None]:
    """`assert_sound(reading)`: lines partition the text, every passage is verbatim, ids are unique and in text order."""

    def check(reading: Reading) -> None:
        assert "\n".join(reading.text[line.start : line.end] for line in reading.lines) == reading.text
        for line in reading.lines:
            is_blank = not reading.text[line.start : line.end].strip()
            assert line.zone == "" if is_blank else line.zone in ZONES
            assert not (is_blank and line.language)
        for field in fields(Facts):
            items = getattr(reading.facts, field.name)
            starts = [item.evidence[0].start for item in items]
            assert starts == sorted(starts)
            assert len({item.id for item in items}) == len(items)
            for item in items:
                assert item.certainty in CERTAINTIES
                assert item.zone in ZONES
                assert item.zone != "furniture"
                for passage in item.evidence:
                    assert passage.quote.strip()
                    assert reading.text[passage.start : passage.end] == passage.quote
        organisations = {item.id for item in reading.organisations}
        assert {person.organisation_id for person in reading.people} <= {"", *organisations}
        assert {item.agreement for item in reading.commitments} <= {None, *(item.id for item in reading.agreements)}

    return check
