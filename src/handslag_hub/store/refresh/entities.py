"""Entities: the names they are known under, at which level, and what they are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Min

from handslag_hub.store.erasing.names import BLOCK
from handslag_hub.store.models import Entity, Fact, Name, NameKey, Statement, Status
from handslag_hub.store.models.caches import NameKind
from handslag_hub.store.name_forms import keys_of
from handslag_hub.store.refresh.facts import batches

_TOLD = (Status.ACCEPTED, Status.CORRECTED)
# What an entity is called where the fact gives it no name: the words that tell it best.
NAMING = {"commitment": ("what",), "figure": ("what", "value"), "quote": ("text",), "signal": ("headline", "kind")}
NameRow = tuple[int, str, str, int, bool, bool, int]


def refresh_entities(keys: Collection[int]) -> set[int]:
    """Makes names, keys, labels and levels again; gives those whose names or level changed, with all of their cluster."""
    changed: set[int] = set()
    for batch in batches(keys):
        changed |= _refresh_names(batch)
    _refresh_labels(keys)
    return changed


def names_now(keys: list[int]) -> set[NameRow]:
    """Every name that shown facts give these entities, with the level at which they give it."""
    rows: set[NameRow] = set()
    about = Statement.objects.filter(
        fact__about__in=keys, fact__shown=True, holds=True, predicate__in=("name", "alias")
    )
    for entity, predicate, value, language, review, human, status, level in about.values_list(
        "fact__about", "predicate", "value", "fact__language", "review", "extractor__is_human", "fact__status", "fact__level"
    ).distinct():  # fmt: skip
        kind = NameKind.ALIAS if predicate == "alias" else NameKind.NAME
        by_hand = review is not None or human
        rows.add((entity, value[:500], language, kind, by_hand, by_hand or status in _TOLD, level))
    mentions = Statement.objects.filter(object_now__in=keys, fact__shown=True, holds=True)
    for entity, value, language, level in mentions.values_list(
        "object_now", "value", "fact__language", "fact__level"
    ).distinct():
        rows.add((entity, value[:500], language, NameKind.MENTION, False, False, level))
    for entity, kind in Entity.objects.filter(pk__in=keys, kind__in=NAMING).values_list("pk", "kind"):
        rows |= _told_by_values(entity, NAMING[kind])
    return rows


def _told_by_values(entity: int, predicates: tuple[str, ...]) -> set[NameRow]:
    found = Statement.objects.filter(fact__about=entity, fact__shown=True, holds=True, predicate__in=predicates)
    by_predicate = {
        predicate: (entity, value[:500], language, NameKind.NAME, False, False, level)
        for predicate, value, language, level in found.values_list(
            "predicate", "value", "fact__language", "fact__level"
        )
    }
    return {next(by_predicate[predicate] for predicate in predicates if predicate in by_predicate)} if by_predicate else set()  # fmt: skip


_NAME_FIELDS = ("entity_id", "name", "language", "kind", "by_hand", "accepted", "level")


def _refresh_names(keys: list[int]) -> set[int]:
    wanted = names_now(keys)
    there = {row[1:]: row[0] for row in Name.objects.filter(entity__in=keys).values_list("pk", *_NAME_FIELDS)}
    gone = [pk for row, pk in there.items() if row not in wanted]
    new = wanted - there.keys()
    Name.objects.filter(pk__in=gone).delete()
    Name.objects.bulk_create(Name(**dict(zip(_NAME_FIELDS, row, strict=True))) for row in sorted(new))
    changed = {row[0] for row in new} | {row[0] for row in there if row not in wanted}
    _refresh_keys(changed, wanted)
    return changed


def _refresh_keys(changed: set[int], names: set[NameRow]) -> None:
    kinds = dict(Entity.objects.filter(pk__in=changed).values_list("pk", "kind"))
    wanted: dict[tuple[int, str, str], int] = {}
    for entity, name, language, _, _, _, level in names:
        # A name that was covered is nobody's: two of them are alike only in length.
        if entity in changed and BLOCK not in name:
            for kind, key in keys_of(kinds[entity], name, language):
                slot = (entity, kind, key[:255])
                wanted[slot] = min(level, wanted.get(slot, level))
    there = {row[1:]: row[0] for row in NameKey.objects.filter(entity__in=changed).values_list("pk", "entity", "kind", "key", "level")}  # fmt: skip
    rows = {(*slot, level) for slot, level in wanted.items()}
    NameKey.objects.filter(pk__in=[pk for row, pk in there.items() if row not in rows]).delete()
    NameKey.objects.bulk_create(
        NameKey(entity_id=entity, kind=kind, key=key, level=level) for entity, kind, key, level in sorted(rows - there.keys())
    )  # fmt: skip


def best_name(names: Collection[tuple[str, int, bool, bool, int]]) -> str:
    """The name to show to everybody who may see the entity: among the least strict ones what a person gave, then the fullest.

    `names` are (name, kind, by hand, accepted, level).
    """
    if not names:
        return ""
    return min(names, key=lambda n: (n[4], n[1], not n[2], not n[3], -len(n[0]), n[0]))[0]


def _refresh_labels(keys: Collection[int]) -> None:
    """Every member of a cluster carries the label and the level of the whole."""
    clusters: dict[int, list[Entity]] = defaultdict(list)
    for batch in batches(keys):
        for entity in Entity.objects.filter(pk__in=batch):
            clusters[entity.canonical_id or entity.pk].append(entity)
    members = [entity.pk for cluster in clusters.values() for entity in cluster]
    names: dict[int, list[tuple[str, int, bool, bool, int]]] = defaultdict(list)
    levels: dict[int, int] = {}
    for batch in batches(members):
        for row in Name.objects.filter(entity__in=batch).values_list("entity", "name", "kind", "by_hand", "accepted", "level"):  # fmt: skip
            names[row[0]].append(row[1:])
        levels |= dict(_least_levels(batch))
    changed = []
    for cluster in clusters.values():
        label = best_name([name for entity in cluster for name in names[entity.pk]])
        level = min((levels[entity.pk] for entity in cluster if entity.pk in levels), default=None)
        for entity in cluster:
            if (entity.label, entity.level) != (label, level):
                entity.label, entity.level = label, level
                changed.append(entity)
    Entity.objects.bulk_update(changed, ["label", "level"], batch_size=500)


def _least_levels(keys: list[int]) -> list[tuple[int, int]]:
    """(entity, the least strict level of a shown fact about it); names are as visible as what gives them, so they do for the rest."""
    found = dict(Fact.objects.filter(about__in=keys, shown=True).values_list("about").annotate(least=Min("level")).order_by())  # fmt: skip
    for entity, level in Name.objects.filter(entity__in=keys).values_list("entity").annotate(least=Min("level")).order_by():  # fmt: skip
        found[entity] = min(level, found.get(entity, level))
    return list(found.items())
