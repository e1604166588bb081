"""What happened to one fact, newest first: found, no longer found, judged, corrected, typed; what was undone is told too."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from handslag_hub.accounts.actors import Actor
from handslag_hub.reading.cards import Row, rows_of
from handslag_hub.store.models import Action, Assertion, Document, Fact, Move, Presence, Review, Statement
from handslag_hub.store.queries import Value


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: `what` is found, typed, taken back, removed, added again, review or moved."""

    action: Action
    what: str
    document: Document | None = None
    verdict: str = ""
    note: str = ""
    cause: str = ""
    rows: list[Row] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)


def history_of(actor: Actor, fact: Fact) -> list[Event]:
    """Everything in the logs about the fact, newest first; of documents that the actor may not see nothing is told."""
    events = [*_heard(actor, fact), *_present(actor, fact), *_judged(fact)]
    events += [Event(move.action, "moved") for move in Move.objects.filter(fact=fact).select_related("action")]
    return sorted(events, key=lambda event: event.action.pk, reverse=True)


def _heard(actor: Actor, fact: Fact) -> list[Event]:
    rows = Assertion.objects.filter(fact=fact).select_related("action", "document").order_by("pk")
    return [
        Event(row.action, "found" if row.document else ("typed" if row.on else "taken back"), row.document, cause=row.cause)
        for row in rows
        if row.document is None or row.document.visibility <= actor.level
    ]  # fmt: skip


def _present(actor: Actor, fact: Fact) -> list[Event]:
    """Removals and returns of the documents that print the fact; their first coming is told by what was found in them."""
    printing = Assertion.objects.filter(fact=fact).values("document")
    rows = Presence.objects.filter(document__in=printing, document__visibility__lte=actor.level)
    rows = rows.exclude(action__verb="add document").select_related("action", "document")
    return [Event(row.action, "added again" if row.present else "removed", row.document) for row in rows]


def _judged(fact: Fact) -> list[Event]:
    values: dict[int, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for said in Statement.objects.filter(fact=fact, review__isnull=False).order_by("rank", "pk"):
        value = Value(said.pk, said.predicate, said.value, said.value_normal, said.basis, said.unit, by_hand=True)
        values[said.review_id][said.predicate].append(value)
    events = []
    for review in Review.objects.filter(fact=fact).select_related("action"):
        given = values[review.pk]
        empty = [row.label for row in rows_of(fact.kind, {}, every=True) if row.predicate in review.corrected and row.predicate not in given]  # fmt: skip
        events.append(Event(review.action, "review", verdict=review.verdict, note=review.note, rows=rows_of(fact.kind, given), emptied=empty))  # fmt: skip
    return events
