"""Better and better prices by cell, for one division of the slots into cells."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handslag.partnering.bounding.cells import Cells
from handslag.partnering.bounding.offers import list_offers
from handslag.partnering.bounding.pricing_kernels import LENGTH, STEPS, polish, step_down, total_bound
from handslag.partnering.compiled import CompiledEvent
from handslag.partnering.problem import Problem

Long = NDArray[np.int64]
# How much of the last direction is kept; steps in vain until they become shorter. Measured on generated events.
_MEMORY = 0.9
_PATIENCE = 12
_SAFE = 2**61


class Level:
    """An event's offers in some cells, the prices that steps have reached, in units of value."""

    def __init__(self, problem: Problem, event: CompiledEvent, cells: Cells, begin: NDArray[np.float64]) -> None:
        self.cells = cells
        self._offers = offers = list_offers(problem, event, cells)
        self._lists = (offers.tape, offers.start, offers.pattern_start, offers.pattern_cells)
        self._worth = offers.worth.astype(np.float64)
        self._capacity = offers.capacity.astype(np.float64)
        wanting = np.diff(offers.wanting_start)
        # A hall that ten thousand meetings want takes small steps, somebody whom twenty want large ones.
        self._scaling = np.where(offers.is_priced, 1 / np.sqrt(np.maximum(1, wanting)), 0.0)
        self._prices = np.where(offers.is_priced, begin, 0.0)
        self.best_prices = self._prices.copy()
        self._direction = np.zeros(cells.count)
        # Whoever begins with prices is near, and takes shorter steps.
        self.is_first = not begin.any()
        self._state = np.array([np.inf, 1.0 if self.is_first else 0.5, 0.0, 0.0])
        self._room = int(offers.capacity.sum()) + event.meetings + 1
        self.most_worth = int(offers.worth.max(initial=0))

    @property
    def has_prices(self) -> bool:
        """False if nothing is short: then no price is of use."""
        return bool(self._offers.is_priced.any())

    @property
    def is_begun(self) -> bool:
        """True if steps were taken."""
        return bool(self._state[STEPS])

    @property
    def length(self) -> float:
        """How long steps are: 1 would reach the target if the slope went on like this."""
        return float(self._state[LENGTH])

    def step(self, steps: int, target: float) -> None:
        """Steps towards the target; a target nobody can reach is as good, it makes the first steps long."""
        step_down(
            *self._lists, self._worth, self._capacity, self._scaling, self._prices, self.best_prices, self._direction,
            self._state, self._offers.most_chosen, steps, target, _MEMORY, _PATIENCE,
        )  # fmt: skip

    @property
    def polishing_work(self) -> int:
        """Nearly how many entries of the offers one round of polishing looks at."""
        meetings = max(1, len(self._offers.start) - 1)
        return len(self._offers.wanting) * len(self._offers.tape) // meetings

    def largest_scale(self) -> int:
        """How many parts of a unit of value prices may have, so that all sums are whole numbers of 64 bits."""
        return max(1, min(1_000_000, _SAFE // (self._room * max(1, self.most_worth))))

    def rounded(self, scale: int) -> Long:
        """The best prices in parts of a unit; more than the dearest meeting is worth buys nothing."""
        prices: Long = np.minimum(np.rint(self.best_prices * scale).astype(np.int64), scale * self.most_worth)
        return prices

    def total(self, prices: Long, scale: int) -> int:
        """B of these prices, exactly."""
        worth = self._offers.worth * scale
        return int(total_bound(*self._lists, worth, self._offers.capacity, prices, self._offers.most_chosen))

    def polish(self, prices: Long, scale: int, rounds: int, random: NDArray[np.uint64]) -> int:
        """Improves the prices in place, one after another; by how much."""
        offers = self._offers
        return int(
            polish(
                *self._lists, offers.worth * scale, offers.capacity, prices, offers.wanting_start, offers.wanting,
                offers.of_cell_start, offers.of_cell, offers.most_chosen, random, rounds,
            )
        )  # fmt: skip
