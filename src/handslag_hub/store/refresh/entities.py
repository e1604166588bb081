"""Entities: the names they are known under, at which level, and what they are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from handslag_hub.store.bulk import insert_rows, update_rows
from handslag_hub.store.models import Entity, Name, NameKey, Statement, Status
from handslag_hub.store.models.caches import NameKind
from handslag_hub.store.name_forms import keys_of
from handslag_hub.store.refresh.facts import batches
from handslag_hub.store.refresh.titles import agreement_titles, title_instead

if TYPE_CHECKING:
    from handslag_hub.store.refresh.changes import Changes

_TOLD = (Status.ACCEPTED, Status.CORRECTED)
# What an entity is called where the fact gives it no name: the words that tell it best.
NAMING = {"commitment": ("what",), "figure": ("what", "value"), "quote": ("text",), "signal": ("headline", "kind"),
    "evidence": ("words", "says"), "contradiction": ("kind",), "assessment": ("words", "status")}  # fmt: skip
NameRow = tuple[int, str, str, int, bool, bool, int]
NAME_FIELDS = ("entity_id", "name", "language", "kind", "by_hand", "accepted", "level")


def refresh_names(facts: Collection[int], entities: Collection[int], changes: Changes) -> set[int]:
    """Brings the names that these facts give, or gave until now, up to date; gives the entities whose names changed.

    `entities` are all that the facts are or were about, or name. What the facts give now is added; a name of theirs that they do not give
    any longer goes, unless another fact gives it: that is asked for, name by name, so the cost does not grow with an actor's facts.
    """
    changed: set[int] = set()
    for batch in batches(facts):
        given = _names_given(Statement.objects.filter(fact__in=batch))
        words = {value[:500] for value in Statement.objects.filter(fact__in=batch, predicate__in=("name", "alias")).values_list("value", flat=True)}  # fmt: skip
        words |= {value[:500] for value in Statement.objects.filter(fact__in=batch).exclude(object=None).values_list("value", flat=True)}  # fmt: skip
        rows = Name.objects.filter(entity__in=entities, name__in=words)
        there = {row[1:]: row[0] for row in rows.values_list("pk", *NAME_FIELDS)}
        gone = {row: key for row, key in there.items() if row not in given and _may_go(row, changes) and not _is_given(row)}  # fmt: skip
        new = given - there.keys()
        changes.names_new |= new
        changes.names_gone |= gone.keys()
        changed |= _write_names(new=new, gone=gone)
    return changed


def make_names_again(keys: list[int]) -> set[int]:
    """As `refresh_names`, from all facts of these entities: for checking and repairing."""
    given = names_now(keys)
    there = {row[1:]: row[0] for row in Name.objects.filter(entity__in=keys).values_list("pk", *NAME_FIELDS)}
    changed = _write_names(new=given - there.keys(), gone={row: key for row, key in there.items() if row not in given})
    _refresh_keys(set(keys))
    return changed


def names_now(keys: list[int]) -> set[NameRow]:
    """Every name that shown facts give these entities, with the level at which they give it."""
    of_them = Statement.objects.filter(fact__about__in=keys)
    naming_them = Statement.objects.filter(object_now__in=keys)
    found = _names_given(of_them) | _names_given(naming_them)
    return {row for row in found if row[0] in set(keys)}


def _names_given(statements: QuerySet[Statement]) -> set[NameRow]:
    """The names that these statements give, of whom their facts are about and of whom they name."""
    rows: set[NameRow] = set()
    holding = statements.filter(fact__shown=True, holds=True)
    about = holding.filter(predicate__in=("name", "alias"))
    for entity, predicate, value, language, review, human, status, level in about.values_list(
        "fact__about", "predicate", "value", "fact__language", "review", "extractor__is_human", "fact__status", "fact__level"
    ).distinct():  # fmt: skip
        kind = NameKind.ALIAS if predicate == "alias" else NameKind.NAME
        by_hand = review is not None or human
        rows.add((entity, value[:500], language, int(kind), by_hand, by_hand or status in _TOLD, level))
    mentions = holding.exclude(object_now=None)
    for entity, value, language, level in mentions.values_list("object_now", "value", "fact__language", "fact__level").distinct():  # fmt: skip
        rows.add((entity, value[:500], language, int(NameKind.MENTION), False, False, level))
    return rows


def _may_go(row: NameRow, changes: Changes) -> bool:
    """False for a name that the facts folded again did not give, or give as before: nothing need be asked of it."""
    return (row[2], row[6]) in changes.spoken_before and not (row[3] == NameKind.MENTION and changes.keeps_words)


def _is_given(row: NameRow) -> bool:
    """True if some shown fact gives this name."""
    entity, name, language, kind, by_hand, accepted, level = row
    rows = Statement.objects.filter(fact__shown=True, fact__language=language, fact__level=level, holds=True)
    rows = rows.filter(value=name) if len(name) < 500 else rows.filter(value__startswith=name)
    if kind == NameKind.MENTION:
        return rows.filter(object_now=entity).exists()
    rows = rows.filter(fact__about=entity, predicate="alias" if kind == NameKind.ALIAS else "name")
    typed = Q(extractor__is_human=True) | ~Q(review=None)
    if by_hand:
        return rows.filter(typed).exists()
    rows = rows.exclude(typed)
    return (rows.filter(fact__status__in=_TOLD) if accepted else rows.exclude(fact__status__in=_TOLD)).exists()


def _write_names(new: set[NameRow], gone: dict[NameRow, int]) -> set[int]:
    if not new and not gone:
        return set()
    Name.objects.filter(pk__in=gone.values()).delete()
    insert_rows(Name, NAME_FIELDS, sorted(new))
    changed = {row[0] for row in new} | {row[0] for row in gone}
    _refresh_keys(changed)
    return changed


def _refresh_keys(changed: set[int]) -> None:
    """Makes the keys of these entities from their names."""
    wanted: dict[tuple[int, str, str], int] = {}
    names = Name.objects.filter(entity__in=changed).values_list("entity", "entity__kind", "name", "language", "level")
    for entity, entity_kind, name, language, level in names:
        for kind, key in keys_of(entity_kind, name, language):
            slot = (entity, kind, key[:255])
            wanted[slot] = min(level, wanted.get(slot, level))
    there = {row[1:]: row[0] for row in NameKey.objects.filter(entity__in=changed).values_list("pk", "entity", "kind", "key", "level")}  # fmt: skip
    rows = {(*slot, level) for slot, level in wanted.items()}
    NameKey.objects.filter(pk__in=[pk for row, pk in there.items() if row not in rows]).delete()
    insert_rows(NameKey, ("entity", "kind", "key", "level"), sorted(rows - there.keys()))


def best_name(names: Collection[tuple[str, int, bool, bool, int]]) -> str:
    """The name to show to everybody who may see the entity: among the least strict ones what a person gave, then the fullest.

    `names` are (name, kind, by hand, accepted, level).
    """
    if not names:
        return ""
    return min(names, key=lambda n: (n[4], n[1], not n[2], not n[3], -len(n[0]), n[0]))[0]


def _words_of_facts(keys: list[int]) -> dict[int, list[tuple[str, int, bool, bool, int]]]:
    """What tells entities that are not known by a name: the words of their facts, as names at the facts' levels."""
    rows = Statement.objects.filter(
        fact__about__in=keys, fact__kind__in=NAMING, fact__shown=True, holds=True, predicate__in={name for names in NAMING.values() for name in names}
    )  # fmt: skip
    words: dict[int, dict[str, str]] = defaultdict(dict)
    about: dict[int, tuple[int, str, int]] = {}
    for entity, kind, fact, level, predicate, value in rows.order_by("rank", "pk").values_list(
        "fact__about", "fact__kind", "fact", "fact__level", "predicate", "value"
    ):
        about[fact] = (entity, kind, level)
        words[fact].setdefault(predicate, value)
    found: dict[int, list[tuple[str, int, bool, bool, int]]] = defaultdict(list)
    for fact, (entity, kind, level) in about.items():
        for predicate in NAMING[kind]:
            if predicate in words[fact]:
                found[entity].append((words[fact][predicate][:500], NameKind.NAME, False, False, level))
                break
    return found


def refresh_labels(keys: Collection[int]) -> None:
    """Every member of a cluster carries the label and the level of the whole."""
    clusters: dict[int, list[Entity]] = defaultdict(list)
    for batch in batches(keys):
        for entity in Entity.objects.filter(pk__in=batch):
            clusters[entity.canonical_id or entity.pk].append(entity)
    members = [entity.pk for cluster in clusters.values() for entity in cluster]
    # What names something by its address gives it no name.
    uids = {entity.pk: entity.uid for cluster in clusters.values() for entity in cluster}
    names: dict[int, list[tuple[str, int, bool, bool, int]]] = defaultdict(list)
    for batch in batches(members):
        for row in Name.objects.filter(entity__in=batch).values_list("entity", "name", "kind", "by_hand", "accepted", "level"):  # fmt: skip
            if row[1] != uids[row[0]]:
                names[row[0]].append(row[1:])
        names |= _words_of_facts(batch)
    titles: dict[int, list[tuple[str, str, int]]] = {}
    for batch in batches(entity.pk for its in clusters.values() for entity in its if entity.kind == "agreement"):
        titles |= agreement_titles(batch)
    changed = []
    for cluster in clusters.values():
        given = [name for entity in cluster for name in names[entity.pk]]
        # Every fact gives a name or words, so names are as visible as the least strict of the facts.
        label, level = best_name(given), min((name[4] for name in given), default=None)
        label = title_instead(label, level, (title for entity in cluster for title in titles.get(entity.pk, ())))
        for entity in cluster:
            if (entity.label, entity.level) != (label, level):
                entity.label, entity.level = label, level
                changed.append(entity)
    update_rows(Entity, ("label", "level"), ((entity.label, entity.level, entity.pk) for entity in changed))
