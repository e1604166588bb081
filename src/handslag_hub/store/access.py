"""The doors to documents, facts and entities: what the actor may not see is not found."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.store.models import Action, Conflict, Document, Entity, Fact


def access_document_by_uid(actor: Actor, uid: str) -> Document:
    """The document at this address; Http404 where there is none for the actor. Also a removed one, to be added again."""
    found = Document.objects.filter(uid=uid, visibility__lte=actor.level).select_related("source", "original", "supersedes").first()  # fmt: skip
    if found is None:
        raise Http404(_("There is no such document."))
    return found


def access_fact_by_uid(actor: Actor, uid: str) -> Fact:
    """The fact at this address; Http404 where there is none for the actor. Also a rejected or retracted one, for its history."""
    found = Fact.objects.filter(uid=uid, level__lte=actor.level).select_related("document", "about", "entity", "extractor").first()  # fmt: skip
    if found is None:
        raise Http404(_("There is no such fact."))
    return found


def access_entity_by_uid(actor: Actor, uid: str, *kinds: str) -> Entity:
    """The entity at this address, of one of these kinds (any, if none is named); Http404 where there is none for the actor.

    A member of a merged cluster is given as it is: pages redirect to its canonical entity's address.
    """
    found = Entity.objects.filter(uid=uid, level__lte=actor.level).select_related("canonical").first()
    if found is None or (kinds and found.kind not in kinds):
        raise Http404(_("There is no such entry."))
    return found


def access_conflict_by_key(actor: Actor, key: int) -> Conflict:
    """A conflict, all sides of which the actor may see; Http404 otherwise."""
    found = Conflict.objects.filter(pk=key, level__lte=actor.level).select_related("entity", "settlement").first()
    if found is None:
        raise Http404(_("There is no such conflict; it may have been resolved."))
    return found


def access_action_by_key(actor: Actor, key: int) -> Action:
    """An entry of the trail, for those who review; Http404 otherwise."""
    found = Action.objects.filter(pk=key).first() if actor.may("reviewer") else None
    if found is None:
        raise Http404(_("There is no such entry in the trail."))
    return found
