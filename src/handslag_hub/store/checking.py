"""Checking: passages stand where they say, and every cache is what its logs give.

Caches are folded again inside a transaction that is rolled back, in batches, and compared row by row with what was there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from handslag_hub.store.models import (
    Action,
    Conflict,
    Document,
    Entity,
    Fact,
    FactPassage,
    Name,
    NameKey,
    Presence,
    SearchRow,
    Statement,
)
from handslag_hub.store.refresh.conflicts import refresh_conflicts
from handslag_hub.store.refresh.entities import make_names_again, refresh_labels
from handslag_hub.store.refresh.facts import BATCH, refresh_facts
from handslag_hub.store.refresh.identity import clusters_of, refresh_identity
from handslag_hub.store.refresh.search import refresh_search
from handslag_hub.store.writing import one_writer

Rows = set[tuple[object, ...]]


def differences() -> Iterator[str]:
    """What does not hold, a line each; nothing for a clean store."""
    yield from _passages()
    for key, undone in _false_marks():
        told = (
            _("action %(key)s: marked as undone, and is not")
            if undone
            else _("action %(key)s: marked as counting, and is undone")
        )
        yield told % {"key": key}
    for _key, uid, live in _false_presences():
        told = (
            _("document %(uid)s: marked as here, and is removed")
            if live
            else _("document %(uid)s: marked as removed, and is here")
        )
        yield told % {"uid": uid}
    yield from _in_batches(Fact, _("fact"), _facts_again, _rows_of_facts)
    yield from _in_batches(Entity, _("entry"), _entities_again, _rows_of_entities)
    yield from _in_batches(Document, _("document"), lambda keys: refresh_search(documents=keys), _rows_of_documents)


def _passages() -> Iterator[str]:
    """Passages that do not stand verbatim in their document."""
    for document in Document.objects.only("uid", "text").iterator(chunk_size=100):
        for start, end, quote in document.passages.values_list("start", "end", "quote"):
            if document.text[start:end] != quote:
                yield _("document %(uid)s: the passage at %(start)s–%(end)s is not what the text says there") % {"uid": document.uid, "start": start, "end": end}  # fmt: skip
    loose = FactPassage.objects.exclude(passage__document__in=Document.objects.all()).count()
    if loose:
        yield _("passages that belong to no document: %(count)s") % {"count": loose}


def rebuild() -> None:
    """Makes every cache again from the logs, whatever it held. To be called in a writing transaction."""
    for key, flag in list(_false_marks()):
        Action.objects.filter(pk=key).update(undone=not flag)
    for key, _uid, live in list(_false_presences()):
        Document.objects.filter(pk=key).update(live=not live)
    for keys in _batches_of(Fact):
        refresh_facts(keys)
    for keys in _batches_of(Entity):
        _entities_again(keys)
    for keys in _batches_of(Fact):
        refresh_search(facts=keys)
    for keys in _batches_of(Document):
        refresh_search(documents=keys)


def _false_marks() -> Iterator[tuple[int, bool]]:
    """Actions whose mark of being undone is not what the undoing actions give."""
    undone: set[int] = set()
    # Newest first: whether an undoing counts is known before what it undoes is looked at.
    for key, earlier, flag in Action.objects.order_by("-pk").values_list("pk", "undoes", "undone").iterator():
        if earlier is not None and key not in undone:
            undone.add(earlier)
        if (key in undone) != flag:
            yield key, flag


def _false_presences() -> Iterator[tuple[int, str, bool]]:
    """Documents that are marked otherwise than the log of presences has it."""
    last = Presence.objects.filter(document=OuterRef("pk"), action__undone=False).order_by("-pk").values("present")[:1]
    for key, uid, live, present in Document.objects.annotate(last=Subquery(last)).values_list("pk", "uid", "live", "last").iterator():  # fmt: skip
        if live != bool(present):
            yield key, uid, live


def _batches_of(model: type[models.Model]) -> Iterator[list[int]]:
    last = 0
    while keys := list(model.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = keys[-1]
        yield keys


def _in_batches(model: type[models.Model], what: str, again: Callable[[list[int]], object], rows: Callable[[list[int]], Rows]) -> Iterator[str]:  # fmt: skip
    for keys in _batches_of(model):
        with one_writer():
            before = rows(keys)
            again(keys)
            after = rows(keys)
            transaction.set_rollback(True)
        for row in sorted(before - after, key=repr)[:20]:
            yield _("%(what)s %(uid)s: the store has %(row)s, a rebuild does not") % {
                "what": what,
                "uid": row[0],
                "row": row[1:],
            }
        for row in sorted(after - before, key=repr)[:20]:
            yield _("%(what)s %(uid)s: a rebuild gives %(row)s, the store has it not") % {
                "what": what,
                "uid": row[0],
                "row": row[1:],
            }


def _facts_again(keys: list[int]) -> None:
    refresh_facts(keys)
    refresh_search(facts=keys)


def _entities_again(keys: list[int]) -> None:
    refresh_identity(keys)
    cluster = clusters_of(keys)
    make_names_again(sorted(cluster))
    refresh_labels(cluster)
    refresh_conflicts(cluster)
    refresh_search(entities=cluster)


def _rows_of_facts(keys: list[int]) -> Rows:
    facts = Fact.objects.filter(pk__in=keys).values_list(
        "uid", "about__uid", "document__uid", "position", "zone", "language", "said_on", "level", "status", "counts", "shown", "printed"
    )  # fmt: skip
    values = Statement.objects.filter(fact__in=keys).values_list("fact__uid", "pk", "holds", "object_now__uid")
    return {*facts, *values, *SearchRow.objects.filter(fact__in=keys).values_list("fact__uid", "kind", "level", "said_on", "tokens")}  # fmt: skip


def _rows_of_entities(keys: list[int]) -> Rows:
    entities = Entity.objects.filter(pk__in=keys).values_list("uid", "canonical__uid", "label", "level")
    names = Name.objects.filter(entity__in=keys).values_list("entity__uid", "name", "language", "kind", "by_hand", "accepted", "level")  # fmt: skip
    forms = NameKey.objects.filter(entity__in=keys).values_list("entity__uid", "kind", "key", "level")
    found = {(uid, predicate, level, tuple(values), settled) for uid, predicate, level, values, settled in
        Conflict.objects.filter(entity__in=keys).values_list("entity__uid", "predicate", "level", "values", "settlement")}  # fmt: skip
    return {*entities, *names, *forms, *found, *SearchRow.objects.filter(entity__in=keys).values_list("entity__uid", "level", "tokens")}  # fmt: skip


def _rows_of_documents(keys: list[int]) -> Rows:
    return set(SearchRow.objects.filter(document__in=keys).values_list("document__uid", "level", "said_on", "tokens"))
