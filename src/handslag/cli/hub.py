"""`handslag hub`: the site around the engine. What a verb does lies in `handslag_hub.site.commands`, a file for each."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from handslag.cli.hub_keeping import keeping
from handslag.kernel.errors import BadPeriod, HandslagError
from handslag.kernel.periods import checked_day

hub = typer.Typer(
    name="hub",
    help="The hub: a site with the documents, what was read in them, and what people decided. On this machine, for you or a team.",
    no_args_is_help=True,
)
hub.add_typer(keeping)

_VISIBILITY = ("public", "internal", "restricted")


class NotInstalled(HandslagError):
    """A part of Handslag that was not asked for when it was installed."""


def verb(name: str) -> Callable[..., int]:
    """`run` of the verb's file; NotInstalled where the hub's packages are not there."""
    try:
        run: Callable[..., int] = import_module(f"handslag_hub.site.commands.{name}").run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in {"handslag", "handslag_hub"}:
            raise
        raise NotInstalled(f'the hub is not installed ({error.name} is missing): pip install "handslag[hub]"') from error  # fmt: skip
    return run


def _day(text: str) -> str:
    try:
        return checked_day(text)
    except BadPeriod as error:
        raise typer.BadParameter(str(error)) from None


def _visibility(text: str) -> str:
    if text not in _VISIBILITY:
        raise typer.BadParameter(f"found {text!r}, expected {', '.join(_VISIBILITY)}")
    return text


@hub.command("serve")
def serve(
    *,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="The port; without it 8765, or the next that is free."),
    ] = None,
    host: Annotated[str, typer.Option(help="The address to listen at; only for a team (HANDSLAG_TEAM=1).")] = "",
    add: Annotated[
        list[Path] | None,
        typer.Option(exists=True, metavar="FILE_OR_FOLDER", help="Bring this in first, unless it is here already."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Start, ask for the first page, and end.")] = False,
) -> None:
    """Serve the hub on this machine until Ctrl-C."""
    raise typer.Exit(verb("serve")(port=port, host=host, first=add or [], check=check))


@hub.command("add", no_args_is_help=True)
def add(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="FILE_OR_FOLDER", help="Files (txt, md, html, pdf, docx); a folder is walked."),
    ],
    *,
    said_on: Annotated[
        str | None,
        typer.Option(
            parser=_day,
            metavar="YYYY-MM-DD",
            help="The day the document was said. With several: only for pages that give none.",
        ),
    ] = None,
    visibility: Annotated[
        str, typer.Option(parser=_visibility, metavar="|".join(_VISIBILITY), help="Who may see it.")
    ] = "public",
    address: Annotated[str, typer.Option(metavar="URL", help="Where the page is from; only with a single file.")] = "",
) -> None:
    """Bring documents into the hub and read them. The same file twice changes nothing; run it again to go on.

    Exit status 1 if some file could not be read (it is named with the reason, the others are read).
    """
    named = [Path(path) for path in paths]
    if "" in paths:
        raise typer.BadParameter("found an empty name, expected a file or a folder", param_hint="FILE_OR_FOLDER")
    if address and (len(named) > 1 or named[0].is_dir()):
        raise typer.BadParameter("goes with a single file: an address is that of one page", param_hint="--address")
    raise typer.Exit(
        verb("add")(named, said_on=said_on or "", visibility=_VISIBILITY.index(visibility), address=address)
    )


@hub.command("follow")
def follow(
    *,
    anew: Annotated[bool, typer.Option("--anew", help="Also pages that this version has linked already.")] = False,
) -> None:
    """Find what documents say of commitments, also in what was kept before. It is done by itself while the hub is served."""
    raise typer.Exit(verb("follow")(anew=anew))
