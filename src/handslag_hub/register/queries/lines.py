"""Lines of a card: facts with what a page shows of them, and who typed those that have no passage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handslag_hub.accounts.actors import Actor
from handslag_hub.store.models import Assertion, Fact, Passage
from handslag_hub.store.queries import FactView, view_facts


@dataclass(frozen=True, slots=True)
class Typed:
    """By whom, from where and in which action a fact was typed; `day` is in the hub's time zone when shown."""

    by: str
    at: object
    origin: str
    action: int
    verb: str

    @property
    def is_taken_back_here(self) -> bool:
        """True if it was typed on the register's pages, so that they take it back too."""
        return self.verb == "type"


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of a card."""

    view: FactView
    typed: Typed | None

    @property
    def fact(self) -> Fact:
        """The fact, with its document."""
        return self.view.fact

    @property
    def passage(self) -> Passage | None:
        """The passage that carries the claim, unless one of the values says the very same words."""
        lead = self.view.lead
        words = {value.value for values in self.view.values.values() for value in values}
        return None if lead is None or lead.quote in words else lead


def lines_of(actor: Actor, facts: Iterable[Fact]) -> list[Line]:
    """The facts (with document and extractor) as lines, in their order. Five queries, however many."""
    ordered = list(facts)
    if not ordered:
        return []
    typed = _typed([fact.pk for fact in ordered if fact.document_id is None])
    return [Line(view, typed.get(view.fact.pk)) for view in view_facts(actor, ordered)]


def _typed(keys: list[int]) -> dict[int, Typed]:
    rows = Assertion.objects.filter(fact__in=keys, document=None, on=True, action__undone=False).order_by("pk")
    return {
        fact: Typed(by, at, "" if cause == "typed" else cause, action, verb)
        for fact, by, at, cause, action, verb in rows.values_list(
            "fact", "action__actor", "action__at", "cause", "action", "action__verb"
        )
    }
