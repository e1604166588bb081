"""Schedules from above: meetings of two people each, annealed by swapping two slots along a chain.

Nobody is ever in two meetings at once: a meeting changes slot with whoever's meetings stand in its way, and theirs,
and so on (Kempe's chains of edge colouring), so only the people at the two ends of a chain become busy at another time.
Slots beyond the event's hold what fits nowhere. Those, rooms, slots not allowed and order are faults that cost.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from handslag.partnering.proving.grid import Grid
from handslag.partnering.proving.timetable import Timetable

# Steps of the first round; each further one is half as long again, from another start.
_FIRST_STEPS = 3_000_000
_GROWTH = 1.5
_MOST_STEPS = 200_000_000
# Measured on the published instances: breaks melt between these temperatures, two breaks are worth a fault.
_HOT, _COLD = 0.4, 0.12
_FAULT = 2.0
# Of a round: so many, or more where each would take longer than half a second.
_PARTS, _MOST_STEPS_A_PART = 40, 300_000
_SPARE = 6
_MOST_BITS = 62


def can_anneal(grid: Grid) -> bool:
    """True for events of pairs in equal rooms, without limits for one person, whose slots fit a machine word."""
    return (
        grid.has_pairs_only
        and grid.has_equal_places
        and bool(grid.requests)
        and not grid.lunches
        and all(person.max_per_day is None and person.max_in_a_row is None for person in grid.people)
        and len(grid.slots) + len(grid.days) + _SPARE <= _MOST_BITS
    )


class Annealing:
    """Rounds of annealing, each from its own start; `next_round` goes through one of them in parts."""

    def __init__(self, grid: Grid, seed: int) -> None:
        # numba takes half a second to import, its kernels longer the first time.
        from handslag.partnering.proving.chains import WORST, anneal  # noqa: PLC0415

        self._anneal: Any = anneal
        self._worst = WORST
        self._grid = grid
        self._random = np.random.default_rng(seed)
        self._one = np.array([request.everyone[0] for request in grid.requests])
        self._other = np.array([request.everyone[1] for request in grid.requests])
        self._steps = float(_FIRST_STEPS)
        self._after = _pointers([request.earlier for request in grid.requests])
        later: list[list[int]] = [[] for _ in grid.requests]
        for meeting, request in enumerate(grid.requests):
            for earlier in request.earlier:
                later[earlier].append(meeting)
        self._before = _pointers(later)

    def next_round(self, is_over: Callable[[], bool]) -> Timetable | None:
        """The best schedule without faults of one round; None where there was none. `is_over` is asked now and then."""
        state = self._start()
        slots, parts = state[-3], max(_PARTS, math.ceil(self._steps / _MOST_STEPS_A_PART))
        best, best_slots = np.array([np.iinfo(np.int64).max]), slots.copy()
        for part in range(parts):
            heat = [_HOT * (_COLD / _HOT) ** (at / parts) for at in (part, part + 1)]
            seed = int(self._random.integers(1 << 30))
            self._anneal(
                *state, *self._after, *self._before, best, best_slots, int(self._steps / parts), *heat, _FAULT, seed
            )
            if best[0] == 0 or is_over():
                break
        self._steps = min(self._steps * _GROWTH, _MOST_STEPS)
        if best[0] >= self._worst:
            return None
        people = tuple(request.everyone for request in self._grid.requests)
        return Timetable(tuple(map(int, best_slots)), people, (None,) * len(people))

    def _start(self) -> tuple[Any, ...]:
        """Every meeting in some slot in which both are free, an allowed one with room if there is one."""
        grid = self._grid
        colours = len(grid.slots) + _SPARE
        busiest = max(grid.must.values())
        # A meeting stands in the way of the others of two people: with so many slots each finds one.
        colours = max(colours, 2 * busiest)
        allowed = np.zeros((len(grid.requests), colours), np.bool_)
        for meeting, request in enumerate(grid.requests):
            allowed[meeting, list(request.slots)] = True
        rooms = np.array([*grid.rooms, *([len(grid.requests)] * (colours - len(grid.slots)))])
        at = np.full((len(grid.people), colours), -1)
        slots = np.full(len(grid.requests), -1)
        held = np.zeros(colours, np.int64)
        for meeting in self._random.permutation(len(grid.requests)):
            one, other = self._one[meeting], self._other[meeting]
            free = (at[one] < 0) & (at[other] < 0)
            good = np.flatnonzero(free & allowed[meeting] & (held < rooms))
            slot = self._random.choice(good) if len(good) else np.flatnonzero(free)[-1]
            slots[meeting] = slot
            at[one, slot] = at[other, slot] = meeting
            held[slot] += 1
        masks = np.array([sum(1 << slot for slot in day) for day in grid.days])
        limit = grid.problem.rules.max_break_spread
        most = len(grid.slots) if limit is None else limit
        return self._one, self._other, allowed, rooms, masks, len(grid.slots), most, slots, at, held


def _pointers(lists: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    """Lists one after another, and where each begins."""
    begins = np.cumsum([0, *map(len, lists)])
    return begins, np.array([one for some in lists for one in some] or [0])
