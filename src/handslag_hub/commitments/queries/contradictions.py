"""Contradictions: values that cannot both be right, side by side, as each actor may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from handslag_hub.accounts.actors import Actor
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Conflict, Document, Entity, Passage, Settlement, Statement
from handslag_hub.store.queries import known_facts, labels_of
from handslag_hub.store.refresh.conflicts import FUNCTIONAL, contradicting


@dataclass(slots=True)
class Side:
    """One of the values, with the statements that give it: each with its document and passage (None for what was typed)."""

    value: str
    normal: str
    statements: list[tuple[Statement, Document | None, Passage | None]] = field(default_factory=list)

    @property
    def key(self) -> int:
        """The statement that a settlement for this value names."""
        return self.statements[0][0].pk


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


def conflicts_seen(actor: Actor, entity: Entity | None = None) -> list[Conflict]:
    """For each entity (or this one) and predicate the row of the highest level that the actor sees: the fullest picture that is theirs."""
    rows = Conflict.objects.filter(level__lte=actor.level)
    if entity is not None:
        rows = rows.filter(entity=entity.canonical_id)
    rows = rows.order_by("level").select_related("settlement__statement__fact", "settlement__action", "entity")
    fullest = {(row.entity_id, row.predicate): row for row in rows}
    return sorted(fullest.values(), key=lambda row: (row.opened_at, row.pk), reverse=True)


def contradictions(actor: Actor, known: AsKnown, conflicts: Collection[Conflict]) -> list[Contradiction]:
    """The conflicts with their sides, as known on a day: those whose values did not contradict each other yet are left out."""
    canonical = {conflict.entity_id for conflict in conflicts}
    members = dict(Entity.objects.filter(canonical__in=canonical).values_list("pk", "canonical"))
    facts = known_facts(actor, known).filter(kind__in=FUNCTIONAL, about__in=members).order_by()
    rows = list(Statement.objects.filter(fact__in=facts.values("pk"), holds=True, predicate__in={c.predicate for c in conflicts})
        .select_related("fact__document__source", "extractor").defer("fact__document__text", "fact__document__lines").order_by("fact__said_on", "pk"))  # fmt: skip
    leads = _leads(actor, [row.fact_id for row in rows])
    said: dict[tuple[int, str], list[Statement]] = defaultdict(list)
    for row in rows:
        if row.predicate in FUNCTIONAL[row.fact.kind]:
            said[members[row.fact.about_id], row.predicate].append(row)
    labels = labels_of(actor, canonical)
    found = []
    for conflict in conflicts:
        here = said[conflict.entity_id, conflict.predicate]
        values = contradicting(conflict.predicate, [row.value_normal for row in here])
        if not values or conflict.entity_id not in labels:
            continue
        sides = {value: Side(value, value) for value in values}
        for row in here:
            if row.value_normal in sides:
                side = sides[row.value_normal]
                side.value = row.value if not side.statements else side.value
                side.statements.append((row, row.fact.document, leads.get((row.fact_id, row.fact.document_id))))
        found.append(
            Contradiction(
                conflict, *labels[conflict.entity_id], list(sides.values()), _settlement_seen(actor, conflict)
            )
        )
    return found


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
        if (settlement.statement is None or settlement.statement.fact.level <= actor.level)
        and (actor.may("reviewer") or set(settlement.values) <= seen)
    ]


def _settlement_seen(actor: Actor, conflict: Conflict) -> Settlement | None:
    """The settlement, unless the value it was settled for is one that the actor may not see."""
    settlement = conflict.settlement
    if settlement and settlement.statement and settlement.statement.fact.level > actor.level:
        return None
    return settlement


def _leads(actor: Actor, facts: Collection[int]) -> dict[tuple[int, int], Passage]:
    rows = Passage.objects.filter(
        fact_passages__fact__in=facts, fact_passages__rank=0, document__visibility__lte=actor.level
    )
    found = rows.values_list("fact_passages__fact", "pk")
    passages = Passage.objects.in_bulk({pk for _, pk in found})
    return {(fact, passages[pk].document_id): passages[pk] for fact, pk in found}
