"""`handslag hub backup|restore|check|erase|invite|digest`: keeping the hub's data, and its letters. What a verb does lies in `handslag_hub.site.commands`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

keeping = typer.Typer()


def _run(name: str, *arguments: object, **options: object) -> None:
    # The group that these verbs belong to imports this file.
    from handslag.cli.hub import verb

    raise typer.Exit(verb(name)(*arguments, **options))


@keeping.command("backup", no_args_is_help=True)
def backup(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; it must not be there yet.")],
) -> None:
    """Write everything into one file: documents, decisions, people and original files, as of one moment.

    Others may go on working meanwhile. The hub's keys (secret.key, erasure.key) are not in it: keep them elsewhere.
    """
    _run("backup", path)


@keeping.command("restore", no_args_is_help=True)
def restore(
    path: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="What `backup` wrote.")],
    *,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Replace what this hub has; without it only an empty hub is restored into."),
    ] = False,
) -> None:
    """Make a backup the hub, from SQLite or PostgreSQL into either. Everything is verified first; erasures are applied again.

    Exit status 1 if the check that follows finds something.
    """
    _run("restore", path, replace=replace)


@keeping.command("check")
def check(
    *,
    repair: Annotated[bool, typer.Option("--repair", help="Make all caches again from the logs first.")] = False,
) -> None:
    """Look whether everything holds: the database, passages, original files, and every cache against what its logs give.

    Exit status 1 if something does not; what to do is said.
    """
    _run("check", repair=repair)


@keeping.command("erase", no_args_is_help=True)
def erase(
    uid: Annotated[str, typer.Argument(metavar="ADDRESS", help="The person: the last part of the page's address.")],
    *,
    reason: Annotated[str, typer.Option(help="Why, for the log; no names.")],
) -> None:
    """Cover everything that names a person, for good: in texts, passages, values, the trail and original files."""
    _run("erase", uid, reason=reason)


@keeping.command("invite", no_args_is_help=True)
def invite(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name to log in with.")],
    *,
    role: Annotated[str, typer.Option(metavar="reader|reviewer|administrator", help="What they may do.")],
    email: Annotated[str, typer.Option(help="Where they get mail of the hub, as to choose a new password.")] = "",
) -> None:
    """Make an account for somebody, only for a team (HANDSLAG_TEAM=1); prints where they choose a password."""
    _run("invite", name, role=role, email=email)


@keeping.command("digest")
def digest() -> None:
    """Send letters with what is new to those who want them and whose day or week is over. Run it every day.

    Exit status 1 if a letter could not be sent; it is due again the next time.
    """
    _run("digest")
