"""Traits: what lists filter and count by, kept for every entity and level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count

from handslag_hub.register.models import Trait
from handslag_hub.register.projections.clusters import Clusters
from handslag_hub.store.models import Fact, Name, Statement

TraitKey = tuple[int, str, str, int]


def refresh_traits(clusters: Clusters) -> None:
    """Writes what changed in the traits of these clusters."""
    wanted = traits_now(clusters)
    there = {
        (entity, name, value, level): (pk, count)
        for pk, entity, name, value, level, count in Trait.objects.filter(entity__in=clusters.members).values_list(
            "pk", "entity", "name", "value", "level", "count"
        )
    }
    stale = [pk for key, (pk, count) in there.items() if wanted.get(key) != count]
    Trait.objects.filter(pk__in=stale).delete()
    Trait.objects.bulk_create(
        Trait(entity_id=key[0], name=key[1], value=key[2], level=key[3], count=count)
        for key, count in sorted(wanted.items())
        if key not in there or there[key][1] != count
    )


def traits_now(clusters: Clusters) -> dict[TraitKey, int]:
    """(canonical entity, name, value, level) → number, as the facts have it now. Four queries."""
    found: Counter[TraitKey] = Counter()
    for entity, name, value, level, count in _told(clusters):
        if is_kept(value):
            found[clusters.members[entity], name, value, level] += count
    return dict(found)


def is_kept(value: str) -> bool:
    """True for a value that lists can filter by."""
    return 0 < len(value) <= 100


def _told(clusters: Clusters) -> Iterable[tuple[int, str, str, int, int]]:
    members = list(clusters.members)
    about = Statement.objects.filter(fact__about__in=members, fact__shown=True, holds=True)
    kinds = about.filter(fact__kind="organisation", predicate="kind").values_list("fact__about", "value", "fact__level")
    for entity, kind, level, count in kinds.annotate(n=Count("pk")).order_by():
        yield entity, "kind", kind, level, count
    identifiers = about.filter(fact__kind="identifier").values_list("fact__about", "predicate", "value_normal", "fact__level")  # fmt: skip
    for entity, scheme, value, level, count in identifiers.annotate(n=Count("pk")).order_by():
        yield entity, f"id:{scheme}", value, level, count
    names = Name.objects.filter(entity__in=members).values_list("entity", "language", "level")
    for entity, language, level, count in names.annotate(n=Count("pk")).order_by():
        yield entity, "language", language, level, count
    facts = Fact.objects.filter(about__in=members, shown=True).values_list("about", "kind", "level")
    for entity, kind, level, count in facts.annotate(n=Count("pk")).order_by():
        yield entity, "has", kind, level, count
    # A fact that names two members of a cluster counts for each: entities are joined afterwards, and asking for both is dear.
    naming = Statement.objects.filter(object_now__in=members, fact__shown=True, holds=True)
    named = naming.values_list("object_now", "fact__kind", "fact__level").annotate(n=Count("fact", distinct=True))
    for entity, kind, level, count in named.order_by():
        yield entity, "has", kind, level, count
