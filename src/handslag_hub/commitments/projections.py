"""Keeping the projections: written with the facts, made again as a whole, compared with what they should be."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, Subquery

from handslag_hub.commitments import counts
from handslag_hub.commitments.counts import Counts
from handslag_hub.commitments.models import AgreementRow, AgreementTheme, CommitmentRow, Party, SignalRow
from handslag_hub.commitments.rows import KINDS, Row, Rows, rows_of, rows_of_added
from handslag_hub.commitments.standing import of_evidence, statements_of
from handslag_hub.store.bulk import insert_rows
from handslag_hub.store.models import Entity, Fact
from handslag_hub.store.refresh import Changes
from handslag_hub.store.refresh.facts import batches
from handslag_hub.store.writing import one_writer

# One row for each fact; and several, with whose facts have them.
LISTS: tuple[type[Model], ...] = (CommitmentRow, AgreementRow, SignalRow)
PARTS: dict[type[Model], tuple[type[Model], ...]] = {Party: LISTS, AgreementTheme: (AgreementRow,)}
TABLES = (*LISTS, *PARTS)


def follow_facts(sender: object, *, facts: Collection[int], changes: Changes, **_: object) -> None:
    """Brings the rows of these facts up to date, and whom rows are about or name where entities are taken for others now."""
    facts = {*facts, *_standing_otherwise(facts, changes)}
    _insert(rows_of_added(changes.added), without=facts)
    for batch in batches(facts):
        _write(batch)
    for batch in batches(changes.joined):
        _follow_identity(batch)


def _standing_otherwise(facts: Collection[int], changes: Changes) -> set[int]:
    """Commitments of which something was heard, or not any longer; and all statements of one that somebody says is one, or is not."""
    evidence = {
        one.kept.keys[fact.uid] for one in changes.added for fact in one.given.claimed if fact.kind == "evidence"
    }
    found: set[int] = set()
    for batch in batches({*facts, *evidence}):
        found |= of_evidence(batch)
        if set(batch) & set(facts):
            found |= _other_statements(batch)
    for batch in batches(changes.joined):
        found |= set(Fact.objects.filter(kind="commitment", about__in=batch).values_list("pk", flat=True))
    return found


def _other_statements(facts: Collection[int]) -> set[int]:
    about = Fact.objects.filter(pk__in=facts, kind="commitment").values_list("about__canonical", flat=True)
    return statements_of(set(about))


def bring_up_to_date(today: date) -> None:
    """Makes the rows again whose state changes by this day by itself: a word of the future has been said by now."""
    due = CommitmentRow.objects.filter(changes_on__lte=today)
    if due.exists():
        with one_writer():
            for batch in batches(due.values_list("pk", flat=True)):
                _write(batch)


def rebuild(table: type[Model] | None = None) -> None:
    """Makes one projection, or all, again from the facts."""
    with transaction.atomic():
        for wanted in (table,) if table else TABLES:
            wanted.objects.all().delete()
        for batch in batches(Fact.objects.filter(kind__in=KINDS).values_list("pk", flat=True)):
            _insert({model: rows for model, rows in rows_of(batch).items() if table in (None, model)})
        counts.rebuild()


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
            wanted = {_key(row): row for row in made[model]}
            there = {_key(row): row for row in model.objects.filter(fact__in=batch).values(*_columns(model))}
            for key in sorted(wanted.keys() | there.keys()):
                if wanted.get(key) != there.get(key):
                    found.append(_told(model, key, there.get(key), wanted.get(key)))
        if len(found) >= limit:
            break
    return (found + counts.differences())[:limit]


def _write(keys: list[int]) -> None:
    made = rows_of(keys)
    before = counts.of_facts(keys)
    for model in TABLES:
        # A fact's row is there whatever it says; of its others there may have been more.
        written = [row["fact_id"] for one in PARTS.get(model, (model,)) for row in made[one]]
        if written:
            model.objects.filter(fact__in=written)._raw_delete(model.objects.db)
    _insert(made, before=before)


def _insert(made: Rows, *, without: Collection[int] = (), before: Counts | None = None) -> None:
    """Rows of facts, `without` those that were folded again already: they are written with the others. `before`: what rows that they
    replace were counted as.
    """
    kept = {model: [row for row in rows if row["fact_id"] not in without] for model, rows in made.items()}
    for model, rows in kept.items():
        columns = _columns(model)
        insert_rows(model, columns, ([row[column] for column in columns] for row in rows))
    counts.change(more=counts.of_rows(kept), without=before)


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
    shared = list(Party.objects.filter(named__in=entities).values_list("fact", flat=True).distinct())
    before = counts.of_facts(shared)
    Party.objects.filter(named__in=entities).update(entity=canonical)
    earlier = Party.objects.filter(fact=OuterRef("fact"), entity=OuterRef("entity"), rank__lt=OuterRef("rank"))
    Party.objects.filter(fact__in=shared, entity__isnull=False).update(counted=~Exists(earlier))
    counts.change(without=before, more=counts.of_facts(shared))
    for model in LISTS:
        about = Subquery(Fact.objects.filter(pk=OuterRef("fact")).values("about__canonical")[:1])
        model.objects.filter(fact__about__in=entities).update(about=about)


def _other(model: type[Model], named: str, entity: str) -> Q:
    """Rows of an entity that still stand for another than its canonical one: looked up on both sides of it in the index."""
    rows = model.objects.filter(**{named: OuterRef("pk")})
    canonical = OuterRef("canonical")
    return Q(Exists(rows.filter(**{f"{entity}__lt": canonical}))) | Q(Exists(rows.filter(**{f"{entity}__gt": canonical})))  # fmt: skip


@cache
def _columns(model: type[Model]) -> list[str]:
    return [column.attname for column in model._meta.concrete_fields if column.name != "id"]


def _key(row: Row) -> tuple[int, int]:
    return row["fact_id"], row.get("rank", 0)


def _told(model: type[Model], key: tuple[int, int], there: Row | None, wanted: Row | None) -> str:
    if there is None or wanted is None:
        return f"{model.__name__}: the row of fact {key[0]} is {'missing' if there is None else 'too many'}"
    changed = [name for name in _columns(model) if there[name] != wanted[name]]
    return f"{model.__name__}: of fact {key[0]} differs {', '.join(changed)}"
