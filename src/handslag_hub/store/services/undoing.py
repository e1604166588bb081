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
    Sameness,
    Settlement,
)
from handslag_hub.store.refresh import refresh
from handslag_hub.store.refresh.conflicts import refresh_conflicts
from handslag_hub.store.refresh.identity import clusters_of, refresh_identity
from handslag_hub.store.services.documents import refresh_documents
from handslag_hub.store.services.identity import refuse_contradiction
from handslag_hub.store.writing import log_action, one_writer

# What leaves entries in no log that is folded.
FINAL = ("change visibility", "erase", "restrict", "erase again", "export", "log in", "log out", "sign up", "invite", "change role", "deactivate", "reactivate", "end sessions")  # fmt: skip


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
        flipped = _flip(action, undone=True)
        _refuse_contradictions(flipped)
        _refresh_after(flipped)
    return undoing


def _flip(action: Action, *, undone: bool) -> list[Action]:
    """Sets the cache of the action, and of what it undoes in turn; gives all whose entries may count otherwise now."""
    flipped = []
    link: Action | None = action
    while link is not None:
        link.undone = undone
        link.save(update_fields=["undone"])
        flipped.append(link)
        link, undone = link.undoes, not undone
    return flipped


def _refuse_contradictions(flipped: list[Action]) -> None:
    """An undoing that is taken back may bring back a "same" or "different" that later ones contradict."""
    for action in flipped:
        if not action.undone:
            for link in IdentityLink.objects.filter(action=action).select_related("a", "b"):
                refuse_return(link)


def refuse_return(link: IdentityLink) -> None:
    """Refused where a link that counts again contradicts the others."""
    later = IdentityLink.objects.filter(a=link.a, b=link.b, action__undone=False, pk__gt=link.pk).exists()
    if not later and link.verdict != Sameness.UNSURE:
        refuse_contradiction(link.a, link.b, link.verdict)


def _refresh_after(flipped: list[Action]) -> None:
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
