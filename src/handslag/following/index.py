"""The ledger's index: which commitments a document may tell of, found by the words and names that are rare in the ledger."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from heapq import nsmallest
from typing import Final

# A key under which more commitments than this are kept finds none: what is said by everybody tells nobody apart.
_COMMON: Final = 1200
# The commitments most alike that a document is compared with.
MOST_COMPARED: Final = 60


class CommitmentIndex:
    """Commitments by the keys of their words and names. Numbers stand for them, given as they are added."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[int]] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, keys: Iterable[str]) -> int:
        """Adds a commitment and gives its number."""
        number = self._size
        for key in keys:
            self._by_key.setdefault(key, []).append(number)
        self._size += 1
        return number

    def candidates(self, keys: Iterable[str], most: int = MOST_COMPARED) -> list[int]:
        """The numbers of the commitments that share the most telling keys with a document, at most `most`, in order."""
        scores: Counter[int] = Counter()
        for key in sorted(set(keys)):
            listed = self._by_key.get(key)
            if listed is None or (len(listed) > _COMMON and self._size > 2 * _COMMON):
                continue
            weight = math.log(1 + self._size / len(listed)) * (2.0 if key.startswith("n:") else 1.0)
            for number in listed:
                scores[number] += weight  # type: ignore[assignment]  # a Counter of numbers of any kind
        best = nsmallest(most, scores, key=lambda number: (-scores[number], number))
        return sorted(best)
