"""Plain text and Markdown: the file's own text, and nothing changed but line ends."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from handslag.reading.loading import Limits, LoadedDocument, load

LoadBytes = Callable[..., LoadedDocument]


def test_text_is_the_file_with_line_feeds(loaded: LoadBytes) -> None:
    content = b"\xef\xbb\xbfRegion Sk\xc3\xa5ne\r\n\r\nska\rta fram\x0cen plan.  \n"
    document = loaded("sida.txt", content)
    assert document.text == "Region Skåne\n\nska\nta fram\x0cen plan.  \n"
    assert (document.format, document.title, document.metadata_day, document.regions) == ("txt", "", "", ())
    assert document.sha256 == hashlib.sha256(content).hexdigest()


def test_hard_spaces_and_soft_hyphens_stay(loaded: LoadBytes) -> None:
    text = "5\u00a0miljoner läke\u00admedel\u2009–\u202f10\u200b%"
    assert loaded("sida.txt", text).text == text


def test_the_path_is_the_name_that_the_user_gave(file: Callable[[str, str], Path]) -> None:
    path = file("sida.txt", "text")
    assert load(path).path == str(path)
    assert load(path, name="mapp/sida.txt").path == "mapp/sida.txt"


@pytest.mark.parametrize("line", ["said-on: 2026-03-31\n", "Said-On:2026-03-31  \r\n", "\ufeffsaid-on: 2026-03-31\n"])
def test_a_given_day_is_no_part_of_the_text(loaded: LoadBytes, line: str) -> None:
    document = loaded("sida.md", f"{line}# Avtal\n\nText.")
    assert (document.given_day, document.text) == ("2026-03-31", "# Avtal\n\nText.")
    assert [(part.start, part.end, part.tag) for part in document.regions] == [(0, 7, "headline")]


@pytest.mark.parametrize("line", ["said-on: 2026-02-30", "said-on: i går", "said-on: 2026-3-1", "said-on:"])
def test_a_given_day_that_is_none_stays_and_is_told(loaded: LoadBytes, line: str) -> None:
    document = loaded("sida.txt", f"{line}\nText.")
    assert (document.given_day, document.text) == ("", f"{line}\nText.")
    assert [code for code, _ in document.warnings] == ["said-on-unreadable"]


def test_a_given_day_further_down_is_text(loaded: LoadBytes) -> None:
    document = loaded("sida.txt", "Rubrik\nsaid-on: 2026-03-31\n")
    assert (document.given_day, document.text) == ("", "Rubrik\nsaid-on: 2026-03-31\n")


def test_markdown_marks_give_regions_and_change_nothing(
    loaded: LoadBytes, texts_of: Callable[[LoadedDocument, str], list[str]]
) -> None:
    text = "# Avtal\n\nRegionen ska bygga.\n\n- ett\n2. två\n\n> Vi lovar.\n\n| a | b |\n|---|---|\n\n```\n# kod\n```\n"
    document = loaded("sida.md", text)
    assert document.text == text
    assert texts_of(document, "headline") == ["# Avtal"]
    assert texts_of(document, "list") == ["- ett", "2. två"]
    assert texts_of(document, "quote") == ["> Vi lovar."]
    assert texts_of(document, "table") == ["| a | b |", "|---|---|"]


def test_front_matter_gives_title_and_day(
    loaded: LoadBytes, texts_of: Callable[[LoadedDocument, str], list[str]]
) -> None:
    document = loaded("sida.md", "---\ntitle: 'Nytt avtal'\ndate: 2026-03-31T08:00:00Z\n---\n\nText.\n")
    assert (document.title, document.metadata_day) == ("Nytt avtal", "2026-03-31")
    assert document.metadata_source == "front matter date"
    assert texts_of(document, "furniture") == ["---\ntitle: 'Nytt avtal'\ndate: 2026-03-31T08:00:00Z\n---"]


def test_rules_between_paragraphs_are_no_front_matter(loaded: LoadBytes) -> None:
    document = loaded("sida.md", "---\nText utan fält.\n---\n")
    assert (document.title, document.regions) == ("", ())


def test_a_web_page_named_txt_is_told(loaded: LoadBytes) -> None:
    document = loaded("sida.txt", "<!DOCTYPE html><html><p>Hej</p></html>")
    assert document.text.startswith("<!DOCTYPE")
    assert [code for code, _ in document.warnings] == ["looks-like-html"]


def test_a_page_of_text_takes_no_time(file: Callable[[str, str], Path]) -> None:
    path = file("sida.txt", "Region Skåne ska ta fram en plan för klinisk forskning.\n" * 54)
    load(path)
    best = min(_seconds(path) for _ in range(200))
    assert best < 0.0005  # 0.04 ms as measured; the machine may be slow


def _seconds(path: Path) -> float:
    start = time.process_time()
    load(path)
    return time.process_time() - start


def test_limits_hold_for_plain_text_too(file: Callable[[str, str], Path]) -> None:
    path = file("sida.txt", "å" * 1000)
    assert len(load(path, limits=Limits(max_characters=1000)).text) == 1000
