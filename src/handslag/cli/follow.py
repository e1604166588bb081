"""`handslag follow`: what was heard since of each commitment that documents state."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handslag.kernel.errors import BadPeriod
from handslag.kernel.periods import checked_day


def _day(text: str) -> str:
    try:
        return checked_day(text)
    except BadPeriod as error:
        raise typer.BadParameter(str(error)) from None


def follow(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="FILE_OR_FOLDER", help="Documents as `handslag read` takes them; a folder is walked."),
    ],
    *,
    as_of: Annotated[
        str | None,
        typer.Option(parser=_day, metavar="YYYY-MM-DD", help="As known on this day; without it, today."),
    ] = None,
    said_on: Annotated[
        str | None,
        typer.Option(parser=_day, metavar="YYYY-MM-DD", help="The day of documents that give none."),
    ] = None,
    commitments: Annotated[
        Path | None,
        typer.Option(
            "--commitments", metavar="FILE", help="A JSON list of the commitments to follow, instead of finding them."
        ),
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write what was followed as JSON.")
    ] = None,
    html_file: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write one page with every passage.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No report on the terminal and no progress.")] = False,
) -> None:
    """Read documents, collect what was promised in them, and show what later ones say about it.

    Exit status 1 if some file could not be read (it is named with the reason, the others are followed).
    """
    if "" in paths:
        raise typer.BadParameter("found an empty name, expected a file or a folder", param_hint="FILE_OR_FOLDER")
    for option, path in (("--json", json_file), ("--html", html_file)):
        if path is not None and path.is_dir():
            raise typer.BadParameter(f"{path} is a folder, expected a file", param_hint=option)

    # Slow, and `handslag --help` must answer at once.
    from handslag.cli.following_run import FollowingRun

    run = FollowingRun(
        [Path(path) for path in paths],
        as_of=as_of,
        said_on=said_on,
        commitments=commitments,
        json_file=json_file,
        html_file=html_file,
        quiet=quiet,
    )
    raise typer.Exit(run.to_the_end())
