"""What a passage's words alone speak for, of all that it may say of a commitment: for the judge that knows more than words."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Final

from handslag.following.results import SAYS

_WORD: Final = re.compile(r"[\w']+|[,;:?!%]")


class OutcomeWords:
    """A logistic regression over the words of a passage; `weights` and `bias` are in the order of `SAYS`."""

    def __init__(self, weights: Mapping[str, Sequence[float]], bias: Sequence[float]) -> None:
        self._weights = weights
        self._bias = tuple(bias)

    def features(self, text: str) -> dict[str, float]:
        """The logarithm of the probability of each of `SAYS`, of a text that is in English, or word for word in it."""
        known = [self._weights[word] for word in words_of(text) if word in self._weights]
        length = math.sqrt(len(known)) or 1.0
        scores = [bias + sum(row[k] for row in known) / length for k, bias in enumerate(self._bias)]
        highest = max(scores)
        total = highest + math.log(sum(math.exp(score - highest) for score in scores))
        return {f"worded {says}": round(score - total, 2) for says, score in zip(SAYS, scores, strict=True)}


def words_of(text: str) -> list[str]:
    """The text's words and signs in small letters, each once."""
    return list(dict.fromkeys(_WORD.findall(text.lower())))
