"""Conflicts: values of one predicate about one entity that cannot both be right, kept up on write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.utils import timezone

from handslag.kernel.errors import BadPeriod
from handslag.kernel.periods import parse_period
from handslag_hub.store.models import Conflict, Entity, Settlement, Statement
from handslag_hub.store.models.documents import Visibility
from handslag_hub.store.refresh.facts import batches

# Predicates with one true value, by kind of fact: of an identifier one for each scheme.
FUNCTIONAL = {"event": ("date", "place"), "agreement": ("date", "place"), "identifier": ("organisation_number", "ror", "lei", "orcid")}  # fmt: skip
_PERIODS = ("date",)


def contradict(predicate: str, a: str, b: str) -> bool:
    """True if two normal values cannot both be right: "2026-11" does not contradict "2026-11-18", nor "Malmö" "Malmö, Sweden"."""
    if a == b:
        return False
    if predicate in _PERIODS:
        try:
            one, other = parse_period(a), parse_period(b)
        except BadPeriod:
            return True
        if None in {one.first, one.last, other.first, other.last}:
            return False
        return one.last < other.first or other.last < one.first
    if predicate == "place":
        words_a, words_b = set(a.replace(",", " ").split()), set(b.replace(",", " ").split())
        return not (words_a <= words_b or words_b <= words_a)
    return True


def contradicting(predicate: str, values: Iterable[str]) -> list[str]:
    """The values, sorted, that contradict at least one other."""
    found = sorted(set(values))
    return [a for a in found if any(contradict(predicate, a, b) for b in found)]


def refresh_conflicts(keys: Collection[int]) -> None:
    """Makes the conflicts of these entities again, each carried by the canonical one."""
    for batch in batches(keys):
        _refresh_batch(batch)


def conflicts_now(keys: list[int]) -> dict[tuple[int, str, int], list[str]]:
    """(canonical entity, predicate, level) → values that contradict each other among what that level sees, new at that level."""
    rows = Statement.objects.filter(
        fact__about__in=keys, fact__kind__in=FUNCTIONAL, fact__shown=True, holds=True,
        predicate__in={name for names in FUNCTIONAL.values() for name in names},
    ).values_list("fact__about__canonical", "fact__kind", "predicate", "value_normal", "fact__level")  # fmt: skip
    said: dict[tuple[int, str], list[tuple[str, int]]] = defaultdict(list)
    for canonical, kind, predicate, value, level in rows:
        if predicate in FUNCTIONAL[kind]:
            said[canonical, predicate].append((value, level))
    found: dict[tuple[int, str, int], list[str]] = {}
    for (canonical, predicate), values in said.items():
        below: list[str] = []
        for level in Visibility.values:
            seen = contradicting(predicate, [value for value, its in values if its <= level])
            if seen and seen != below:
                found[canonical, predicate, level] = seen
                below = seen
    return found


def _refresh_batch(keys: list[int]) -> None:
    canonical = set(Entity.objects.filter(pk__in=keys, kind__in=("event", "agreement", "organisation", "person")).values_list("canonical", flat=True))  # fmt: skip
    members = list(Entity.objects.filter(canonical__in=canonical).values_list("pk", flat=True))
    wanted = conflicts_now(members)
    there = {(row.entity_id, row.predicate, row.level): row for row in Conflict.objects.filter(entity__in=members)}
    Conflict.objects.filter(pk__in=[row.pk for slot, row in there.items() if slot not in wanted]).delete()
    settled = settlements_of(members) if wanted else {}
    for slot, values in sorted(wanted.items()):
        settlement = settled.get((slot[0], slot[1]))
        holds = settlement if settlement and set(values) <= set(settlement.values) else None
        conflict = there.get(slot)
        if conflict is None:
            Conflict.objects.create(entity_id=slot[0], predicate=slot[1], level=slot[2], values=values,
                opened_at=timezone.now(), settlement=holds)  # fmt: skip
        elif (conflict.values, conflict.settlement_id) != (values, holds.pk if holds else None):
            conflict.values, conflict.settlement = values, holds
            conflict.save(update_fields=["values", "settlement"])


def settlements_of(members: Collection[int]) -> dict[tuple[int, str], Settlement]:
    """(canonical entity, predicate) → the last settlement of it that was not undone."""
    rows = Settlement.objects.filter(entity__in=members, action__undone=False).select_related("entity").order_by("pk")
    return {(row.entity.canonical_id, row.predicate): row for row in rows}
