from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.example_counts import examples

from handslag.language.search import correct, deletions, spelt_words

VOCABULARY = (
    ("Karolinska", 40), ("Karolina", 2), ("Vinnova", 30), ("vinova", 0), ("agreement", 9), ("argument", 12), ("avtal", 50),
    ("avtalet", 20), ("läkemedel", 7), ("EU", 99), ("Region", 5), ("regional", 6), ("2025", 3),
)  # fmt: skip


def looked_up(word: str) -> tuple[str, ...]:
    """As a database does it: the words that share a key, then ranked."""
    keys = set(deletions(word))
    return correct(word, [(w, n) for w, n in VOCABULARY if not keys.isdisjoint(deletions(w))])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Karolinksa", "Karolinska"), ("Vinova", "Vinnova"), ("agrement", "agreement"), ("avatl", "avtal"), ("avtla", "avtal"),
        ("lakemedl", "läkemedel"), ("läkemdell", "läkemedel"), ("regoin", "Region"),
    ],
)  # fmt: skip
def test_a_misspelt_word_is_corrected(typed: str, meant: str) -> None:
    assert looked_up(typed)[0] == meant


@pytest.mark.parametrize("typed", ["UE", "avt", "2026", "zzzzzzzz", "", "!"])
def test_short_words_numbers_and_unknown_words_are_left(typed: str) -> None:
    assert correct(typed, VOCABULARY) == ()


def test_short_words_are_corrected_by_one_error_and_long_ones_by_two() -> None:
    assert correct("kartat", [("karta", 1), ("kart", 9)]) == ("karta",)
    assert correct("forskarnxy", [("forskarnas", 1), ("forskning", 9)]) == ("forskarnas",)


def test_errors_count_before_frequency_and_frequency_before_the_alphabet() -> None:
    candidates = [("bank", 1), ("rank", 7), ("dank", 7), ("tanker", 900), ("lank", 99), ("bank", 3)]
    assert correct("tank", candidates) == correct("tank", reversed(candidates)) == ("lank", "dank", "rank", "bank")


def test_a_word_that_is_spelt_right_is_no_correction_of_itself() -> None:
    assert correct("Läkemedel", [("lakemedel", 9), ("läkemedels", 1)]) == ("läkemedels",)


def test_the_vocabulary_has_words_as_they_are_shown() -> None:
    text = "Vårdens HÄLSA, ha\u0308lsa, EU:s covid-19 i läke\u00admedel: 2026 a1b"
    assert spelt_words(text) == ("vårdens", "hälsa", "covid", "läkemedel")


letters = st.sampled_from("abcd")


@st.composite
def misspelt(draw: st.DrawFn) -> tuple[str, str]:
    word = draw(st.text(alphabet=letters, min_size=3, max_size=14))
    typed = list(word)
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(typed)))
        match draw(st.sampled_from(["leave out", "put in", "change", "swap"])):
            case "leave out":
                del typed[at : at + 1]
            case "put in":
                typed.insert(at, draw(letters))
            case "change":
                typed[at : at + 1] = [draw(letters)]
            case _:
                typed[at : at + 2] = reversed(typed[at : at + 2])
    return word, "".join(typed)


@settings(max_examples=examples(2000))
@given(misspelt())
def test_a_word_that_is_near_enough_shares_a_key(pair: tuple[str, str]) -> None:
    word, typed = pair
    if correct(typed, [(word, 1)]):
        assert not set(deletions(word)).isdisjoint(deletions(typed))


def test_keys_stay_few() -> None:
    assert len(deletions("abcdefghijklmnopqrstuvwxyz")) == 1 + 7 + 21
    assert deletions("avta") == ("ata", "ava", "avt", "avta", "vta")
    assert deletions("2026") == ("2026",)
    assert deletions("?") == ()


@given(st.text(alphabet=string.printable + "åäö"), st.lists(st.tuples(st.text(), st.integers())))
def test_nothing_typed_is_an_error(word: str, candidates: list[tuple[str, int]]) -> None:
    assert set(correct(word, candidates)) <= {candidate for candidate, _ in candidates}
    assert list(deletions(word)) == sorted(set(deletions(word)))
