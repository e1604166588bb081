"""One commitment, stated several times: proposals judged, decisions taken back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag_hub.accounts.doors import door
from handslag_hub.commitments.pages.asking import page_asked
from handslag_hub.following.queries.repetitions import repetitions, view_repetitions
from handslag_hub.store.access import access_action_by_key, access_entity_by_uid
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Sameness
from handslag_hub.store.services import judge_sameness, undo_action

PAGE = 25


@door("reviewer")
def show_repetitions(request: HttpRequest) -> HttpResponse:
    """Statements that may be of one commitment."""
    page = Paginator(repetitions(request.actor), PAGE).get_page(page_asked(request))
    context = {"page": page, "proposed": view_repetitions(request.actor, page.object_list)}
    return render(request, "following/repetitions.html", context)


@door("reviewer")
@require_POST
def judge_repetition(request: HttpRequest) -> HttpResponse:
    """Says that two statements are of one commitment, that they are not, or that it is not sure."""
    a, b = (access_entity_by_uid(request.actor, request.POST.get(side, ""), "commitment") for side in "ab")
    verdict = request.POST.get("verdict", "")
    if verdict not in Sameness.values:
        raise Refused(_("Choose “the same”, “different” or “not sure”."))
    judge_sameness(request.actor, a, b, verdict, method="said again")
    messages.success(request, _("Kept. It can be taken back on the page of the commitment, or in the trail."))
    if request.POST.get("from") == "list":
        return redirect("heard-same")
    a.refresh_from_db()
    return redirect("commitment", a.canonical.uid)


@door("reviewer")
@require_POST
def part(request: HttpRequest, key: int) -> HttpResponse:
    """Takes back that two statements are of one commitment."""
    action = access_action_by_key(request.actor, key)
    if action.verb != "judge same":
        raise Refused(_("This is taken back where it was done, not here."))
    undo_action(request.actor, action)
    messages.success(request, _("Taken back."))
    entity = access_entity_by_uid(request.actor, action.details["entities"][0], "commitment")
    return redirect("commitment", entity.canonical.uid)
