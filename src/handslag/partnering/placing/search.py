"""The search as an object: the memory of the compiled functions, and the pieces of work that are done on it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from handslag.partnering.compiled import CompiledEvent, compile_event
from handslag.partnering.placing.annealing import ANNEAL, COUNT_DAYS, FILL, FREEZE, HOLD, TIDY, TIDY_OR_DROP, work
from handslag.partnering.placing.memory import (
    BREAK_COST,
    BREAK_LIMIT,
    BREAKS,
    BUSY,
    CHOSEN,
    COUNTS_DAYS,
    FAR_WALKS,
    IDLE,
    MEETING_ROWS,
    MEETING_WIDTH,
    OPEN,
    OVER_COST,
    PLACE_COST,
    POOL,
    SCORE,
    SLOT,
    STEPS,
    WAITING_COUNT,
    WALK_COST,
    lay_out,
)
from handslag.partnering.placing.scoring import Scoring, score_goals
from handslag.partnering.placing.wanted import Wanted
from handslag.partnering.problem import Problem

Numbers = NDArray[Any]
# Heat at the beginning and end of the search for value, as shares of what a typical meeting counts; of the tidying, in
# breaks. Measured on events of 10,000 to 400,000 meetings.
_HOT, _COLD = 0.7, 0.08
_TIDY_HOT, _TIDY_COLD = 0.5, 0.05
# From this share of the work on nothing worse is kept.
_FROZEN = 0.97
# Steps between two looks at the clock.
_SEARCH_BLOCK, _TIDY_BLOCK = 5_000, 5_000
_MEETINGS_A_BLOCK = 20_000


def prepare_search() -> None:
    """Compiles the search's functions, or loads them where they are kept: so that no search has to wait for it."""
    nothing = compile_event(Problem(slots=(), places=(), people=(), meetings=()))
    Search(nothing, score_goals(nothing, ("value",), all_meetings=False), seed=0).start()


class Search:
    """A plan that gets better. Equal events, scorings, seeds and pieces of work give equal plans."""

    def __init__(self, event: CompiledEvent, scoring: Scoring, *, seed: int, break_limit: int | None = None) -> None:
        self.event = event
        self.scoring = scoring
        self._memory = lay_out(event, scoring.weight, scoring.move_cost, seed)
        self._sums = self._memory.sums
        self._most = int(scoring.weight[event.admissible.any(axis=1)].sum())
        # Where days are long a step takes long.
        self._slowness = max(1, event.slots // 64)
        self._wanted: Wanted | None = None
        self._tried_first: Numbers | None = None
        self._blocks = 0
        # Looking at all meetings takes no longer than a tenth of the steps.
        self._blocks_a_look = 1 + event.meetings // _MEETINGS_A_BLOCK
        self._sums[BREAK_COST] = scoring.costs.get("breaks", 0)
        self._sums[WALK_COST] = scoring.costs.get("far_walks", 0)
        self._sums[PLACE_COST] = scoring.costs.get("place_changes", 0)
        if break_limit is not None:
            # Nobody has more breaks than there are slots.
            self._sums[BREAK_LIMIT] = min(break_limit, event.slots)
            self._sums[OVER_COST] = 4 * max(scoring.typical, self._sums[BREAK_COST])

    # --- pieces of work -----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Frozen meetings, held ones as they were held, then everything by value, the scarcest first."""
        event = self.event
        self._work(FREEZE, np.flatnonzero(event.is_frozen & event.may_stay))
        self.hold()
        self._uses = np.zeros(max(1, event.slots), dtype=np.int64)
        self.fill()

    def hold(self) -> None:
        """Waiting meetings are placed as they were held, where that breaks no rule."""
        event = self.event
        held = np.flatnonzero(event.is_held & event.may_stay & ~event.is_frozen)
        if len(held):
            self._work(HOLD, held[np.argsort(-self.scoring.weight[held], kind="stable")])

    def fill(self) -> None:
        """Waiting meetings are placed where that breaks no rule, those of most value and fewest slots first."""
        width = np.bitwise_count(self.event.admissible).sum(axis=1, dtype=np.int64)
        self._work(FILL, np.lexsort((width, -self.scoring.weight)))

    def prefer(self, values: NDArray[np.float64], is_priced: NDArray[np.bool_]) -> None:
        """From now on the search looks first where the plan is not as an optimum by these reduced values [M] would be.

        `is_priced` [P]: whose time has a price.
        """
        self._wanted = Wanted(self.event, values, is_priced)
        self._blocks = 0

    def improve(self, share: float) -> None:
        """A block of steps for value; `share` is how much of the search is over."""
        heat = self.scoring.typical * _HOT * (_COLD / _HOT) ** min(1.0, share)
        if self._wanted is not None and self._blocks % self._blocks_a_look == 0:
            self._tried_first = self._wanted.meetings(self.slots >= 0, np.asarray(self.idle.any(axis=1)))
        self._blocks += 1
        self._work(
            ANNEAL,
            self._tried_first,
            steps=max(1, _SEARCH_BLOCK // self._slowness),
            heat=heat if share < _FROZEN else 0.0,
        )

    def tidy(self, share: float, *, may_drop: bool = False) -> None:
        """A block of steps against breaks and far walks; only where it may drop meetings does it give up any."""
        if not self._sums[COUNTS_DAYS]:
            self._work(COUNT_DAYS)
        heat = _TIDY_HOT * (_TIDY_COLD / _TIDY_HOT) ** min(1.0, share) if share < _FROZEN else 0.0
        self._work(TIDY_OR_DROP if may_drop else TIDY, steps=max(1, _TIDY_BLOCK // self._slowness), heat=heat)

    def _work(self, task: int, order: Numbers | None = None, *, steps: int = 0, heat: float = 0.0) -> None:
        orders = np.zeros(0, dtype=np.int64) if order is None else order.astype(np.int64)
        uses = self._uses if task == FILL else np.zeros(1, dtype=np.int64)
        work(self._memory, task, orders, uses, steps, heat)

    # --- the plan -----------------------------------------------------------------------------------------------------

    @property
    def score(self) -> int:
        return int(self._sums[SCORE])

    @property
    def steps(self) -> int:
        return int(self._sums[STEPS])

    @property
    def waiting(self) -> int:
        """How many meetings are not placed."""
        return int(self._sums[WAITING_COUNT])

    @property
    def is_complete(self) -> bool:
        """True if every meeting that any schedule could hold is placed, and as it was held."""
        return self.score >= self._most

    @property
    def has_nothing_to_tidy(self) -> bool:
        """True if there are no breaks and no far walks, or nothing is placed."""
        counted = bool(self._sums[COUNTS_DAYS]) and not (self._sums[BREAKS] or self._sums[FAR_WALKS])
        return counted or self.waiting == self.event.meetings

    @property
    def slots(self) -> Numbers:
        """[M] the slot of each meeting, -1 for none."""
        return self._rows[:, SLOT]

    @property
    def pools(self) -> Numbers:
        """[M] the pool of each meeting, -1 for none."""
        return self._rows[:, POOL]

    @property
    def _rows(self) -> Numbers:
        start = self._sums[MEETING_ROWS]
        return self._memory.numbers[start : start + MEETING_WIDTH * self.event.meetings].reshape(-1, MEETING_WIDTH)

    @property
    def chosen(self) -> Numbers:
        """Who attends of each group, group after group."""
        start = self._sums[CHOSEN]
        return self._memory.numbers[start : start + int(self.event.group_count.sum())]

    @property
    def busy(self) -> Numbers:
        """[P, S] the meeting of each person in each slot, -1 for none."""
        start, event = self._sums[BUSY], self.event
        return self._memory.numbers[start : start + event.people * event.slots].reshape(event.people, event.slots)

    @property
    def idle(self) -> Numbers:
        """[P, W] where people are available and have no meeting."""
        start, event = self._sums[IDLE], self.event
        return self._memory.words[start : start + event.people * event.words].reshape(event.people, event.words)

    @property
    def open(self) -> Numbers:
        """[K, W] where pools have a room left."""
        start, event = self._sums[OPEN], self.event
        return self._memory.words[start : start + len(event.pool_capacity) * event.words].reshape(-1, event.words)
