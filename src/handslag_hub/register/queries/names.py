"""The names of an entry, by language, each with a fact that gives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handslag_hub.accounts.actors import Actor
from handslag_hub.register.queries.sections import newest_first
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Fact, Name, Statement
from handslag_hub.store.models.caches import NameKind
from handslag_hub.store.queries import known_facts

NAMING = ("organisation", "role", "event")
_LOOKED_THROUGH = 300
_MOST = 40


@dataclass(frozen=True, slots=True)
class GivenName:
    """A name or alias; `fact` is one that gives it (the newest), None where none of the newest does."""

    name: str
    language: str
    is_alias: bool
    by_hand: bool
    fact: Fact | None


def names_of(actor: Actor, known: AsKnown, members: Sequence[int]) -> list[GivenName]:
    """Names, then aliases, by language. Three queries."""
    newest = newest_first(known_facts(actor, known).filter(about__in=members, kind__in=NAMING))[:_LOOKED_THROUGH]
    facts = {fact.pk: fact for fact in newest}
    rows = Statement.objects.filter(fact__in=facts, predicate__in=("name", "alias"), holds=True)
    given = list(rows.values_list("fact", "predicate", "value", "review", "extractor__is_human"))
    places = {pk: place for place, pk in enumerate(facts)}
    found: dict[tuple[str, str], GivenName] = {}
    for fact, predicate, value, review, human in sorted(given, key=lambda row: (row[1] == "alias", places[row[0]])):
        language = facts[fact].language
        by_hand = human or review is not None
        found.setdefault((value, language), GivenName(value, language, predicate == "alias", by_hand, facts[fact]))
    if known.day is None:
        cached = Name.objects.filter(entity__in=members, level__lte=actor.level).order_by("kind", "name")
        for name, language, kind, by_hand in cached.values_list("name", "language", "kind", "by_hand")[: 4 * _MOST]:
            if kind < NameKind.MENTION or not found:
                found.setdefault((name, language), GivenName(name, language, kind == NameKind.ALIAS, by_hand, None))
    return sorted(found.values(), key=lambda name: (name.is_alias, name.language, not name.by_hand, name.name))[:_MOST]
