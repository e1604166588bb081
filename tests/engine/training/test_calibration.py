"""Thresholds: "certain" is said only as far as it was measured."""

from __future__ import annotations

import pytest
from calibration import CERTAIN, ENOUGH, PROBABLE, thresholds
from hypothesis import given
from hypothesis import strategies as st

PAIRS = st.lists(
    st.tuples(st.integers(30, 100), st.integers(0, 20), st.integers(1, 60)).map(
        lambda x: [(x[0] / 100, x[1] > 0)] * x[2]
    ),
    max_size=30,
).map(lambda runs: [pair for run in runs for pair in run])
SHARE = 0.6


def precision(pairs: list[tuple[float, bool]], least: float) -> float:
    above = [right for probability, right in pairs if probability >= least]
    return sum(above) / len(above) if above else 1.0


@given(PAIRS, st.floats(0, 1))
def test_what_is_called_certain_was_right_often_enough_and_more_than_a_few_times(
    pairs: list[tuple[float, bool]], share: float
) -> None:
    certain, probable, keep = thresholds(pairs, share)
    assert keep <= probable <= certain
    if certain <= 1:
        assert sum(probability >= certain for probability, _ in pairs) >= ENOUGH
        assert precision(pairs, certain) >= CERTAIN


def test_a_clean_top_is_certain_and_the_mixed_rest_is_not() -> None:
    pairs = [(0.99, True)] * 200 + [(0.8, True), (0.8, True), (0.8, False)] * 40 + [(0.4, False)] * 200
    certain, probable, keep = thresholds(pairs, SHARE)
    assert certain == 0.99
    assert probable == keep == 0.8
    assert precision(pairs, certain) >= CERTAIN
    assert precision(pairs, probable) >= PROBABLE


def test_too_few_facts_are_never_certain() -> None:
    certain, probable, _ = thresholds([(0.99, True)] * (ENOUGH - 1), SHARE)
    assert certain > 1
    assert probable <= 0.99


@pytest.mark.parametrize("right_of_ten", [0, 5, 9])
def test_facts_that_are_often_wrong_are_never_certain(right_of_ten: int) -> None:
    pairs = [(0.99, n < right_of_ten) for n in range(10)] * 50
    assert thresholds(pairs, SHARE)[0] > 1


def test_no_more_is_called_certain_than_is_asked_for() -> None:
    pairs = [(0.5 + n / 2000, True) for n in range(1000)]
    few, many = thresholds(pairs, 0.2)[0], thresholds(pairs, 0.9)[0]
    assert few > many
    assert sum(probability >= few for probability, _ in pairs) == pytest.approx(200, abs=2)


def test_equal_probabilities_are_on_the_same_side() -> None:
    pairs = [(0.9, True)] * 100 + [(0.9, False)] * 100
    certain, _, _ = thresholds(pairs, SHARE)
    assert certain > 0.9


def test_nothing_found_gives_thresholds_too() -> None:
    certain, _, keep = thresholds([], SHARE)
    assert certain > 1
    assert 0 < keep <= 1
