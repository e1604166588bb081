"""Reads of this part: the documents with what is to be reviewed in them, and how far a batch has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.design.numbers_asked import number_asked
from handslag_hub.reading.models import OPEN, Arrival, Batch, NearCopy, State
from handslag_hub.reading.outcomes import day_of, why_not_read
from handslag_hub.reading.queries.reviewing import waits_for_review
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Document, Source
from handslag_hub.store.queries import known_documents, known_facts

_SOURCES = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the list of documents is narrowed to."""

    title: str = ""
    language: str = ""
    source: str = ""
    visibility: str = ""
    removed: bool = False


def chosen_documents(actor: Actor, known: AsKnown, chosen: Chosen) -> QuerySet[Document]:
    """The documents that the actor may see, newest first, as narrowed; `removed` ones only for those who may add them again."""
    shown = known_documents(actor, known)
    if chosen.removed and actor.may(Role.REVIEWER):
        found = Document.objects.filter(visibility__lte=actor.level, live=False)
    else:
        found = shown.annotate(is_older=Exists(shown.filter(supersedes=OuterRef("pk"))))
    if chosen.title:
        # SQLite folds the case of A to Z only.
        words = {chosen.title, chosen.title.lower(), chosen.title.upper(), chosen.title.capitalize()}
        alike = Q()
        for form in words:
            alike |= Q(title__icontains=form)
        found = found.filter(alike)
    if chosen.language:
        found = found.filter(language=chosen.language)
    if chosen.source:
        found = found.filter(source__key=chosen.source)
    if (level := number_asked(chosen.visibility)) is not None:
        found = found.filter(visibility=level)
    return found.select_related("source").defer("text", "lines", "warnings").order_by("-pk")


def sources_known(actor: Actor, known: AsKnown) -> list[Source]:
    """The sources of documents that the actor may see, to choose from."""
    keys = known_documents(actor, known).order_by().values("source").distinct()
    return list(Source.objects.filter(pk__in=keys).order_by("publisher", "key")[:_SOURCES])


def languages_known(actor: Actor, known: AsKnown) -> list[str]:
    """The languages of documents that the actor may see."""
    rows = known_documents(actor, known).exclude(language="").order_by("language")
    return list(rows.values_list("language", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the list: with its day in words, and how many of its facts wait for review."""

    document: Document
    day: str
    to_review: int


def view_documents(actor: Actor, known: AsKnown, documents: Collection[Document]) -> list[DocumentRow]:
    """The documents with what the list tells of them. One query."""
    waiting = to_review_in(actor, known, [document.pk for document in documents])
    return [DocumentRow(document, day_of(document), waiting.get(document.pk, 0)) for document in documents]


def to_review_in(actor: Actor, known: AsKnown, documents: Collection[int]) -> dict[int, int]:
    """How many facts of each document wait for review. One query."""
    facts = known_facts(actor, known).filter(waits_for_review(known), document__in=documents)
    return dict(facts.order_by().values_list("document").annotate(Count("pk")))


# --- batches ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ArrivalView:
    """A file with what became of it."""

    arrival: Arrival
    why_not: str
    to_review: int
    near: list[NearCopy]


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch: how many files are how far, and some of the files, those that were not read first."""

    batch: Batch
    counts: dict[str, int]
    rows: list[ArrivalView] = field(default_factory=list)
    page: int = 1
    more: bool = False

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def open(self) -> int:
        return sum(self.counts.get(state, 0) for state in OPEN)

    @property
    def done(self) -> int:
        return self.total - self.open

    @property
    def failed(self) -> int:
        return self.counts.get(State.FAILED, 0)

    @property
    def before(self) -> int:
        return self.page - 1

    @property
    def after(self) -> int:
        return self.page + 1


def view_batch(actor: Actor, batch: Batch, page: int = 1, size: int = 100) -> BatchView:
    """How far a batch has come, with a page of its files: four queries, however many there are."""
    arrivals = Arrival.objects.filter(batch=batch)
    counts = dict(arrivals.order_by().values_list("state").annotate(Count("pk")))
    first = Case(When(state=State.FAILED, then=Value(0)), default=Value(1), output_field=IntegerField())
    start = (page - 1) * size
    fields = ("document__text", "document__lines", "document__warnings")
    rows = list(arrivals.select_related("document").defer(*fields).order_by(first, "pk")[start : start + size + 1])
    more, rows = len(rows) > size, rows[:size]
    documents = {row.document_id for row in rows if row.document_id}
    near: dict[int, list[NearCopy]] = defaultdict(list)
    proposed = NearCopy.objects.filter(document__in=documents, verdict="", document__live=True, earlier__live=True)
    proposed = proposed.filter(document__visibility__lte=actor.level, earlier__visibility__lte=actor.level)
    for copy in proposed.select_related("earlier").defer(*(f"earlier__{name.partition('__')[2]}" for name in fields)):
        near[copy.document_id].append(copy)
    waiting = to_review_in(actor, AsKnown(), documents)
    views = [
        ArrivalView(row, why_not_read(row), waiting.get(row.document_id, 0), near.get(row.document_id, [])) for row in rows
    ]  # fmt: skip
    return BatchView(batch, counts, views, page, more)


def latest_batches(actor: Actor, number: int = 10) -> list[Batch]:
    """The batches brought in last, with how many files they have and how many of these were not read (`files`, `failed`)."""
    rows = Batch.objects.filter(visibility__lte=actor.level).annotate(
        files=Count("arrivals"), failed=Count("arrivals", filter=Q(arrivals__state=State.FAILED))
    )
    return list(rows.order_by("-pk")[:number])
