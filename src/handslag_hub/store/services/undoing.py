"""Undoing: an action's entries stop counting, and everything they touched is folded again from what is left."""

from __future__ import annotations

from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import (
    Action,
    Assertion,
    Entity,
    IdentityLink,
    Move,
    Presence,
    Review,
    Settlement,
)
from handslag_hub.store.refresh import refresh
from handslag_hub.store.refresh.conflicts import refresh_conflicts
from handslag_hub.store.refresh.documents import refresh_documents
from handslag_hub.store.refresh.identity import chain_between, clusters_of, inner_contradiction, refresh_identity
from handslag_hub.store.services.identity import chain_in_words
from handslag_hub.store.verbs import FINAL
from handslag_hub.store.writing import log_action, one_writer


def undo_action(actor: Actor, action: Action) -> Action:
    """Takes an action back, or, where it is an undoing, brings the undone one back. Refused where it cannot be."""
    actor.require(Role.REVIEWER)
    with one_writer():
        action.refresh_from_db()
        if action.undone:
            raise Refused(_("This is undone already."))
        if action.verb in FINAL:
            raise Refused(_("This cannot be undone."))
        undoing = log_action(actor, "undo", {"action": action.pk, "verb": action.verb}, undoes=action)
        flipped = _flip(action)
        refuse_contradictions(flipped)
        refresh_after(flipped)
    return undoing


def _flip(action: Action) -> list[Action]:
    """Sets the cache of the action, and of what it undoes in turn; gives all whose entries may count otherwise now.

    An action is undone while some action that undoes it counts: two may, where an undoing was itself undone and brought back.
    """
    flipped = []
    link: Action | None = action
    while link is not None:
        undone = link.undone_by.filter(undone=False).exists()
        if undone == link.undone:
            break
        link.undone = undone
        link.save(update_fields=["undone"])
        flipped.append(link)
        link = link.undoes
    return flipped


def refuse_contradictions(flipped: list[Action]) -> None:
    """Refused where links that count again contradict the others.

    Both ways of undoing bring such links back: a link taken back lays open what had been said of its pair before.
    """
    for a, b in IdentityLink.objects.filter(action__in=flipped).values_list("a", "b").distinct():
        for seed in (a, b):
            if pair := inner_contradiction(seed):
                chain = chain_in_words(chain_between(*pair))
                raise Refused(_("That would bring back that two are different which are taken to be the same by way of others: %(chain)s. Take one of these links back first.") % {"chain": chain})  # fmt: skip


def refresh_after(flipped: list[Action]) -> None:
    """Folds again everything that entries of these actions are about."""
    documents = set(Presence.objects.filter(action__in=flipped).values_list("document", flat=True))
    facts: set[int] = set()
    for log in (Assertion, Review, Move):
        facts |= set(log.objects.filter(action__in=flipped).values_list("fact", flat=True))
    linked: set[int] = set()
    for a, b in IdentityLink.objects.filter(action__in=flipped).values_list("a", "b"):
        linked |= {a, b}
    before = clusters_of(linked)
    # A fact that was added may have been moved or named by entries of its own.
    entities = set(Entity.objects.filter(facts__in=facts).values_list("pk", flat=True)) if facts else set()
    if documents:
        refresh_documents(list(documents))
    refresh(facts, refresh_identity(before) | before | entities if linked else entities)
    settled = Settlement.objects.filter(action__in=flipped).values_list("entity", flat=True)
    refresh_conflicts(clusters_of(settled))
