"""`handslag read`: documents go in, facts with their passages come out."""

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


def read(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE_OR_FOLDER", help="Files (txt, md, html, pdf, docx, pptx, xlsx, eml); a folder is walked."
        ),
    ],
    *,
    said_on: Annotated[
        str | None,
        typer.Option(
            parser=_day,
            metavar="YYYY-MM-DD",
            help="The day the document was said. With a folder: only for pages that give none.",
        ),
    ] = None,
    json_folder: Annotated[
        Path | None, typer.Option("--json", metavar="FOLDER", help="Write one NAME.json per document here.")
    ] = None,
    html_file: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write one page that shows every fact in its text.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No summary and no progress.")] = False,
) -> None:
    """Read documents and show who is in them, what was agreed and what was promised, each with its words.

    Exit status 1 if some file could not be read (it is named with the reason, the others are read).
    """
    named = [Path(path) for path in paths]
    if "" in paths:
        raise typer.BadParameter("found an empty name, expected a file or a folder", param_hint="FILE_OR_FOLDER")
    if json_folder is not None and json_folder.exists() and not json_folder.is_dir():
        raise typer.BadParameter(f"{json_folder} is a file, expected a folder", param_hint="--json")
    if html_file is not None and html_file.is_dir():
        raise typer.BadParameter(f"{html_file} is a folder, expected a file", param_hint="--html")

    # Slow, and `handslag --help` must answer at once.
    from handslag.cli.reading_run import ReadingRun

    run = ReadingRun(named, said_on=said_on, json_folder=json_folder, html_file=html_file, quiet=quiet)
    if run.report_is_document():
        raise typer.BadParameter(f"{html_file} is to be read, name another file", param_hint="--html")
    raise typer.Exit(run.to_the_end())
