"""What waits for a decision: words that were found and that nobody has judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import F, QuerySet

from handslag.kernel.claims import normal_words
from handslag_hub.accounts.actors import Actor
from handslag_hub.following.queries.states import Word, words_of
from handslag_hub.reading.queries.reviewing import TO_REVIEW, last_reviews
from handslag_hub.store.models import Fact, Review
from handslag_hub.store.queries import Value, values_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """A word, and the commitments that it is of as the actor sees them: address and words; `twins` say the same of the same at other addresses.

    `last` is the last review of it; twins are given as "uid:key of theirs", 0 for none.
    """

    word: Word
    of: list[Value]
    last: Review | None = None
    twins: tuple[str, ...] = ()


def waiting_words(actor: Actor, *, weak: bool = False) -> QuerySet[Fact]:
    """The evidence that waits, the latest said first; weak proposals by themselves."""
    facts = Fact.objects.filter(
        kind="evidence", shown=True, level__lte=actor.level, status__in=TO_REVIEW, document__isnull=False
    )
    facts = facts.filter(certainty="weak") if weak else facts.exclude(certainty="weak")
    return facts.select_related("document__source", "extractor").defer("document__text", "document__lines", "document__warnings").order_by(F("said_on").desc(nulls_last=True), "-pk")  # fmt: skip


def view_waiting(actor: Actor, facts: Iterable[Fact]) -> list[Waiting]:
    """The words with what they are of, one page at two addresses once. Six queries."""
    listed = list(facts)
    of = values_of(actor, [fact.pk for fact in listed])
    reviews = last_reviews(fact.pk for fact in listed)
    found: dict[tuple[object, ...], Waiting] = {}
    for word in words_of(actor, listed):
        about = [value for value in of.get(word.fact.pk, {}).get("of", []) if value.uid]
        key = (word.said_on, normal_words(word.text), word.says, word.by, *sorted(value.uid for value in about))
        last = reviews.get(word.fact.pk)
        if first := found.get(key):
            also = (*first.word.also, *([word.document] if word.document else []))
            twins = (*first.twins, f"{word.fact.uid}:{last.pk if last else 0}")
            found[key] = replace(first, word=replace(first.word, also=also), twins=twins)
        else:
            found[key] = Waiting(word, about, last)
    return list(found.values())
