"""Removing a document and adding it again; who may see it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Action, Document, Presence
from handslag_hub.store.refresh.documents import refresh_documents
from handslag_hub.store.services.undoing import undo_action
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
    """Brings a document back that was removed, or whose adding was undone, with its facts and their reviews."""
    actor.require(Role.REVIEWER)
    with one_writer():
        document.refresh_from_db(fields=["live"])
        if document.live:
            raise Refused(_("The document is here already."))
        action = _bring_back_adding(actor, document)
        document.refresh_from_db(fields=["live"])
        return action if action and document.live else _set_presence(actor, document, present=True)


def change_visibility(actor: Actor, document: Document, visibility: int) -> None:
    """Who may see the document and what rests on it. In the trail, but not undone with it: set it back instead."""
    actor.require(Role.REVIEWER)
    with one_writer():
        log_action(actor, "change visibility", {"document": document.uid, "from": document.visibility, "to": visibility})  # fmt: skip
        document.visibility = visibility
        document.save(update_fields=["visibility"])
        refresh_documents([document.pk])


def _bring_back_adding(actor: Actor, document: Document) -> Action | None:
    """Where the adding itself was undone its facts count only if that is taken back: gives the action that does."""
    adding = Action.objects.filter(presence__document=document).order_by("pk").first()
    if adding is None or not adding.undone:
        return None
    return undo_action(actor, adding.undone_by.filter(undone=False).latest("pk"))


def _set_presence(actor: Actor, document: Document, *, present: bool) -> Action:
    action = log_action(actor, "add document again" if present else "remove document", {"document": document.uid})
    Presence.objects.create(document=document, present=present, action=action)
    refresh_documents([document.pk])
    document.live = present
    return action
