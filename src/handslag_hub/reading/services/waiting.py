"""Reading what waits: a file is claimed by one process at a time, read, and its facts kept, or the reason why not."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import OperationalError

from handslag.kernel.errors import UnreadableFile
from handslag.reading.deadline import Deadline
from handslag.reading.loading import load
from handslag.reading.loading.refusal import first_line
from handslag.reading.reader import read_loaded
from handslag.reading.results import Reading
from handslag_hub.accounts.actors import Actor, actor_of
from handslag_hub.accounts.models import Role
from handslag_hub.reading.models import Arrival, Batch, State
from handslag_hub.reading.names_known import names_known
from handslag_hub.reading.services.claiming import ATTEMPTS, LIMITS, patiently
from handslag_hub.reading.services.near_copies import note_near_copies
from handslag_hub.store.models import Document
from handslag_hub.store.services import Kept, keep_reading, remove_document
from handslag_hub.store.services.originals import original_path
from handslag_hub.store.writing import one_writer

logger = logging.getLogger(__name__)

_STATES = {"new": State.READ, "same": State.SAME, "again": State.AGAIN, "version": State.VERSION}


@dataclass(frozen=True, slots=True)
class _Outcome:
    state: str
    document: Document | None = None
    code: str = ""
    reason: str = ""


def read_arrival(arrival: Arrival) -> str:
    """Reads a claimed file and keeps what it says; gives the state it ends in. No file stops those after it."""
    begun = time.monotonic()
    try:
        return _read_and_keep(arrival, begun)
    except UnreadableFile as error:
        outcome = _Outcome(State.FAILED, code="unreadable", reason=error.reason)
    except PermissionDenied:
        outcome = _Outcome(State.FAILED, code="denied")
    except OperationalError as error:
        # Others write: later. What the database never takes is told after some attempts.
        logger.warning("arrival %s: %s", arrival.pk, first_line(error))
        outcome = _failed(error) if arrival.attempts >= ATTEMPTS else _Outcome(State.WAITING)
    except Exception as error:
        # A fault of ours is told like one of the file: the others are read.
        logger.exception("arrival %s could not be read", arrival.pk)
        outcome = _failed(error)
    patiently(partial(_write_down, arrival, outcome, begun))
    return outcome.state


def _write_down(arrival: Arrival, outcome: _Outcome, begun: float) -> int:
    claimed = Arrival.objects.filter(pk=arrival.pk, claimed_by=arrival.claimed_by, state=State.READING)
    return claimed.update(state=outcome.state, document=outcome.document, reason_code=outcome.code,
        reason=outcome.reason[:1000], seconds=round(time.monotonic() - begun, 3), claimed_by="")  # fmt: skip


def _failed(error: Exception) -> _Outcome:
    return _Outcome(State.FAILED, code="fault", reason=first_line(error))


def _read_and_keep(arrival: Arrival, begun: float) -> str:
    actor = _actor_of(arrival.batch)
    actor.require(Role.REVIEWER)
    if arrival.version_of is None and (known := _live_with_these_bytes(arrival)):
        outcome = _Outcome(State.SAME, known)
        patiently(partial(_write_down, arrival, outcome, begun))
        return outcome.state
    reading = _read(arrival)
    # At once with what became of the file: whoever is killed between the two would be told that it was here before.
    with one_writer():
        kept = _keep(actor, arrival, reading)
        if kept.outcome in {"new", "version"}:
            note_near_copies(kept.document)
        outcome = _Outcome(_STATES[kept.outcome], kept.document)
        _write_down(arrival, outcome, begun)
    return outcome.state


def _read(arrival: Arrival) -> Reading:
    original = arrival.original
    if original.gone:
        raise UnreadableFile(arrival.name, "does not exist; check the name")
    loaded = load(original_path(original.sha256), name=arrival.name, ending=arrival.ending, limits=LIMITS)
    return read_loaded(
        loaded,
        said_on=arrival.said_on or None,
        said_on_is_fallback=arrival.said_on_is_fallback,
        gazetteer=names_known(),
        deadline=Deadline(LIMITS.reading_seconds, time.monotonic),
    )


def _keep(actor: Actor, arrival: Arrival, reading: Reading) -> Kept:
    if arrival.replaces is not None:
        arrival.replaces.refresh_from_db(fields=["live"])
        if arrival.replaces.live:
            remove_document(actor, arrival.replaces)
    return keep_reading(actor, reading, original=arrival.original, address=arrival.address,
        visibility=arrival.batch.visibility, version_of=arrival.version_of)  # fmt: skip


def _live_with_these_bytes(arrival: Arrival) -> Document | None:
    """The same bytes, here already: from the same address, or from any, where none is given."""
    same = Document.objects.filter(sha256=arrival.original.sha256, live=True).order_by("pk")
    if arrival.address:
        same = same.filter(address=arrival.address)
    return same.last()


def _actor_of(batch: Batch) -> Actor:
    return actor_of(batch.user) if batch.user else Actor(None, batch.actor, Role.ADMINISTRATOR)
