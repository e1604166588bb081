"""`handslag check`: a schedule against its problem, by a checker that trusts no solver."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def check(
    problem: Annotated[
        Path, typer.Argument(metavar="PROBLEM.json", help="The event: slots, places, people, meetings.")
    ],
    schedule: Annotated[Path, typer.Argument(metavar="SCHEDULE.json", help="The schedule to check.")],
    *,
    from_file: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="SCHEDULE.json", help="The schedule announced before, which this one goes from."
        ),
    ] = None,
    resolve: Annotated[
        bool, typer.Option("--resolve", help="Ask the questions of `search` certificates again, by another model.")
    ] = False,
    seconds: Annotated[
        float | None, typer.Option("--seconds", min=0.1, help="With --resolve: so long for each question (60).")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write what was found here, as JSON.")
    ] = None,
) -> None:
    """Check every rule, every figure and every proof of a schedule.

    Exit status 0 if all hold, 1 if something is violated (each is named with its ids), 2 if a file is not as its
    format has it (with the place) or cannot be read.
    """
    if seconds is not None and not resolve:
        raise typer.BadParameter("goes with --resolve only", param_hint="--seconds")
    if json_file is not None and json_file.is_dir():
        raise typer.BadParameter(f"{json_file} is a folder, expected a file", param_hint="--json")

    # Slow, and `handslag --help` must answer at once.
    from handslag.cli.checking_run import CheckingRun

    run = CheckingRun(problem, schedule, from_file=from_file, json_file=json_file)
    raise typer.Exit(run.to_the_end(seconds=(seconds or 60.0) if resolve else None))
