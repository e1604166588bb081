"""Files that come in through the API go the way of all files: `reading.services.bring_in`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.reading.models import Batch, State
from handslag_hub.reading.outcomes import outcome_in_words
from handslag_hub.reading.services import Incoming, bring_in, incoming_file

__all__ = ["Arrived", "Incoming", "arrivals_of", "bring_in_files", "incoming_file"]


@dataclass(frozen=True, slots=True)
class Arrived:
    """Files that came in together: for each its name, state, outcome in words, and its document's address once it is read."""

    uid: str
    complete: bool
    files: list[tuple[str, str, str, str]]


def bring_in_files(actor: Actor, coming: Iterable[Incoming], *, name: str, visibility: int, said_on: str) -> Arrived:
    """Keeps the files, one after the other, and has them read."""
    return _arrived(bring_in(actor, coming, name=name, visibility=visibility, said_on=said_on))


def arrivals_of(actor: Actor, uid: str) -> Arrived:
    """What became of files that came in together; Http404 where there are none such."""
    actor.require(Role.REVIEWER)
    batch = Batch.objects.filter(uid=uid).first()
    if batch is None:
        raise Http404(_("There is no such batch."))
    return _arrived(batch)


def _arrived(batch: Batch) -> Arrived:
    rows = batch.arrivals.select_related("document").defer("document__text", "document__lines").order_by("pk")
    files = [(row.name, row.state, str(outcome_in_words(row)), row.document.uid if row.document else "") for row in rows]  # fmt: skip
    complete = all(row.state not in {State.WAITING, State.READING} for row in rows)
    return Arrived(batch.uid, complete, files)
