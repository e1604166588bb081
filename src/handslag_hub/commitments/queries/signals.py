"""Signals, grouped by whom they are about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from handslag_hub.accounts.actors import Actor
from handslag_hub.commitments.models import Party, SignalRow
from handslag_hub.commitments.queries.ledger import known_rows, parties_of_kind
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Entity, FactPassage
from handslag_hub.store.queries import labels_of

# Where members and customers put in what they like: paid for, or at least not chosen by the publisher.
ADVERTS = "member_news"
SUBJECTS = 25
# Of each of several subjects, and of the one that is asked for.
SIGNALS_OF_EACH = 3
SIGNALS = 50


@dataclass(frozen=True, slots=True)
class SignalChoice:
    """Kinds chosen (none: all), first and last day, whose, and whether adverts are among them."""

    kinds: frozenset[str] = frozenset()
    first: date | None = None
    last: date | None = None
    subject: Entity | None = None
    adverts: bool = False


@dataclass(frozen=True, slots=True)
class SignalLine:
    """A signal in a list: with the words that tell of it, as they stand in its document ("" for what was typed)."""

    row: SignalRow
    words: str

    @property
    def title(self) -> str:
        """What it is called: its headline; without one its own words."""
        return self.row.headline or self.words

    @property
    def quote(self) -> str:
        """The words, where the title does not say them already."""
        return "" if self.words == self.title else self.words


@dataclass(slots=True)
class SubjectSignals:
    """The signals of one subject, latest first; `more` says how many there are beyond those shown."""

    uid: str
    label: str
    kind: str
    total: int
    lines: list[SignalLine] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(0, self.total - len(self.lines))


def known_signals(actor: Actor, known: AsKnown, choice: SignalChoice, *, but: str = "") -> QuerySet[SignalRow]:
    """The rows that the choice leaves, adverts or no adverts; `but="kind"` leaves kinds as they are, `but="adverts"` adverts."""
    rows = known_rows(SignalRow.objects.all(), "signal", actor, known)
    if choice.kinds and but != "kind":
        rows = rows.filter(kind__in=choice.kinds)
    if choice.first:
        rows = rows.filter(known_on__gte=choice.first)
    if choice.last:
        rows = rows.filter(known_on__lte=choice.last)
    if choice.subject is not None:
        rows = rows.filter(
            pk__in=Party.objects.filter(kind="signal", entity=choice.subject.canonical_id).values("fact")
        )
    return rows if choice.adverts or but == "adverts" else rows.exclude(zone=ADVERTS)


def count_signals(actor: Actor, known: AsKnown, choice: SignalChoice) -> tuple[int, int, Mapping[str, int]]:
    """How many the choice leaves, how many adverts there are under the same choice, and how many of each kind."""
    total = known_signals(actor, known, choice).count()
    adverts = known_signals(actor, known, choice, but="adverts").filter(zone=ADVERTS).count()
    kinds = known_signals(actor, known, choice, but="kind").order_by().values_list("kind").annotate(n=Count("*"))
    return total, adverts, dict(kinds)


def signals_by_subject(
    actor: Actor, known: AsKnown, choice: SignalChoice, page: int
) -> tuple[list[SubjectSignals], bool]:
    """A page of subjects, who was heard of last first, and whether more follow. Those of nobody in the register close the last page."""
    named = _named(actor, known, choice)
    start = (page - 1) * SUBJECTS
    order = named.order_by().values_list("entity").annotate(latest=Max("known_on"), n=Count("*")).order_by("-latest", "entity")  # fmt: skip
    found = list(order[start : start + SUBJECTS + 1])
    further = len(found) > SUBJECTS
    labels = labels_of(actor, [entity for entity, _, _ in found[:SUBJECTS]])
    groups = {entity: SubjectSignals(*labels[entity], total=n) for entity, _, n in found[:SUBJECTS] if entity in labels}
    place = Window(RowNumber(), partition_by="entity", order_by=[F("known_on").desc(), F("fact")])
    most = SIGNALS if choice.subject is not None else SIGNALS_OF_EACH
    newest = named.filter(entity__in=groups).annotate(place=place).filter(place__lte=most).order_by("place")
    chosen = list(newest.values_list("entity", "fact"))
    shown = with_documents(SignalRow.objects.filter(pk__in=[fact for _, fact in chosen])).in_bulk()
    words = words_of(actor, shown)
    for entity, fact in chosen:
        groups[entity].lines.append(SignalLine(shown[fact], words.get(fact, "")))
    listed = list(groups.values())
    if not further:
        rows = known_signals(actor, known, choice)
        alone = rows.filter(~Exists(Party.objects.filter(fact=OuterRef("fact"), entity__isnull=False)))
        rest = list(with_documents(alone).order_by("-known_on", "fact")[:SIGNALS])
        if rest:
            words = words_of(actor, [row.pk for row in rest])
            lines = [SignalLine(row, words.get(row.pk, "")) for row in rest]
            listed.append(SubjectSignals("", "", "", alone.count(), lines))
    return listed, further


def _named(actor: Actor, known: AsKnown, choice: SignalChoice) -> QuerySet[Party]:
    """Who is named in the signals that the choice leaves, once for each: rows of parties repeat what they are narrowed by, but for the kind."""
    named = parties_of_kind("signal", actor, known).filter(entity__isnull=False)
    if choice.kinds:
        named = named.filter(fact__in=known_signals(actor, known, choice).order_by().values("pk"))
    if choice.first:
        named = named.filter(known_on__gte=choice.first)
    if choice.last:
        named = named.filter(known_on__lte=choice.last)
    if choice.subject is not None:
        named = named.filter(entity=choice.subject.canonical_id)
    return named if choice.adverts else named.exclude(zone=ADVERTS)


def with_documents(rows: QuerySet[SignalRow]) -> QuerySet[SignalRow]:
    """With the documents they were read in, without their texts."""
    return rows.select_related("fact__document__source").defer("fact__document__text", "fact__document__lines")


def words_of(actor: Actor, facts: Collection[int]) -> dict[int, str]:
    """Signal → the passage that tells of it. One query."""
    rows = FactPassage.objects.filter(fact__in=facts, rank=0, passage__document__visibility__lte=actor.level)
    return dict(rows.order_by("-pk").values_list("fact", "passage__quote"))
