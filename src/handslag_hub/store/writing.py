"""What every write has: one transaction, one writer at a time, one action in the log."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from handslag_hub.accounts.actors import Actor
from handslag_hub.store.models import Action
from handslag_hub.store.verbs import VERBS

if sys.platform != "win32":
    import fcntl

# Any number, the same in every process: caches are folded from logs, and of two folds at once each would miss the other's rows.
_WRITERS_LOCK = 7_310_461


@contextmanager
def one_writer() -> Iterator[None]:
    """A transaction during which nobody else writes to the store. SQLite begins it IMMEDIATE; PostgreSQL takes an advisory lock."""
    with _in_turn(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITERS_LOCK])
        yield


@contextmanager
def _in_turn() -> Iterator[None]:
    """SQLite lets those who wait ask again every tenth of a second, so of four busy writers one may never be let in and gives up after
    the five seconds of its timeout (measured: 4 of 65 writes on a loaded machine). They queue at a file instead; the end of a process,
    however it comes, gives its place free. Who holds the database's lock already does not queue, so that nobody waits in a circle.
    """
    name = str(connection.settings_dict["NAME"])
    if (
        connection.vendor != "sqlite"
        or connection.in_atomic_block
        or "mode=memory" in name
        or name == ":memory:"
        or sys.platform == "win32"
    ):
        yield
        return
    with Path(f"{name}.turn").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def log_action(actor: Actor, verb: str, details: Mapping[str, object], *, undoes: Action | None = None) -> Action:
    """A new entry of the trail. `details` holds addresses (uids) and counts, never names or words. ValueError for an unknown verb."""
    if verb not in VERBS:
        raise ValueError(f"{verb!r} is no verb of the trail: store/verbs.py says what each is called")
    return Action.objects.create(at=timezone.now(), user_id=actor.user_id, actor=actor.name, verb=verb,
        details=dict(details), undoes=undoes)  # fmt: skip
