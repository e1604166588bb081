"""Where facts rest: pieces of the text, deciding words, surroundings."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made_readings import Page, example

from handslag.kernel.passages import Passage
from handslag.reading.report.passages import (
    MOST_FACTS_OF_A_PIECE,
    LineIndex,
    Mark,
    locate_words,
    marks_of,
    pieces,
    surroundings,
)

stretches = st.tuples(st.integers(0, 30), st.integers(1, 10), st.sampled_from("abcd"), st.booleans()).map(
    lambda drawn: Mark(drawn[0], drawn[0] + drawn[1], drawn[2], drawn[3])
)


@given(st.lists(stretches, max_size=12))
def test_pieces_say_of_every_character_which_facts_rest_on_it(marks: list[Mark]) -> None:
    found = pieces(marks)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    for offset in range(45):
        covering = [piece for piece in found if piece.start <= offset < piece.end]
        over = [mark for mark in marks if mark.start <= offset < mark.end]
        assert len(covering) == bool(over)
        assert {fact for piece in covering for fact in piece.facts} == {mark.fact for mark in over}
        assert any(piece.cue for piece in covering) == any(mark.cue for mark in over)
    starts = {piece.start for piece in found}
    assert {mark.start for mark in marks} <= starts, "a passage can be addressed where it begins"


def test_a_piece_names_a_limited_number_of_facts() -> None:
    found = pieces([Mark(0, 9, str(number)) for number in range(1_000)])
    assert [(piece.start, piece.end, len(piece.facts)) for piece in found] == [(0, 9, MOST_FACTS_OF_A_PIECE)]


@pytest.mark.parametrize(
    ("quote", "words", "found"),
    [
        ("Parterna ska enas.", "ska", ["ska"]),
        ("Frågan skall avgöras och ska lösas", "ska", ["ska"]),
        ("Det KAN\u00a0omfatta data", "kan omfatta", ["KAN\u00a0omfatta"]),
        ("has under\u00adtaken to publish", "has undertaken to", ["has under\u00adtaken to"]),
        ("ska, om pengarna räcker, ha levererat", "ska … levererat", ["ska", "levererat"]),
        ("ska, om pengarna räcker, ha levererat", "ska ha", ["ska", "ha"]),
        ("a\u030atar sig", "åtar sig", ["a\u030atar sig"]),
        ("(will) [may]", "may", ["may"]),
        ("costs (about) 3", "(about)", ["(about)"]),
        ("nothing of the kind", "will", []),
        ("nothing of the kind", "", []),
        ("nothing of the kind", " … ", []),
    ],
)
def test_deciding_words_are_found_as_printed(quote: str, words: str, found: list[str]) -> None:
    assert [quote[start:end] for start, end in locate_words(quote, words)] == found


@given(st.text(), st.text())
def test_locating_words_never_fails_and_stays_inside_the_quote(quote: str, words: str) -> None:
    places = locate_words(quote, words)
    assert all(0 <= start < end <= len(quote) for start, end in places)
    assert places == sorted(places)


def test_a_commitments_cue_is_marked_in_the_passage_that_holds_it() -> None:
    reading = example()
    cues = {
        mark.fact: reading.text[mark.start : mark.end] for mark in marks_of(reading, reading.commitments) if mark.cue
    }
    assert cues == {
        "c1": "ska",
        "c2": "lovar",
        "c3": "kan omfatta",
        "c4": "kan omfatta",
        "c5": "siktar på",
        "c6": "hålls",
    }


def test_a_passage_that_is_not_in_the_text_is_not_marked() -> None:
    page = Page(("body", "Vi ska leverera."))
    fact: Any = example().commitments[0]
    assert marks_of(page.reading(commitments=(fact,)), [fact]) == []


@pytest.mark.parametrize(
    ("text", "quote", "shown"),
    [
        ("ett\ntvå tre fyra\nfem", "tre", "två [tre] fyra"),
        ("tre", "tre", "[tre]"),
        ("x" * 5 + " " + "y " * 50 + "tre" + " z" * 50, "tre", "…" + "y " * 34 + "[tre]" + " z" * 34 + "…"),
    ],
)
def test_a_short_passage_is_shown_with_its_line(text: str, quote: str, shown: str) -> None:
    start = text.index(quote)
    around = surroundings(text, Passage(start, start + len(quote), quote))
    assert f"{around.before}[{around.quote}]{around.after}" == shown


def test_a_long_passage_is_shown_alone_and_in_full() -> None:
    text = "Före. " + "lång " * 40 + "Efter."
    quote = text[6:-6]
    assert surroundings(text, Passage(6, 6 + len(quote), quote)) == ("", quote, "")


def test_lines_of_a_fact_are_named_once_the_deciding_one_first() -> None:
    reading = example()
    index = LineIndex(reading.lines)
    assert index.numbers(reading.organisations[0]) == [3, 5, 9]
    assert index.numbers(reading.commitments[3]) == [8, 6]
