"""The page of one fact: what it says and on what it rests, and everything that was done with it."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from handslag_hub.accounts.doors import door
from handslag_hub.reading.cards import Card, cards_of, marks_for, rows_of
from handslag_hub.reading.history import history_of
from handslag_hub.reading.marking import Line, Mark, excerpt
from handslag_hub.reading.queries import reviewing as queries
from handslag_hub.reading.retaking import earlier_of
from handslag_hub.store.access import access_fact_by_uid
from handslag_hub.store.models import Document, Passage
from handslag_hub.store.queries import known_facts

# An organisation may be named a hundred times on a page; the rest is marked in the document.
MOST_EXCERPTS = 8


@door("reader")
def show_fact(request: HttpRequest, uid: str) -> HttpResponse:
    """A fact at its own address; one that is rejected or retracted only for those who review."""
    fact = access_fact_by_uid(request.actor, uid)
    may_review = request.actor.may("reviewer")
    if not may_review and not known_facts(request.actor, request.as_known).filter(pk=fact.pk).exists():
        raise Http404(_("There is no such fact."))
    card = cards_of(request.actor, [fact])[0]
    places = queries.all_places_of(request.actor, fact)
    previous, following = queries.neighbours_on_page(request.actor, request.as_known, fact)
    quote = card.view.lead.quote if card.view.lead else ""
    events = history_of(request.actor, fact)
    context = {
        "card": card, "fact": fact, "rows": rows_of(fact.kind, card.view.values, every=True), "excerpts": excerpts_of(card, places),
        "more_places": max(0, len(places) - MOST_EXCERPTS), "previous": previous, "next": following, "events": events,
        "reviewing": may_review and request.as_known.day is None, "back": "fact", "card_page": "",
        "earlier": earlier_of(request.actor, fact, quote) if may_review else None,
        "last_printed": _last_printed(places) if fact.counts and not fact.printed else None,
        "origin": next((event.cause for event in reversed(events) if event.what == "typed"), ""),
    }  # fmt: skip
    return render(request, "reading/fact.html", context)


def excerpts_of(card: Card, places: Sequence[Passage]) -> list[tuple[Document, Passage, list[Line]]]:
    """The first passages, each in the lines around it."""
    found = []
    deciding = [mark for mark in marks_for(card) if not mark.passage]
    for place in places[:MOST_EXCERPTS]:
        inside = [mark for mark in deciding if place.start <= mark.start and mark.end <= place.end]
        marks = [Mark(place.start, place.end, place.pk), *(inside if place in card.places else ())]
        found.append(
            (place.document, place, excerpt(place.document.text, place.document.lines, (place.start, place.end), marks))
        )
    return found


def _last_printed(places: Sequence[Passage]) -> Document | None:
    """The newest version that still printed the fact."""
    return places[0].document if places else None
