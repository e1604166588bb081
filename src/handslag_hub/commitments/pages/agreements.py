"""Agreements: the list, and what is told of one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from handslag_hub.accounts.doors import door
from handslag_hub.commitments.pages.asking import page_asked, party_asked, values_asked
from handslag_hub.commitments.pages.ledger import typed_here
from handslag_hub.commitments.queries.agreements import COLUMNS, AgreementChoice, agreement_facets, agreement_lines
from handslag_hub.commitments.queries.cards import facts_about, facts_naming, reviews_of, told, values_told
from handslag_hub.commitments.queries.choosing import shelf_facet, toggled, with_page
from handslag_hub.commitments.queries.contradictions import conflicts_seen, contradictions
from handslag_hub.store.models import Entity
from handslag_hub.store.queries import view_facts

PAGE = 30
_VALUES = ("party", "signatory", "form", "status", "date", "date_text", "place", "area", "activity", "words", "link")


@door("reader")
def show_agreements(request: HttpRequest) -> HttpResponse:
    """The agreements that the choice leaves, the latest first."""
    party, several, unknown = party_asked(request)
    choice = AgreementChoice(values_asked(request, COLUMNS), party)
    total, counts = agreement_facets(request.actor, request.as_known, choice)
    pages = max(1, -(-total // PAGE))
    page = min(page_asked(request), pages)
    query = request.GET
    return render(request, "commitments/agreements.html", {
        "lines": agreement_lines(request.actor, request.as_known, choice, (page - 1) * PAGE, PAGE),
        "facets": [shelf_facet(query, name, counts[name], choice.columns.get(name, ())) for name in COLUMNS],
        "total": total, "party": party, "several": [(one, toggled(query, "party", one.uid, single=True)) for one in several],
        "unknown": unknown, "without_party": toggled(query, "party", party.uid) if party and query.get("party") else "",
        "kept": [(key, value) for key in query for value in query.getlist(key) if key not in {"page", "name", "party"}],
        "chosen": any(key not in {"on", "held", "page"} for key in query),
        "page": page, "pages": pages, "before": with_page(query, page - 1) if page > 1 else "", "after": with_page(query, page + 1) if page < pages else "",
    })  # fmt: skip


def agreement_card(request: HttpRequest, entity: Entity) -> dict[str, object]:
    """What the page of an agreement shows; Http404 where nothing is known of it on the day chosen."""
    actor, known = request.actor, request.as_known
    facts = facts_about(actor, known, entity, "agreement")
    if not facts:
        raise Http404(_("Nothing is known of this agreement on the day chosen."))
    shown = told(actor, facts)
    views = [one.view for one in shown]
    promised = view_facts(actor, facts_naming(actor, known, entity, "commitment", "agreement").order_by("said_on", "pk").select_related("about__canonical", "document__source"), passages=False)  # fmt: skip
    return {
        "entity": entity, "facts": shown, "values": {name: values_told(views, name) for name in _VALUES},
        "names": values_told(views, "name"), "commitments": promised, "conflicts": contradictions(actor, known, list(conflicts_seen(actor, entity)), 0),
        "reviews": reviews_of(facts), "typed": typed_here([fact.pk for fact in facts]),
        "may_type": actor.may("reviewer") and known.day is None,
    }  # fmt: skip
