"""What sentences mean: Swedish in English words, what two passages have in common, and what it adds to the second look."""

from __future__ import annotations

import pytest

from handslag.following.in_english import in_english
from handslag.following.meaning import Meaning, installed_meaning, meaning_features, worth_comparing
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
    alike, unlike = meaning.alike([(promised, told), (promised, other)])
    assert alike > unlike + 1


def test_what_was_forgotten_is_found_again(meaning: Meaning, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [("The unit will be opened.", "The clinic opened."), ("The unit will be opened.", "It rained.")]
    before = meaning.alike(pairs)
    monkeypatch.setattr("handslag.following.meaning._REMEMBERED", 1)
    assert meaning.alike(pairs) == before
    assert meaning.alike(pairs[::-1]) == before[::-1]
    assert meaning.alike([]) == []


def test_a_look_is_set_against_its_rivals_and_against_other_sentences() -> None:
    looks = [Look(0, "c1", "a", 2.0), Look(0, "c2", "a", 1.0), Look(1, "c1", "a", 0.0), Look(2, "c3", "a", -4.0)]
    found = meaning_features(looks, {0: 1.5, 1: -0.5, 2: -1.0})
    assert found[0] == {
        "compared": 1.0,
        "alike": 1.5,
        "more alike than rivals": 2.0,
        "more alike than other sentences": 2.5,
    }
    assert found[1] == {
        "compared": 1.0,
        "alike": -0.5,
        "more alike than rivals": -2.0,
        "more alike than other sentences": 3.5,
    }
    assert found[3] == {}


def test_the_likeliest_of_a_page_are_compared_and_no_more() -> None:
    looks = [Look(at, f"c{k}", "a", float(k) - 3) for at in range(9) for k in range(6)]
    chosen = worth_comparing(looks)
    assert len(chosen) == 10
    assert {looks[k].sentence for k in chosen} == set(range(9))
    assert {looks[k].commitment for k in chosen} == {"c5", "c4"}
    assert sorted(looks[k].commitment for k in worth_comparing(looks[:6])) == ["c3", "c4", "c5"]
    assert worth_comparing([Look(0, "c", "a", -2.1)]) == []
