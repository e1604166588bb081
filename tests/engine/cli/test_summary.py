"""The summary on the terminal."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console
from tests.made_readings import Page, example, hostile

from handslag.cli.summary import Summary, terminal_language
from handslag.reading.results import Reading


def printed(*readings: Reading, language: str = "en", width: int = 110, unreadable: int = 0) -> str:
    stream = io.StringIO()
    summary = Summary(Console(file=stream, width=width, highlight=False, markup=False, emoji=False), language)
    for reading in readings:
        summary.print_document(reading)
    if len(readings) > 1:
        summary.print_totals(readings, unreadable)
    return stream.getvalue()


def rows(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def test_a_document_is_told_from_its_firmest_commitments_to_its_counts() -> None:
    assert rows(printed(example())) == [
        "─" * 110,
        "Avtal om testbädd i Almvik",
        "sidor/exempel.txt · 12 November 2026, printed on the page · Swedish",
        "Note: The given day is not the page's",
        "Note: Something else",
        "Commitments",
        "Agreed",
        "Stiftelsen Dalhamn; Region under 2027 avsätta 14 miljoner kronor “ska” 2027",
        "Österdalen",
        "Promised",
        "Stiftelsen Dalhamn svar inom tio dagar “lovar”",
        "Planned",
        "Nobody named Mötet hålls i slutet av nästa år (condition: om ingen 2027 (inferred)",
        "säger nej)",
        "Possible",
        "Stiftelsen Dalhamn; Region sekundäranvändning av hälsodata “kan omfatta”",
        "Österdalen",
        "gemensam upphandling “kan omfatta”",
        "Agreements",
        "avtal om testbädd Stiftelsen Dalhamn; Region Österdalen",
        "(concluded)",
        "People",
        "Karin Söderfalk vd, Stiftelsen Dalhamn",
        "Events",
        "9 December 2026 (inferred) Partnerdag, Dalhamn cancelled",
        "2 organisations · one figure · one quote · one signal · 2 weakly supported not shown",
    ]


def test_both_languages_tell_the_same() -> None:
    swedish = printed(example(), language="sv")
    assert "Avtalat" in swedish
    assert "Obs: Den angivna dagen är en annan än den som sidan själv trycker." in swedish
    assert len(rows(printed(example(), language="sv", width=300))) == len(rows(printed(example(), width=300)))


def test_totals_count_all_documents() -> None:
    assert rows(printed(example(), example(), unreadable=1))[-1] == (
        "2 documents · 10 commitments · 2 agreements · 2 people · 2 events · one file could not be read"
    )


def test_a_page_without_facts_says_so() -> None:
    assert (
        rows(printed(Page(("body", "Hyvää päivää"), language="fi").reading()))[-1]
        == "No facts were read from this text."
    )


@pytest.mark.parametrize(
    "poison", ["[bold red]x[/] [link=http://a]b[/link] :boom:", "\x1b[2J\x07\x9b31m", "a\nb\u202ec"]
)
def test_nothing_in_a_document_is_taken_for_markup_or_control(poison: str) -> None:
    text = printed(hostile(poison) if "\n" not in poison else replace_title(poison))
    assert not set(text) & set("\x1b\x07\x9b\u202e")
    if ":boom:" in poison:
        assert "[bold red]x[/] [link=http://a]b[/link] :boom:" in text


def replace_title(title: str) -> Reading:
    reading = example()
    return replace(reading, document=replace(reading.document, title=title))


@pytest.mark.parametrize("width", [40, 300])
def test_any_width_will_do(width: int) -> None:
    assert "Karin" in printed(example(), width=width)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "sv_SE.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "sv_FI"}, "sv"),
    ],
)
def test_the_terminals_language_is_that_of_the_locale(environment: dict[str, str], language: str) -> None:
    assert terminal_language(environment) == language
