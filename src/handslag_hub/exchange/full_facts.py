"""A fact with all that goes out with it: values, passages, where it is from, who read and who reviewed it, where a commitment stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from handslag_hub.exchange.selection import Selection
from handslag_hub.following.queries.states import REJECTED, Followed, Word, states_of
from handslag_hub.store.models import Assertion, Fact, Review
from handslag_hub.store.queries import FactView, counting, view_facts

# In place of the name of who typed a fact that is handed out.
BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A verdict that counts: whose, when."""

    verdict: str
    reviewer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FullFact:
    """A fact as it goes out. `origin` is where somebody who typed it has it from, `followed` where a commitment stands (else None)."""

    view: FactView
    reviews: list[Reviewed]
    origin: str
    read_by: str
    followed: Followed | None = None

    @property
    def heard(self) -> list[Word]:
        """What was heard of the commitment, without what a person rejected."""
        return [word for word in self.followed.heard if word.status != REJECTED] if self.followed else []

    @property
    def fact(self) -> Fact:
        """The fact itself."""
        return self.view.fact

    @property
    def typed(self) -> bool:
        """True for what somebody typed; everything else was read in a document."""
        return self.fact.extractor.is_human


def full_facts(chosen: Selection, facts: Iterable[Fact]) -> list[FullFact]:
    """The facts with all that goes out with them: fourteen queries, however many facts. Who handed-out facts are by is not told."""
    ordered = list(facts)
    keys = [fact.pk for fact in ordered]
    reviews = _reviews(chosen, keys)
    origins = _origins(chosen, [fact.pk for fact in ordered if fact.extractor.is_human])
    commitments = [fact for fact in ordered if fact.kind == "commitment"]
    followed = states_of(chosen.actor, commitments, chosen.known) if commitments else {}
    return [
        FullFact(
            view,
            reviews.get(view.fact.pk, []),
            origins.get(view.fact.pk, ""),
            BY_HAND if chosen.is_public and view.fact.extractor.is_human else str(view.fact.extractor),
            followed.get(view.fact.pk),
        )
        for view in view_facts(chosen.actor, ordered, known=chosen.known)
    ]


def _reviews(chosen: Selection, keys: Collection[int]) -> dict[int, list[Reviewed]]:
    rows = Review.objects.filter(fact__in=keys)
    rows = counting(rows, chosen.known) if chosen.known.day and chosen.known.held else rows.filter(action__undone=False)
    found: dict[int, list[Reviewed]] = defaultdict(list)
    for fact, verdict, reviewer, at in rows.order_by("pk").values_list("fact", "verdict", "action__actor", "action__at"):  # fmt: skip
        found[fact].append(Reviewed(verdict, "" if chosen.is_public else reviewer, at))
    return found


def _origins(chosen: Selection, keys: Collection[int]) -> dict[int, str]:
    """Where typed facts are from; the name of somebody's file is not handed out."""
    if chosen.is_public:
        return {}
    rows = Assertion.objects.filter(fact__in=keys, document=None, on=True).order_by("pk")
    return {fact: cause for fact, cause in rows.values_list("fact", "cause") if cause != "typed"}
