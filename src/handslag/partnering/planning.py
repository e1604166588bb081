"""A plan for an event: compile, place, tidy, and hand out what came of it with figures and reasons."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from handslag import __version__
from handslag.kernel.collecting import without_collecting
from handslag.partnering import proving
from handslag.partnering.bounding import PriceBound
from handslag.partnering.compiled import compile_event
from handslag.partnering.compiling import is_compiled
from handslag.partnering.delivering import deliver
from handslag.partnering.placing import Search, prepare_search, score_goals
from handslag.partnering.problem import Meeting, Person, Place, Problem, Side, Slot
from handslag.partnering.proof_at_work import Proof, begin_proof, certificates_of
from handslag.partnering.proving import applies_to, prove_breaks
from handslag.partnering.schedule import Run, Schedule, Stopped, gap_between
from handslag.partnering.stopping import StoppingRule

Phase = Literal["placing", "improving", "tidying", "proving"]
# How much of the time goes to breaks and what else the goals name after value: less where there are fewer seconds for each
# meeting than so many, for a meeting more counts more.
_FOR_DAYS, _AT_LEAST, _ENOUGH = 0.3, 0.3, 0.000_375
# Of an event that can be asked exactly; the rest is for a schedule that need not place all.
_FOR_PROOF = 0.9
# What is left for numbers, figures and reasons: so many seconds for each meeting, for the reason of each that waits, and less where
# so many wait; but no more than a fifth of the time.
_DELIVERING, _REASON, _SHORT_REASON, _REASONS, _AT_MOST = 0.000_006, 0.000_09, 0.000_015, 20_000, 0.2
# When so much of that is left, reasons become short.
_AT_LAST = 0.4
# Seconds of compiling for each name in a request where these were measured, and how much slower it may be elsewhere.
_COMPILING, _SLOWEST = 0.000_001, 3.0
_MEETINGS_A_LOOK = 50_000
# Of tidying, where neither time nor steps are limited.
_STEPS_A_MEETING = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a search stands: in value or, while `proving`, in breaks (then 0 without a bound is: no schedule yet)."""

    phase: Phase
    value: int
    bound: int | None
    gap: float | None


_BOUND_ALONE = "from handslag.partnering.planning import prepare_bound; prepare_bound()"
# Two people who meet: with it every compiled function is called.
_SMALLEST = Problem(
    slots=(Slot("1"), Slot("2")),
    places=(Place("1"),),
    people=(Person("1"), Person("2")),
    meetings=tuple(Meeting(name, (Side(("1",)), Side(("2",)))) for name in "123"),
)


def prepare() -> None:
    """Compiles what has to be compiled, or loads it where it is kept, so that no plan has to wait for it.

    Where nothing is kept yet a second process compiles the bound's functions meanwhile; what it fails at is done here.
    """
    beside = None
    if not is_compiled():
        beside = subprocess.Popen([sys.executable, "-c", _BOUND_ALONE], stderr=subprocess.DEVNULL)  # noqa: S603  our own
    prepare_search()
    if beside is not None:
        beside.wait()
    make_plan(_SMALLEST, problem_sha256="", stop=StoppingRule(steps=1))


def prepare_bound() -> None:
    """Compiles the bound's functions, or loads them."""
    bound = PriceBound(_SMALLEST, compile_event(_SMALLEST))
    while not bound.is_finished:
        bound.improve(1)


def no_progress(progress: Progress) -> None:
    """For who does not look."""


def make_plan(
    problem: Problem,
    *,
    problem_sha256: str,
    stop: StoppingRule,
    seed: int = 1,
    from_sha256: str | None = None,
    progress: Callable[[Progress], None] = no_progress,
    language: str = "en",
) -> Schedule:
    """The best schedule found until `stop` says so, with the proof of how good it is.

    Where all meetings must be placed and breaks are what matters, most of the time goes to asking for fewest breaks exactly.
    Without a clock, equal steps and seeds give equal schedules.
    """
    exact = None
    if stop.seconds is not None and stop.steps is None and applies_to(problem):
        left = stop.seconds * (1.0 - stop.share(0))

        def tell(now: proving.Progress) -> None:
            gap = None if now.breaks is None else gap_between("breaks", now.breaks, now.bound)
            progress(Progress("proving", now.breaks or 0, None if gap is None else now.bound, gap))

        found = prove_breaks(
            problem,
            problem_sha256=problem_sha256,
            seconds=_FOR_PROOF * left,
            seed=seed,
            progress=tell,
            asked=stop.asked,
            language=language,
        )
        exact = replace(found, from_sha256=from_sha256)
        if exact.status != "unknown":
            return exact
    with without_collecting():
        searched = _Planning(problem, stop, seed, progress).run(problem_sha256, from_sha256, language)
    return exact if exact is not None and _is_better(exact, searched) else searched


def _is_better(exact: Schedule, searched: Schedule) -> bool:
    """Where neither keeps all rules: more meetings, or as many and breaks nearer to each other."""
    if searched.status != "unknown":
        return False
    one, other = exact.figures, searched.figures
    return (one.meetings, -one.break_spread) > (other.meetings, -other.break_spread)


class _Planning:
    def __init__(
        self,
        problem: Problem,
        stop: StoppingRule,
        seed: int,
        progress: Callable[[Progress], None],
    ) -> None:
        self.problem = problem
        self.stop = stop
        self.seed = seed
        self.progress = progress
        began = stop.clock()
        self.event = compile_event(problem)
        names = len(self.event.all_people) + len(self.event.members) + 6 * len(problem.people)
        # How much slower this machine is now than the one on which times were measured.
        self.slowness = min(_SLOWEST, max(1.0, (stop.clock() - began) / (_COMPILING * max(1, names))))
        rules = problem.rules
        scoring = score_goals(self.event, problem.ranked_goals, all_meetings=rules.all_meetings)
        self.search = Search(self.event, scoring, seed=seed, break_limit=rules.max_break_spread)
        self.proof: Proof = begin_proof(problem, self.event, stop)
        self.stopped: Stopped | None = None
        # To sum up what a large plan is worth takes as long as a hundred steps.
        self.blocks_a_look = 1 + self.event.meetings // _MEETINGS_A_LOOK
        # The share of the time in which is searched; the rest is for handing out.
        self.searching = 1.0

    def run(self, problem_sha256: str, from_sha256: str | None, language: str) -> Schedule:
        with self.proof:
            self.search.start()
            self.searching = 1.0 - self._for_delivering()
            self._look("placing")
            self._improve()
            self._tidy()
            self.search.hold()
            if not self._may_drop():
                self.search.fill()
            # What the proof is at may take longer than all that follows.
            self.proof.end()
            schedule = deliver(self.problem, self.search, language, self._is_late)
            schedule = certificates_of(self.problem, schedule, self.proof, language)
            stopped = self.stopped or self.stop.reason(self.search.steps)
            seconds = max(0.0, self.stop.clock() - self.stop.began)
            run = Run(seconds, self.search.steps, self.seed, __version__, stopped)
        return replace(schedule, problem_sha256=problem_sha256, from_sha256=from_sha256, run=run)

    def _for_delivering(self) -> float:
        """The share of the time that it takes to hand out the schedule, as many meetings as now wait."""
        if not self.stop.seconds:
            return 0.0
        waiting = self.search.waiting
        seconds = _DELIVERING * self.event.meetings + _REASON * min(waiting, _REASONS)
        seconds += _SHORT_REASON * max(0, waiting - _REASONS)
        return min(_AT_MOST, self.slowness * seconds / self.stop.seconds)

    def _is_late(self) -> bool:
        """True where what would help those that wait can be sought no longer."""
        return self.stop.seconds is not None and self.stop.share(0) > 1.0 - _AT_LAST * (1.0 - self.searching)

    def _improve(self) -> None:
        part = self.searching * (1.0 - self._for_days() if self._has_days_to_tidy() else 1.0)
        blocks = 0
        while not self.search.is_complete and not self._is_over():
            share = self.stop.share(self.search.steps) / part
            if share >= 1:
                return
            self.search.improve(share)
            blocks += 1
            if blocks % self.blocks_a_look:
                continue
            news = self.proof.news(self._value())
            if news is not None:
                self.search.prefer(news.values, news.is_priced)
            gap = self._look("improving")
            if gap is not None and gap <= (self.stop.gap or 0.0):
                self.stopped = "gap"
                return

    def _for_days(self) -> float:
        if self.stop.seconds is None:
            return _FOR_DAYS
        return _FOR_DAYS * max(_AT_LEAST, min(1.0, self.stop.seconds / (_ENOUGH * max(1, self.event.meetings))))

    def _tidy(self) -> None:
        if not self._has_days_to_tidy() or self.search.has_nothing_to_tidy:
            return
        began = self.stop.share(self.search.steps)
        first = self.search.steps
        may_drop = self._may_drop()
        while not self._is_over():
            share = (self.stop.share(self.search.steps) - began) / max(1e-9, self.searching - began)
            if not self.stop.is_limited or self.stopped == "gap":
                share = max(share, (self.search.steps - first) / (_STEPS_A_MEETING * self.event.meetings))
            if share >= 1 or began >= self.searching or self.search.has_nothing_to_tidy:
                return
            self.search.tidy(share, may_drop=may_drop)
            self._look("tidying")

    def _has_days_to_tidy(self) -> bool:
        goals = self.search.scoring.costs
        return "breaks" in goals or "far_walks" in goals or self.problem.rules.max_break_spread is not None

    def _may_drop(self) -> bool:
        """True where a rule or an earlier goal asks for fewer breaks at the price of meetings."""
        return self.problem.rules.max_break_spread is not None or self._breaks_lead()

    def _breaks_lead(self) -> bool:
        goals = list(self.problem.ranked_goals)
        before = goals[: goals.index("value")] if "value" in goals else goals
        return ("breaks" in before or "far_walks" in before) and not self.problem.rules.all_meetings

    def _is_over(self) -> bool:
        if self.stop.asked():
            self.stopped = "asked"
        return self.stopped == "asked"

    def _value(self) -> int:
        """Of what is placed, less the price of moves to another slot."""
        event, slots = self.event, self.search.slots
        value = int(event.value[slots >= 0].sum())
        if not event.move_price:
            return value
        return value - event.move_price * int((event.is_held & (slots >= 0) & (slots != event.held_slot)).sum())

    def _look(self, phase: Phase) -> float | None:
        """Tells where the search stands; gives the gap."""
        value = self._value()
        bound = self.proof.against(value)
        gap = None if bound is None else gap_between("value", value, bound)
        self.progress(Progress(phase, value, bound, gap))
        return gap
