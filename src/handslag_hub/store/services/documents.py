"""Removing a document and adding it again; who may see it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Action, Assertion, Document, Presence
from handslag_hub.store.refresh import refresh
from handslag_hub.store.refresh.search import refresh_search
from handslag_hub.store.writing import log_action, one_writer


def remove_document(actor: Actor, document: Document) -> Action:
    """Retracts the document's facts and only those; Refused where it is removed already."""
    actor.require(Role.REVIEWER)
    with one_writer():
        document.refresh_from_db(fields=["live"])
        if not document.live:
            raise Refused(_("The document is removed already."))
        return _set_presence(actor, document, present=False)


def add_document_again(actor: Actor, document: Document) -> Action:
    """Brings a removed document back, with its facts and their reviews."""
    actor.require(Role.REVIEWER)
    with one_writer():
        document.refresh_from_db(fields=["live"])
        if document.live:
            raise Refused(_("The document is here already."))
        return _set_presence(actor, document, present=True)


def change_visibility(actor: Actor, document: Document, visibility: int) -> None:
    """Who may see the document and what rests on it. In the trail, but not undone with it: set it back instead."""
    actor.require(Role.REVIEWER)
    with one_writer():
        log_action(actor, "change visibility", {"document": document.uid, "from": document.visibility, "to": visibility})  # fmt: skip
        document.visibility = visibility
        document.save(update_fields=["visibility"])
        refresh_documents([document.pk])


def refresh_documents(documents: list[int]) -> None:
    """Folds the presence of these documents again, and the facts of all versions of their pages."""
    for document in Document.objects.filter(pk__in=documents):
        last = Presence.objects.filter(document=document, action__undone=False).order_by("pk").last()
        live = last is not None and last.present
        if live != document.live:
            document.live = live
            document.save(update_fields=["live"])
    chains = Document.objects.filter(pk__in=documents).values_list("chain", flat=True)
    # Also those of undone assertions: their facts may count no longer.
    facts = Assertion.objects.filter(document__chain__in=list(chains)).values_list("fact", flat=True)
    refresh(set(facts))
    refresh_search(documents=documents)


def _set_presence(actor: Actor, document: Document, *, present: bool) -> Action:
    action = log_action(actor, "add document again" if present else "remove document", {"document": document.uid})
    Presence.objects.create(document=document, present=present, action=action)
    refresh_documents([document.pk])
    document.live = present
    return action
