"""The sample pages: all are read, what is read keeps the contract, and each says that it is a sample."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

import handslag
from handslag.cli.app import app
from handslag.reading.loading import load
from handslag.reading.loading.formats import ENDINGS
from handslag.reading.output import LISTS

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
PAGES = sorted(path for path in SAMPLES.iterdir() if path.suffix in ENDINGS)
SCHEMA = json.loads((Path(handslag.__file__).parent / "formats" / "reading.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the command writes of the samples, by file name."""
    out = tmp_path_factory.mktemp("json")
    done = CliRunner().invoke(app, ["read", str(SAMPLES), "--json", str(out), "--quiet"])
    assert done.exit_code == 0, done.output
    found = [json.loads(path.read_text(encoding="utf-8")) for path in out.iterdir()]
    return {Path(reading["document"]["path"]).name: reading for reading in found}


def test_there_are_enough_in_both_languages_and_every_format(readings: dict[str, dict[str, Any]]) -> None:
    assert set(readings) == {path.name for path in PAGES}
    languages = [reading["document"]["language"] for reading in readings.values()]
    assert len(languages) >= 9
    assert min(languages.count("sv"), languages.count("en")) >= 4
    assert {path.suffix for path in PAGES} >= {".txt", ".md", ".html", ".docx", ".pdf"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_each_says_that_it_is_a_sample_and_is_as_long_as_a_page(path: Path) -> None:
    text = load(path).text
    assert (
        "exempelsida skriven för handslag" in text.casefold() or "sample page written for handslag" in text.casefold()
    )
    assert 180 <= len(text.split()) <= 420


@pytest.mark.parametrize("name", [path.name for path in PAGES])
def test_what_is_read_keeps_the_contract(readings: dict[str, dict[str, Any]], name: str) -> None:
    reading = readings[name]
    assert [error.json_path for error in Draft202012Validator(SCHEMA).iter_errors(reading)] == []
    text, lines = reading["text"], reading["lines"]
    assert "\n".join(text[line["start"] : line["end"]] for line in lines) == text
    for key in LISTS:
        for item in reading[key]:
            assert item["zone"] == item["evidence"][0]["zone"]
            assert all(text[place["start"] : place["end"]] == place["quote"] for place in item["evidence"])
    ids = [item["id"] for key in LISTS for item in reading[key]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", [path.name for path in PAGES])
def test_each_sample_shows_people_and_commitments(readings: dict[str, dict[str, Any]], name: str) -> None:
    shown = [item for item in readings[name]["commitments"] if item["certainty"] != "weak"]
    assert shown
    assert readings[name]["people"]
    assert readings[name]["organisations"]
