"""Bringing files in: the bytes are kept first, then the file is acknowledged; reading is for those who work behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.crypto import get_random_string

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.reading.models import Arrival, Batch, State
from handslag_hub.reading.services.claiming import LIMITS
from handslag_hub.store.erasing.guard import mask_text
from handslag_hub.store.services import keep_original
from handslag_hub.store.services.keeping import normal_address

# Sent after files were acknowledged: somebody is to read them.
brought_in = Signal()

# Files acknowledged in one transaction.
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as somebody hands it over: its name and bytes, or (`refused`, a clause) why its bytes are not taken."""

    name: str
    content: bytes = b""
    refused: str = ""
    address: str = ""


def incoming_file(file: UploadedFile, address: str = "") -> Incoming:
    """A file that was sent: its bytes, unless they are more than any reader takes; then they are never in memory."""
    from handslag.reading.loading.opening import too_large  # noqa: PLC0415  loaded only where something comes in

    name = file.name or "…"
    if file.size > LIMITS.max_bytes:
        return Incoming(name, refused=too_large(file.size, LIMITS), address=address)
    return Incoming(name, file.read(), address=address)


def bring_in(
    actor: Actor,
    files: Iterable[Incoming],
    *,
    name: str = "",
    visibility: int = 0,
    said_on: str = "",
    said_on_is_fallback: bool = False,
) -> Batch:
    """Keeps the files and says that they are to be read. Whatever is in the batch when this is interrupted is kept and will be read.

    `said_on` is a day that somebody gives; with `said_on_is_fallback` it is for pages that print none.
    """
    actor.require(Role.REVIEWER)
    batch = Batch.objects.create(uid=get_random_string(16).lower(), name=mask_text(_shown(name))[:255], user_id=actor.user_id,
        actor=actor.name, at=timezone.now(), visibility=visibility)  # fmt: skip
    for some in _in_lots(files):
        arrivals = [_arrival(batch, file, said_on, said_on_is_fallback) for file in some]
        with transaction.atomic():
            Arrival.objects.bulk_create(arrivals)
        brought_in.send(sender=None)
    return batch


def _in_lots(files: Iterable[Incoming]) -> Iterator[list[Incoming]]:
    lot: list[Incoming] = []
    for file in files:
        lot.append(file)
        if len(lot) == _AT_ONCE:
            yield lot
            lot = []
    if lot:
        yield lot


def _arrival(batch: Batch, file: Incoming, said_on: str, said_on_is_fallback: bool) -> Arrival:
    # Somebody who was erased does not come back by the name of a file.
    name = mask_text(_shown(file.name.replace("\\", "/").rpartition("/")[2])).strip()[-255:] or "…"
    arrival = Arrival(batch=batch, name=name, ending=ending_of(name), said_on=said_on,
        address=mask_text(normal_address(_shown(file.address)))[:2000], said_on_is_fallback=said_on_is_fallback)  # fmt: skip
    if file.refused:
        arrival.state, arrival.reason_code, arrival.reason = State.FAILED, "unreadable", file.refused[:1000]
    else:
        arrival.original = keep_original(name, file.content)
    return arrival


def ending_of(name: str) -> str:
    """A file name's ending in small letters, with its dot; "" where it has none."""
    dot = name.rfind(".")
    return name[dot:].lower()[:16] if dot > 0 else ""


def _shown(text: str) -> str:
    from handslag.reading.report import shown  # noqa: PLC0415  loads the words of the report, which no start should wait for

    return shown(text)
