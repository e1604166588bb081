"""One run of `handslag plan`: an event in, a schedule out, and how good it is."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from types import FrameType

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
from handslag.kernel.collecting import without_collecting
from handslag.partnering import (
    Problem,
    Schedule,
    from_b2bsp,
    hold_announced,
    problem_json,
    read_problem,
    read_schedule,
    sha256_of,
)
from handslag.partnering.compiled import memory_for
from handslag.partnering.compiling import is_compiled
from handslag.partnering.planning import Progress, make_plan, prepare
from handslag.partnering.report import overview_lines, overview_of, plan_page
from handslag.partnering.sheets import event_of_sheets, read_tables, template_tables, write_tables
from handslag.partnering.stopping import StoppingRule
from handslag.partnering.wording import percent, sentence

_EXIT = {"optimal": 0, "feasible": 0, "infeasible": 3, "unknown": 4}
_UNUSABLE = 2
# Seconds between two lines of how it goes.
_PAUSE = 1.0


class PlanningRun:
    """Reads an event, has it planned and says how that goes, in the language of the terminal."""

    def __init__(self, event: Path, *, from_file: Path | None, from_b2bsp: bool, quiet: bool) -> None:
        self._event = event
        self._from = from_file
        self._is_published = from_b2bsp
        self._quiet = quiet
        self._language = terminal_language(os.environ)
        # The phase that was told last, and when.
        self._told = ("", 0.0)

    @without_collecting()
    def to_the_end(
        self,
        *,
        seconds: float | None,
        steps: int | None,
        gap: float,
        seed: int,
        output: Path | None,
        problem_file: Path | None,
        html: Path | None,
        report: Path | None,
    ) -> int:
        """The exit status. The schedule is written to `output` or standard output, all else to standard error."""
        try:
            check_apart([self._event], [output, html, report], self._language)
            check_apart([], [problem_file, output, html, report], self._language)
            problem, data = self._read_event()
            if data is None:
                data = problem_json(problem)
                problem_file = problem_file or problem_beside(output)
            if problem_file is not None:
                write_file(problem_file, data.decode())
                self._say("problem_written", file=name_for_people(problem_file))
            announced_sha256 = None
            if self._from is not None:
                announced, announced_sha256 = read_file(self._from, read_schedule, self._language)
                problem = hold_announced(problem, announced)
            self._check_size(problem)
            self._prepare()
            self._say("begins", meetings=len(problem.meetings), people=len(problem.people), slots=len(problem.slots))
            with _interruptions() as asked:
                stop = StoppingRule(seconds, steps, gap, asked=asked)
                # Without it the run tells no seconds, so that equal steps and seeds give equal files.
                if seconds is not None:
                    stop = replace(stop, clock=time.perf_counter, began=time.perf_counter())
                schedule = make_plan(problem, problem_sha256=sha256_of(data), stop=stop, seed=seed,
                    from_sha256=announced_sha256, progress=self._tell, language=self._language)  # fmt: skip
            self._write(problem, schedule, output, html, report)
        except Unusable as error:
            typer.echo(f"handslag plan: {error}", err=True)
            return _UNUSABLE
        return _EXIT[schedule.status]

    def _check_size(self, problem: Problem) -> None:
        """Unusable where the event would not fit into this machine's memory."""
        needed, there = memory_for(problem), memory_of_machine()
        if needed > there:
            words = {"people": len(problem.people), "slots": len(problem.slots), "meetings": len(problem.meetings),
                "needed": -(-needed // 2**30), "there": there // 2**30}  # fmt: skip
            raise Unusable(f"{name_for_people(self._event)}: {sentence('plan', 'too_large', words, self._language)}")

    def _prepare(self) -> None:
        if not is_compiled():
            self._say("compiling")
        prepare()

    def _read_event(self) -> tuple[Problem, bytes | None]:
        """The problem, and its file's bytes where it is one of the format."""
        if self._is_published:
            problem, _ = read_file(self._event, lambda data: from_b2bsp(data.decode("utf-8", "replace")), self._language)  # fmt: skip
            return problem, None
        if self._event.suffix.lower() == ".json":
            (problem, data), _ = read_file(self._event, lambda data: (read_problem(data), data), self._language)
            return problem, data
        event = readable(self._event, lambda: event_of_sheets(read_tables(self._event), self._event.stem), self._language)  # fmt: skip
        if event.repeated:
            self._say("repeated", n=event.repeated)
        if event.unknown_sheets:
            self._say("unknown_sheets", names=event.unknown_sheets)
        for place, heading in event.unknown_headings:
            self._say("unknown_heading", place=place, heading=heading)
        return event.problem, None

    def _tell(self, now: Progress) -> None:
        """Where it stands, once a second and at the beginning of each phase."""
        if now.phase == self._told[0] and time.perf_counter() < self._told[1] + _PAUSE:
            return
        self._told = (now.phase, time.perf_counter())
        phase = sentence("phases", now.phase, {}, self._language)
        what = "breaks_" if now.phase == "proving" else ""
        if now.bound is None or now.gap is None:
            self._say(f"{what}without_bound", phase=phase, value=now.value)
        else:
            self._say(
                f"{what}with_bound",
                phase=phase,
                value=now.value,
                bound=now.bound,
                gap=percent(now.gap, 3, self._language),
            )

    def _write(self, problem: Problem, schedule: Schedule, output: Path | None, html: Path | None, report: Path | None) -> None:  # fmt: skip
        overview = overview_of(problem, schedule)
        if html is not None:
            write_file(html, plan_page(problem, schedule, self._language))
        if report is not None:
            write_file(report, json.dumps(asdict(overview), ensure_ascii=False, indent=1) + "\n")
        write_schedule(schedule, output, self._language)
        if not self._quiet:
            self._say(f"status_{schedule.status}")
            for line in overview_lines(overview, self._language):
                typer.echo(line, err=True)

    def _say(self, key: str, **values: object) -> None:
        if not self._quiet:
            typer.echo(sentence("plan", key, values, self._language), err=True)


def memory_of_machine() -> int:
    """Bytes; where the system does not tell, what a small computer has."""
    if hasattr(os, "sysconf") and {"SC_PAGE_SIZE", "SC_PHYS_PAGES"} <= os.sysconf_names.keys():
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return 8 * 2**30


def write_template(target: Path) -> int:
    """The exit status, after writing the worked example."""
    language = terminal_language(os.environ)
    try:
        write_tables(template_tables(language), target)
    except OSError as error:
        words = {"file": name_for_people(target), "why": error.strerror or str(error)}
        typer.echo(f"handslag plan: {sentence('check', 'unwritable', words, language)}", err=True)
        return _UNUSABLE
    typer.echo(sentence("plan", "template_written", {"file": name_for_people(target)}, language), err=True)
    return 0


@contextmanager
def _interruptions() -> Iterator[Callable[[], bool]]:
    """Within, Ctrl-C asks for the best so far; asked twice, it breaks off."""
    asked: list[bool] = []

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(True)

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGINT, before)
