"""The lexicon: what the vocabulary knows of a single word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.language.lexicon import classes_of


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("universitet", "org:university"),
        ("University", "org:university"),
        ("sjukhus", "org:hospital"),
        ("AB", "legal"),
        ("Ltd", "legal"),
        ("bolaget", "stand-in:company"),
        ("Vinnova", "body"),
        ("vd", "role"),
        ("chief", "role"),
        ("forskningsdirektör", "-role"),
        ("dr", "title"),
        ("Anna", "first name"),
        ("Lunds", "place:town"),
        ("Sverige", "place:country"),
        ("Sweden", "place:country"),
        ("von", "particle"),
        ("Lindqvist", "-surname"),
    ],
)
def test_a_word_has_its_classes(word: str, name: str) -> None:
    assert name in classes_of(word)


@pytest.mark.parametrize("word", ["", "-", "(", "12", "x", "zzxxy"])
def test_what_is_no_word_of_the_vocabulary_has_none(word: str) -> None:
    assert classes_of(word) == ()


def test_a_word_in_small_letters_is_no_short_form_of_a_body() -> None:
    assert "no body" in classes_of("EN")
    assert "no body" not in classes_of("en")


@given(st.text(st.sampled_from("AaÅåsS-.‑'") | st.characters(), max_size=12))
def test_any_word_can_be_asked_for_and_no_class_comes_twice(word: str) -> None:
    found = classes_of(word)
    assert len(found) == len(set(found))
