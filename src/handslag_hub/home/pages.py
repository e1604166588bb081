"""Today, and the search over everything."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from handslag.language.search import Query, highlight, parse_query
from handslag_hub.accounts.doors import door
from handslag_hub.accounts.models import Role
from handslag_hub.asking.queries.letters import answers_to_review, overdue_letters
from handslag_hub.design.numbers_asked import number_asked
from handslag_hub.home import queries
from handslag_hub.home.snippets import Run, marked_runs, nearest_runs
from handslag_hub.store.did_you_mean import suggest
from handslag_hub.store.queries import FactView, known_documents
from handslag_hub.store.search import COUNTED, Hit, Section, find
from handslag_hub.store.search_tokens import GROUP_OF, GROUPS

_ARRIVALS = 6
_WAITING_DOCUMENTS = 4
_HITS_OF_A_GROUP, _HITS_OF_ONE = 6, 20
_LONGEST_QUESTION = 1000


@door(Role.READER)
def show_today(request: HttpRequest) -> HttpResponse:
    """What came in, what waits, what is due, what was heard this week."""
    actor, known = request.actor, request.as_known
    arrivals = queries.arrivals(actor, known)
    context: dict[str, object] = {"day": queries.reference_day(known), "arrivals": arrivals[:_ARRIVALS]}
    if arrivals:
        subjects, more_signals = queries.signals_of_the_week(actor, known)
        firmness, dues = queries.commitments_now(actor, known)
        context |= {
            "dues": dues,
            "commitments": sum(firmness.values()),
            "firmness": firmness,
            "subjects": subjects,
            "more_signals": more_signals,
            "conflicts": queries.count_conflicts(actor) if known.day is None else 0,
        }
        if actor.may(Role.REVIEWER):
            waiting, more_waiting = queries.count_waiting(actor, known)
            by_document = [arrival for arrival in arrivals if arrival.waiting][:_WAITING_DOCUMENTS]
            context |= {"waiting": waiting, "more_waiting": more_waiting, "waiting_documents": by_document}
            if known.day is None:
                context |= {"answers": answers_to_review(actor).count(), "overdue": overdue_letters(actor, timezone.localdate()).count()}  # fmt: skip
    return render(request, "home/today.html", context)


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit with what is shown of it."""

    hit: Hit
    title: list[Run]
    text: list[Run]


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section of the result."""

    section: Section
    hits: list[ShownHit]


@door(Role.READER)
def show_search(request: HttpRequest) -> HttpResponse:
    """Documents, facts and actors that answer the question; where nothing does, what may have been meant."""
    actor, known = request.actor, request.as_known
    text = request.GET.get("q", "").strip()[:_LONGEST_QUESTION]
    kind = request.GET.get("kind", "")
    kinds = GROUPS.get(kind) or ((kind,) if kind in GROUP_OF else ())
    before = request.GET.get("before", "")
    one = bool(kinds)
    options = {
        "kinds": kinds,
        "limit": _HITS_OF_ONE if one else _HITS_OF_A_GROUP,
        "before": number_asked(before) if one else None,
    }
    hits = find(actor, known, parse_query(text), **options)
    meant = suggest(actor, text) if not hits.count and options["before"] is None else ""
    if meant:
        hits = find(actor, known, parse_query(meant), **options)
    context = {
        "search_words": text,
        "meant": meant,
        "asked": meant or text,
        "is_question": not hits.query.is_empty,
        "sections": [
            ShownSection(section, _shown(section.hits, hits.query)) for section in hits.sections if section.hits
        ],
        "count": hits.count,
        "more": any(section.more for section in hits.sections),
        "most": COUNTED,
        "kind": kind if one else "",
        "fact_kinds": GROUPS["facts"],
        "further": options["before"] is not None,
        "is_empty_hub": hits.query.is_empty and not known_documents(actor, known).exists(),
    }
    return render(request, "home/found_part.html" if request.htmx else "home/search.html", context)


def _shown(hits: list[Hit], query: Query) -> list[ShownHit]:
    return [_shown_hit(hit, query) for hit in hits]


def _shown_hit(hit: Hit, query: Query) -> ShownHit:
    if hit.document is not None:
        return ShownHit(hit, marked_runs(str(hit.document), query), nearest_runs(hit.document.text, query))
    if hit.entity is not None:
        others = [name for name in hit.names if name != hit.entity.label]
        return ShownHit(hit, marked_runs(str(hit.entity), query), nearest_runs(" · ".join(others), query))
    title = hit.fact.fact.about.label or _("Fact")
    return ShownHit(hit, marked_runs(title, query), _shown_text(hit.fact, title, query))


def _shown_text(view: FactView, title: str, query: Query) -> list[Run]:
    """The passage that carries the fact; where only a value answers, that value; nothing that the title says already."""
    lead = view.lead.quote if view.lead else ""
    values = [value.value for values in view.values.values() for value in values]
    for text in (lead, *values):
        if text and text != title and highlight(text, query):
            return nearest_runs(text, query)
    return nearest_runs(lead, query) if lead != title else []
