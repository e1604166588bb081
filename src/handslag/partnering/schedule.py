"""A schedule as people read it: what is placed where, what is not and why, figures and proofs (`handslag-schedule/1`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from handslag.partnering.problem import MAXIMISED, Goal

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
STATUSES: tuple[Status, ...] = get_args(Status)
Stopped = Literal["gap", "steps", "time", "asked"]
STOPPED: tuple[Stopped, ...] = get_args(Stopped)


@dataclass(frozen=True, slots=True)
class Placed:
    """A meeting in a slot, at table or room `number` (from 1) of a place, with who attends."""

    meeting: str
    slot: str
    place: str
    number: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A meeting that is not held, with the reason for the organiser."""

    meeting: str
    reason: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What a schedule reaches. `value` is less the price of moves; `dropped` counts held meetings that are unplaced."""

    meetings: int = 0
    value: int = 0
    dropped: int = 0
    moves: int = 0
    place_changes: int = 0
    far_walks: int = 0
    breaks: int = 0
    break_spread: int = 0
    max_in_a_row: int = 0

    def reached(self, goal: Goal) -> int:
        """The figure that a goal is about."""
        figure: int = getattr(self, "dropped" if goal == "kept" else goal)
        return figure


@dataclass(frozen=True, slots=True)
class Prices:
    """Dual prices: person or place to slot or day to price, in 1/`scale` of a unit of value; what is absent is 0."""

    scale: int
    people: Mapping[str, Mapping[str, int]]
    places: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Certificate:
    """How near a goal is to its bound, all earlier goals fixed at what they reached."""

    goal: Goal
    reached: int
    bound: int
    gap: float


@dataclass(frozen=True, slots=True)
class PricesCertificate(Certificate):
    """Proven by prices: anyone can add them up again."""

    prices: Prices


@dataclass(frozen=True, slots=True)
class CountingCertificate(Certificate):
    """Proven by a named counting argument, with its inputs."""

    rule: str
    numbers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SearchCertificate(Certificate):
    """Claimed by a solver that searched all there is."""

    solver: Any
    version: Any
    question: Any
    answer: Any


@dataclass(frozen=True, slots=True)
class Run:
    """How a schedule came about: seconds of work, steps of search, why it stopped."""

    seconds: float
    steps: int
    seed: int | None
    version: str
    stopped: Stopped


@dataclass(frozen=True, slots=True)
class Schedule:
    """An answer to the problem whose file has `problem_sha256`."""

    problem_sha256: str
    from_sha256: str | None
    status: Status
    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    figures: Figures
    certificates: tuple[Certificate, ...]
    run: Run


def gap_between(goal: Goal, reached: int, bound: int) -> float:
    """How far what was reached is from its bound, as a share, unrounded."""
    if goal == MAXIMISED:
        return (bound - reached) / max(1, abs(bound))
    return (reached - bound) / max(1, abs(reached))
