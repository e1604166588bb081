"""What Today tells: a bounded number of queries, however much the hub holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count
from django.utils import timezone

from handslag.vocabulary.load import vocabulary
from handslag_hub.accounts.actors import Actor
from handslag_hub.commitments.queries.ledger import due_conditions, known_commitments
from handslag_hub.commitments.queries.signals import SignalChoice, known_signals
from handslag_hub.reading.queries.reviewing import waits_for_review
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Conflict, Document, Fact
from handslag_hub.store.queries import FactView, Value, known_documents, known_facts, view_facts

COUNTED = 1000
"""What waits is counted up to this many."""

_CAME_IN = 20
_SIGNALS = 60
_LONGEST_NAME = 4
# Of those due within each of the ledger's windows, which are shown first.
_NEXT = {"passed": ["-due", "-fact"], "soon": ["due", "fact"], "later": ["due", "fact"], "open": ["-said", "-fact"]}
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that came in, with how many facts it has and how many of them wait for review."""

    document: Document
    facts: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Dues:
    """Commitments whose day has passed, comes within 30 days, later, or is not said: the first of each, and how many there are."""

    key: str
    views: list[FactView]
    count: int


@dataclass(frozen=True, slots=True)
class Subject:
    """Signals about one subject, the newest first."""

    name: Value | None
    views: list[FactView] = field(default_factory=list)


def reference_day(known: AsKnown) -> date:
    """The day from which is counted: the one chosen, or today."""
    return known.day or timezone.localdate()


def arrivals(actor: Actor, known: AsKnown) -> list[Arrival]:
    """The documents that came in last. Two queries."""
    documents = list(known_documents(actor, known).select_related("source").defer("text", "lines", "warnings").order_by("-pk")[:_CAME_IN])  # fmt: skip
    facts = known_facts(actor, known).filter(document__in=[document.pk for document in documents])
    rows = facts.order_by().values("document").annotate(facts=Count("pk"), waiting=Count("pk", filter=waits_for_review(known)))  # fmt: skip
    counts = {row["document"]: (row["facts"], row["waiting"]) for row in rows}
    return [Arrival(document, *counts.get(document.pk, (0, 0))) for document in documents]


def count_waiting(actor: Actor, known: AsKnown) -> tuple[int, bool]:
    """How many facts wait for review, and whether there are more than are counted. One query."""
    count = known_facts(actor, known).filter(waits_for_review(known)).order_by()[: COUNTED + 1].count()
    return min(count, COUNTED), count > COUNTED


def count_conflicts(actor: Actor) -> int:
    """How many conflicts are open, among values that the actor may see. One query."""
    rows = Conflict.objects.filter(level__lte=actor.level, settlement=None)
    return rows.order_by().values("entity", "predicate").distinct()[: COUNTED + 1].count()


# --- commitments -----------------------------------------------------------------------------------------------------------


def commitments_now(actor: Actor, known: AsKnown, *, most: int = 5) -> tuple[dict[str, int], list[Dues]]:
    """How many commitments there are of each firmness, the firmest first; and those due by a day: what is done is never past its day.

    Each number is counted in an index. Twelve queries.
    """
    rows, windows = known_commitments(actor, known), due_conditions(reference_day(known))
    counts = dict(rows.order_by().values_list("firmness").annotate(n=Count("*")))
    firmness = {key: counts[key] for key in vocabulary("labels")["firmness"] if key in counts}
    shown = {key: list(rows.filter(which).order_by(*_NEXT[key]).values_list("pk", flat=True)[:most]) for key, which in windows.items()}  # fmt: skip
    views = _views(actor, [pk for keys in shown.values() for pk in keys], passages=False)
    return firmness, [Dues(key, [views[pk] for pk in shown[key]], rows.filter(which).count()) for key, which in windows.items()]  # fmt: skip


def _views(actor: Actor, keys: list[int], *, passages: bool) -> dict[int, FactView]:
    facts = Fact.objects.filter(pk__in=keys).select_related("about__canonical", "document")
    facts = facts.defer("document__text", "document__lines", "document__warnings")
    return {view.fact.pk: view for view in view_facts(actor, facts, passages=passages)}


# --- signals ---------------------------------------------------------------------------------------------------------------


def signals_of_the_week(actor: Actor, known: AsKnown) -> tuple[list[Subject], bool]:
    """Signals of the seven days up to the day, by subject, adverts of members left out; and whether there are more. Five queries."""
    day = reference_day(known)
    rows = known_signals(actor, known, SignalChoice(first=day - _WEEK + _DAY, last=day))
    keys = list(rows.order_by("-said", "-fact").values_list("pk", flat=True)[: _SIGNALS + 1])
    views = _views(actor, keys[:_SIGNALS], passages=True)
    return by_subject(views[key] for key in keys[:_SIGNALS]), len(keys) > _SIGNALS


def by_subject(views: Iterable[FactView]) -> list[Subject]:
    """The signals under whom they are about; those without a subject last."""
    subjects: dict[object, Subject] = {}
    for view in views:
        first = next((subject for subject in view.values.get("subject", []) if _is_name(subject)), None)
        key = (first.uid or first.normal) if first else None
        subjects.setdefault(key, Subject(first)).views.append(view)
    return sorted(subjects.values(), key=lambda subject: subject.name is None)


def _is_name(subject: Value) -> bool:
    """True for an actor, and for words short enough to be a name: where no name is printed, the subject is what the headline says."""
    return bool(subject.uid) or len(subject.value.split()) <= _LONGEST_NAME
