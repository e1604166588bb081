"""Certainty: a probability becomes a word by thresholds that were measured, or by careful ones."""

from __future__ import annotations

import json

import pytest

from handslag.kernel.passages import Passage
from handslag.reading.builtin import worded
from handslag.reading.certainty import DEFAULT, Thresholds, thresholds_of
from handslag.reading.models import Models
from handslag.reading.results import CERTAINTIES, FigureFact, Scored

LIMITS = Thresholds(0.95, 0.6, 0.3)


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (1.0, "certain"),
        (0.95, "certain"),
        (0.9499, "probable"),
        (0.6, "probable"),
        (0.5999, "weak"),
        (0.3, "weak"),
        (0.2999, ""),
        (0, ""),
    ],
)
def test_a_probability_has_the_word_of_the_highest_threshold_it_reaches(probability: float, word: str) -> None:
    assert LIMITS.word(probability) == word


def test_nothing_is_certain_that_was_not_measured() -> None:
    assert DEFAULT.word(1.0) == "probable"
    assert thresholds_of(Models({})) == {}


def test_the_thresholds_are_the_models_own() -> None:
    models = Models({"thresholds.json": json.dumps({"figures": [0.95, 0.6, 0.3]}).encode()})
    assert thresholds_of(models) == {"figures": LIMITS}


def test_facts_get_their_words_and_those_below_all_thresholds_are_none() -> None:
    def figure(value: int) -> FigureFact:
        return FigureFact(value=value, evidence=(Passage(0, 1, "1"),))

    scored = [Scored(figure(1), 0.99), Scored(figure(2), 0.7), Scored(figure(3), 0.4), Scored(figure(4), 0.1)]
    found = list(worded(scored, "figures", {"figures": LIMITS}))
    assert [(fact.value, fact.certainty) for fact in found] == list(enumerate(CERTAINTIES, 1))
    assert [fact.certainty for fact in worded(scored, "quotes", {"figures": LIMITS})] == [
        "probable",
        "probable",
        "weak",
    ]
