"""The names of an entry, by language, each with a fact that gives it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import F

from handslag_hub.accounts.actors import Actor
from handslag_hub.register.models import As
from handslag_hub.register.queries.mentions import Mentions, Sort
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Entity, Fact, Name, Statement
from handslag_hub.store.models.caches import NameKind

# The kind of fact that names an entry of each kind.
NAMING = {"organisation": "organisation", "person": "role", "event": "event"}
_LOOKED_THROUGH = 100
_MOST = 40


@dataclass(frozen=True, slots=True)
class GivenName:
    """A name or alias; `given_by` is a fact that gives it (the newest), None where none of the newest does, `fact` that fact (`with_facts`)."""

    name: str
    language: str
    is_alias: bool
    by_hand: bool
    given_by: int | None
    fact: Fact | None = None


def names_of(actor: Actor, known: AsKnown, mentions: Mentions, entity: Entity) -> list[GivenName]:
    """Names, then aliases, by language. Three queries."""
    naming = mentions.first(Sort(NAMING[entity.kind], As.ABOUT), _LOOKED_THROUGH)
    rows = Statement.objects.filter(fact__in=naming, predicate__in=("name", "alias"), holds=True)
    rows = rows.order_by(F("fact__said_on").desc(nulls_last=True), "-fact")
    given = list(rows.values_list("fact", "fact__language", "predicate", "value", "review", "extractor__is_human"))
    found: dict[tuple[str, str], tuple[bool, bool, int | None]] = {}
    for fact, language, predicate, value, review, human in sorted(given, key=lambda row: row[2] == "alias"):
        found.setdefault((value, language), (predicate == "alias", human or review is not None, fact))
    if known.day is None:
        cached = Name.objects.filter(entity__canonical=entity.canonical_id, level__lte=actor.level).order_by(
            "kind", "name"
        )
        for name, language, kind, by_hand in cached.values_list("name", "language", "kind", "by_hand")[: 4 * _MOST]:
            if kind < NameKind.MENTION or not found:
                found.setdefault((name, language), (kind == NameKind.ALIAS, by_hand, None))
    names = sorted(found.items(), key=lambda item: (item[1][0], item[0][1], not item[1][1], item[0][0]))[:_MOST]
    return [GivenName(name, language, alias, by_hand, fact) for (name, language), (alias, by_hand, fact) in names]


def with_facts(names: Iterable[GivenName], facts: Mapping[int, Fact]) -> list[GivenName]:
    """The names with those of the facts that give them."""
    return [replace(name, fact=facts.get(name.given_by)) for name in names]
