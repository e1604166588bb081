"""Caches brought up to date after a write. The parts above the store follow by the signal `facts_changed`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.dispatch import Signal

from handslag_hub.store.refresh.changes import Added, Changes
from handslag_hub.store.refresh.conflicts import refresh_conflicts
from handslag_hub.store.refresh.entities import refresh_labels, refresh_names
from handslag_hub.store.refresh.facts import refresh_facts, with_resting
from handslag_hub.store.refresh.identity import clusters_of
from handslag_hub.store.refresh.search import refresh_search

# Sent inside the writing transaction: `facts` are the keys of those that were folded again, `entities` of all that may look different now,
# `changes` says what changed, and holds the facts that are new.
facts_changed = Signal()

# What was added and not told yet, within `told_together`.
_untold: ContextVar[list[Added] | None] = ContextVar("untold", default=None)

__all__ = ["Added", "Changes", "facts_changed", "refresh", "told_together"]


@contextmanager
def told_together() -> Iterator[None]:
    """Inside a writing transaction: the parts above the store are told once of all that is added within, since each telling costs them queries."""
    mark = _untold.set([])
    try:
        yield
        _tell_untold()
    finally:
        _untold.reset(mark)


def refresh(facts: Collection[int], entities: Collection[int] = (), *, added: Iterable[Added] = (), judged: bool = False) -> None:  # fmt: skip
    """Folds these facts again, then all that is made of them: names, keys and levels of entities, conflicts, search rows.

    `entities` are those that may be taken for others now. What was `added` is up to date in the store already: it is only told to the
    parts above. `judged`: the facts were only judged, no page prints them anew, so the search rows of the same words stay.
    """
    untold = _untold.get()
    if not facts and not entities:
        if untold is None:
            _tell(Changes(), added=added)
        else:
            untold += added
        return
    _tell_untold()
    facts = with_resting(facts, entities)
    changes = Changes()
    named = refresh_facts(facts, changes)
    renamed = refresh_names(facts, named, changes)
    changes.joined = clusters_of(entities)
    touched = clusters_of(changes.different(renamed)) | changes.joined
    refresh_labels(touched)
    refresh_conflicts(touched)
    refresh_search(facts=changes.facts if judged else facts, entities=renamed)
    _tell(changes, added=added, facts=facts, touched=touched)


def _tell_untold() -> None:
    if added := _untold.get():
        _tell(Changes(), added=tuple(added))
        added.clear()


def _tell(
    changes: Changes, *, added: Iterable[Added], facts: Collection[int] = (), touched: Collection[int] = ()
) -> None:
    changes.add(added)
    entities = {*touched, *(key for one in changes.added for key in one.entities)}
    facts_changed.send(sender=None, facts=set(facts), entities=entities, changes=changes)
