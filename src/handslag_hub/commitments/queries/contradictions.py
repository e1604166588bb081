"""Contradictions: values that cannot both be right, side by side, as each actor may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from handslag_hub.accounts.actors import Actor
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Conflict, Document, Entity, FactPassage, Passage, Settlement, Statement
from handslag_hub.store.queries import known_facts, labels_of
from handslag_hub.store.refresh.conflicts import FUNCTIONAL, contradicting


@dataclass(slots=True)
class Side:
    """One of the values, with the first of the `total` statements that give it: each with its document and passage (None for what was typed)."""

    value: str
    normal: str
    # The statement that a settlement for this value names: the first.
    key: int = 0
    total: int = 0
    statements: list[tuple[Statement, Document | None, Passage | None]] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many statements are not shown."""
        return self.total - len(self.statements)


@dataclass(slots=True)
class Contradiction:
    """A conflict as the actor sees it."""

    conflict: Conflict
    uid: str
    label: str
    kind: str
    sides: list[Side]
    settlement: Settlement | None

    @property
    def settled_for(self) -> str:
        """The normal value that it was settled for; "" where it was left standing or is open."""
        return self.settlement.statement.value_normal if self.settlement and self.settlement.statement else ""


def conflicts_seen(actor: Actor, entity: Entity | None = None) -> QuerySet[Conflict]:
    """For each entity (or this one) and predicate the row of the highest level that the actor sees: the fullest picture that is theirs."""
    fuller = Conflict.objects.filter(entity=OuterRef("entity"), predicate=OuterRef("predicate"), level__gt=OuterRef("level"), level__lte=actor.level)  # fmt: skip
    rows = Conflict.objects.filter(~Exists(fuller), level__lte=actor.level)
    if entity is not None:
        rows = rows.filter(entity=entity.canonical_id)
    return rows.order_by("-opened_at", "-pk").select_related(
        "settlement__statement__fact", "settlement__action", "entity"
    )


def decided(actor: Actor) -> Q:
    """The conflicts on which somebody decided, as far as the actor may know: not for a value that nothing tells which they see."""
    told = Statement.objects.filter(fact__about__canonical=OuterRef("entity"), fact__level__lte=actor.level, fact__shown=True, holds=True,
        predicate=OuterRef("predicate"), value_normal=OuterRef("settlement__statement__value_normal"))  # fmt: skip
    return Q(settlement__isnull=False) & (Q(settlement__statement=None) | Q(Exists(told)))


def contradictions(actor: Actor, known: AsKnown, conflicts: Collection[Conflict], most: int) -> list[Contradiction]:
    """The conflicts with their sides, `most` statements of each, as known on a day: those whose values did not contradict each other yet
    are left out.
    """
    canonical = {conflict.entity_id for conflict in conflicts}
    members = dict(Entity.objects.filter(canonical__in=canonical).values_list("pk", "canonical"))
    facts = known_facts(actor, known).filter(kind__in=FUNCTIONAL, about__in=members).order_by()
    rows = Statement.objects.filter(
        fact__in=facts.values("pk"), holds=True, predicate__in={c.predicate for c in conflicts}
    )
    said: dict[tuple[int, str], list[tuple[int, str, str]]] = defaultdict(list)
    for about, kind, predicate, *statement in rows.order_by("fact__said_on", "pk").values_list(
        "fact__about", "fact__kind", "predicate", "pk", "value", "value_normal"
    ):
        if predicate in FUNCTIONAL[kind]:
            said[members[about], predicate].append(tuple(statement))
    labels = labels_of(actor, canonical)
    found = []
    shown: dict[int, Side] = {}
    for conflict in conflicts:
        here = said[conflict.entity_id, conflict.predicate]
        values = contradicting(conflict.predicate, [normal for _, _, normal in here])
        if not values or conflict.entity_id not in labels:
            continue
        sides = {value: Side(value, value) for value in values}
        for key, value, normal in here:
            if (side := sides.get(normal)) is not None:
                if not side.total:
                    side.key, side.value = key, value
                if side.total < most:
                    shown[key] = side
                side.total += 1
        found.append(
            Contradiction(
                conflict, *labels[conflict.entity_id], list(sides.values()), _settlement_seen(conflict, sides)
            )
        )
    _add_statements(actor, shown)
    return found


def _add_statements(actor: Actor, shown: Mapping[int, Side]) -> None:
    """The statements to be shown, with where they stand, to their sides. Two queries."""
    statements = Statement.objects.select_related("fact__document__source", "fact__extractor")
    statements = statements.defer("fact__document__text", "fact__document__lines", "fact__document__warnings").in_bulk(shown)  # fmt: skip
    leads = _leads(actor, [row.fact_id for row in statements.values()])
    for key, side in shown.items():
        row = statements[key]
        side.statements.append((row, row.fact.document, leads.get((row.fact_id, row.fact.document_id))))


def settlements_of(conflict: Conflict) -> list[Settlement]:
    """All that was decided on it, oldest first, taken back or not."""
    rows = Settlement.objects.filter(entity__canonical=conflict.entity_id, predicate=conflict.predicate)
    return list(rows.select_related("action", "statement__fact").order_by("pk"))


def settlements_seen(actor: Actor, conflict: Conflict, sides: Collection[Side]) -> list[Settlement]:
    """Those decisions that speak of nothing beyond what the actor sees."""
    seen = {side.normal for side in sides}
    return [
        settlement
        for settlement in settlements_of(conflict)
        if (
            settlement.statement is None
            or settlement.statement.value_normal in seen
            or settlement.statement.fact.level <= actor.level
        )
        and (actor.may("reviewer") or set(settlement.values) <= seen)
    ]


def _settlement_seen(conflict: Conflict, sides: Collection[str]) -> Settlement | None:
    """The settlement, unless the value it was settled for is none of those that the actor sees, whoever else gives it."""
    settlement = conflict.settlement
    if settlement and settlement.statement and settlement.statement.value_normal not in sides:
        return None
    return settlement


def _leads(actor: Actor, facts: Collection[int]) -> dict[tuple[int, int], Passage]:
    rows = FactPassage.objects.filter(fact__in=facts, rank=0, passage__document__visibility__lte=actor.level)
    return {(row.fact_id, row.passage.document_id): row.passage for row in rows.select_related("passage")}
