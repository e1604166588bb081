"""Passages: found verbatim or not at all, trimmed of white space, never of anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.kernel.passages import Passage, passage_of

TEXT = "Almi lovar svar.\nRegion Skåne 𝛽-testar."


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [(0, 4, "Almi"), (11, 16, "svar."), (17, 29, "Region Skåne"), (30, 31, "𝛽"), (15, 18, ".\nR")],
)
def test_a_passage_holds_where_its_quote_stands(start: int, end: int, quote: str) -> None:
    assert Passage(start, end, quote).holds_in(TEXT)


@pytest.mark.parametrize(
    "passage",
    [
        Passage(0, 4, "almi"),
        Passage(0, 4, "Almi "),
        Passage(1, 5, "Almi"),
        Passage(0, 0, ""),
        Passage(4, 0, "Almi"),
        Passage(-5, -1, TEXT[-5:-1]),
        Passage(len(TEXT) - 2, len(TEXT) + 2, TEXT[-2:]),
        Passage(999, 1003, "Almi"),
    ],
)
def test_any_other_passage_does_not(passage: Passage) -> None:
    assert not passage.holds_in(TEXT)


def test_white_space_at_both_ends_is_no_part_of_a_passage() -> None:
    assert passage_of(" \n Almi\u00a0\t", 0, 9, "body") == Passage(3, 7, "Almi", "body")


def test_soft_hyphens_and_hard_spaces_stay_in_the_quote() -> None:
    text = "läke\u00admedel 14\u00a0mkr"
    assert passage_of(text, 0, len(text)).quote == text


@given(st.text(st.sampled_from("aÅ𝛽 \n\t\u00a0\u00ad")), st.integers(0, 30), st.integers(0, 30))
def test_a_made_passage_holds_unless_there_is_nothing_but_white_space(text: str, start: int, end: int) -> None:
    start, end = min(start, len(text)), min(end, len(text))
    passage = passage_of(text, start, end)
    assert passage.quote == text[start:end].strip()
    assert passage.holds_in(text) == bool(passage.quote)
