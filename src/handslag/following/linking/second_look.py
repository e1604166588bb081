"""A second look at a link: what the other links of its page, its sentence and its commitment speak for."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from handslag.following.linking.link_features import Features


class Look(NamedTuple):
    """A sentence of a page and a commitment, where that was first stated, and the score of the first look."""

    sentence: int
    commitment: str | int
    home: str
    score: float


def second_features(looks: Sequence[Look], of: Iterable[int] | None = None) -> list[Features]:
    """For each of a page's looks, or for those with the numbers `of`, what the others say for it or against it.

    A page that tells of one promise of a release often tells of the next; a sentence tells of one, and one is told of once.
    """
    likely = [1 / (1 + math.exp(-max(-35.0, min(35.0, look.score)))) for look in looks]
    of_sentence: dict[int, list[int]] = defaultdict(list)
    of_commitment: dict[str | int, list[int]] = defaultdict(list)
    best_by_home: dict[str, dict[str | int, float]] = defaultdict(dict)
    beside: dict[tuple[str, int], float] = {}
    same: dict[tuple[str | int, int], float] = {}
    for k, look in enumerate(looks):
        of_sentence[look.sentence].append(k)
        of_commitment[look.commitment].append(k)
        told = best_by_home[look.home]
        told[look.commitment] = max(told.get(look.commitment, 0.0), likely[k])
        place = look.home, look.sentence
        beside[place] = max(beside.get(place, 0.0), likely[k])
        same[look.commitment, look.sentence] = likely[k]
    found = []
    for k in range(len(looks)) if of is None else of:
        look = looks[k]
        here = [likely[j] for j in of_sentence[look.sentence] if j != k]
        elsewhere = max((likely[j] for j in of_commitment[look.commitment] if j != k), default=0.0)
        others = [value for other, value in best_by_home[look.home].items() if other != look.commitment]
        rival = max(here, default=0.0)
        found.append(
            {
                "first look": look.score,
                "rival here": rival,
                "rivals here": min(3.0, sum(here)),
                "ahead here": likely[k] - rival,
                "told elsewhere": elsewhere,
                "ahead of elsewhere": likely[k] - elsewhere,
                "others told": sum(others) / len(others) if others else 0.0,
                "others told, count": float(sum(value > 0.5 for value in others)),
                "before it": beside.get((look.home, look.sentence - 1), 0.0),
                "after it": beside.get((look.home, look.sentence + 1), 0.0),
                "same before it": same.get((look.commitment, look.sentence - 1), 0.0),
                "same after it": same.get((look.commitment, look.sentence + 1), 0.0),
            }
        )
    return found
