"""The register as a list: filtered, counted, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from handslag_hub.accounts.actors import Actor
from handslag_hub.register.models import Trait
from handslag_hub.register.queries.searching import find_entities
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Entity, Name, Statement
from handslag_hub.store.models.caches import NameKind
from handslag_hub.store.queries import known_facts

KINDS = ("organisation", "person", "event")
PER_PAGE = 50
# Counted no further: beyond it a list says "more than".
MOST_COUNTED = 10_000
# Other names of an entry that a line of the list has room for.
_NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the list is limited to; "" where it is not."""

    typed: str = ""
    kind: str = ""
    organisation_kind: str = ""
    language: str = ""
    having: str = ""


@dataclass(slots=True)
class Row:
    """One entry of the list."""

    uid: str
    label: str
    kind: str
    organisation_kinds: list[str] = field(default_factory=list)
    other_names: list[str] = field(default_factory=list)
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list. `counts` tells how many entries of each kind there are, at most MOST_COUNTED + 1."""

    rows: list[Row]
    counts: dict[str, int]
    kind: str
    number: int
    has_next: bool


def known_entities(actor: Actor, known: AsKnown) -> QuerySet[Entity]:
    """The register's entries of which the actor may know something as known on a day: canonical ones."""
    found = Entity.objects.filter(kind__in=KINDS, canonical=F("pk"), level__lte=actor.level)
    if known.day is None:
        return found
    facts = known_facts(actor, known)
    about = facts.filter(about__canonical=OuterRef("pk"))
    naming = Statement.objects.filter(object_now__canonical=OuterRef("pk"), holds=True, fact__in=facts)
    return found.filter(Exists(about) | Exists(naming))


def list_register(actor: Actor, known: AsKnown, filters: Filters, number: int) -> Listing:
    """Page `number` (from 1) of the list."""
    entities = _limited(actor, known, filters)
    order: list[object] = ["label", "pk"]
    if filters.typed:
        found = find_entities(actor, filters.typed)
        entities = entities.filter(pk__in=found)
        order = [Case(*(When(pk=pk, then=Value(place)) for place, pk in enumerate(found)), default=Value(0), output_field=IntegerField())]  # fmt: skip
    counts = {kind: entities.filter(kind=kind)[: MOST_COUNTED + 1].count() for kind in KINDS}
    # Without words to go by, a kind at a time: it is read in the order of its index.
    kind = filters.kind or ("" if filters.typed else KINDS[0])
    if kind:
        entities = entities.filter(kind=kind)
    start = (number - 1) * PER_PAGE
    page = list(entities.order_by(*order).values_list("pk", "uid", "label", "kind")[start : start + PER_PAGE + 1])
    rows = {pk: Row(uid, label, its_kind) for pk, uid, label, its_kind in page[:PER_PAGE]}
    _fill(actor, known, rows)
    return Listing(list(rows.values()), counts, kind, number, len(page) > PER_PAGE)


def _limited(actor: Actor, known: AsKnown, filters: Filters) -> QuerySet[Entity]:
    entities = known_entities(actor, known)
    traits = Trait.objects.filter(entity=OuterRef("pk"), level__lte=actor.level)
    if filters.organisation_kind:
        entities = entities.filter(Exists(traits.filter(name="kind", value=filters.organisation_kind)))
    if filters.language:
        entities = entities.filter(Exists(traits.filter(name="language", value=filters.language)))
    if filters.having and known.day is None:
        entities = entities.filter(Exists(traits.filter(name="has", value=filters.having)))
    elif filters.having:
        facts = known_facts(actor, known).filter(kind=filters.having)
        naming = Statement.objects.filter(object_now__canonical=OuterRef("pk"), holds=True, fact__in=facts)
        entities = entities.filter(Exists(naming))
    return entities


def _fill(actor: Actor, known: AsKnown, rows: dict[int, Row]) -> None:
    """Adds kinds, other names and counts to the rows. On a chosen day other names are left out: they may have come later."""
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    traits = Trait.objects.filter(entity__in=rows, level__lte=actor.level).order_by("-count", "value")
    for entity, name, value, count in traits.values_list("entity", "name", "value", "count"):
        if name == "kind" and value not in rows[entity].organisation_kinds:
            rows[entity].organisation_kinds.append(value)
        elif name == "has" and known.day is None:
            counts[entity][value] += count
    if known.day is not None:
        counts = _counts_then(actor, known, rows)
    for entity, row in rows.items():
        row.counts = dict(counts[entity])
    if known.day is None:
        names = Name.objects.filter(entity__canonical__in=rows, level__lte=actor.level, kind__lt=NameKind.MENTION)
        for entity, name in names.order_by("kind", "name").values_list("entity__canonical", "name"):
            row = rows[entity]
            if name != row.label and name not in row.other_names and len(row.other_names) < _NAMES_SHOWN:
                row.other_names.append(name)


def _counts_then(actor: Actor, known: AsKnown, rows: Collection[int]) -> dict[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    naming = Statement.objects.filter(Q(object_now__canonical__in=rows), holds=True, fact__in=known_facts(actor, known))
    for entity, kind, count in naming.values_list("object_now__canonical", "fact__kind").annotate(n=Count("fact", distinct=True)).order_by():  # fmt: skip
        counts[entity][kind] = count
    return counts
