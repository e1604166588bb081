"""One run of `handslag repair`: an announced schedule and changes in, the schedule after them out."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import typer

from handslag.cli.documents import name_for_people
from handslag.cli.event_files import (
    Unusable,
    check_apart,
    problem_beside,
    read_file,
    readable,
    write_file,
    write_schedule,
)
from handslag.cli.summary import terminal_language
from handslag.partnering import BadFormat, Problem, Schedule, problem_json, read_problem, read_schedule
from handslag.partnering.problem import MAXIMISED
from handslag.partnering.repairing import Added, Change, Plan, Repair, TimePassed, read_changes, repair_json
from handslag.partnering.report import plan_page
from handslag.partnering.wording import percent, sentence

_EXIT = {"feasible": 0, "unknown": 4}
_UNUSABLE = 2


class RepairingRun:
    """Reads the files, repairs change by change and says what that does, in the language of the terminal."""

    def __init__(self, problem: Path, schedule: Path, changes: Path, *, quiet: bool) -> None:
        self._problem = problem
        self._schedule = schedule
        self._changes = changes
        self._quiet = quiet
        self._language = terminal_language(os.environ)

    def to_the_end(
        self,
        *,
        output: Path | None,
        problem_file: Path | None,
        repairs: Path | None,
        html: Path | None,
        until: str | None,
        move_price: int | None,
        bound: float | None,
    ) -> int:
        """The exit status. The schedule is written to `output` or standard output, all else to standard error."""
        try:
            read = [self._problem, self._schedule, self._changes]
            check_apart(read, [problem_file or problem_beside(output), output, html], self._language)
            plan = self._plan(move_price)
            changes, _ = read_file(self._changes, read_changes, self._language)
            if until is not None:
                changes = (TimePassed(until), *changes)
            done = readable(
                self._changes, lambda: self._apply(plan, changes, skipped=until is not None), self._language
            )
            for number, repair in enumerate(done, start=1):
                if repairs is not None:
                    write_file(repairs / f"{number}.json", repair_json(repair).decode())
            problem, schedule = plan.handed_out()
            if bound is not None and MAXIMISED in problem.ranked_goals:
                schedule = _proven(problem, schedule, bound)
            elif bound is not None:
                self._say("repair", "no_bound")
            problem_file = problem_file or problem_beside(output)
            if problem_file is not None:
                write_file(problem_file, problem_json(problem).decode())
                self._say("plan", "problem_written", file=name_for_people(problem_file))
            if html is not None:
                write_file(html, plan_page(problem, schedule, self._language))
            write_schedule(schedule, output, self._language)
            self._tell_who_waits(changes, schedule)
            self._tell_how_good(problem, schedule)
        except Unusable as error:
            typer.echo(f"handslag repair: {error}", err=True)
            return _UNUSABLE
        return _EXIT[schedule.status]

    def _plan(self, move_price: int | None) -> Plan:
        problem, problem_sha256 = read_file(self._problem, read_problem, self._language)
        announced, announced_sha256 = read_file(self._schedule, read_schedule, self._language)

        def begin() -> Plan:
            if announced.problem_sha256 != problem_sha256:
                raise BadFormat("problem_sha256", "repair_other_problem")
            return Plan(
                problem, announced, announced_sha256=announced_sha256, move_price=move_price, language=self._language
            )

        return readable(self._schedule, begin, self._language)

    def _apply(self, plan: Plan, changes: tuple[Change, ...], *, skipped: bool) -> list[Repair]:
        done = []
        for position, change in enumerate(changes):
            try:
                done.append(plan.apply(change))
            except BadFormat as error:
                raise error.within(
                    "--until" if skipped and not position else f"changes[{position - skipped}]"
                ) from None
            for one in done[-1].placements:
                if not self._quiet:
                    typer.echo(one.in_language(self._language), err=True)
        return done

    def _tell_who_waits(self, changes: tuple[Change, ...], schedule: Schedule) -> None:
        """The new requests that found no place: nothing else is heard of them."""
        added = {meeting.id for change in changes if isinstance(change, Added) for meeting in change.meetings}
        for one in schedule.unplaced:
            if one.meeting in added:
                self._say("repair", "new_waits", meeting=one.meeting, reason=one.reason)

    def _tell_how_good(self, problem: Problem, schedule: Schedule) -> None:
        figures = schedule.figures
        self._say("repair", "reached", n=figures.meetings, of=len(problem.meetings), value=figures.value,
            dropped=figures.dropped, moves=figures.moves)  # fmt: skip
        for one in schedule.certificates:
            self._say("check", "certificate", goal=one.goal, reached=one.reached, bound=one.bound,
                gap=percent(one.gap, 4, self._language))  # fmt: skip

    def _say(self, group: str, key: str, **values: object) -> None:
        if not self._quiet:
            typer.echo(sentence(group, key, values, self._language), err=True)


def _proven(problem: Problem, schedule: Schedule, seconds: float) -> Schedule:
    """The schedule of an event with value as a goal, with a bound on what any could reach now; after so many seconds at most."""
    # Compiles for half a minute at its first use.
    from handslag.partnering.bounding import PriceBound
    from handslag.partnering.compiled import compile_event

    best = PriceBound(problem, compile_event(problem))
    best.aim(schedule.figures.value)
    end = time.perf_counter() + seconds
    while not best.is_finished and time.perf_counter() < end:
        best.improve(10)
    return replace(schedule, certificates=(best.certificate(schedule.figures.value),))
