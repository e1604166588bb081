"""The trail: who did what, with an undo where there is one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag_hub.accounts.doors import door
from handslag_hub.design.paging import page_links
from handslag_hub.store.access import access_action_by_key
from handslag_hub.store.as_known import day_asked
from handslag_hub.store.services import undo_action
from handslag_hub.store.trail import choices, describe, trail

_ROWS = 50


@door("reviewer")
def show_trail(request: HttpRequest) -> HttpResponse:
    """The trail, filtered by person, verb and day."""
    chosen = {name: request.GET.get(name, "") for name in ("who", "verb", "day")}
    day, wrong_day = None, ""
    if chosen["day"]:
        try:
            day = day_asked(chosen["day"])
        except ValueError:
            wrong_day = _("“%(day)s” is no day: write it as 2026-10-08.") % {"day": chosen["day"][:40]}
    page = Paginator(trail(request.actor, who=chosen["who"], verb=chosen["verb"], day=day), _ROWS).get_page(request.GET.get("page"))  # fmt: skip
    people, verbs = choices(request.actor)
    return render(request, "store/trail.html", {"page": page, "entries": describe(list(page)), "people": people, "verbs": verbs,
        "chosen": chosen, "wrong_day": wrong_day, **page_links(request, page)})  # fmt: skip


@require_POST
@door("reviewer")
def undo(request: HttpRequest, key: int) -> HttpResponse:
    """Takes an action back."""
    undo_action(request.actor, access_action_by_key(request.actor, key))
    messages.success(request, _("Undone. Everything else stays as it was."))
    return redirect("trail")
