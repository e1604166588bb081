"""Who may be the same as whom: the proposals that an actor may see, with their reasons in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from handslag.register.profiles import Reason
from handslag_hub.accounts.actors import Actor
from handslag_hub.design.words import language_now
from handslag_hub.register.models import Proposal
from handslag_hub.register.queries.listing import KINDS
from handslag_hub.store.models import Entity
from handslag_hub.store.queries import labels_of

PER_PAGE = 20
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Side:
    """One of two entries that are compared."""

    uid: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as it is shown."""

    key: int
    a: Side
    b: Side
    score: float
    reasons: list[str]
    against: list[str]


def proposals(actor: Actor, *, kind: str = "", unsure: bool = False) -> QuerySet[Proposal]:
    """The proposals that the actor is told of, the strongest first: of a pair, what the strictest level that they see says."""
    stricter = Proposal.objects.filter(
        a=OuterRef("a"), b=OuterRef("b"), level__gt=OuterRef("level"), level__lte=actor.level
    )
    found = Proposal.objects.filter(~Exists(stricter), unsure=unsure, level__lte=actor.level, score__isnull=False,
        a__level__lte=actor.level, b__level__lte=actor.level)  # fmt: skip
    if kind in KINDS:
        found = found.filter(a__kind=kind)
    return found.order_by(F("score").desc(), "pk")


def view_proposals(actor: Actor, rows: QuerySet[Proposal]) -> list[Proposed]:
    """The proposals with both sides' labels and the reasons in the reader's language. Two queries."""
    found = list(rows)
    if not found:
        return []
    labels = labels_of(actor, {key for row in found for key in (row.a_id, row.b_id)})
    language = language_now()
    return [
        Proposed(row.pk, Side(*labels[row.a_id]), Side(*labels[row.b_id]), row.score or 0.0,
            [reason_in_words(reason, language) for reason in row.reasons], [reason_in_words(reason, language) for reason in row.against])
        for row in found
        if row.a_id in labels and row.b_id in labels
    ]  # fmt: skip


def proposal_between(actor: Actor, a: Entity, b: Entity) -> Proposed | None:
    """What is proposed of two entries, if anything."""
    first, second = sorted((a.canonical_id, b.canonical_id))
    for unsure in (False, True):
        rows = proposals(actor, unsure=unsure).filter(a=first, b=second)[:1]
        if seen := view_proposals(actor, rows):
            return seen[0]
    return None


def proposals_for(actor: Actor, entity: Entity) -> list[Proposed]:
    """Entries that may be the same as this one."""
    mine = proposals(actor).filter(Q(a=entity.canonical_id) | Q(b=entity.canonical_id))
    return view_proposals(actor, mine[:10])


def reason_in_words(reason: list[str], language: str) -> str:
    """A reason as it is kept, in words."""
    return Reason(*reason).text(language)
