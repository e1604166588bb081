"""What waits for a decision: words that were found and that nobody has judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet

from handslag_hub.accounts.actors import Actor
from handslag_hub.following.queries.states import Word, words_of
from handslag_hub.reading.queries.reviewing import TO_REVIEW
from handslag_hub.store.models import Fact
from handslag_hub.store.queries import Value, values_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """A word, and the commitments that it is of as the actor sees them: address and words."""

    word: Word
    of: list[Value]


def waiting_words(actor: Actor, *, weak: bool = False) -> QuerySet[Fact]:
    """The evidence that waits, the latest said first; weak proposals by themselves."""
    facts = Fact.objects.filter(
        kind="evidence", shown=True, level__lte=actor.level, status__in=TO_REVIEW, document__isnull=False
    )
    facts = facts.filter(certainty="weak") if weak else facts.exclude(certainty="weak")
    return facts.select_related("document__source", "extractor").defer("document__text", "document__lines", "document__warnings").order_by(F("said_on").desc(nulls_last=True), "-pk")  # fmt: skip


def view_waiting(actor: Actor, facts: Iterable[Fact]) -> list[Waiting]:
    """The words with what they are of. Five queries."""
    found = list(facts)
    of = values_of(actor, [fact.pk for fact in found])
    return [Waiting(word, [value for value in of.get(word.fact.pk, {}).get("of", []) if value.uid]) for word in words_of(actor, found)]  # fmt: skip
