"""What every write has: one transaction, one writer at a time, one action in the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone

from handslag_hub.accounts.actors import Actor
from handslag_hub.store.models import Action

# Any number, the same in every process: caches are folded from logs, and of two folds at once each would miss the other's rows.
_WRITERS_LOCK = 7_310_461


@contextmanager
def one_writer() -> Iterator[None]:
    """A transaction during which nobody else writes to the store. SQLite begins it IMMEDIATE; PostgreSQL takes an advisory lock."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITERS_LOCK])
        yield


def log_action(actor: Actor, verb: str, details: Mapping[str, object], *, undoes: Action | None = None) -> Action:
    """A new entry of the trail. `details` holds addresses (uids) and counts, never names or words."""
    return Action.objects.create(at=timezone.now(), user_id=actor.user_id, actor=actor.name, verb=verb,
        details=dict(details), undoes=undoes)  # fmt: skip
