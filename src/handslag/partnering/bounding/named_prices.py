"""Prices by cell as prices by name: a day's entry where it can, a slot's where it must."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from handslag.partnering.bounding.cells import Cells
from handslag.partnering.compiled import CompiledEvent, unpacked
from handslag.partnering.problem import Problem
from handslag.partnering.schedule import Prices


def named_prices(problem: Problem, event: CompiledEvent, cells: Cells, prices: NDArray[np.int64], scale: int) -> Prices:
    """What the format has of these prices, in 1/`scale`; in larger parts where that is the same."""
    common = math.gcd(scale, int(np.gcd.reduce(prices, initial=0)))
    naming = _Naming(problem, event, cells, prices // common)
    people = {problem.people[row].id: naming.entries(row) for row in range(event.people) if naming.is_paid(row)}
    pools = {
        pool: naming.entries(event.people + pool)
        for pool in range(len(event.pool_capacity))
        if naming.is_paid(event.people + pool)
    }
    places = {
        place.id: pools[pool]
        for place, pool in zip(problem.places, event.pool_of_place.tolist(), strict=True)
        if pool in pools
    }
    return Prices(scale // common, people, places)


class _Naming:
    """The slots and days by name, and where a person is available or a pool open."""

    def __init__(self, problem: Problem, event: CompiledEvent, cells: Cells, prices: NDArray[np.int64]) -> None:
        self._names = [slot.id for slot in problem.slots]
        self._days = problem.days
        self._day_names = [problem.slots[slots[0]].day for slots in problem.days]
        # A name of both a slot and a day would mean both.
        self._has_days = not set(self._names).intersection(name for name in self._day_names if name is not None)
        self._words = np.concatenate([event.free, event.pool_open])
        self._cells = cells
        self._prices = prices

    def is_paid(self, row: int) -> bool:
        """True if any price of the row is not 0."""
        return bool(self._prices[self._cells.first[row] : self._cells.first[row + 1]].any())

    def entries(self, row: int) -> dict[str, int]:
        """The row's prices; where it is away or closed they count nothing, and may be anything."""
        classes = self._cells.class_of[self._cells.level[row]]
        by_slot = self._prices[self._cells.first[row] + classes].tolist()
        there = unpacked(self._words[row : row + 1], len(self._names))[0].tolist()
        entries: dict[str, int] = {}
        for slots, day in zip(self._days, self._day_names, strict=True):
            entries |= self._of_day([slot for slot in slots if there[slot]], day, by_slot)
        return entries

    def _of_day(self, slots: Sequence[int], day: str | None, by_slot: Sequence[int]) -> dict[str, int]:
        if not self._has_days:
            return {self._names[slot]: by_slot[slot] for slot in slots}
        usual = 0
        if day is not None and slots:
            # What most of the slots have: the fewest entries are left.
            usual = Counter(by_slot[slot] for slot in slots).most_common(1)[0][0]
        entries = {} if day is None or not usual else {day: usual}
        return entries | {self._names[slot]: by_slot[slot] for slot in slots if by_slot[slot] != usual}
