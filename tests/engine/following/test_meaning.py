"""What a sentence is to a commitment by both being read together, and what that adds to the second look."""

from __future__ import annotations

from math import exp

import pytest

from handslag.following.linking.in_english import in_english
from handslag.following.linking.meaning import Meaning, Reading, installed_meaning, meaning_features, worth_comparing
from handslag.following.linking.second_look import Look
from handslag.following.results import SAYS


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    found = installed_meaning()
    assert found, "the encoder is not installed: make setup"
    return found


def test_the_same_in_two_languages_is_more_alike_than_another_matter(meaning: Meaning) -> None:
    promised = in_english("Regionen ska rekrytera fem sjuksköterskor.", "sv")
    told = "All the nursing posts have been filled."
    other = "The ferry to the islands leaves at noon."
    same, another = meaning.read([(promised, told), (promised, other)])
    assert same.tells > another.tells + 2


@pytest.mark.parametrize(
    ("promised", "told", "says"),
    [
        ("Regionen ska öppna en mottagning i Ekhult.", "Mottagningen i Ekhult öppnade i måndags.", "done"),
        ("Bolaget ska bygga en fabrik i Almvik.", "Bygget av fabriken i Almvik har skjutits upp till 2031.", "delayed"),
        (
            "Bolaget ska bygga en fabrik i Almvik.",
            "Det blir ingen fabrik i Almvik, planerna har skrotats.",
            "cancelled",
        ),
        ("Stiftelsen ska dela ut tio stipendier.", "Stiftelsen upprepar att tio stipendier ska delas ut.", "restated"),
    ],
)
def test_plain_words_are_read_plainly(meaning: Meaning, promised: str, told: str, says: str) -> None:
    (reading,) = meaning.read([(in_english(promised, "sv"), in_english(told, "sv"))])
    assert reading.tells > 0
    assert SAYS[reading.says.index(max(reading.says))] == says
    assert sum(map(exp, reading.says)) == pytest.approx(1, abs=0.1)


def test_what_was_forgotten_is_found_again(meaning: Meaning, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [("The unit will be opened.", "The clinic opened."), ("The unit will be opened.", "It rained.")]
    before = meaning.read(pairs)
    monkeypatch.setattr("handslag.following.linking.meaning._REMEMBERED", 1)
    assert meaning.read(pairs) == before
    assert meaning.read(pairs[::-1]) == before[::-1]
    assert meaning.read([]) == []


def test_a_look_is_set_against_its_rivals_and_against_other_sentences() -> None:
    looks = [Look(0, "c1", "a", 2.0), Look(0, "c2", "a", 1.0), Look(1, "c1", "a", 0.0), Look(2, "c3", "a", -4.0)]
    said = (-0.1, -3.0, -4.0, -4.0, -4.0, -4.0)
    found = meaning_features(looks, {k: Reading(tells, said) for k, tells in enumerate((1.5, -0.5, -1.0))})
    says = {f"read {name}": score for name, score in zip(SAYS, said, strict=True)}
    assert found[0] == says | {
        "compared": 1.0,
        "read together": 1.5,
        "read together, more than rivals": 2.0,
        "read together, more than other sentences": 2.5,
    }
    assert found[1] == says | {
        "compared": 1.0,
        "read together": -0.5,
        "read together, more than rivals": -2.0,
        "read together, more than other sentences": 3.5,
    }
    assert found[3] == {}


def test_the_likeliest_of_a_page_are_compared_and_no_more() -> None:
    looks = [Look(at, f"c{k}", "a", float(k) - 3) for at in range(9) for k in range(6)]
    chosen = worth_comparing(looks)
    assert len(chosen) == 12
    assert {looks[k].sentence for k in chosen} == set(range(9))
    assert {looks[k].commitment for k in chosen} == {"c5", "c4"}
    assert sorted(looks[k].commitment for k in worth_comparing(looks[:6])) == ["c3", "c4", "c5"]
    assert worth_comparing([Look(0, "c", "a", -2.6)]) == []
