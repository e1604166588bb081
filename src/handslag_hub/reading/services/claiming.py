"""Who reads which file: a file is claimed by one process at a time, and let go when that process is gone."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import takewhile

from django.db import OperationalError
from django.db.models import F, QuerySet
from django.utils import timezone

from handslag.reading.loading.document import Limits
from handslag_hub.reading.claimants import is_gone, worker_count
from handslag_hub.reading.models import Arrival, State
from handslag_hub.store.writing import one_writer

LIMITS = Limits()
# Starting a parser, parsing, reading and keeping cannot take longer than this together.
LEASE = timedelta(seconds=60 + LIMITS.seconds + LIMITS.reading_seconds + 90)
# A file that was begun so often and never ended ends the processes that read it.
ATTEMPTS = 3
# So many files are read before what they say is kept, in one transaction: longer ones would let others wait.
TOGETHER = 8
# So often is tried to write down who has a file and what became of it, while others write for long.
_PATIENCE = 10


def patiently(write: Callable[[], int]) -> int:
    """What `write` gives, tried again for some time where the database is held by others."""
    for _ in range(_PATIENCE):
        try:
            return write()
        except OperationalError:
            time.sleep(0.5)
    return write()


def claim_next(claimant: str) -> Arrival | None:
    """The next file that waits, claimed; None where none waits."""
    return next(iter(claim_some(claimant, most=1)), None)


def claim_some(claimant: str, *, most: int = TOGETHER) -> list[Arrival]:
    """The next files that wait, claimed: few where few wait, so that others read too; none where none waits.

    A file that was begun before may be what ended its reader: it is claimed by itself.
    """
    waiting = Arrival.objects.filter(state=State.WAITING)
    while rows := list(waiting.order_by("pk").values_list("pk", "attempts")[: most * worker_count()]):
        fresh = [key for key, attempts in takewhile(lambda row: not row[1], rows)]
        keys = fresh[: max(1, min(most, len(rows) // worker_count()))] or [rows[0][0]]
        now = {"claimed_by": claimant, "claimed_at": timezone.now(), "attempts": F("attempts") + 1}
        if patiently(partial(_in_turn, waiting.filter(pk__in=keys), {"state": State.READING, **now})):
            ours = Arrival.objects.filter(pk__in=keys, state=State.READING, claimed_by=claimant)
            return list(ours.select_related("batch__user", "original", "version_of", "replaces").order_by("pk"))
    return []


def _in_turn(arrivals: QuerySet[Arrival], values: dict[str, object]) -> int:
    """Who writes to a busy SQLite without queueing is let in late."""
    with one_writer():
        return arrivals.update(**values)


def release_claims() -> int:
    """Lets go of files that were claimed by processes that are gone; gives how many wait again."""
    claimed = Arrival.objects.filter(state=State.READING)
    gone = {name for name in claimed.values_list("claimed_by", flat=True).distinct() if is_gone(name)}
    abandoned = claimed.filter(claimed_by__in=gone) | claimed.filter(claimed_at__lt=timezone.now() - LEASE)
    keys = list(abandoned.values_list("pk", flat=True))
    if not keys:
        return 0
    again = Arrival.objects.filter(pk__in=keys, state=State.READING)
    again.filter(attempts__gte=ATTEMPTS).update(state=State.FAILED, reason_code="breaks", claimed_by="")
    return again.update(state=State.WAITING, claimed_by="")
