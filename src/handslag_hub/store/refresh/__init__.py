"""Caches brought up to date after a write. The parts above the store follow by the signal `facts_changed`."""

from __future__ import annotations

from collections.abc import Collection

from django.dispatch import Signal

from handslag_hub.store.refresh.conflicts import refresh_conflicts
from handslag_hub.store.refresh.entities import refresh_labels, refresh_names
from handslag_hub.store.refresh.facts import refresh_facts
from handslag_hub.store.refresh.identity import clusters_of
from handslag_hub.store.refresh.search import refresh_search

# Sent inside the writing transaction, with the keys of all facts and entities that may look different now.
facts_changed = Signal()

__all__ = ["facts_changed", "refresh"]


def refresh(
    facts: Collection[int],
    entities: Collection[int] = (),
    *,
    also: Collection[int] = (),
    entities_also: Collection[int] = (),
) -> None:
    """Folds these facts again, then all that is made of them: names, keys and levels of entities, conflicts, search rows.

    `also` and `entities_also` are up to date in the store already (`additions`): they are only told to the parts above.
    """
    touched: set[int] = set()
    if facts or entities:
        named = refresh_facts(facts)
        changed = refresh_names(facts, named)
        touched = clusters_of(named | set(entities))
        refresh_labels(touched)
        refresh_conflicts(touched)
        refresh_search(facts=facts, entities=changed)
    facts_changed.send(sender=None, facts=set(facts) | set(also), entities=touched | set(entities_also))
