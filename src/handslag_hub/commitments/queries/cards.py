"""What the pages of one commitment and one agreement show: their facts with values and passages, what else rests on them, their history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from handslag_hub.accounts.actors import Actor
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Document, Entity, Fact, Passage, Review
from handslag_hub.store.queries import FactView, Value, known_facts, members_of, view_facts

# Characters of the page shown on each side of a passage.
_AROUND = 240
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class InContext:
    """A passage with some of the page around it; `parts` are its pieces, marked where they are the deciding words."""

    before: str
    parts: list[tuple[str, bool]]
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """A fact on a card: its view, and its passage in context (None for what was typed)."""

    view: FactView
    context: InContext | None


@dataclass(slots=True)
class ValueTold:
    """A value that one or more facts give, with those facts."""

    value: Value
    facts: list[Fact] = field(default_factory=list)


def facts_about(actor: Actor, known: AsKnown, entity: Entity, kind: str) -> list[Fact]:
    """The known facts of a kind about an entity or whoever is taken to be the same."""
    facts = known_facts(actor, known).filter(kind=kind, about__in=members_of(entity))
    return list(
        facts.select_related("document__source", "extractor")
        .defer("document__text", "document__lines")
        .order_by("said_on", "pk")
    )


def facts_naming(actor: Actor, known: AsKnown, entity: Entity, kind: str, predicate: str) -> QuerySet[Fact]:
    """The known facts of a kind that name an entity as the value of a predicate."""
    facts = known_facts(actor, known).filter(kind=kind, statements__object_now__in=members_of(entity),
        statements__predicate=predicate, statements__holds=True)  # fmt: skip
    return facts.select_related("document__source", "extractor").defer("document__text", "document__lines").distinct()


def told(actor: Actor, facts: Sequence[Fact]) -> list[Told]:
    """The facts with values, passages and context."""
    views = view_facts(actor, facts)
    leads = [view.lead for view in views if view.lead]
    texts = dict(Document.objects.filter(pk__in={lead.document_id for lead in leads}).values_list("pk", "text"))
    return [
        Told(view, in_context(texts[view.lead.document_id], view.lead, view.first("cue")) if view.lead else None)
        for view in views
    ]


def in_context(text: str, passage: Passage, cue: str) -> InContext:
    """The passage with the words around it, cut at spaces."""
    start = max(0, passage.start - _AROUND)
    before = _BLANK_LINES.sub("\n", text[start : passage.start])
    after = _BLANK_LINES.sub("\n", text[passage.end : passage.end + _AROUND])
    if start and " " in before:
        before = "… " + before.split(" ", 1)[1]
    if passage.end + _AROUND < len(text) and " " in after:
        after = after.rsplit(" ", 1)[0] + " …"
    return InContext(before, marked(passage.quote, cue), after)


def marked(quote: str, cue: str) -> list[tuple[str, bool]]:
    """The quote in pieces, the deciding words (whatever spaces or line breaks are between them) told apart."""
    words = cue.split()
    found = re.search(r"\s+".join(map(re.escape, words)), quote, re.IGNORECASE) if words else None
    if found is None:
        return [(quote, False)]
    pieces = [(quote[: found.start()], False), (found.group(), True), (quote[found.end() :], False)]
    return [piece for piece in pieces if piece[0]]


def values_told(views: Iterable[FactView], predicate: str) -> list[ValueTold]:
    """The values of a predicate over all facts, equal ones as one."""
    found: dict[object, ValueTold] = {}
    for view in views:
        for value in view.values.get(predicate, []):
            there = found.setdefault(value.uid or value.normal, ValueTold(value))
            if view.fact not in there.facts:
                there.facts.append(view.fact)
    return list(found.values())


def reviews_of(facts: Sequence[Fact]) -> list[Review]:
    """What people decided on these facts, oldest first; what was taken back says so (`action.undone`)."""
    return list(
        Review.objects.filter(fact__in=[fact.pk for fact in facts]).select_related("action", "fact").order_by("pk")
    )
