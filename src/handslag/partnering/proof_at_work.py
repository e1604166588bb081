"""The proof beside the search: in a thread of its own where a clock decides, in step with it where steps do; then as certificates."""

from __future__ import annotations

import math
import threading
from dataclasses import replace
from types import TracebackType

from handslag.partnering.bounding import PriceBound, ReducedValues
from handslag.partnering.compiled import CompiledEvent
from handslag.partnering.problem import MAXIMISED, Goal, Problem
from handslag.partnering.schedule import Certificate, CountingCertificate, Figures, Schedule, Unplaced, gap_between
from handslag.partnering.stopping import StoppingRule
from handslag.partnering.wording import sentence

# Steps of the bound between two looks at what the search has reached, and after each block of a search without a clock.
_BLOCK = 20
_IN_STEP = 2
# Prices are told again when they have closed such a share of the gap.
_NEWS = 0.25


class Proof:
    """No proof, for events in which value is no goal; and what all proofs have."""

    def __enter__(self) -> Proof:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def end(self) -> None:
        """No more work is begun; leaving waits for what is under way."""

    def against(self, value: int) -> int | None:
        """The bound on value as it is now, None for none; `value` is what was reached, to which it is to come near."""
        return None

    def news(self, value: int) -> ReducedValues | None:
        """What the prices now say of meetings, where they became much better since they were last told."""
        return None

    def certificate(self, reached: int) -> Certificate | None:
        """What proves the bound."""
        return None


class ProofInStep(Proof):
    """Worked on each time it is asked for: equal searches ask equally often, so their proofs are equal."""

    def __init__(self, bound: PriceBound, gap: float) -> None:
        self._bound = bound
        self._gap = gap
        self._told: float = math.inf

    def against(self, value: int) -> int | None:
        self._bound.aim(value, self._gap)
        return self._bound.improve(_IN_STEP)

    def news(self, value: int) -> ReducedValues | None:
        bound = self._bound.bound
        # The first time the right side is not a number, which nothing reaches.
        if bound >= self._told - _NEWS * (self._told - value):
            return None
        self._told = bound
        return self._bound.reduced_values()

    def certificate(self, reached: int) -> Certificate | None:
        return self._bound.certificate(reached)


class ProofBeside(ProofInStep):
    """Worked on in a thread from entering to leaving; what fails there is raised at the next look."""

    def __init__(self, bound: PriceBound, gap: float) -> None:
        super().__init__(bound, gap)
        self._value = 0
        self._is_over = threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="bound", daemon=True)

    def __enter__(self) -> Proof:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()
        self._thread.join()

    def end(self) -> None:
        self._is_over.set()

    def against(self, value: int) -> int | None:
        self._value = value
        if self._error is not None:
            raise self._error
        return self._bound.bound

    def _work(self) -> None:
        try:
            while not self._is_over.is_set():
                self._bound.aim(self._value, self._gap)
                if self._bound.is_finished:
                    self._is_over.wait(0.02)
                else:
                    self._bound.improve(_BLOCK, self._is_over.is_set)
        except BaseException as error:  # noqa: BLE001  raised where the search looks
            self._error = error


def begin_proof(problem: Problem, event: CompiledEvent, stop: StoppingRule) -> Proof:
    """The proof that fits the goals and what ends the search."""
    if MAXIMISED not in problem.ranked_goals:
        return Proof()
    bound = PriceBound(problem, event)
    gap = stop.gap or 0.0
    return ProofInStep(bound, gap) if stop.seconds is None else ProofBeside(bound, gap)


def certificates_of(problem: Problem, schedule: Schedule, proof: Proof, language: str) -> Schedule:
    """The schedule with a certificate for each goal, and the status that they prove."""
    whole = sum(meeting.value for meeting in problem.meetings)
    if problem.rules.all_meetings and schedule.unplaced:
        refusal = proof.certificate(0)
        if refusal is not None and refusal.bound < problem.least_value_of_all:
            return _infeasible(problem, schedule, refusal, language)
    certificates = tuple(
        one for goal in problem.ranked_goals if (one := _certificate(problem, schedule, goal, whole, proof)) is not None
    )
    is_proven = len(certificates) == len(problem.ranked_goals) and all(one.bound == one.reached for one in certificates)
    status = "optimal" if schedule.status == "feasible" and is_proven else schedule.status
    return replace(schedule, certificates=certificates, status=status)


def _infeasible(problem: Problem, schedule: Schedule, refusal: Certificate, language: str) -> Schedule:
    """Nothing is placed, for nothing that keeps all rules can be; what was left over in the best attempt tells why."""
    told = {one.meeting: sentence("unplaced", "in_best_attempt", {"reason": one.reason}, language) for one in schedule.unplaced}  # fmt: skip
    other = sentence("unplaced", "not_all_together", {}, language)
    unplaced = tuple(Unplaced(meeting.id, told.get(meeting.id, other)) for meeting in problem.meetings)
    figures = Figures(dropped=sum(meeting.held is not None for meeting in problem.meetings))
    return replace(
        schedule, status="infeasible", placed=(), unplaced=unplaced, figures=figures, certificates=(refusal,)
    )


def _certificate(problem: Problem, schedule: Schedule, goal: Goal, whole: int, proof: Proof) -> Certificate | None:
    reached = schedule.figures.reached(goal)
    if goal != MAXIMISED:
        return CountingCertificate(goal, reached, 0, gap_between(goal, reached, 0), "not-negative", {})
    if not schedule.unplaced:
        numbers = {"meetings": len(problem.meetings)}
        return CountingCertificate(goal, reached, whole, gap_between(goal, reached, whole), "everything", numbers)
    return proof.certificate(reached)
