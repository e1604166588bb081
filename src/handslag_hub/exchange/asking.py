"""From what an address asks for to a selection; what it asks wrongly is refused, never passed over."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from handslag.vocabulary.load import vocabulary
from handslag_hub.exchange.selection import Selection, public_eye
from handslag_hub.store.access import access_document_by_uid, access_entity_by_uid
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Status

_ASKED = ("visibility", "status", "certainty", "document", "entity", "theme", "firmness", "said_from", "said_to")


def selection_from(request: HttpRequest, *, kinds: tuple[str, ...] = ()) -> Selection:
    """What the address asks for. Refused for a value that is none of the list; Http404 for what the actor may not see."""
    asked = {name: request.GET.get(name, "").strip() for name in _ASKED}
    labels = vocabulary("labels")
    actor = request.actor
    if _one_of(asked, "visibility", {"", "all", "public"}) == "public":
        actor = public_eye(actor)
    statuses = tuple(_one_of({"status": status}, "status", set(Status.values)) for status in request.GET.getlist("status") if status)  # fmt: skip
    states = tuple(_one_of({"state": state}, "state", set(labels["commitment_state"])) for state in request.GET.getlist("state") if state)  # fmt: skip
    return Selection(
        actor=actor,
        known=request.as_known,
        kinds=kinds,
        statuses=statuses,
        certainty=_one_of(asked, "certainty", {"", *labels["certainty"]}),
        document=access_document_by_uid(actor, asked["document"]) if asked["document"] else None,
        entity=access_entity_by_uid(actor, asked["entity"]) if asked["entity"] else None,
        theme=_one_of(asked, "theme", {"", *labels["theme"]}),
        firmness=_one_of(asked, "firmness", {"", *labels["firmness"]}),
        states=states,
        said_from=_day(asked["said_from"]),
        said_to=_day(asked["said_to"]),
    )


def _one_of(asked: dict[str, str], name: str, known: set[str]) -> str:
    if asked[name] not in known:
        listed = ", ".join(sorted(known - {""}))
        raise Refused(_("“%(found)s” is no value of %(name)s; there are %(known)s.") % {"found": asked[name][:80], "name": name, "known": listed})  # fmt: skip
    return asked[name]


def _day(words: str) -> date | None:
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise Refused(_("“%(found)s” is no day: write it as 2026-10-08.") % {"found": words[:80]}) from None
