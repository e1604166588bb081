"""Follows the store: what comes in or changes waits to be linked. Nothing is compared in the writing transaction."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from handslag_hub.following.models import Page, Promise
from handslag_hub.store.bulk import insert_rows
from handslag_hub.store.models import Fact
from handslag_hub.store.refresh import Changes
from handslag_hub.store.refresh.facts import HEARD, batches


def follow_facts(sender: object, *, facts: Collection[int], changes: Changes, **_: object) -> None:
    """Pages that were read, and commitments that are new or are something else now, wait."""
    read = [one for one in changes.added if one.given.document is not None and one.given.action.verb != "follow"]
    pages = {one.given.document.pk for one in read if one.given.document}
    promises = {
        one.kept.keys[fact.uid] for one in changes.added for fact in one.given.claimed if fact.kind == "commitment"
    }
    for batch in batches(facts):
        rows = Fact.objects.filter(pk__in=batch).exclude(kind__in=HEARD)
        promises |= set(rows.filter(kind="commitment").values_list("pk", flat=True))
        # What is kept of a page tells names that may be others now, or nobody's to know.
        Page.objects.filter(document__in=set(rows.values_list("document", flat=True))).update(home=None)
    for batch in batches(changes.joined):
        promises |= set(Fact.objects.filter(about__in=batch, kind="commitment").values_list("pk", flat=True))
    _wait(pages, promises)


def _wait(pages: Collection[int], promises: Collection[int]) -> None:
    if not pages and not promises:
        return
    for batch in batches(pages):
        Page.objects.filter(document__in=batch).update(waits=True)
        insert_rows(
            Page, ("document", "waits", "version", "fault"), [(key, True, "", "") for key in batch], or_ignore=True
        )
    for batch in batches(promises):
        Promise.objects.filter(fact__in=batch).update(waits=True)
        insert_rows(Promise, ("fact", "waits"), [(key, True) for key in batch], or_ignore=True)
    from handslag_hub.following.tasks import nudge  # noqa: PLC0415  tasks are there once apps are ready

    transaction.on_commit(nudge)
