"""Counts kept with the rows: what the ledger shows beside its lines would otherwise be counted anew for every look at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, Model, QuerySet

from handslag_hub.commitments.models import CellCount, CommitmentRow, Party, PartyCount
from handslag_hub.commitments.rows import Rows
from handslag_hub.store.bulk import add_rows, insert_rows
from handslag_hub.store.refresh.facts import batches

Counts = Mapping[type[Model], Counter[tuple]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A table of counts: of which rows it is made, by which columns."""

    rows: type[Model]
    columns: tuple[str, ...]
    among: Mapping[str, object]

    def all(self) -> QuerySet:
        """The rows that are counted."""
        return self.rows.objects.filter(**self.among)


KEPT: dict[type[Model], Kept] = {
    CellCount: Kept(CommitmentRow, ("firmness", "theme", "language", "zone", "status", "states", "level"), {}),
    PartyCount: Kept(Party, ("entity_id", "level"), {"kind": "commitment", "counted": True}),
}


def of_rows(made: Rows) -> Counts:
    """What these new rows add."""
    return {
        model: Counter(
            tuple(row[column] for column in kept.columns)
            for row in made.get(kept.rows, ())
            if all(row[name] == value for name, value in kept.among.items())
        )
        for model, kept in KEPT.items()
    }


def of_facts(facts: Collection[int]) -> Counts:
    """What the rows of these facts that are there add."""
    found: dict[type[Model], Counter[tuple]] = {model: Counter() for model in KEPT}
    for batch in batches(facts):
        for model, kept in KEPT.items():
            found[model] += _grouped(kept.all().filter(fact__in=batch), kept)
    return found


def change(*, without: Counts | None = None, more: Counts | None = None) -> None:
    """Takes away and adds; what nothing is left of goes."""
    for model, kept in KEPT.items():
        changed = Counter((more or {}).get(model, ()))
        changed.subtract((without or {}).get(model, ()))
        slots = sorted(slot for slot, count in changed.items() if count)
        add_rows(model, kept.columns, "count", [(*slot, changed[slot]) for slot in slots])
        if any(changed[slot] < 0 for slot in slots):
            model.objects.filter(count=0).delete()


def rebuild() -> None:
    """Counts all anew."""
    for model, kept in KEPT.items():
        model.objects.all().delete()
        insert_rows(model, (*kept.columns, "count"), ((*slot, count) for slot, count in _grouped(kept.all(), kept).items()))  # fmt: skip


def differences() -> list[str]:
    """Where the counts kept are not those of the rows, one line each."""
    found: list[str] = []
    for model, kept in KEPT.items():
        wanted, there = _grouped(kept.all(), kept), dict(_slots(model.objects.values_list(*kept.columns, "count")))
        wrong = [slot for slot in sorted(wanted.keys() | there.keys()) if wanted.get(slot) != there.get(slot)]
        found += [f"{model.__name__}: of {slot} are kept {there.get(slot)}, the rows give {wanted.get(slot)}" for slot in wrong]  # fmt: skip
    return found


def _grouped(rows: QuerySet, kept: Kept) -> Counter[tuple]:
    return Counter(dict(_slots(rows.order_by().values_list(*kept.columns).annotate(n=Count("pk")))))


def _slots(rows: QuerySet) -> list[tuple[tuple, int]]:
    return [(tuple(slot), count) for *slot, count in rows]
