"""Weighing options against each other: a judge's scores, turned into probabilities that sum to one (McFadden's conditional logit)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from handslag.reading.models import Judge


def shares(judge: Judge, options: Sequence[Sequence[str]]) -> list[float]:
    """The probability of each option to be the one chosen; `judge` was trained on choices."""
    scores = []
    for features in options:
        p = min(max(judge.probability(features), 1e-12), 1 - 1e-12)
        scores.append(math.log(p / (1 - p)))
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
