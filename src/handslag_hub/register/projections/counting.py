"""Traits counted on: what facts add and take, so that the cost of a page does not grow with the facts of an actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from handslag_hub.register.models import Trait
from handslag_hub.register.projections.traits import TraitKey, is_kept
from handslag_hub.store.bulk import add_rows, select_rows
from handslag_hub.store.refresh import Changes
from handslag_hub.store.refresh.changes import FactNow

_SLOT = ("entity", "name", "value", "level")


def count_changes(changes: Changes, members: Mapping[int, int]) -> set[int]:
    """Brings the traits up to date; gives the entities that are compared by something else than before.

    `members` is entity → its canonical one, for those of the register.
    """
    counts: Counter[TraitKey] = Counter()
    compared: set[int] = set()
    for facts, names, sign in ((changes.after, changes.names_new, 1), (changes.before, changes.names_gone, -1)):
        for entity, name, value, level in _told(facts):
            if entity in members and is_kept(value):
                counts[members[entity], name, value, level] += sign
        for row in names:
            if row[0] in members:
                compared.add(row[0])
                if is_kept(row[2]):
                    counts[members[row[0]], "language", row[2], row[6]] += sign
    changed = {slot: count for slot, count in counts.items() if count}
    compared |= {fact.about for fact in _different(changes) if fact.kind == "role" and fact.about in members}
    telling = [slot for slot in changed if slot[1] == "kind" or slot[1].startswith("id:")]
    there = _counts(telling)
    compared |= {slot[0] for slot in telling if (there.get(slot, 0) > 0) != (there.get(slot, 0) + changed[slot] > 0)}
    add_rows(Trait, _SLOT, "count", [(*slot, changed[slot]) for slot in sorted(changed)])
    if any(count < 0 for count in changed.values()):
        Trait.objects.filter(entity__in={slot[0] for slot in changed}, count__lte=0).delete()
    return compared


def _told(facts: Iterable[FactNow]) -> Iterator[tuple[int, str, str, int]]:
    """What each fact says of entities: the same as `traits.traits_now` counts."""
    for fact in facts:
        yield fact.about, "has", fact.kind, fact.level
        for value in fact.values:
            if fact.kind == "organisation" and value.predicate == "kind":
                yield fact.about, "kind", value.value, fact.level
            elif fact.kind == "identifier":
                yield fact.about, f"id:{value.predicate}", value.normal, fact.level
        for named in {value.named for value in fact.values if value.named}:
            yield named, "has", fact.kind, fact.level


def _different(changes: Changes) -> list[FactNow]:
    return [*changes.before, *changes.after]


def _counts(slots: list[TraitKey]) -> dict[TraitKey, int]:
    if not slots:
        return {}
    rows = select_rows(Trait, (*_SLOT, "count"), entity={slot[0] for slot in slots}, name={slot[1] for slot in slots})
    return {row[:4]: row[4] for row in rows}
