"""Milestones of an agreement, with what was reported of each: own reports and independent assessments apart, none in place of another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from handslag.kernel.periods import is_period, last_day
from handslag_hub.accounts.actors import Actor
from handslag_hub.briefs.brief import Source
from handslag_hub.briefs.queries.sources import printed_source
from handslag_hub.commitments.queries.cards import facts_naming
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Document, Entity, Fact
from handslag_hub.store.queries import FactView, Value, known_documents, known_facts, view_facts

# Documents that tell of an agreement, in which words are looked for, the newest.
MOST_DOCUMENTS = 50


@dataclass(slots=True)
class Milestone:
    """One milestone. `own` and `independent` are reports, the newest first; `said_in` is the document in which its words stand, if any does."""

    view: FactView
    own: list[FactView] = field(default_factory=list)
    independent: list[FactView] = field(default_factory=list)
    due_passed: bool | None = None
    said_in: Source | None = None

    @property
    def uid(self) -> str:
        """The address of the milestone."""
        return self.view.fact.about.canonical.uid

    @property
    def differ(self) -> bool:
        """True if the last own report and the last independent assessment say different things."""
        return bool(self.own and self.independent) and self.own[0].first("status") != self.independent[0].first(
            "status"
        )

    def named(self, predicate: str) -> list[Value]:
        """Who is in the lead or in support."""
        return self.view.values.get(predicate, [])


def milestones_of(actor: Actor, known: AsKnown, agreement: Entity, today: date) -> list[Milestone]:
    """The milestones of an agreement, due first. A fixed number of queries."""
    facts = facts_naming(actor, known, agreement, "milestone", "agreement").select_related("about__canonical")
    return _with_reports(actor, known, view_facts(actor, facts.order_by("pk"), passages=False, known=known), today)


def milestone_of(actor: Actor, known: AsKnown, entity: Entity, today: date) -> Milestone | None:
    """One milestone, None where nothing is known of it on the day."""
    facts = known_facts(actor, known).filter(kind="milestone", about__canonical=entity.canonical_id)
    views = view_facts(
        actor, facts.select_related("about__canonical", "extractor").order_by("pk"), passages=False, known=known
    )
    found = _with_reports(actor, known, views, today)
    return found[0] if found else None


def agreement_of(milestone: Milestone) -> int | None:
    """The agreement of a milestone, as an entity's key; None where the actor may not see it."""
    named = milestone.view.values.get("agreement", [])
    return named[0].entity if named else None


def _with_reports(actor: Actor, known: AsKnown, views: list[FactView], today: date) -> list[Milestone]:
    found = {view.fact.about.canonical_id: Milestone(view) for view in views}
    rows = known_facts(actor, known).filter(kind="assessment", statements__predicate="of", statements__holds=True,
        statements__object_now__canonical__in=found)  # fmt: skip
    reports = view_facts(actor, rows.select_related("extractor").distinct().order_by("pk"), passages=False, known=known)
    homes = {value.entity for report in reports for value in report.values.get("of", [])}
    canonical = dict(Entity.objects.filter(pk__in=homes).values_list("pk", "canonical"))
    for report in sorted(reports, key=lambda view: (view.first("day"), view.fact.pk), reverse=True):
        for value in report.values["of"]:
            milestone = found.get(canonical.get(value.entity, 0))
            if milestone is not None:
                (milestone.independent if report.first("made_by") == "independent" else milestone.own).append(report)
    for milestone in found.values():
        due = milestone.view.first("when")
        last = last_day(due) if is_period(due) else None
        milestone.due_passed = None if last is None else last < today
    return sorted(found.values(), key=lambda one: (_due(one), one.view.fact.pk))


def _due(milestone: Milestone) -> date:
    due = milestone.view.first("when")
    return (last_day(due) if is_period(due) else None) or date.max


def look_for_words(actor: Actor, known: AsKnown, milestones: list[Milestone], documents: list[Document]) -> None:
    """Says of each milestone in which of these documents (with their texts) its words stand exactly."""
    for milestone in milestones:
        words = milestone.view.first("words")
        home = next((document for document in documents if words and words in document.text), None)
        if home is not None:
            milestone.said_in = printed_source(home, None, known)


def documents_telling(actor: Actor, known: AsKnown, facts: Iterable[Fact]) -> list[Document]:
    """The documents of the facts about an agreement, with their texts, the newest first."""
    documents = known_documents(actor, known).filter(pk__in={fact.document_id for fact in facts if fact.document_id})
    return list(documents.select_related("source").order_by("-said_on", "pk")[:MOST_DOCUMENTS])
