"""`handslag read`: documents go in, facts with their passages come out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer


def read(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="FILE_OR_FOLDER", help="Files (txt, md, html, pdf, docx); a folder is walked."),
    ],
    *,
    said_on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
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
    # Slow, and `handslag --help` must answer at once.
    import handslag.reading  # noqa: F401  used as soon as the reader is there

    del paths, said_on, json_folder, html_file, quiet
    typer.echo("handslag read: not built yet", err=True)
    raise typer.Exit(1)
