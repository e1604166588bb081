"""One run of `handslag check`: files in, a line of figures or each violated rule out."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from handslag.cli.documents import name_for_people
from handslag.cli.event_files import Read, Unusable, check_apart, read_file, write_file
from handslag.cli.summary import terminal_language
from handslag.partnering import (
    Problem,
    Schedule,
    hold_announced,
    read_problem,
    read_schedule,
)
from handslag.partnering.checking import Examined, Verdict, Violation, check_schedule
from handslag.partnering.schedule import Certificate, SearchCertificate
from handslag.partnering.wording import percent, sentence

_HELD, _VIOLATED, _UNUSABLE = 0, 1, 2


class CheckingRun:
    """Reads the files, has them checked and says what was found, in the language of the terminal."""

    def __init__(self, problem: Path, schedule: Path, *, from_file: Path | None, json_file: Path | None) -> None:
        self._problem = problem
        self._schedule = schedule
        self._from = from_file
        self._json = json_file
        self._language = terminal_language(os.environ)

    def to_the_end(self, *, seconds: float | None) -> int:
        """The exit status. With `seconds`, claims of a search are asked again, each for so long."""
        try:
            check_apart([self._problem, self._schedule, self._from], [self._json], self._language)
            problem, problem_sha256 = self._read(self._problem, read_problem)
            schedule, _ = self._read(self._schedule, read_schedule)
            from_sha256 = None
            if self._from is not None:
                announced, from_sha256 = self._read(self._from, read_schedule)
                problem = hold_announced(problem, announced)
            verdict = check_schedule(problem, schedule, problem_sha256=problem_sha256, from_sha256=from_sha256)
            answers = {} if seconds is None else self._ask_again(problem, schedule, verdict, seconds)
            violations = [*verdict.violations, *(fault for _, fault in answers.values() if fault is not None)]
            if self._json is not None:
                self._write(self._json, self._report(schedule, verdict, violations, answers))
        except Unusable as error:
            typer.echo(f"handslag check: {error}", err=True)
            return _UNUSABLE
        for violation in violations:
            typer.echo(violation.in_language(self._language))
        if violations:
            typer.echo(self._words("violated", file=name_for_people(self._schedule), n=len(violations)), err=True)
            return _VIOLATED
        for line in self._lines(problem, schedule, verdict, answers):
            typer.echo(line)
        return _HELD

    def _read(self, path: Path, read: Callable[[bytes], Read]) -> tuple[Read, str]:
        return read_file(path, read, self._language)

    def _write(self, path: Path, report: dict[str, Any]) -> None:
        write_file(path, json.dumps(report, ensure_ascii=False, indent=1) + "\n")

    def _ask_again(
        self, problem: Problem, schedule: Schedule, verdict: Verdict, seconds: float
    ) -> dict[int, tuple[str, Violation | None]]:
        """By a certificate's position: confirmed, contradicted, unanswered or beyond the model, and what is wrong."""
        from handslag.partnering.checking.resolving import ask_again

        return {
            one.position: ask_again(problem, schedule, verdict.figures, one, seconds=seconds)
            for one in verdict.certificates
            if isinstance(one.certificate, SearchCertificate) and one.outcome != "wrong"
        }

    def _lines(
        self,
        problem: Problem,
        schedule: Schedule,
        verdict: Verdict,
        answers: dict[int, tuple[str, Violation | None]],
    ) -> Iterator[str]:
        """The line of figures, then a line for each certificate."""
        figures = verdict.figures
        numbers = ", ".join(f"{self._name(one)} {value}" for one, value in asdict(figures).items() if one != "meetings")
        placed = self._words("placed", n=figures.meetings, of=len(problem.meetings))
        yield f"{self._name(schedule.status)}: {placed}, {numbers}"
        for one in verdict.certificates:
            yield f"  {self._certificate_line(one, answers)}"

    def _certificate_line(self, one: Examined, answers: dict[int, tuple[str, Violation | None]]) -> str:
        certificate = one.certificate
        if one.outcome == "recomputed":
            outcome = self._words("recomputed")
        elif one.position in answers:
            outcome = self._words(answers[one.position][0], solver=solver_name(certificate))
        else:
            outcome = self._words("claimed", solver=solver_name(certificate))
        values = {"goal": self._name(certificate.goal), "reached": certificate.reached, "bound": certificate.bound}
        return f"{self._words('certificate', **values, gap=percent(certificate.gap, 4, self._language))}: {outcome}"

    def _report(
        self,
        schedule: Schedule,
        verdict: Verdict,
        violations: list[Violation],
        answers: dict[int, tuple[str, Violation | None]],
    ) -> dict[str, Any]:
        return {
            "status": schedule.status,
            "holds": not violations,
            "violations": [
                {"rule": one.rule, "ids": one.ids, "numbers": one.numbers, "text": one.in_language(self._language)}
                for one in violations
            ],
            "figures": asdict(verdict.figures),
            "certificates": [
                {
                    "goal": one.certificate.goal,
                    "reached": one.certificate.reached,
                    "bound": one.certificate.bound,
                    "gap": one.certificate.gap,
                    "outcome": answers[one.position][0] if one.position in answers else one.outcome,
                }
                for one in verdict.certificates
            ],
        }

    def _name(self, of: str) -> str:
        return sentence("figures", of, {}, self._language)

    def _words(self, key: str, **values: object) -> str:
        return sentence("check", key, values, self._language)


def solver_name(certificate: Certificate) -> str:
    """Who claims what a search certificate says."""
    return f"{certificate.solver} {certificate.version}" if isinstance(certificate, SearchCertificate) else ""
