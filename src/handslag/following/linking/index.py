"""The ledger's index: which commitments a document may tell of, found by the words and names that are rare in the ledger."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from heapq import nlargest
from typing import Final

# A key under which more commitments than this are kept finds none: what is said by everybody tells nobody apart.
_COMMON: Final = 1200
_OF_A_NAME: Final = 2.0
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
        listed = {key: self._by_key[key] for key in sorted(set(keys)) if key in self._by_key}
        wanted = telling({key: len(numbers) for key, numbers in listed.items()}, self._size)
        return most_alike(((weight, listed[key]) for key, weight in wanted.items()), most)


def telling(sizes: Mapping[str, int], size: int) -> dict[str, float]:
    """What each key that tells something weighs; `sizes` says under which key how many of all `size` commitments are kept."""
    return {
        key: math.log(1 + size / count) * (_OF_A_NAME if key.startswith("n:") else 1.0)
        for key, count in sizes.items()
        if count <= _COMMON or size <= 2 * _COMMON
    }


def most_alike(weighed: Iterable[tuple[float, Iterable[int]]], most: int = MOST_COMPARED) -> list[int]:
    """The numbers kept under the keys that weigh most together, at most `most`, in order."""
    return sorted(by_likeness(weighed, most))


def by_likeness(weighed: Iterable[tuple[float, Iterable[int]]], most: int) -> list[int]:
    """The numbers kept under the keys that weigh most together, at most `most`, the most alike first."""
    scores: dict[int, float] = {}
    so_far = scores.get
    for weight, numbers in weighed:
        for number in numbers:
            scores[number] = so_far(number, 0.0) + weight
    least = min(nlargest(most, scores.values()), default=0.0)
    near = [number for number, score in scores.items() if score >= least]
    return sorted(near, key=lambda number: (-scores[number], number))[:most]
