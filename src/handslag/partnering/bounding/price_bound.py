"""A bound that becomes better as long as one works on it, with the prices that prove it.

A Lagrangian bound (Geoffrion 1974): that nobody is in two meetings at once, and no place in more than it has rooms, is not asked but paid
for, by prices of people's and places' slots; then every meeting chooses by itself. Any prices from 0 bound the value, see `checking.prices`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handslag.partnering.bounding.cells import BY_DAY, BY_SLOT, WHOLE_EVENT, Cells, divide
from handslag.partnering.bounding.level import Level
from handslag.partnering.bounding.named_prices import named_prices
from handslag.partnering.bounding.reduced_values import ReducedValues, reduced_values
from handslag.partnering.compiled import CompiledEvent
from handslag.partnering.problem import Problem
from handslag.partnering.schedule import PricesCertificate, gap_between

Long = NDArray[np.int64]
# Prices of an optimum are mostly whole or halves where values are small numbers; then finer parts for all others.
_SCALES = (2, 60, 10_000, 1_000_000)
# Below this length steps change nothing any more.
_SHORTEST = 2e-3
_ROUNDS = 4
# The divisions that are tried, one after the other. A second try begins at another side of the best prices.
_TRIES = (WHOLE_EVENT, BY_DAY, BY_DAY, BY_SLOT)
# Slots times meetings up to which single slots are priced, and pairs of a meeting's slots, each of which is compared.
_MOST_BY_SLOT, _MOST_PAIRS = 1_000_000, 500_000_000
# Entries of offers that one round of polishing may look at: some seconds.
_MOST_POLISHING = 200_000_000
# How far from the best prices a finer division begins, as a share of what a meeting is worth: at an optimum of the
# coarser one nearly every direction leads up, and steps would end at once.
_NUDGE = 0.01
# Where a bound is hoped to end, as a share of what it is: of the first prices, and of a finer division's.
_FIRST_HOPE, _HOPE = 0.97, 0.99


@dataclass(frozen=True, slots=True)
class _Proof:
    """Prices in 1/`scale` of a unit of value, and B in the same."""

    total: int
    scale: int
    cells: Cells
    prices: Long

    @property
    def bound(self) -> int:
        return self.total // self.scale


class PriceBound:
    """Dual prices of an event, first by event, then by day, in small events by slot. Repeatable by steps."""

    def __init__(self, problem: Problem, event: CompiledEvent) -> None:
        self._problem = problem
        self._event = event
        self._random = np.array([event.meetings + 1], dtype=np.uint64)
        self._reached: int | None = None
        self._gap = 0.0
        self._is_exhausted = event.meetings == 0
        rows = event.people + len(event.pool_capacity)
        cells = divide(event, np.full(rows, WHOLE_EVENT, dtype=np.int32))
        self._level = Level(problem, event, cells, np.zeros(cells.count))
        self._tries = list(_TRIES[1:])
        nothing = np.zeros(cells.count, dtype=np.int64)
        self._best = _Proof(self._level.total(nothing, 1), 1, cells, nothing)

    @property
    def bound(self) -> int:
        """No schedule has a higher value."""
        return self._best.bound

    @property
    def is_finished(self) -> bool:
        """True if more work is of no use: the gap to the known value is small enough, or nothing is left to try."""
        if self._reached is not None and gap_between("value", self._reached, self.bound) <= self._gap:
            return True
        return self._is_exhausted

    def aim(self, reached: int, gap: float = 0.0) -> None:
        """Tells the value of a schedule, and how near to it the bound need come."""
        self._reached = max(reached, self._reached or 0)
        self._gap = gap

    def improve(self, steps: int, asked: Callable[[], bool] = lambda: False) -> int:
        """Works on the prices for so many steps, or what takes as long; the bound after that, never higher than before.

        `asked` is looked at between steps: where it says so they end, and what they found is not kept.
        """
        if self.is_finished:
            return self.bound
        level = self._level
        if not level.has_prices:
            self._refine()
            return self.bound
        if level.is_first and not level.is_begun:
            self._polish_from_nothing()
        target = self._target()
        for _ in range(steps):
            level.step(1, target)
            if asked():
                return self.bound
            if not level.length:
                break
        self._round()
        if level.length < _SHORTEST:
            self._polish()
            self._refine()
        return self.bound

    def reduced_values(self) -> ReducedValues:
        """What each meeting is worth at the best prices beyond what it costs."""
        best = self._best
        return reduced_values(self._event, best.cells, best.prices, best.scale)

    def certificate(self, reached: int) -> PricesCertificate:
        """The proof for a schedule of this value."""
        # Once: another thread may still be at work on better ones.
        best = self._best
        prices = named_prices(self._problem, self._event, best.cells, best.prices, best.scale)
        return PricesCertificate("value", reached, best.bound, gap_between("value", reached, best.bound), prices)

    def _target(self) -> float:
        """Somewhat below where the bound will end: what is known to be reached, or a share of the bound."""
        known = -np.inf if self._reached is None else float(self._reached)
        return max(known, (_FIRST_HOPE if self._level.is_first else _HOPE) * self._best.total / self._best.scale)

    def _scales(self) -> list[int]:
        largest = self._level.largest_scale()
        return sorted({min(scale, largest) for scale in _SCALES})

    def _round(self) -> None:
        """Keeps the best prices in whole numbers."""
        for scale in self._scales():
            prices = self._level.rounded(scale)
            self._keep(_Proof(self._level.total(prices, scale), scale, self._level.cells, prices))

    def _keep(self, proof: _Proof) -> None:
        if proof.total * self._best.scale < self._best.total * proof.scale:
            self._best = proof

    def _polish_from_nothing(self) -> None:
        """A first bound, some hundredths too high: it tells how far the first steps should go."""
        scale = self._scales()[0]
        prices = np.zeros(self._level.cells.count, dtype=np.int64)
        total = self._level.total(prices, scale) - self._level.polish(prices, scale, 1, self._random)
        self._keep(_Proof(total, scale, self._level.cells, prices))

    def _polish(self) -> None:
        """Improves the best prices one after another, where that does not take too long."""
        if self._level.polishing_work > _MOST_POLISHING:
            return
        scale = self._scales()[0]
        prices = self._level.rounded(scale)
        total = self._level.total(prices, scale) - self._level.polish(prices, scale, _ROUNDS, self._random)
        self._keep(_Proof(total, scale, self._level.cells, prices))
        best = self._best
        if best.cells is not self._level.cells:
            return
        prices = best.prices.copy()
        gained = self._level.polish(prices, best.scale, _ROUNDS, self._random)
        self._keep(_Proof(best.total - gained, best.scale, best.cells, prices))

    def _refine(self) -> None:
        """Goes on with finer cells, from near the best prices."""
        single = self._event.slots * self._event.meetings
        is_large = single > _MOST_BY_SLOT or single * self._event.slots > _MOST_PAIRS
        if not self._tries or (self._tries[0] == BY_SLOT and is_large):
            self._is_exhausted = True
            return
        depth = self._tries.pop(0)
        best = self._best
        cells = divide(self._event, np.full(len(best.cells.level), depth, dtype=np.int32))
        prices = best.cells.spread(best.prices, cells) / best.scale
        near = np.random.default_rng(len(self._tries)).normal(0, _NUDGE * self._event.value.mean(), len(prices))
        begin = np.where(prices > 0, np.maximum(0, prices + near), 0)
        self._level = Level(self._problem, self._event, cells, begin)
