"""From a probability to a word: certain, probable, weak, by thresholds that cross-validation set for every kind of fact.

"certain" stands for a measured precision of at least 0.97 on pages that the models had not seen, "probable" for one that is
worth showing by default, "weak" for the rest; below `keep` a proposal is no fact at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from handslag.reading.models import Models


class Thresholds(NamedTuple):
    """The least probability of each word."""

    certain: float
    probable: float
    keep: float

    def word(self, probability: float) -> str:
        """The word for a probability, "" if it is no fact."""
        if probability >= self.certain:
            return "certain"
        if probability >= self.probable:
            return "probable"
        return "weak" if probability >= self.keep else ""


DEFAULT = Thresholds(1.01, 0.5, 0.3)


def thresholds_of(models: Models) -> Mapping[str, Thresholds]:
    """The thresholds by kind ("people", "commitments", …) that the models were given in training."""
    if not models.has("thresholds"):
        return {}
    return {kind: Thresholds(*values) for kind, values in models.table("thresholds").items()}
