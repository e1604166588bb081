"""What words alone speak for."""

from __future__ import annotations

import math

import pytest

from handslag.following.judging import installed_judges
from handslag.following.outcome_words import OutcomeWords, words_of
from handslag.following.results import SAYS

NONE = [0.0] * len(SAYS)


def test_each_word_counts_once_in_small_letters_and_signs_count() -> None:
    assert words_of("It's late, late: TWO of 5%.") == ["it's", "late", ",", ":", "two", "of", "5", "%"]


def test_the_probabilities_of_all_that_may_be_said_are_one_in_sum() -> None:
    words = OutcomeWords({"late": [0.0, 0.5, 2.0, 0.0, 0.0, -1.0]}, [0.1, 0.0, 0.0, 0.3, 0.0, 0.0])
    for text in ("late", "It comes late.", "", "nothing that is known"):
        found = words.features(text)
        assert list(found) == [f"worded {says}" for says in SAYS]
        assert sum(map(math.exp, found.values())) == pytest.approx(1, abs=0.03)


def test_of_more_known_words_each_counts_less() -> None:
    words = OutcomeWords({"late": [0.0, 0.0, 2.0, 0.0, 0.0, 0.0], "table": NONE}, NONE)
    assert words.features("late")["worded delayed"] > words.features("late table")["worded delayed"]
    assert words.features("late chair") == words.features("late")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("The plan was abandoned when the agreement was terminated.", "cancelled"),
        ("The opening has been postponed until next spring.", "delayed"),
        ("We stand by our promise, the minister repeated.", "restated"),
    ],
)
def test_the_installed_words_speak_plainly_for_plain_sentences(text: str, says: str) -> None:
    found = installed_judges().outcome_words.features(text)
    assert max(found, key=found.__getitem__) == f"worded {says}"
