"""`handslag follow` as a person at a terminal meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.engine.following.made_story import DONE, OTHER, PROMISE
from typer.testing import CliRunner, Result

from handslag.cli.app import app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name, text in (("a.txt", PROMISE), ("b.txt", DONE), ("c.txt", OTHER)):
        (pages / name).write_text(text, encoding="utf-8")
    return pages


def follow(*words: str | Path, language: str = "en_GB.UTF-8") -> Result:
    return CliRunner(env={"LC_ALL": language}).invoke(app, ["follow", *map(str, words)])


def test_each_commitment_is_shown_with_its_state_and_what_was_heard(folder: Path) -> None:
    done = follow(folder, "--as-of", "2026-12-31")
    assert done.exit_code == 0, done.stderr
    shown = " ".join(done.stdout.split())
    assert "reported done" in shown
    assert "Testbädden för hemdialys i Almvik öppnade i går" in shown


WITHOUT = "import sys; sys.modules['tokenizers'] = None; from handslag.cli.app import main; main()"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en_GB.UTF-8", "by their words alone"), pytest.param("sv_SE.UTF-8", "ord för ord", marks=pytest.mark.long)],
)
def test_without_the_encoder_words_alone_are_compared_and_that_is_told(folder: Path, language: str, words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, "follow", str(folder), "--as-of", "2026-12-31"],
        env=os.environ | {"LC_ALL": language},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert words in done.stderr
    assert "Testbädden för hemdialys i Almvik öppnade i går" in " ".join(done.stdout.split())
    assert words not in follow(folder, "--as-of", "2026-12-31", language=language).stderr


def test_a_swedish_terminal_is_told_in_swedish(folder: Path) -> None:
    assert "uppges gjort" in follow(folder, "--as-of", "2026-12-31", language="sv_SE.UTF-8").stdout


def test_the_json_and_the_page_are_written(folder: Path, tmp_path: Path) -> None:
    done = follow(
        folder, "--as-of", "2026-12-31", "--quiet", "--json", tmp_path / "f.json", "--html", tmp_path / "f.html"
    )
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    value = json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))
    assert value["format"] == "handslag-following/1"
    assert [document["said_on"] for document in value["documents"]] == ["2026-01-14", "2026-06-02", "2026-06-09"]
    assert "hemdialys" in (tmp_path / "f.html").read_text(encoding="utf-8")


def test_given_commitments_are_followed_instead(folder: Path, tmp_path: Path) -> None:
    passages = PROMISE.splitlines()[4], PROMISE.splitlines()[6]
    given = [{"id": name, "document": "a.txt", "who": "Region Österdalen", "what": what, "firmness": "promised", "when": "",
        "passage": passage} for name, what, passage in zip("xy", ("öppna", "anställa"), passages, strict=True)]  # fmt: skip
    (tmp_path / "given.json").write_text(json.dumps(given), encoding="utf-8")
    follow(
        folder,
        "--as-of",
        "2026-12-31",
        "--quiet",
        "--commitments",
        tmp_path / "given.json",
        "--json",
        tmp_path / "f.json",
    )
    value = json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))
    assert [(c["id"], c["state"]) for c in value["commitments"]] == [
        ("x", "reported done"),
        ("y", "reported done"),
    ]


def test_a_day_given_is_for_pages_that_print_none(folder: Path, tmp_path: Path) -> None:
    (folder / "d.txt").write_text(
        "Region Österdalen\n\nTestbädden i Almvik är öppen och välbesökt.\n", encoding="utf-8"
    )
    follow(folder, "--said-on", "2026-07-01", "--as-of", "2026-12-31", "--quiet", "--json", tmp_path / "f.json")
    documents = json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))["documents"]
    assert [document["said_on"] for document in documents][-1] == "2026-07-01"


def test_what_cannot_be_read_is_named_and_the_others_are_followed(folder: Path) -> None:
    (folder / "e.pdf").write_bytes(b"%PDF-1.4 broken")
    done = follow(folder, "--as-of", "2026-12-31")
    assert done.exit_code == 1
    assert "e.pdf" in done.stderr
    assert "reported done" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [(["--as-of", "soon"], "YYYY-MM-DD"), (["--json", "."], "expected a file"), ([""], "found an empty name")],
)
def test_wrong_usage_ends_with_status_2(folder: Path, words: list[str], told: str) -> None:
    done = follow(folder, *words)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.replace("│", " ").split())
