"""What sentences mean: Swedish in English words, likeness, and what it adds to the second look."""

from __future__ import annotations

import pytest

from handslag.following.in_english import in_english
from handslag.following.meaning import Likeness, Meaning, installed_meaning, meaning_features, worth_comparing
from handslag.following.second_look import Look


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    found = installed_meaning()
    assert found, "the encoder is not installed: make setup"
    return found


def test_english_stays_as_it_is() -> None:
    assert in_english("The  nurses are here.", "en") == "The  nurses are here."


def test_swedish_becomes_english_word_for_word_and_names_stay() -> None:
    assert in_english("Fem sjuksköterskor är på plats i Ljungvik.", "sv") == "five nurse is on place in Ljungvik ."


def test_a_compound_becomes_its_parts() -> None:
    assert set(in_english("forskningssjuksköterskor", "sv").split()) >= {"nurse", "research"}


def test_the_same_in_two_languages_is_more_alike_than_another_matter(meaning: Meaning) -> None:
    promised = in_english("Regionen ska rekrytera fem sjuksköterskor.", "sv")
    told = "All the nursing posts have been filled."
    other = "The ferry to the islands leaves at noon."
    alike, unlike = meaning.likeness([(told, promised), (other, promised)])
    assert alike.whole > 0.35
    assert unlike.whole < 0.15
    assert alike.promised > unlike.promised


def test_what_was_forgotten_is_found_again(meaning: Meaning, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [("The clinic opened.", "The unit was opened."), ("The clinic opened.", "It rained.")]
    before = meaning.likeness(pairs)
    monkeypatch.setattr("handslag.following.meaning._REMEMBERED", 1)
    assert meaning.likeness(pairs) == before
    assert meaning.likeness([]) == []


def test_an_empty_text_is_like_nothing(meaning: Meaning) -> None:
    (found,) = meaning.likeness([("", "The clinic opened.")])
    assert (found.promised, found.told) == (0.0, 0.0)


def test_a_look_is_set_against_its_rivals_and_against_other_sentences() -> None:
    looks = [Look(0, "c1", "a", 2.0), Look(0, "c2", "a", 1.0), Look(1, "c1", "a", 0.0), Look(2, "c3", "a", -4.0)]
    found = meaning_features(
        looks, {0: Likeness(0.6, 0.7, 0.5), 1: Likeness(0.4, 0.3, 0.3), 2: Likeness(0.3, 0.5, 0.5)}
    )
    assert found[0] == {
        "compared": 1.0,
        "alike": 0.6,
        "alike, promised": 0.7,
        "alike, told": 0.5,
        "more alike than rivals": 0.2,
        "more alike than other sentences": 0.3,
        "words more alike than rivals": 0.3,
        "words more alike than other sentences": 0.1,
    }
    assert found[1]["more alike than rivals"] == -0.2
    assert found[1]["more alike than other sentences"] == 0.3
    assert found[1]["words more alike than other sentences"] == 0.05
    assert found[3] == {}


def test_the_likeliest_of_a_page_are_compared_and_no_more() -> None:
    looks = [Look(at, f"c{k}", "a", float(k) - 3) for at in range(9) for k in range(6)]
    chosen = worth_comparing(looks)
    assert len(chosen) == 16
    assert {looks[k].sentence for k in chosen} == set(range(9))
    assert {looks[k].commitment for k in chosen} == {"c5", "c4"}
    assert sorted(looks[k].commitment for k in worth_comparing(looks[:6])) == ["c3", "c4", "c5"]
    assert worth_comparing([Look(0, "c", "a", -2.1)]) == []
