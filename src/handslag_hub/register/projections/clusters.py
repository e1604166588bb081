"""Clusters: the canonical entities that some entities are taken to be, with all their members."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from handslag_hub.store.bulk import select_rows
from handslag_hub.store.models import Entity

REGISTERED = ("organisation", "person", "event")


@dataclass(frozen=True, slots=True)
class Clusters:
    """`members` is entity → its canonical entity, `kinds` canonical entity → kind; `asked` are the entities that were asked for."""

    asked: frozenset[int]
    members: dict[int, int]
    kinds: dict[int, str]


def clusters_among(entities: Collection[int], kinds: Collection[str] = REGISTERED) -> Clusters:
    """The clusters of those entities that the register shows. Two queries."""
    asked = dict(select_rows(Entity, ("id", "canonical"), id=entities, kind=kinds))
    found = select_rows(Entity, ("id", "canonical", "kind"), canonical=set(asked.values()))
    return Clusters(
        frozenset(asked),
        {pk: canonical for pk, canonical, _ in found},
        {canonical: kind for _, canonical, kind in found},
    )
