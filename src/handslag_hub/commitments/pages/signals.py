"""Signals, grouped by whom they are about."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handslag.kernel.periods import first_day, last_day
from handslag_hub.accounts.doors import door
from handslag_hub.commitments.pages.asking import page_asked, party_asked
from handslag_hub.commitments.queries.choosing import shelf_facet, toggled, with_page
from handslag_hub.commitments.queries.signals import SignalChoice, count_signals, signals_by_subject
from handslag_hub.design.typed_periods import period_typed


@door("reader")
def show_signals(request: HttpRequest) -> HttpResponse:
    """The signals that the choice leaves: by kind, by week or another period; adverts only where they are asked for."""
    subject, several, unknown = party_asked(request)
    when, period, wrong = request.GET.get("when", "").strip(), "", ""
    try:
        period = period_typed(when) if when else ""
    except ValidationError as error:
        wrong = error.message
    choice = SignalChoice(frozenset(request.GET.getlist("kind")), first_day(period) if period else None, last_day(period) if period else None,
        subject, request.GET.get("adverts") == "1")  # fmt: skip
    total, adverts, kinds = count_signals(request.actor, request.as_known, choice)
    page = page_asked(request)
    groups, further = signals_by_subject(request.actor, request.as_known, choice, page)
    query = request.GET
    return render(request, "commitments/signals.html", {
        "groups": groups, "total": total, "adverts": adverts, "choice": choice, "when": when, "wrong": wrong,
        "facets": [shelf_facet(query, "kind", kinds, choice.kinds)], "party": subject,
        "several": [(one, toggled(query, "party", one.uid, single=True)) for one in several],
        "unknown": unknown, "without_party": toggled(query, "party", subject.uid) if subject and query.get("party") else "",
        "kept": [(key, value) for key in query for value in query.getlist(key) if key not in {"page", "name", "party", "when"}],
        "switch": toggled(query, "adverts", "1", single=True), "chosen": any(key not in {"on", "held", "page"} for key in query),
        "page": page, "before": with_page(query, page - 1) if page > 1 else "", "after": with_page(query, page + 1) if further else "",
    })  # fmt: skip
