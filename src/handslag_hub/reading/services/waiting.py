"""Reading what waits: a file is claimed by one process at a time, read, and its facts kept, or the reason why not."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

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
from handslag_hub.store.bulk import select_rows
from handslag_hub.store.models import Document
from handslag_hub.store.refresh import told_together
from handslag_hub.store.services import Kept, keep_reading, remove_document
from handslag_hub.store.services.originals import original_path
from handslag_hub.store.writing import one_writer

logger = logging.getLogger(__name__)

_Found = TypeVar("_Found")

_STATES = {"new": State.READ, "same": State.SAME, "again": State.AGAIN, "version": State.VERSION}


@dataclass(frozen=True, slots=True)
class _Outcome:
    state: str
    document: Document | None = None
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read, and in how many seconds."""

    arrival: Arrival
    reading: Reading
    seconds: float


def read_arrival(arrival: Arrival) -> str:
    """Reads a claimed file and keeps what it says; gives the state it ends in."""
    read_arrivals([arrival])
    return arrival.state


def read_arrivals(arrivals: Iterable[Arrival], claim: Callable[[], list[Arrival]] = list) -> list[Arrival]:
    """Reads claimed files one by one, then keeps what they say in one transaction; each arrival has the state it ends in.

    No file stops the others: where one cannot be kept, each is kept by itself. Gives what `claim` gives, asked in the same
    transaction: who reads on need not wait for another turn to write.
    """
    files: list[_Read] = []
    for arrival in arrivals:
        begun = time.monotonic()
        found = _attempt(arrival, partial(_find_or_read, arrival))
        seconds = time.monotonic() - begun
        if isinstance(found, _Outcome):
            patiently(partial(_settle, arrival, found, seconds))
        else:
            files.append(_Read(arrival, found, seconds))
    if not files:
        return claim()
    try:
        with one_writer():
            with told_together():
                for file in files:
                    _keep_and_settle(file)
            return claim()
    except Exception:
        logger.info("%d files are kept one by one", len(files), exc_info=len(files) > 1)
    for file in files:
        failed = _attempt(file.arrival, partial(_keep_and_settle, file))
        if failed is not None:
            patiently(partial(_settle, file.arrival, failed, file.seconds))
    return claim()


def _attempt(arrival: Arrival, step: Callable[[], _Found]) -> _Found | _Outcome:
    """What the step gives, or how the file fares where it fails."""
    try:
        return step()
    except UnreadableFile as error:
        return _Outcome(State.FAILED, code="unreadable", reason=error.reason)
    except PermissionDenied:
        return _Outcome(State.FAILED, code="denied")
    except OperationalError as error:
        # Others write: later. What the database never takes is told after some attempts.
        logger.warning("arrival %s: %s", arrival.pk, first_line(error))
        return _failed(error) if arrival.attempts >= ATTEMPTS else _Outcome(State.WAITING)
    except Exception as error:
        # A fault of ours is told like one of the file: the others are read.
        logger.exception("arrival %s could not be read", arrival.pk)
        return _failed(error)


def _failed(error: Exception) -> _Outcome:
    return _Outcome(State.FAILED, code="fault", reason=first_line(error))


def _settle(arrival: Arrival, outcome: _Outcome, seconds: float) -> int:
    """Writes down what became of the file, unless somebody else has it by now."""
    claimed = Arrival.objects.filter(pk=arrival.pk, claimed_by=arrival.claimed_by, state=State.READING)
    arrival.state = outcome.state
    return claimed.update(state=outcome.state, document=outcome.document, reason_code=outcome.code,
        reason=outcome.reason[:1000], seconds=round(seconds, 3), claimed_by="")  # fmt: skip


def _find_or_read(arrival: Arrival) -> Reading | _Outcome:
    _actor_of(arrival.batch).require(Role.REVIEWER)
    if arrival.version_of is None and (known := _live_with_these_bytes(arrival)):
        return _Outcome(State.SAME, known)
    return _read(arrival)


def _keep_and_settle(file: _Read) -> None:
    """Keeps the reading and writes down what became of the file: both or neither."""
    begun, actor = time.monotonic(), _actor_of(file.arrival.batch)
    with one_writer():
        kept = _keep(actor, file.arrival, file.reading)
        if kept.outcome in {"new", "version"}:
            note_near_copies(kept.document)
        outcome = _Outcome(_STATES[kept.outcome], kept.document)
        _settle(file.arrival, outcome, file.seconds + time.monotonic() - begun)


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
    if not select_rows(Document, ("id",), sha256=[arrival.original.sha256]):
        return None
    same = Document.objects.filter(sha256=arrival.original.sha256, live=True).order_by("pk")
    if arrival.address:
        same = same.filter(address=arrival.address)
    return same.last()


def _actor_of(batch: Batch) -> Actor:
    return actor_of(batch.user) if batch.user else Actor(None, batch.actor, Role.ADMINISTRATOR)
