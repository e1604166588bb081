"""The page of one document: its text with what was read in it, and what can be done with the whole."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handslag.language.search import highlight, parse_query
from handslag_hub.accounts.doors import door
from handslag_hub.design.numbers_asked import number_asked
from handslag_hub.reading.cards import Card, cards_of, marks_for
from handslag_hub.reading.fact_fields import KINDS
from handslag_hub.reading.fact_words import warning_words
from handslag_hub.reading.marking import ASKED, Mark, blocks_of, lines_of, mark_lines
from handslag_hub.reading.queries import reviewing as queries
from handslag_hub.store.access import access_document_by_uid
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Action, Document, Status
from handslag_hub.store.models.documents import Visibility
from handslag_hub.store.services import accept_certain, add_document_again, change_visibility, remove_document

# A search of a very long text would keep the reader waiting.
_LONGEST_SEARCHED = 400_000
_DONE = ("accept certain", "remove document", "add document again")


@door("reader")
def show_document(request: HttpRequest, uid: str) -> HttpResponse:
    """The text as it was read, with the facts beside it."""
    document = access_document_by_uid(request.actor, uid)
    reviewing = request.actor.may("reviewer") and request.as_known.day is None
    readable = document.live or request.actor.may("reviewer")
    facts = queries.facts_on_page(request.actor, request.as_known, document, rejected=reviewing) if readable else []
    places = queries.places_in(document, [fact.pk for fact in facts])
    facts.sort(key=lambda fact: (places[fact.pk][0].start if places[fact.pk] else fact.position, fact.pk))
    cards = cards_of(request.actor, facts, places)
    rejected = [card for card in cards if card.fact.status == Status.REJECTED]
    shown = [card for card in cards if card.fact.status != Status.REJECTED]
    marks = [mark for card in shown for mark in marks_for(card, names=False)]
    asked = words_asked(request, document) if readable else []
    lines = mark_lines(document.text, lines_of(document.text, document.lines), [*marks, *asked]) if readable else []
    versions = queries.versions_of(request.actor, document)
    context = {
        "document": document, "blocks": blocks_of(lines), "groups": groups_of(shown), "rejected": rejected, "count": len(shown),
        "reviewing": reviewing and document.live, "readable": readable, "versions": versions if len(versions) > 1 else [],
        "newest": next((version.document for version in versions if version.newest), None),
        "warnings": [warning_words(code, message) for code, message in document.warnings],
        "added": queries.first_presence(document), "download": original_address(document), "done": action_done(request, document),
        "certain": sum(1 for card in shown if card.fact.certainty == "certain" and card.fact.status == Status.UNREVIEWED),
        "focus": False, "overtaken": "", "waiting": sum(1 for card in shown if card.fact.status in queries.TO_REVIEW), "card_page": document.uid,
        "asked_at": asked[0].start if asked else None, "asked": len(asked), "back": "document", "web": document.address.startswith(("http://", "https://")),
    }  # fmt: skip
    return render(request, "reading/document.html", context)


def words_asked(request: HttpRequest, document: Document) -> list[Mark]:
    """Where the words stand that were searched (`?q=`) when this document was found."""
    words = request.GET.get("q", "")[:1000]
    if not words.strip():
        return []
    return [Mark(start, end, ASKED) for start, end in highlight(document.text[:_LONGEST_SEARCHED], parse_query(words))]


@door("reviewer")
def accept_certain_on_page(request: HttpRequest, uid: str) -> HttpResponse:
    """Accepts all that is certain on the page as one step."""
    document = access_document_by_uid(request.actor, uid)
    if request.method != "POST":
        return redirect("document", uid)
    return back_with(document, accept_certain(request.actor, document))


@door("reviewer")
def remove(request: HttpRequest, uid: str) -> HttpResponse:
    """Asks, then removes the document."""
    document = access_document_by_uid(request.actor, uid)
    if request.method == "POST":
        return back_with(document, remove_document(request.actor, document))
    return _ask(request, document, "remove")


@door("reviewer")
def add_again(request: HttpRequest, uid: str) -> HttpResponse:
    """Asks, then brings a removed document back."""
    document = access_document_by_uid(request.actor, uid)
    if request.method == "POST":
        return back_with(document, add_document_again(request.actor, document))
    return _ask(request, document, "add again")


@door("reviewer")
def set_visibility(request: HttpRequest, uid: str) -> HttpResponse:
    """Asks, then changes who may see the document."""
    document = access_document_by_uid(request.actor, uid)
    given = request.POST.get("visibility", "") or request.GET.get("to", "")
    if given not in {str(value) for value in Visibility.values}:
        if request.method == "POST":
            raise Refused(_("Choose who may see the document: public, internal or restricted."))
        given = str(document.visibility)
    if request.method == "POST":
        if int(given) != document.visibility:
            change_visibility(request.actor, document, int(given))
        return redirect("document", uid)
    return _ask(request, document, "visibility", wanted=int(given))


def _ask(request: HttpRequest, document: Document, what: str, **more: object) -> HttpResponse:
    facts = queries.facts_on_page(request.actor, request.as_known, document)
    context = {"document": document, "what": what, "count": len(facts), **more}
    return render(request, "reading/document_change.html", context)


def back_with(document: Document, action: Action) -> HttpResponse:
    """Back to the document's page, which says what was done and offers to undo it."""
    return redirect(f"{reverse('document', args=[document.uid])}?done={action.pk}")


def groups_of(cards: list[Card]) -> list[tuple[str, list[Card]]]:
    """The cards by kind, each in text order."""
    order = {kind: place for place, kind in enumerate(KINDS)}
    cards = sorted(cards, key=lambda card: order.get(card.fact.kind, len(order)))
    return [(kind, list(found)) for kind, found in groupby(cards, key=lambda card: card.fact.kind)]


def original_address(document: Document) -> str:
    """Where the file as it came in is to be had, "" where it is not."""
    if document.original is None or document.original.gone:
        return ""
    return reverse("original", args=[document.uid])


def action_done(request: HttpRequest, document: Document) -> Action | None:
    """The step that the actor just made on this page, to tell of it and to undo it."""
    key = number_asked(request.GET.get("done", ""))
    if key is None or not request.actor.may("reviewer"):
        return None
    found = Action.objects.filter(pk=key, user=request.actor.user_id, verb__in=_DONE, undone=False).first()
    return found if found and found.details.get("document") == document.uid else None
