"""A schedule against its problem: every rule, every figure, every certificate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handslag.partnering.checking.certificates import Examined, examine_certificates, status_faults
from handslag.partnering.checking.event import Event, Standing
from handslag.partnering.checking.figures import figure_faults, recompute_figures
from handslag.partnering.checking.held_rules import dropped_faults, frozen_faults
from handslag.partnering.checking.meeting_rules import listing_faults, placing_faults, room_faults
from handslag.partnering.checking.people_rules import booking_faults, day_faults, spread_faults
from handslag.partnering.checking.violations import Violation
from handslag.partnering.problem import Problem
from handslag.partnering.schedule import Figures, Schedule


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checker found: nothing violated, or what; the figures as recomputed; each certificate looked at."""

    violations: tuple[Violation, ...]
    figures: Figures
    certificates: tuple[Examined, ...]


def check_schedule(
    problem: Problem, schedule: Schedule, *, problem_sha256: str, from_sha256: str | None = None
) -> Verdict:
    """The schedule judged by the problem alone. With an earlier schedule, its announcements are held in the problem."""
    event = Event(problem)
    standing = Standing(event, schedule.placed)
    figures = recompute_figures(event, schedule, standing)
    faults = [
        *_file_faults(schedule, problem_sha256, from_sha256),
        *listing_faults(event, schedule),
        *placing_faults(event, standing),
        *booking_faults(event, standing),
        *room_faults(event, standing),
    ]
    for person, busy in standing.busy.items():
        faults += day_faults(event, person, busy)
    # These may be broken where nothing better is known; but a schedule that breaks none of them is not unknown.
    whole = [*spread_faults(event, standing), *_left_out(problem, schedule)]
    if schedule.status in {"optimal", "feasible"}:
        faults += whole
    if schedule.status != "infeasible":
        faults += frozen_faults(event, standing)
        faults += dropped_faults(event, standing, spread_counts=schedule.status != "unknown")
    faults += figure_faults(schedule.figures, figures)
    examined = examine_certificates(event, schedule, figures)
    for one in examined:
        faults += one.faults
    faults += status_faults(event, schedule, examined, keeps_all=not whole and not faults)
    return Verdict(tuple(faults), figures, tuple(examined))


def _file_faults(schedule: Schedule, problem_sha256: str, from_sha256: str | None) -> Iterator[Violation]:
    if schedule.problem_sha256 != problem_sha256:
        ids = {"stated": schedule.problem_sha256, "found": problem_sha256}
        yield Violation("wrong-problem", ids)
    if schedule.from_sha256 != from_sha256:
        ids = {"stated": schedule.from_sha256 or "null", "found": from_sha256 or "null"}
        yield Violation("wrong-problem", ids, variant="from")


def _left_out(problem: Problem, schedule: Schedule) -> list[Violation]:
    if not problem.rules.all_meetings:
        return []
    placed = {one.meeting for one in schedule.placed}
    left = [meeting.id for meeting in problem.meetings if meeting.id not in placed]
    return [Violation("not-all-placed", {"meetings": left}, {"found": len(left)})] if left else []
