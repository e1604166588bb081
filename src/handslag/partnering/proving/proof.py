"""Fewest breaks, proven: questions from below and schedules from above, side by side, until they meet."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle

from handslag import __version__
from handslag.partnering.problem import Goal, Problem
from handslag.partnering.proving import sat
from handslag.partnering.proving.annealing import Annealing, can_anneal
from handslag.partnering.proving.counted import CountedBound, certificate_of_impossible, certificate_of_other_goal
from handslag.partnering.proving.grid import Grid
from handslag.partnering.proving.question import Answer, Question
from handslag.partnering.proving.timetable import Timetable
from handslag.partnering.schedule import (
    Certificate,
    Figures,
    Run,
    Schedule,
    SearchCertificate,
    Status,
    Unplaced,
    gap_between,
)
from handslag.partnering.wording import sentence

# Meetings times slots; the largest published event has 6,600.
_LARGEST = 40_000
# From below one long look, for which the answer mostly is no until it is yes; from above several, each of another course.
_LONG_SECONDS = 60.0
_SHORT_SECONDS = 10.0
_GROWTH = 2.0
# So many rounds of annealing without a better schedule: then the solver looks for one too.
_PATIENCE = 2
# Both sides ask the solver, never the same twice.
_OTHER_SEEDS = 1000
# Between two looks at the clock and at whether the end was asked for.
_LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known so far: fewest breaks found (None: no schedule yet), and that none has fewer than `bound`."""

    seconds: float
    breaks: int | None
    bound: int


def applies_to(problem: Problem) -> bool:
    """True for events where every meeting must be placed and only breaks remain to be decided, of a size for proofs.

    Nothing is announced and there are no walks: then all goals but breaks are reached by whatever keeps the rules.
    """
    return (
        problem.rules.all_meetings
        and "breaks" in problem.ranked_goals
        and bool(problem.meetings)
        and not problem.walks
        and all(meeting.held is None for meeting in problem.meetings)
        and len(problem.meetings) * len(problem.slots) <= _LARGEST
    )


def prove_breaks(
    problem: Problem,
    *,
    problem_sha256: str,
    seconds: float = 60.0,
    seed: int = 1,
    progress: Callable[[Progress], None] | None = None,
    asked: Callable[[], bool] | None = None,
    language: str = "en",
) -> Schedule:
    """The schedule with fewest breaks, or the proof that there is none, within `seconds`; two threads of work.

    `optimal` and `infeasible` are proven by their certificates; `feasible` has what was found and the best bound;
    `unknown` has all meetings, but breaks too far apart, or nothing placed: then the search that need not place all is
    what helps. Ends early when `asked`. For events it `applies_to`.
    """
    if not applies_to(problem):
        raise ValueError("the event is not one of all meetings and fewest breaks, or too large")
    return _Proof(problem, problem_sha256, seconds, seed, progress, asked, language).to_the_end()


class _Proof:
    """Shared by both threads: the fewest breaks found, the bound, and how it was proven."""

    def __init__(
        self,
        problem: Problem,
        problem_sha256: str,
        seconds: float,
        seed: int,
        progress: Callable[[Progress], None] | None,
        asked: Callable[[], bool] | None,
        language: str,
    ) -> None:
        self._begun = time.monotonic()
        self._problem = problem
        self._sha256 = problem_sha256
        self._seconds = seconds
        self._seed = seed
        self._progress = progress
        self._asked = asked or (lambda: False)
        self._language = language
        self._grid = Grid(problem)
        self._best: Timetable | None = None
        self._fewest: int | None = None
        self._bound = 0
        self._least: list[int] = []
        self._is_impossible = False
        # Who said the last no.
        self._denied_by: sat.Solver = "glucose4"
        self._lock = threading.RLock()
        # All meetings, but somebody's breaks too far from another's: what there is where nothing keeps that rule.
        self._uneven: Timetable | None = None
        self._is_ended = False
        self._questions: dict[Question, int | None] = {}
        self._faults: list[BaseException] = []
        self._rounds = 0

    def to_the_end(self) -> Schedule:
        """Counting first; then both sides until they meet or time is up."""
        impossible = certificate_of_impossible(self._grid)
        if impossible is not None:
            return self._schedule("infeasible", [impossible])
        counted = CountedBound(self._grid)
        self._bound, self._least = counted.bound, counted.fewest
        self._tell()
        sides = [
            threading.Thread(target=self._guarded, args=(side,), daemon=True)
            for side in (self._from_above, self._from_below)
        ]
        for side in sides:
            side.start()
        # The main thread only looks: signals are told to it, and a solver at work would not hear them.
        for side in sides:
            while side.is_alive():
                side.join(_LOOK_SECONDS)
                if self._asked() or self._is_over():
                    self._end()
        if self._faults:
            raise self._faults[0]
        if self._is_impossible:
            return self._schedule("infeasible", [self._claim(self._problem.ranked_goals[0], 0, 0, None)])
        if self._best is None:
            return self._schedule("unknown", [])
        figures = self._best.figures(self._grid)
        certificates: list[Certificate] = [
            self._certificate(counted) if goal == "breaks" else certificate_of_other_goal(self._grid, goal, figures)
            for goal in self._problem.ranked_goals
        ]
        return self._schedule("optimal" if self._bound == self._fewest else "feasible", certificates)

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as fault:  # noqa: BLE001 — raised again by the thread that was asked
            with self._lock:
                self._faults.append(fault)
                self._stop_asking()

    def _end(self) -> None:
        with self._lock:
            self._is_ended = True
            self._stop_asking()

    def _left(self) -> float:
        return self._seconds - (time.monotonic() - self._begun)

    def _is_over(self) -> bool:
        has_met = self._fewest is not None and self._fewest <= self._bound
        return self._is_ended or has_met or self._is_impossible or bool(self._faults) or self._left() <= 0

    def _from_below(self) -> None:
        """Is there a schedule at all? Then: with no more breaks than the bound? Until there is; each time for longer."""
        seconds, seed = _LONG_SECONDS, 0
        while not self._is_over():
            if self._fewest is None:
                self._ask(None, seconds / 2, self._question(None, seed))
            before = self._bound
            if not self._is_over():
                self._ask(before, seconds, self._question(before, seed))
            if self._bound == before:
                seconds, seed = seconds * _GROWTH, seed + 1

    def _ask(self, most: int | None, seconds: float, question: Question) -> None:
        with self._at_work(question, most) as is_on:
            if is_on:
                self._learn(most, question.ask(min(seconds, self._left())))

    @contextmanager
    def _at_work(self, question: Question, most: int | None) -> Iterator[bool]:
        """Within, it is stopped when it is answered by others or all is over; False if it is already."""
        with self._lock:
            self._questions[question] = most
            is_on = not self._is_over() and not self._is_answered(most)
        try:
            yield is_on
        finally:
            with self._lock:
                del self._questions[question]

    def _is_answered(self, most: int | None) -> bool:
        if most is None:
            return self._fewest is not None
        return most < self._bound or (self._fewest is not None and most >= self._fewest)

    def _learn(self, most: int | None, answer: Answer) -> None:
        with self._lock:
            if answer.is_possible is False and most is None:
                self._is_impossible = True
            elif answer.is_possible is False and most is not None:
                self._bound = max(self._bound, most + 1)
            if answer.is_possible is False:
                self._denied_by = answer.solver
            self._stop_asking()
        if answer.found is not None:
            self._found(answer.found)
        self._tell()

    def _from_above(self) -> None:
        """Schedules of fewer and fewer breaks; where annealing comes no further, the solver is asked for few and fewer in turn."""
        if not can_anneal(self._grid):
            return
        annealing = Annealing(self._grid, self._seed)
        patience, courses = _PATIENCE, self._courses()
        while not self._is_over():
            before = self._fewest
            found = annealing.next_round(self._is_over)
            self._rounds += 1
            if found is not None:
                self._found(found)
            patience = _PATIENCE if self._fewest != before else patience - 1
            if patience <= 0 and self._fewest is not None and not self._is_over():
                self._ask(*next(courses))

    def _courses(self) -> Iterator[tuple[int, float, Question]]:
        """Questions for the solver that finds: as few as may be, and halfway there, each time for longer."""
        seconds, seed = _SHORT_SECONDS, self._seed + _OTHER_SEEDS
        for counts_people in cycle((False, True)):
            for is_halfway in (False, True):
                fewest = self._fewest or 0
                most = (self._bound + fewest - 1) // 2 if is_halfway else self._bound
                yield most, seconds, self._question(most, seed, "kissat404", counts_people=counts_people)
            seconds, seed = seconds * _GROWTH, seed + 1

    def _question(
        self, most: int | None, seed: int, solver: sat.Solver = "glucose4", *, counts_people: bool = True
    ) -> Question:
        return Question(self._grid, most, self._least, solver=solver, seed=seed, counts_people=counts_people)

    def _found(self, timetable: Timetable) -> None:
        breaks = timetable.breaks(self._grid)
        if not timetable.keeps_spread(self._grid):
            if self._uneven is None or breaks < self._uneven.breaks(self._grid):
                self._uneven = timetable
            return
        with self._lock:
            if self._fewest is not None and breaks >= self._fewest:
                return
            self._best, self._fewest = timetable, breaks
            self._stop_asking()
        self._tell()

    def _stop_asking(self) -> None:
        """What nobody needs to know any more."""
        for question, most in self._questions.items():
            if self._is_over() or self._is_answered(most):
                question.stop()

    def _tell(self) -> None:
        if self._progress is not None:
            with self._lock:
                self._progress(Progress(time.monotonic() - self._begun, self._fewest, self._bound))

    def _certificate(self, counted: CountedBound) -> Certificate:
        fewest = self._fewest or 0
        if self._bound == counted.bound:
            return counted.certificate(fewest)
        return self._claim("breaks", fewest, self._bound, self._bound - 1)

    def _claim(self, goal: Goal, reached: int, bound: int, most: int | None) -> SearchCertificate:
        question = "all meetings placed?" if most is None else f"all meetings placed, breaks ≤ {most}?"
        gap = gap_between(goal, reached, bound)
        return SearchCertificate(goal, reached, bound, gap, sat.NAMES[self._denied_by], sat.VERSION, question, "no")

    def _schedule(self, status: Status, certificates: list[Certificate]) -> Schedule:
        best = {"infeasible": None, "unknown": self._uneven}.get(status, self._best)
        reason = sentence("unplaced", "none_together" if status == "infeasible" else "none_in_time", {}, self._language)
        unplaced = () if best is not None else tuple(Unplaced(meeting.id, reason) for meeting in self._problem.meetings)
        is_open = status in {"feasible", "unknown"}
        return Schedule(
            problem_sha256=self._sha256,
            from_sha256=None,
            status=status,
            placed=best.placed(self._grid) if best is not None else (),
            unplaced=unplaced,
            figures=best.figures(self._grid) if best is not None else Figures(),
            certificates=tuple(certificates),
            run=Run(
                seconds=round(time.monotonic() - self._begun, 3),
                steps=self._rounds,
                seed=self._seed,
                version=__version__,
                stopped="asked" if is_open and self._asked() else "time" if is_open else "gap",
            ),
        )
