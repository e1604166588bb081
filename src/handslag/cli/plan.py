"""`handslag plan`: a schedule of one-to-one meetings, and how near it is to the best possible."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def plan(
    event: Annotated[
        Path | None,
        typer.Argument(metavar="EVENT", help="PROBLEM.json, a workbook, or a folder of CSV files."),
    ] = None,
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="SCHEDULE.json", help="Write here, not to standard output.")
    ] = None,
    seconds: Annotated[
        float | None, typer.Option("--seconds", min=0.1, help="At most so long (60, or without end with --steps).")
    ] = None,
    gap: Annotated[
        float, typer.Option("--gap", min=0.0, max=1.0, help="Stop when so near the bound; 0 is exact.")
    ] = 0.0005,
    steps: Annotated[
        int | None, typer.Option("--steps", min=0, help="Stop after so many steps: then bit-for-bit repeatable.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="Of the random choices.")] = 1,
    from_file: Annotated[
        Path | None,
        typer.Option("--from", metavar="SCHEDULE.json", help="What was announced: it is kept as far as possible."),
    ] = None,
    from_b2bsp: Annotated[bool, typer.Option("--from-b2bsp", help="EVENT is a published instance (MiniZinc).")] = False,
    problem_file: Annotated[
        Path | None,
        typer.Option("--problem", metavar="FILE", help="Write the problem as JSON here, for `handslag check`."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the plan as a page: overview, timetables.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write the overview's figures as JSON.")
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="PATH", help="Write a worked example (.xlsx, or a folder of CSV) and end."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing of how it goes.")] = False,
) -> None:
    """Place the meetings of an event, near the optimum, with the proof.

    Exit status 0 if the schedule keeps all rules, 3 if none can, 4 if that is not known, 2 if a file is not as its
    format has it (with the place) or cannot be read. Ctrl-C gives the best schedule so far.
    """
    if (event is None) == (template is None):
        raise typer.BadParameter("name an event to plan, or --template PATH", param_hint="EVENT")
    if from_b2bsp and from_file is not None:
        raise typer.BadParameter("does not go with --from-b2bsp", param_hint="--from")

    # Slow, and `handslag --help` must answer at once.
    from handslag.cli.planning_run import PlanningRun, write_template

    if event is None:
        assert template is not None, "one of the two was checked for"
        raise typer.Exit(write_template(template))
    if seconds is None and steps is None:
        seconds = 60.0
    run = PlanningRun(event, from_file=from_file, from_b2bsp=from_b2bsp, quiet=quiet)
    raise typer.Exit(
        run.to_the_end(seconds=seconds, steps=steps, gap=gap, seed=seed, output=output, problem_file=problem_file,
            html=html, report=report)
    )  # fmt: skip
