"""Keeping the projections: written with the facts, made again as a whole, compared with what they should be."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, Subquery

from handslag_hub.commitments.models import AgreementRow, AgreementTheme, CommitmentRow, Party, SignalRow
from handslag_hub.commitments.rows import KINDS, Rows, rows_of, rows_of_added
from handslag_hub.store.bulk import insert_rows
from handslag_hub.store.models import Entity, Fact
from handslag_hub.store.refresh import Changes
from handslag_hub.store.refresh.facts import batches

# One row for each fact; and several, with whose facts have them.
LISTS: tuple[type[Model], ...] = (CommitmentRow, AgreementRow, SignalRow)
PARTS: dict[type[Model], tuple[type[Model], ...]] = {Party: LISTS, AgreementTheme: (AgreementRow,)}
TABLES = (*LISTS, *PARTS)


def follow_facts(sender: object, *, facts: Collection[int], changes: Changes, **_: object) -> None:
    """Brings the rows of these facts up to date, and whom rows are about or name where entities are taken for others now."""
    for added in changes.added:
        _insert(rows_of_added(added), without=facts)
    for batch in batches(facts):
        _write(batch)
    for batch in batches(changes.joined):
        _follow_identity(batch)


def rebuild(table: type[Model] | None = None) -> None:
    """Makes one projection, or all, again from the facts."""
    with transaction.atomic():
        for wanted in (table,) if table else TABLES:
            wanted.objects.all().delete()
        for batch in batches(Fact.objects.filter(kind__in=KINDS).values_list("pk", flat=True)):
            made = rows_of(batch)
            for model, rows in made.rows.items():
                if table in (None, model):
                    model.objects.bulk_create(rows, batch_size=2000)


def differences(limit: int = 20) -> list[str]:
    """What a rebuild would change, one line each, at most `limit`; empty where all is as it should be."""
    found: list[str] = []
    facts = Fact.objects.filter(kind__in=KINDS)
    for model in TABLES:
        orphans = model.objects.exclude(fact__in=facts.values("pk")).values_list("fact", flat=True)[:limit]
        found += [f"{model.__name__}: a row without a fact ({key})" for key in orphans]
    for batch in batches(facts.values_list("pk", flat=True)):
        made = rows_of(batch)
        for model in TABLES:
            wanted = {_key(row): _values(row) for row in made.rows[model]}
            there = {_key(row): _values(row) for row in model.objects.filter(fact__in=batch)}
            for key in sorted(wanted.keys() | there.keys()):
                if wanted.get(key) != there.get(key):
                    found.append(_told(model, key, there.get(key), wanted.get(key)))
        if len(found) >= limit:
            break
    return found[:limit]


def _write(keys: list[int]) -> None:
    made = rows_of(keys)
    for model in LISTS:
        columns = [column.name for column in model._meta.concrete_fields if column.name != "fact"]
        model.objects.bulk_create(made.rows[model], update_conflicts=True, unique_fields=["fact"], update_fields=columns, batch_size=2000)  # fmt: skip
    for model, lists in PARTS.items():
        if written := [row.pk for one in lists for row in made.rows[one]]:
            model.objects.filter(fact__in=written)._raw_delete(model.objects.db)
            model.objects.bulk_create(made.rows[model], batch_size=2000)


def _insert(made: Rows, *, without: Collection[int]) -> None:
    """Rows of new facts; those that were folded again already are written with the others."""
    for model, rows in made.rows.items():
        columns = [column for column in model._meta.concrete_fields if column.name != "id"]
        values = ([getattr(row, column.attname) for column in columns] for row in rows if row.fact_id not in without)
        insert_rows(model, [column.name for column in columns], values)


def _follow_identity(keys: list[int]) -> None:
    """One query where nobody is taken for somebody else than before, which is nearly always."""
    moved = Entity.objects.filter(pk__in=keys).filter(
        _other(Party, "named", "entity")
        | _other(AgreementRow, "fact__about", "about")
        | _other(CommitmentRow, "fact__about", "about")
        | _other(SignalRow, "fact__about", "about")
    )
    entities = dict(moved.values_list("pk", "canonical"))
    if not entities:
        return
    canonical = Subquery(Entity.objects.filter(pk=OuterRef("named")).values("canonical")[:1])
    Party.objects.filter(named__in=entities).update(entity=canonical)
    shared = Party.objects.filter(named__in=entities).values("fact")
    earlier = Party.objects.filter(fact=OuterRef("fact"), entity=OuterRef("entity"), rank__lt=OuterRef("rank"))
    Party.objects.filter(fact__in=shared, entity__isnull=False).update(counted=~Exists(earlier))
    for model in LISTS:
        about = Subquery(Fact.objects.filter(pk=OuterRef("fact")).values("about__canonical")[:1])
        model.objects.filter(fact__about__in=entities).update(about=about)


def _other(model: type[Model], named: str, entity: str) -> Q:
    """Rows of an entity that still stand for another than its canonical one: looked up on both sides of it in the index."""
    rows = model.objects.filter(**{named: OuterRef("pk")})
    canonical = OuterRef("canonical")
    return Q(Exists(rows.filter(**{f"{entity}__lt": canonical}))) | Q(Exists(rows.filter(**{f"{entity}__gt": canonical})))  # fmt: skip


def _key(row: Any) -> tuple[int, int]:
    return row.fact_id, getattr(row, "rank", 0)


def _values(row: Any) -> tuple:
    return tuple(getattr(row, column.attname) for column in row._meta.concrete_fields if column.name != "id")


def _told(model: type[Model], key: tuple[int, int], there: tuple | None, wanted: tuple | None) -> str:
    if there is None or wanted is None:
        return f"{model.__name__}: the row of fact {key[0]} is {'missing' if there is None else 'too many'}"
    names = [column.name for column in model._meta.concrete_fields if column.name != "id"]
    changed = [name for name, a, b in zip(names, there, wanted, strict=True) if a != b]
    return f"{model.__name__}: of fact {key[0]} differs {', '.join(changed)}"
