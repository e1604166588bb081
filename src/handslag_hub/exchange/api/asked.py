"""What addresses of the API ask for, and pages of answers that stay put while others write."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from typing import Generic, Literal, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Schema
from ninja.errors import HttpError

from handslag.vocabulary.load import vocabulary
from handslag_hub.exchange.selection import Selection, public_eye
from handslag_hub.store.access import access_document_by_uid, access_entity_by_uid
from handslag_hub.store.as_known import EARLIEST, LATEST, AsKnown

Item = TypeVar("Item")
Kind = Literal["organisation", "identifier", "role", "event", "agreement", "figure", "quote", "commitment", "signal", "evidence", "contradiction", "milestone", "assessment"]  # fmt: skip
StatusWord = Literal["unreviewed", "accepted", "corrected", "rejected", "unsure", "check again"]
StateWord = Literal["stated", "underway", "delayed", "reported done", "withdrawn", "contradicted", "disputed", "nothing heard since"]  # fmt: skip
Firmness = Literal["done", "underway", "agreed", "promised", "assigned", "planned", "aim", "possible"]


class Page(Schema, Generic[Item]):
    """Some of the answers; `next` asks for those after them (null: that was all). What is added meanwhile comes last."""

    items: list[Item]
    next: str | None


class AsKnownAsked(Schema):
    """As known on a day; with `held`, as this hub held and had decided it on that day."""

    on: dt.date | None = Field(None, ge=EARLIEST, le=LATEST)
    held: bool = False

    @property
    def known(self) -> AsKnown:
        """The day chosen."""
        return AsKnown(self.on, self.held)


class Asked(AsKnownAsked):
    """What every list takes."""

    visibility: Literal["all", "public"] = Field("all", description="public: only what may be handed out")
    limit: int = Field(100, ge=1, le=500)
    cursor: str = Field("", description="`next` of the page before")

    def selection(self, request: HttpRequest) -> Selection:
        """Whose eyes, and as known when."""
        actor = public_eye(request.actor) if self.visibility == "public" else request.actor
        return Selection(actor=actor, known=self.known)


class FactsAsked(Asked):
    """Which facts. Those of an entity are about it or name it."""

    status: list[StatusWord] = []
    certainty: Literal["", "certain", "probable", "weak"] = ""
    document: str = Field("", description="address (uid) of a document")
    entity: str = Field("", description="address (uid) of an entity")
    theme: str = ""
    firmness: Literal["", Firmness] = ""
    state: list[StateWord] = Field(
        [], description="where commitments stand; each is then given once, by its first statement"
    )
    said_from: dt.date | None = None
    said_to: dt.date | None = None

    def selection(self, request: HttpRequest) -> Selection:
        """All that narrows."""
        chosen = super().selection(request)
        if self.theme and self.theme not in vocabulary("labels")["theme"]:
            raise HttpError(422, _("“%(found)s” is no theme.") % {"found": self.theme[:80]})
        return Selection(
            actor=chosen.actor,
            known=chosen.known,
            statuses=tuple(self.status),
            certainty=self.certainty,
            document=access_document_by_uid(chosen.actor, self.document) if self.document else None,
            entity=access_entity_by_uid(chosen.actor, self.entity) if self.entity else None,
            theme=self.theme,
            firmness=self.firmness,
            states=tuple(self.state),
            said_from=self.said_from,
            said_to=self.said_to,
        )


def page_of_rows(rows: QuerySet, asked: Asked) -> tuple[list, str | None]:
    """The rows of a page in the order in which they came in, and the cursor of the next: nothing comes twice, nothing is passed over."""
    after = rows.filter(pk__gt=_key_of(asked.cursor)) if asked.cursor else rows
    found = list(after.order_by("pk")[: asked.limit + 1])
    if len(found) <= asked.limit:
        return found, None
    return found[: asked.limit], _cursor_of(found[asked.limit - 1].pk)


def _cursor_of(key: int) -> str:
    return base64.urlsafe_b64encode(f"after {key}".encode()).decode().rstrip("=")


def _key_of(cursor: str) -> int:
    try:
        words = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        return int(words.removeprefix("after "))
    except (binascii.Error, ValueError):
        raise HttpError(422, _("This cursor is none: take “next” of the page before.")) from None
