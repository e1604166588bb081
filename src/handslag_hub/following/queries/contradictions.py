"""Contradictions of texts, with both passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet

from handslag_hub.accounts.actors import Actor
from handslag_hub.design.words import language_now
from handslag_hub.reading.queries.reviewing import last_reviews
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Entity, Fact, FactPassage, Passage, Review, Status
from handslag_hub.store.queries import Value, known_facts, values_of


@dataclass(frozen=True, slots=True)
class Contradicting:
    """Passages that cannot both be so: what differs, in words; `holds` is first, second or "" (left standing, or open)."""

    fact: Fact
    kind: str
    what: str
    sides: list[Passage]
    of: list[Value]
    holds: str
    last: Review | None


def text_contradictions(actor: Actor, known: AsKnown, commitment: Entity | None = None) -> QuerySet[Fact]:
    """The contradictions of texts (of one commitment) that the actor may know of on the day, the latest first."""
    facts = known_facts(actor, known).filter(kind="contradiction")
    if commitment is not None:
        facts = facts.filter(
            statements__predicate="of",
            statements__holds=True,
            statements__object_now__canonical=commitment.canonical_id,
        )
    return facts.order_by(F("said_on").desc(nulls_last=True), "-pk")


def undecided(facts: QuerySet[Fact]) -> QuerySet[Fact]:
    """Those on which nobody has decided."""
    return facts.filter(status__in=(Status.UNREVIEWED, Status.CHECK_AGAIN, Status.UNSURE))


def view_contradictions(actor: Actor, facts: Iterable[Fact]) -> list[Contradicting]:
    """With both passages, the first said first. Five queries."""
    found = list(facts)
    values = values_of(actor, [fact.pk for fact in found])
    last = last_reviews(fact.pk for fact in found)
    sides: dict[int, list[Passage]] = defaultdict(list)
    rows = FactPassage.objects.filter(fact__in=found, passage__document__visibility__lte=actor.level).select_related(
        "passage__document__source"
    )
    for row in rows.defer("passage__document__text", "passage__document__lines").order_by("passage__document__said_on", "passage__document", "passage__start"):  # fmt: skip
        sides[row.fact_id].append(row.passage)
    told = []
    for fact in found:
        said = values.get(fact.pk, {})

        def first(predicate: str, said: dict[str, list[Value]] = said) -> str:
            return said[predicate][0].value if said.get(predicate) else ""

        told.append(Contradicting(fact, first("kind"), first(f"what_{language_now()}"), sides[fact.pk],
            [value for value in said.get("of", []) if value.uid], first("holds"), last.get(fact.pk)))  # fmt: skip
    return told
