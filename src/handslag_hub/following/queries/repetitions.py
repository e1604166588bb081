"""Statements that may be of one commitment, as they are proposed to those who decide, and those that somebody said are one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from handslag_hub.accounts.actors import Actor
from handslag_hub.following.models import Repetition
from handslag_hub.following.queries.states import Word, words_of
from handslag_hub.store.models import Action, Entity, Fact, IdentityLink, Sameness
from handslag_hub.store.queries import labels_of


@dataclass(frozen=True, slots=True)
class Proposed:
    """Two statements by address and words; `word` says the first again, None where both were said at once. `unsure`: somebody was not sure."""

    a: tuple[str, str]
    b: tuple[str, str]
    word: Word | None
    unsure: bool


def repetitions(actor: Actor, commitment: Entity | None = None) -> QuerySet[Repetition]:
    """What is proposed (of one commitment) and nobody has judged, the newest first."""
    rows = Repetition.objects.filter(a__level__lte=actor.level, b__level__lte=actor.level).exclude(
        a__canonical=F("b__canonical")
    )
    rows = rows.filter(Q(heard=None) | Q(heard__shown=True, heard__level__lte=actor.level))
    if commitment is not None:
        rows = rows.filter(Q(a__canonical=commitment.canonical_id) | Q(b__canonical=commitment.canonical_id))
    different = IdentityLink.objects.filter(verdict=Sameness.DIFFERENT, action__undone=False)
    judged = set(different.filter(a__kind="commitment").values_list("a", "b"))
    gone = [key for key, a, b in rows.values_list("pk", "a", "b") if (a, b) in judged] if judged else []
    return rows.exclude(pk__in=gone).order_by("-pk")


def view_repetitions(actor: Actor, rows: Iterable[Repetition]) -> list[Proposed]:
    """The proposals with the words of both. Seven queries."""
    found = list(rows)
    labels = labels_of(actor, {key for row in found for key in (row.a_id, row.b_id)})
    facts = Fact.objects.filter(pk__in=[row.heard_id for row in found if row.heard_id]).select_related(
        "document__source", "extractor"
    )
    facts = facts.defer("document__text", "document__lines", "document__warnings")
    words = {word.fact.pk: word for word in words_of(actor, facts)}
    unsure = _unsure(found)
    return [
        Proposed(labels[row.a_id][:2], labels[row.b_id][:2], words.get(row.heard_id or 0), (row.a_id, row.b_id) in unsure)
        for row in found
        if row.a_id in labels and row.b_id in labels
    ]  # fmt: skip


def _unsure(rows: Collection[Repetition]) -> set[tuple[int, int]]:
    links = IdentityLink.objects.filter(a__in=[row.a_id for row in rows], verdict=Sameness.UNSURE, action__undone=False)
    return set(links.values_list("a", "b"))


def joinings_of(commitment: Entity) -> list[Action]:
    """The decisions by which statements are this one commitment: each can be taken back."""
    members = Entity.objects.filter(canonical=commitment.canonical_id)
    links = IdentityLink.objects.filter(a__in=members, b__in=members, verdict=Sameness.SAME, action__undone=False)
    return [link.action for link in links.select_related("action").order_by("pk")]
