"""The command `handslag`: its verbs, and how its errors are shown."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from handslag import __version__
from handslag.cli import check, follow, hub, plan, read, repair
from handslag.kernel.errors import HandslagError

# A verb's file is imported here, what the verb needs only when it runs: `handslag --help` answers at once.
app = typer.Typer(
    name="handslag",
    help="Handslag reads what actors say they will do, and keeps the words that say so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("read", no_args_is_help=True)(read.read)
app.command("follow", no_args_is_help=True)(follow.follow)
app.command("plan", no_args_is_help=True)(plan.plan)
app.command("repair", no_args_is_help=True)(repair.repair)
app.command("check", no_args_is_help=True)(check.check)
app.add_typer(hub.hub)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"handslag {__version__}")
        raise typer.Exit


@app.callback()
def handslag(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Stay a group of verbs, also while there is only one."""


def main() -> None:
    """Run the command; an error that Handslag raised on purpose ends in one line and status 1, not in a traceback."""
    try:
        app(prog_name="handslag")
    except HandslagError as error:
        typer.echo(f"handslag: {error}", err=True)
        sys.exit(1)
