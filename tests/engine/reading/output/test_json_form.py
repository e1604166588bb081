"""The JSON object of a reading, and how it gets into its file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.made_readings import Page, example, hostile

from handslag.kernel.errors import HandslagError
from handslag.reading.output import LISTS, as_json, json_text, remove_json, write_json, write_where_named


def test_every_passage_is_the_slice_of_the_text() -> None:
    found = json.loads(json_text(as_json(example())))
    passages = [passage for key in LISTS for item in found[key] for passage in item["evidence"]]
    assert len(passages) == 19
    assert all(found["text"][passage["start"] : passage["end"]] == passage["quote"] for passage in passages)
    assert all(item["zone"] == item["evidence"][0]["zone"] for key in LISTS for item in found[key])


def test_the_object_has_the_contracts_keys_and_values() -> None:
    found = as_json(example())
    assert list(found) == ["format", "document", "text", "warnings", "lines", *LISTS, "dropped"]
    assert found["format"] == "handslag-reading/1"
    assert found["quotes"] == [
        {
            "id": "q1",
            "text": "Vi lovar svar inom tio dagar",
            "speaker": "Karin Söderfalk",
            "role": "vd",
            "organisation": "Stiftelsen Dalhamn",
            "evidence": [
                {"start": 278, "end": 306, "quote": "Vi lovar svar inom tio dagar", "zone": "quote"},
            ],
            "zone": "quote",
            "certainty": "certain",
        }
    ]
    assert found["commitments"][0]["agreement"] == "a1"
    assert found["commitments"][1]["agreement"] is None
    assert found["lines"][3] == {"line": 4, "start": 110, "end": 110, "zone": "", "language": ""}


def test_each_item_stands_on_one_line_as_it_is_spelled() -> None:
    lines = json_text(as_json(example())).splitlines()
    (person,) = [line for line in lines if '"id": "p1"' in line]
    assert json.loads(person.strip().rstrip(","))["name"] == "Karin Söderfalk"
    assert "Söderfalk" in person


@pytest.mark.parametrize("poison", ["\ud800 lone", "\x00\x1b\u2028\u2029", '"\\\n', "a\u00adb\u00a0c", "😀"])
def test_any_text_comes_back_as_it_was(poison: str, tmp_path: Path) -> None:
    reading = Page(("body", poison)).reading() if "\n" in poison else hostile(poison)
    write_json(reading, tmp_path / "page.json")
    found = json.loads((tmp_path / "page.json").read_text(encoding="utf-8"))
    assert found == json.loads(json.dumps(as_json(reading)))
    assert found["text"] == reading.text


def test_a_file_is_written_with_its_folders_and_nothing_else_stays(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "er" / "page.json"
    write_json(example(), target)
    write_json(example(), target)
    assert [path.name for path in target.parent.iterdir()] == ["page.json"]


def test_a_failed_write_leaves_the_old_file_and_no_temporary_one(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_where_named("\ud800", target)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_where_nothing_can_be_written_the_error_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(HandslagError, match=r"file.page\.json: cannot be written \(.+\)"):
        write_json(example(), tmp_path / "file" / "page.json")


def test_a_number_that_json_does_not_have_is_told(tmp_path: Path) -> None:
    reading = example()
    endless = replace(reading.figures[0], value=float("inf"))
    with pytest.raises(HandslagError, match=r"page\.json: cannot be written as JSON"):
        write_json(replace(reading, facts=replace(reading.facts, figures=(endless,))), tmp_path / "page.json")
    assert list(tmp_path.iterdir()) == []


def test_an_old_file_is_removed_and_a_missing_one_is_no_error(tmp_path: Path) -> None:
    old = tmp_path / "page.json"
    old.write_text("{}", encoding="utf-8")
    remove_json(old)
    remove_json(old)
    remove_json(tmp_path / "no" / "folder" / "page.json")
    assert not old.exists()
    old.mkdir()
    with pytest.raises(HandslagError, match="cannot be removed"):
        remove_json(old)
