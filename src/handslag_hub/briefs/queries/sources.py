"""Sources of lines: the passage that carries a fact, or who typed it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from handslag_hub.accounts.actors import Actor
from handslag_hub.briefs.brief import COUNTED, Source, Unread
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Document, Fact, Passage
from handslag_hub.store.queries import FactView, known_facts, view_facts


def views_by_key(actor: Actor, known: AsKnown, facts: Collection[int]) -> dict[int, FactView]:
    """The facts with values, passages and documents, by key. Six queries, however many."""
    rows = known_facts(actor, known).filter(pk__in=facts).select_related("document__source", "extractor", "about")
    rows = rows.defer("document__text", "document__lines", "document__warnings")
    return {view.fact.pk: view for view in view_facts(actor, rows.order_by("pk"), known=known)}


def unread_of(what: str, rows: QuerySet[Any, Any], looked_at: int) -> tuple[Unread, ...]:
    """What there is beyond so many rows; nothing where there is no more. One query."""
    more = rows.order_by()[looked_at : looked_at + COUNTED + 1].count()
    return (Unread(what, more),) if more else ()


def path_to(known: AsKnown, name: str, *arguments: object) -> str:
    """A path of the hub that carries the day chosen."""
    path = reverse(name, args=arguments)
    return f"{path}?{known.query}" if known.query else path


def source_of(view: FactView, known: AsKnown) -> Source:
    """Where a fact is said."""
    fact = view.fact
    if fact.document is None:
        return typed_source(fact, known, view.first("words"))
    return printed_source(fact.document, view.lead, known)


def typed_source(fact: Fact, known: AsKnown, words: str = "") -> Source:
    """Who typed a fact, and when."""
    typed_on = timezone.localtime(fact.created_at).date()
    return Source(
        words[:200], path_to(known, "fact", fact.uid), quote=words, typed_by=fact.extractor.name, typed_on=typed_on
    )


def printed_source(document: Document, passage: Passage | None, known: AsKnown) -> Source:
    """A passage of a document."""
    publisher = str(document.source) if document.source.publisher else ""
    return Source(str(document), path_to(known, "document", document.uid), publisher, document.said_on, passage.quote if passage else "", document.address)  # fmt: skip
