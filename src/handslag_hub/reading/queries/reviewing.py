"""Reads of the document page, the review queue and the fact page: whole pages in a number of queries that does not grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from handslag_hub.accounts.actors import Actor
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import (
    Action,
    Document,
    Fact,
    FactPassage,
    Passage,
    Presence,
    Review,
    Statement,
    Status,
    Verdict,
)
from handslag_hub.store.queries import known_facts

# --- documents -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a page, as far as the actor may see it."""

    document: Document
    newest: bool


def versions_of(actor: Actor, document: Document) -> list[Version]:
    """All versions of the page, newest first."""
    found = Document.objects.filter(chain=document.chain, visibility__lte=actor.level).order_by("-pk")
    found = list(found.only("uid", "title", "address", "said_on", "said_period", "fetched_at", "live"))
    newest = next((row.pk for row in found if row.live), None)
    return [Version(row, row.pk == newest) for row in found]


def first_presence(document: Document) -> Presence | None:
    """The entry with which the document came in: who added it and when."""
    return Presence.objects.filter(document=document).select_related("action").order_by("pk").first()


def facts_on_page(actor: Actor, known: AsKnown, document: Document, *, rejected: bool = False) -> list[Fact]:
    """The facts that rest on passages of the document, in text order; with those that were rejected, for who reviews.

    Also an older version's: its facts may stand in the newest by now.
    """
    here = FactPassage.objects.filter(passage__document=document).values("fact")
    facts = Fact.objects.filter(level__lte=actor.level, counts=True) if rejected else known_facts(actor, known)
    if not document.live:
        # What a removed document printed is shown to nobody but who may bring it back.
        facts = Fact.objects.filter(level__lte=actor.level) if actor.may("reviewer") else Fact.objects.none()
    facts = facts.filter(pk__in=here).select_related("document").order_by("position", "pk")
    return list(facts.defer("document__text", "document__lines", "document__warnings"))


def places_in(document: Document, facts: Collection[int]) -> dict[int, list[Passage]]:
    """Fact → its passages in this document, the one that carries the claim first. One query."""
    wanted = set(facts)
    rows = FactPassage.objects.filter(passage__document=document).select_related("passage")
    places: dict[int, list[Passage]] = defaultdict(list)
    for row in rows.order_by("rank", "passage__start"):
        if row.fact_id in wanted:
            places[row.fact_id].append(row.passage)
    return places


def last_reviews(facts: Iterable[int]) -> dict[int, Review]:
    """Fact → its last review that counts, with its action. One query."""
    last = Review.objects.filter(fact__in=list(facts), action__undone=False).values("fact").annotate(last=Max("pk"))
    rows = Review.objects.filter(pk__in=last.values("last")).select_related("action")
    return {row.fact_id: row for row in rows}


# --- the review queue ------------------------------------------------------------------------------------------------

TO_REVIEW = (Status.UNREVIEWED, Status.CHECK_AGAIN)
# Weak proposals of what a page says of a commitment move nothing: they wait in a list of their own.
_ASIDE = Q(kind="evidence", certainty="weak")
_TO_REVIEW_THEN = (Verdict.CLEAR, Verdict.CHECK_AGAIN)


def waits_for_review(known: AsKnown) -> Q:
    """Facts that nobody has judged, or that are to be judged again; on a day of the hub's own past, as it was then.

    For what `known_facts` gives. What somebody was not sure of was judged.
    """
    if known.day and known.held:
        return (Q(verdict_then="") | Q(verdict_then__in=_TO_REVIEW_THEN)) & ~_ASIDE
    return Q(status__in=TO_REVIEW) & ~_ASIDE


@dataclass(frozen=True, slots=True)
class QueueChoice:
    """What of the queue is looked at; "" is everything."""

    kind: str = ""
    certainty: str = ""
    language: str = ""
    theme: str = ""
    status: str = ""
    document: str = ""


def review_queue(actor: Actor, choice: QueueChoice) -> QuerySet[Fact]:
    """The facts that wait for a person: documents newest first, in each from the top; what was typed by hand last."""
    facts = Fact.objects.filter(level__lte=actor.level, shown=True)
    facts = facts.filter(status=choice.status) if choice.status else facts.filter(status__in=TO_REVIEW)
    if not choice.certainty:
        facts = facts.exclude(_ASIDE)
    for name in ("kind", "certainty", "language"):
        if wanted := getattr(choice, name):
            facts = facts.filter(**{name: wanted})
    if choice.document:
        facts = facts.filter(document__uid=choice.document)
    if choice.theme:
        themed = Statement.objects.filter(predicate="theme", value=choice.theme, holds=True).values("fact")
        facts = facts.filter(pk__in=themed)
    return facts


def first_of(facts: QuerySet[Fact]) -> Fact | None:
    """The fact with which the queue begins."""
    return _first_in_documents(facts.filter(document__isnull=False)) or _in_place(facts.filter(document=None)).first()


def after(facts: QuerySet[Fact], fact: Fact) -> Fact | None:
    """The next fact of the queue; None at its end. Each place it may be in is asked by itself, so that an index leads there."""
    home = fact.document_id
    later = Q(position__gt=fact.position) | Q(position=fact.position, pk__gt=fact.pk)
    if (found := _in_place(facts.filter(later, document=home)).first()) or home is None:
        return found
    return _first_in_documents(facts.filter(document__lt=home)) or _in_place(facts.filter(document=None)).first()


def before(facts: QuerySet[Fact], fact: Fact) -> Fact | None:
    """The fact before this one in the queue; None at its beginning."""
    home = fact.document_id
    earlier = Q(position__lt=fact.position) | Q(position=fact.position, pk__lt=fact.pk)
    if found := facts.filter(earlier, document=home).order_by("-position", "-pk").first():
        return found
    above = facts.filter(document__gt=home) if home is not None else facts.filter(document__isnull=False)
    found = [above.filter(status=status).order_by("document", "-position", "-pk").first() for status in TO_REVIEW]
    return max(filter(None, found), key=_place, default=None)


def _first_in_documents(facts: QuerySet[Fact]) -> Fact | None:
    """By status, as the index has them in order for each."""
    found = [facts.filter(status=status).order_by("-document", "position", "pk").first() for status in TO_REVIEW]
    return min(filter(None, found), key=_place, default=None)


def _place(fact: Fact) -> tuple[int, int, int]:
    return -(fact.document_id or 0), fact.position, fact.pk


def _in_place(facts: QuerySet[Fact]) -> QuerySet[Fact]:
    return facts.order_by("position", "pk")


# --- the actor's own steps -------------------------------------------------------------------------------------------

_REVIEWING = ("review", "accept certain")


def is_own(actor: Actor, action: Action) -> bool:
    """True for what the actor did."""
    return (action.user_id, action.actor) == (actor.user_id, actor.name)


def action_to_undo(actor: Actor) -> Action | None:
    """The last review of the actor's own that counts."""
    mine = Action.objects.filter(user=actor.user_id, actor=actor.name, verb__in=_REVIEWING, undone=False)
    return mine.order_by("-pk").first()


def action_to_redo(actor: Actor) -> Action | None:
    """The actor's last undoing of a review, if they have not reviewed anything since."""
    mine = Action.objects.filter(user=actor.user_id, actor=actor.name)
    last = mine.filter(verb__in=_REVIEWING).aggregate(last=Max("pk"))["last"] or 0
    undoings = mine.filter(verb="undo", undone=False, undoes__verb__in=_REVIEWING, pk__gt=last)
    return undoings.order_by("-pk").first()


# --- one fact --------------------------------------------------------------------------------------------------------


def neighbours_on_page(actor: Actor, known: AsKnown, fact: Fact) -> tuple[Fact | None, Fact | None]:
    """The facts before and after this one in its document."""
    if fact.document_id is None:
        return None, None
    facts = known_facts(actor, known).filter(document=fact.document_id).exclude(pk=fact.pk)
    earlier = Q(position__lt=fact.position) | Q(position=fact.position, pk__lt=fact.pk)
    later = Q(position__gt=fact.position) | Q(position=fact.position, pk__gt=fact.pk)
    return (
        facts.filter(earlier).order_by("-position", "-pk").first(),
        facts.filter(later).order_by("position", "pk").first(),
    )


def all_places_of(actor: Actor, fact: Fact) -> list[Passage]:
    """Every passage of the fact in every document the actor may see, newest document first."""
    rows = FactPassage.objects.filter(fact=fact, passage__document__visibility__lte=actor.level)
    rows = rows.select_related("passage__document").order_by("-passage__document", "rank", "passage__start")
    return [row.passage for row in rows]
