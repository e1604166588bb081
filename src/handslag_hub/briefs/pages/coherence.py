"""Coherence of levels, and who was heard on a theme: the matrix, a cell of it, and what people say of levels, groups and pairs."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag_hub.accounts.doors import door
from handslag_hub.briefs.access import access_theme_by_key
from handslag_hub.briefs.levels import LEVELS, STAKEHOLDERS
from handslag_hub.briefs.models import PairJudgement, Placement
from handslag_hub.briefs.queries.coherence import PAGE, UNKNOWN, cell, matrix
from handslag_hub.briefs.queries.hearing import hearing
from handslag_hub.briefs.services import judge_pair, place
from handslag_hub.commitments.pages.asking import page_asked
from handslag_hub.commitments.queries.choosing import with_page
from handslag_hub.store.access import access_document_by_uid, access_entity_by_uid, access_fact_by_uid


@door("reader")
def show_coherence(request: HttpRequest) -> HttpResponse:
    """Themes by level."""
    return render(
        request, "briefs/coherence.html", {"matrix": matrix(request.actor, request.as_known), "unknown": UNKNOWN}
    )


@door("reader")
def show_cell(request: HttpRequest, theme: str, level: str) -> HttpResponse:
    """What a level says on a theme, and what stands beside it at the others."""
    access_theme_by_key(theme)
    if level not in (*LEVELS, UNKNOWN):
        raise Http404(_("There is no such level."))
    page = page_asked(request)
    found = cell(request.actor, request.as_known, theme, level, page)
    query = request.GET
    pages = max(1, -(-found.total // PAGE))
    if page > pages:
        return HttpResponseRedirect(with_page(query, pages))
    return render(request, "briefs/cell.html", {
        "cell": found, "unknown": UNKNOWN, "levels": (*LEVELS, UNKNOWN), "choices": LEVELS, "verdicts": PairJudgement.Verdict.choices,
        "may_decide": _may_decide(request), "page": page, "pages": pages,
        "before": with_page(query, page - 1) if page > 1 else "", "after": with_page(query, page + 1) if page * PAGE < found.total else "",
    })  # fmt: skip


@door("reader")
def show_hearing(request: HttpRequest, theme: str) -> HttpResponse:
    """Which groups have been heard on a theme."""
    access_theme_by_key(theme)
    return render(request, "briefs/hearing.html", {
        "hearing": hearing(request.actor, request.as_known, theme), "unknown": UNKNOWN, "choices": STAKEHOLDERS, "may_decide": _may_decide(request),
    })  # fmt: skip


def _may_decide(request: HttpRequest) -> bool:
    return request.actor.may("reviewer") and request.as_known.day is None


@door("reviewer")
@require_POST
def say_place(request: HttpRequest, what: str) -> HttpResponse:
    """Which level or group an entry (`entity`) or a page (`document`) is of."""
    if what not in Placement.What.values:
        raise Http404(_("There is nothing of the kind to be said."))
    uid = request.POST.get("entity", "")
    thing = (
        access_entity_by_uid(request.actor, uid, "organisation", "person")
        if uid
        else access_document_by_uid(request.actor, request.POST.get("document", ""))
    )
    place(request.actor, thing, what, request.POST.get("value", ""))
    messages.success(request, _("Kept. The trail can take it back."))
    return _back(request)


@door("reviewer")
@require_POST
def say_pair(request: HttpRequest) -> HttpResponse:
    """How two commitments hang together."""
    one, other = (access_fact_by_uid(request.actor, request.POST.get(name, "")) for name in ("a", "b"))
    judge_pair(request.actor, one, other, request.POST.get("verdict", ""))
    messages.success(request, _("Kept. The trail can take it back."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the page on which it was said."""
    there = request.POST.get("next", "")
    return redirect(there if url_has_allowed_host_and_scheme(there, allowed_hosts=None) else "coherence")
