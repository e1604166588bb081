"""Reads that all parts share: the facts as known on a day, their values and passages, whole pages of them in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from operator import itemgetter

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from handslag_hub.accounts.actors import Actor
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.bulk import rows_among
from handslag_hub.store.fold import STATUS_AFTER, Heard, Judged, Said, fold_values
from handslag_hub.store.models import (
    Action,
    Assertion,
    Document,
    Entity,
    Fact,
    FactPassage,
    IdentityLink,
    Name,
    Passage,
    Presence,
    Review,
    Statement,
    Verdict,
)
from handslag_hub.store.models.caches import NameKind
from handslag_hub.store.models.documents import Visibility
from handslag_hub.store.refresh.identity import component

TODAY = AsKnown()

# --- which facts -----------------------------------------------------------------------------------------------------


def known_facts(actor: Actor, known: AsKnown) -> QuerySet[Fact]:
    """The facts that the actor may see as known on a day.

    Without `held`: said by that day (what has no day: added by that day), judged with today's reviews and links. With it: what this hub
    held on that day and had not rejected; `verdict_then` is then the last verdict of that day, "" where there was none.
    """
    facts = Fact.objects.filter(level__lte=actor.level)
    if known.day is None:
        return facts.filter(shown=True)
    if not known.held:
        return facts.filter(Q(said_on__lte=known.day) | Q(said_on=None, created_at__lt=known.end_of_day), shown=True)
    return _held_facts(facts, known)


def known_documents(actor: Actor, known: AsKnown) -> QuerySet[Document]:
    """The live documents that the actor may see as known on a day; removed ones too where the hub still held them then (`held`)."""
    documents = Document.objects.filter(visibility__lte=actor.level)
    if known.day is None:
        return documents.filter(live=True)
    if not known.held:
        return documents.filter(Q(said_on__lte=known.day) | Q(said_on=None, fetched_at__lt=known.end_of_day), live=True)
    last = counting(Presence.objects.filter(document=OuterRef("pk")), known).order_by("-pk").values("present")[:1]
    return documents.annotate(present_then=Subquery(last)).filter(present_then=True)


def counting(rows: QuerySet, known: AsKnown) -> QuerySet:
    """Log entries that counted at the end of the day: made by then, and not undone by then (an undoing may have been taken back)."""
    return _made_by(rows, known.end_of_day, _undone_by(known.end_of_day))


def _undone_by(moment: datetime) -> QuerySet:
    """The actions that were undone at a moment. One set for the whole query: asked for each row by itself, an actor with thousands of facts takes half a minute."""
    undone_again = Action.objects.filter(undoes=OuterRef("pk"), at__lt=moment)
    return Action.objects.filter(~Exists(undone_again), undoes__isnull=False, at__lt=moment).values("undoes")


def _made_by(rows: QuerySet, moment: datetime, undone: QuerySet) -> QuerySet:
    return rows.filter(~Q(action__in=undone), action__at__lt=moment)


def _held_facts(facts: QuerySet[Fact], known: AsKnown) -> QuerySet[Fact]:
    verdict_then, held = _held_at(known.end_of_day)
    # The verdict first, as it costs less.
    judged = facts.annotate(verdict_then=verdict_then).filter(~Q(verdict_then=Verdict.REJECT))
    return judged.filter(held, created_at__lt=known.end_of_day)


@lru_cache(maxsize=64)
def _held_at(moment: datetime) -> tuple[Coalesce, Exists]:
    """The last verdict on a fact at a moment, and whether the hub held it then: questions to four logs, put together once for all pages of a day."""
    undone = _undone_by(moment)
    verdict = _made_by(Review.objects.filter(fact=OuterRef("pk")), moment, undone).order_by("-pk").values("verdict")[:1]
    present = _made_by(Presence.objects.filter(document=OuterRef("document")), moment, undone).order_by("-pk").values("present")[:1]  # fmt: skip
    later = _made_by(Assertion.objects.filter(fact=OuterRef("fact"), document=OuterRef("document"), pk__gt=OuterRef("pk")), moment, undone)  # fmt: skip
    heard = _made_by(Assertion.objects.alias(present=Subquery(present)).filter(Q(present=True) | Q(document=None), ~Exists(later), fact=OuterRef("pk"), on=True), moment, undone)  # fmt: skip
    return Coalesce(Subquery(verdict), models.Value("")), Exists(heard)


# --- what they say ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a fact: the words, and the entity they name (its address and label), if any."""

    key: int
    predicate: str
    value: str
    normal: str
    basis: str
    unit: str
    uid: str = ""
    label: str = ""
    kind: str = ""
    entity: int | None = None
    by_hand: bool = False

    @property
    def shown(self) -> str:
        """What people read: the words as printed."""
        return self.value


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact with all that a page shows of it. `lead` carries the claim; None for what was typed by hand."""

    fact: Fact
    values: dict[str, list[Value]]
    passages: list[Passage] = field(default_factory=list)

    @property
    def lead(self) -> Passage | None:
        """The passage that carries the claim."""
        return self.passages[0] if self.passages else None

    @property
    def status(self) -> str:
        """The status: today's, or that of the day chosen where the hub's own past is looked at."""
        then = getattr(self.fact, "verdict_then", None)
        return STATUS_AFTER[Verdict(then)] if then else self.fact.status

    def first(self, predicate: str) -> str:
        """The first value of a predicate, "" if it has none."""
        found = self.values.get(predicate)
        return found[0].value if found else ""


def view_facts(actor: Actor, facts: Iterable[Fact], *, passages: bool = True, known: AsKnown = TODAY) -> list[FactView]:
    """The facts with values and passages, in their order: a few queries, however many facts.

    With `known.held` the values are those that the hub held on that day: corrections made since are left out.
    """
    ordered = list(facts)
    keys = [fact.pk for fact in ordered]
    values = values_of(actor, keys, known)
    places: dict[int, list[Passage]] = defaultdict(list)
    if passages:
        homes = {fact.pk: fact.document_id for fact in ordered}
        rows = FactPassage.objects.filter(fact__in=keys, passage__document__visibility__lte=actor.level)
        for row in rows.select_related("passage").order_by("rank", "passage__start"):
            if row.passage.document_id == homes[row.fact_id]:
                places[row.fact_id].append(row.passage)
    return [FactView(fact, values.get(fact.pk, {}), places[fact.pk]) for fact in ordered]


# Asked by every page several times: written here, as to put it together each time takes longer than to answer it.
_VALUES = """SELECT s.fact_id, s.id, s.predicate, s.value, s.value_normal, s.basis, s.unit, s.object_now_id, x.is_human, s.rank
    FROM store_statement s JOIN store_extractor x ON x.id = s.extractor_id"""
_LABELS = """SELECT e.id, c.uid, e.label, e.kind FROM store_entity e JOIN store_entity c ON c.id = e.canonical_id
    WHERE e.id IN ({places}) AND e.level <= %s"""


def values_of(actor: Actor, facts: Collection[int], known: AsKnown = TODAY) -> dict[int, dict[str, list[Value]]]:
    """Fact → predicate → the values that hold (or, with `known.held`, held on that day), in the order of the fact."""
    if known.day and known.held:
        rows = rows_among(f"{_VALUES} WHERE s.id IN ({{places}})", _held_statements(Statement.objects.filter(fact__in=facts), facts, known))  # fmt: skip
    else:
        rows = rows_among(f"{_VALUES} WHERE s.fact_id IN ({{places}}) AND s.holds", facts)
    rows.sort(key=itemgetter(9, 1))
    entities = labels_of(actor, {row[7] for row in rows if row[7]})
    found: dict[int, dict[str, list[Value]]] = defaultdict(dict)
    for fact, key, predicate, value, normal, basis, unit, named, by_hand, _rank in rows:
        uid, label, kind = entities.get(named, ("", "", ""))
        found[fact].setdefault(predicate, []).append(Value(key, predicate, value, normal, basis, unit, uid, label, kind, named if uid else None, bool(by_hand)))  # fmt: skip
    return found


def _held_statements(statements: QuerySet[Statement], facts: Collection[int], known: AsKnown) -> set[int]:
    """The statements that held at the end of the day, folded from the log as it was."""
    reviews: dict[int, list[Judged]] = defaultdict(list)
    judged = counting(Review.objects.filter(fact__in=facts), known).order_by("pk")
    for pk, fact, verdict, corrected in judged.values_list("pk", "fact", "verdict", "corrected"):
        reviews[fact].append(Judged(pk, verdict, tuple(corrected)))
    heard: dict[int, list[Heard]] = defaultdict(list)
    entries = counting(Assertion.objects.filter(fact__in=facts), known).order_by("pk")
    for fact, *entry in entries.values_list("fact", "document", "on", "visibility", "action"):
        heard[fact].append(Heard(*entry))
    said: dict[int, list[Said]] = defaultdict(list)
    homes: dict[int, int | None] = {}
    # Of all readings: which of them counted then is told by what was heard, as for the caches of today.
    rows = statements.values_list("fact", "fact__document", "pk", "predicate", "review", "document", "action")
    for fact, home, *statement in rows:
        said[fact].append(Said(*statement))
        homes[fact] = home
    return {key for fact, found in said.items() for key in fold_values(found, heard[fact], reviews[fact], homes[fact])}


def labels_of(actor: Actor, entities: Collection[int]) -> dict[int, tuple[str, str, str]]:
    """Entity → (address, label, kind) of its canonical entity, for those that the actor may see. One query."""
    return {pk: (uid, label, kind) for pk, uid, label, kind in rows_among(_LABELS, entities, actor.level)}


def members_of(entity: Entity, known: AsKnown = TODAY) -> list[int]:
    """The keys of all entities that are taken to be this one (or, with `known.held`, were on that day)."""
    if known.day and known.held:
        return sorted(component(entity.pk, counting(IdentityLink.objects.all(), known)))
    return list(Entity.objects.filter(canonical=entity.canonical_id).order_by("pk").values_list("pk", flat=True))


def gazetteer() -> dict[str, str]:
    """The register's accepted names for the reader: name → "person" or the kind of organisation.

    Names that only restricted documents give are left out: what is read with them would tell of them.
    """
    rows = Name.objects.filter(
        accepted=True,
        level__lt=Visibility.RESTRICTED,
        entity__kind__in=("organisation", "person"),
        kind__lt=NameKind.MENTION,
    )
    found: dict[str, str] = {}
    kinds = _organisation_kinds({entity for entity, kind in rows.values_list("entity", "entity__kind") if kind == "organisation"})  # fmt: skip
    for entity, kind, name in rows.order_by("name", "entity").values_list("entity", "entity__kind", "name"):
        found[name] = "person" if kind == "person" else kinds.get(entity, "unknown")
    return found


def _organisation_kinds(entities: Collection[int]) -> dict[int, str]:
    rows = Statement.objects.filter(fact__about__in=entities, fact__kind="organisation", fact__shown=True, holds=True, predicate="kind")  # fmt: skip
    return dict(rows.order_by("pk").values_list("fact__about", "value"))
