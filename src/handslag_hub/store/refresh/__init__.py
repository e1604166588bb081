"""Caches brought up to date after a write. The parts above the store follow by the signal `facts_changed`."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.dispatch import Signal

from handslag_hub.store.refresh.changes import Added, Changes
from handslag_hub.store.refresh.conflicts import refresh_conflicts
from handslag_hub.store.refresh.entities import refresh_labels, refresh_names
from handslag_hub.store.refresh.facts import refresh_facts
from handslag_hub.store.refresh.identity import clusters_of
from handslag_hub.store.refresh.search import refresh_search

# Sent inside the writing transaction: `facts` are the keys of those that were folded again, `entities` of all that may look different now,
# `changes` says what changed, and holds the facts that are new.
facts_changed = Signal()

__all__ = ["Added", "Changes", "facts_changed", "refresh"]


def refresh(facts: Collection[int], entities: Collection[int] = (), *, added: Iterable[Added] = ()) -> None:
    """Folds these facts again, then all that is made of them: names, keys and levels of entities, conflicts, search rows.

    `entities` are those that may be taken for others now. What was `added` is up to date in the store already: it is only told to the
    parts above.
    """
    changes, touched = Changes(), set()
    if facts or entities:
        named = refresh_facts(facts, changes)
        renamed = refresh_names(facts, named, changes)
        changes.joined = clusters_of(entities)
        different = changes.different(renamed)
        touched = clusters_of(different) | changes.joined
        refresh_labels(touched)
        refresh_conflicts(touched)
        refresh_search(facts=facts, entities=renamed)
    changes.add(added)
    touched |= {key for one in changes.added for key in one.entities}
    facts_changed.send(sender=None, facts=set(facts), entities=touched, changes=changes)
