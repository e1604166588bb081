"""Tokens: what is one, where it stands, and that none of the text gets lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.language.tokens import UNSEEN, tokens_of

# Letters of both languages, marks that tie words together, and what makes trouble: accents of their own, no width, no space.
TEXTS = st.text(
    st.sampled_from("aäöÅé Zz09.,:;-–—'’&/@_%()[]\u00ad\u200b\u0301\u030a\u2011\u00a0\t\n…½") | st.characters()
)


def forms(text: str) -> list[str]:
    return [token.form for token in tokens_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("läkemedels- och medicinteknikbolag", ["läkemedels-", "och", "medicinteknikbolag"]),
        ("vd:n, VD:s och EU:s", ["vd:n", ",", "VD:s", "och", "EU:s"]),
        ("den 18:e, 3:e och 1:a", ["den", "18:e", ",", "3:e", "och", "1:a"]),
        ("Forska!Sverige", ["Forska", "!", "Sverige"]),
        ("Oslo's hub and AstraZeneca’s site", ["Oslo", "'s", "hub", "and", "AstraZeneca", "’s", "site"]),
        ("we'll, don’t, O'Brien", ["we'll", ",", "don’t", ",", "O'Brien"]),
        ("R&D and AT&T", ["R&D", "and", "AT&T"]),
        ("COVID-19, CAR-T, 5G-nät, 1990-talet", ["COVID-19", ",", "CAR-T", ",", "5G-nät", ",", "1990-talet"]),
        ("3,5 mkr, 12.5% och 10:30", ["3,5", "mkr", ",", "12.5", "%", "och", "10:30"]),
        ("skriv till anna.lind@region-x.example.", ["skriv", "till", "anna.lind@region-x.example", "."]),
        ("se www.region.example/sida?x=1)", ["se", "www.region.example/sida?x=1", ")"]),
        ("”Ja”, sa hon", ["”", "Ja", "”", ",", "sa", "hon"]),
    ],
)
def test_a_word_a_number_an_address_and_a_mark_are_one_token_each(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("läke\u00admedel", "läkemedel"),
        ("läke\u200bmedel", "läkemedel"),
        ("A\u030angstro\u0308m", "Ångström"),
        ("So\u0308derfalk", "Söderfalk"),
    ],
)
def test_what_has_no_width_and_accents_that_follow_their_letter_do_not_break_a_word(text: str, expected: str) -> None:
    (token,) = tokens_of(text)
    assert token.form == expected
    assert text[token.start : token.end] == text


def test_a_hard_space_separates_words() -> None:
    assert forms("14\u00a0miljoner\u202fkronor") == ["14", "miljoner", "kronor"]


def test_only_the_asked_stretch_is_cut_up_and_places_are_those_of_the_whole_text() -> None:
    text = "Region Skåne och Almi"
    assert [(t.start, t.end) for t in tokens_of(text, 7, 16)] == [(7, 12), (13, 16)]


@given(TEXTS)
def test_tokens_hold_every_character_but_white_space_in_order_and_without_overlap(text: str) -> None:
    tokens = tokens_of(text)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert all(before.end <= after.start for before, after in pairwise(tokens))
    held = {i for token in tokens for i in range(token.start, token.end)}
    assert all(i in held or text[i].isspace() for i in range(len(text)))


@given(TEXTS)
def test_a_token_has_a_form_without_white_space(text: str) -> None:
    for token in tokens_of(text):
        assert token.form
        assert not any(character.isspace() for character in token.form)
        assert len(token.form) == 1 or not set(UNSEEN) & set(token.form)


@pytest.mark.parametrize("mark", ["-", "a+", "._", "www.", "'", "@a", "\u00ad", "1-a"])
def test_a_long_run_of_marks_takes_its_length_not_its_square(mark: str) -> None:
    # With the square of 200,000 the time limit of the test run would end this.
    assert tokens_of(mark * (200_000 // len(mark)))
