"""`handslag repair`: an announced schedule after something changed, with as little disturbance as possible."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def repair(
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM.json", help="The event, as it was planned.")],
    schedule: Annotated[Path, typer.Argument(metavar="SCHEDULE.json", help="The schedule that was announced.")],
    changes: Annotated[Path, typer.Argument(metavar="CHANGES.json", help="What has changed since, in order.")],
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="SCHEDULE.json", help="Write here, not to standard output.")
    ] = None,
    problem_file: Annotated[
        Path | None,
        typer.Option("--problem", metavar="FILE", help="Write the changed problem here (else beside the output)."),
    ] = None,
    repairs: Annotated[
        Path | None, typer.Option("--repairs", metavar="FOLDER", help="Write each repair here, as 1.json, 2.json, …")
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write the changed plan as a page: overview, timetables."),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="SLOT", help="What is before this slot does not change.")
    ] = None,
    move_price: Annotated[
        int | None,
        typer.Option("--move-price", min=0, help="A new request worth more may make one other meeting move."),
    ] = None,
    bound: Annotated[
        float | None,
        typer.Option(
            "--bound", metavar="SECONDS", min=0.1, help="Prove for so long how much value any schedule could have."
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Do not tell what changes for whom.")] = False,
) -> None:
    """Repair a schedule after changes, and tell each placement that changes and why.

    Exit status 0 if the schedule keeps all rules, 4 if not all that must be placed could be, 2 if a file is not as its
    format has it (with the place) or cannot be read.
    """
    # Slow, and `handslag --help` must answer at once.
    from handslag.cli.repairing_run import RepairingRun

    run = RepairingRun(problem, schedule, changes, quiet=quiet)
    raise typer.Exit(
        run.to_the_end(output=output, problem_file=problem_file, repairs=repairs, html=html, until=until,
            move_price=move_price, bound=bound)
    )  # fmt: skip
