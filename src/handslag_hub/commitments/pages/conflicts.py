"""Contradictions: side by side, settled or left standing, and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag_hub.accounts.doors import door
from handslag_hub.commitments.forms import SettleForm
from handslag_hub.commitments.pages.asking import page_asked
from handslag_hub.commitments.queries.choosing import with_page
from handslag_hub.commitments.queries.contradictions import (
    Contradiction,
    conflicts_seen,
    contradictions,
    decided,
    settlements_seen,
)
from handslag_hub.store.access import access_conflict_by_key
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Conflict, Statement
from handslag_hub.store.services import settle_conflict, undo_action

PAGE = 20
# Statements of each value in the list, and on the page of one conflict.
_FIRST, _MOST = 2, 100


@door("reader")
def show_conflicts(request: HttpRequest) -> HttpResponse:
    """The open contradictions, or (`?settled=1`) those that somebody decided on."""
    settled = request.GET.get("settled") == "1"
    is_decided = decided(request.actor)
    found = conflicts_seen(request.actor).filter(is_decided if settled else ~is_decided)
    # On an earlier day some did not contradict each other yet.
    then = contradictions(request.actor, request.as_known, list(found), _FIRST) if request.as_known.day else None
    total = found.count() if then is None else len(then)
    pages = max(1, -(-total // PAGE))
    page = min(page_asked(request), pages)
    part = slice((page - 1) * PAGE, page * PAGE)
    shown = contradictions(request.actor, request.as_known, list(found[part]), _FIRST) if then is None else then[part]
    query = request.GET
    return render(request, "commitments/conflicts.html", {
        "conflicts": shown, "total": total, "settled": settled, "page": page, "pages": pages,
        "before": with_page(query, page - 1) if page > 1 else "", "after": with_page(query, page + 1) if page * PAGE < total else "",
    })  # fmt: skip


@door("reader")
def show_conflict(request: HttpRequest, key: int) -> HttpResponse:
    """One contradiction with the passages and sources of each value."""
    conflict = access_conflict_by_key(request.actor, key)
    fullest = conflicts_seen(request.actor, conflict.entity).filter(predicate=conflict.predicate).first() or conflict
    if fullest.pk != conflict.pk:
        return redirect("conflict", fullest.pk)
    return render(request, "commitments/conflict.html", conflict_card(request, fullest))


def conflict_card(request: HttpRequest, conflict: Conflict, form: SettleForm | None = None) -> dict[str, object]:
    """What the page of a contradiction shows; Http404 where its values did not contradict each other on the day chosen."""
    found = contradictions(request.actor, request.as_known, [conflict], _MOST)
    if not found:
        raise Http404(_("These values did not contradict each other on the day chosen."))
    may = request.actor.may("reviewer") and request.as_known.day is None
    return {"found": found[0], "history": settlements_seen(request.actor, conflict, found[0].sides), "may_settle": may,
        "form": form or SettleForm(initial={"seen": conflict.values})}  # fmt: skip


@door("reviewer")
@require_POST
def settle(request: HttpRequest, key: int) -> HttpResponse:
    """Settles for one value, or leaves the values standing; `Overtaken` where they are not those that were before one's eyes."""
    conflict = access_conflict_by_key(request.actor, key)
    form = SettleForm(request.POST)
    form.is_valid()
    found = contradictions(request.actor, request.as_known, [conflict], _MOST)
    chosen = form.cleaned_data.get("value", "")
    statement = _statement(found, chosen) if chosen != "standing" else None
    if not chosen:
        form.add_error("value", _("Choose a value, or leave them standing."))
    if not form.is_valid():
        return render(request, "commitments/conflict.html", conflict_card(request, conflict, form), status=422)
    conflict.values = form.cleaned_data["seen"]
    settle_conflict(request.actor, conflict, statement, note=form.cleaned_data["note"])
    messages.success(request, _("Settled.") if statement else _("The values are left standing."))
    return redirect("conflict", key)


@door("reviewer")
@require_POST
def unsettle(request: HttpRequest, key: int) -> HttpResponse:
    """Takes the last decision back."""
    conflict = access_conflict_by_key(request.actor, key)
    if conflict.settlement is None:
        raise Refused(_("Nothing has been decided on this, or it is taken back already."))
    undo_action(request.actor, conflict.settlement.action)
    messages.success(request, _("Taken back."))
    return redirect("conflict", key)


def _statement(found: list[Contradiction], chosen: str) -> object:
    for contradiction in found:
        for side in contradiction.sides:
            if chosen == str(side.key):
                return Statement.objects.get(pk=side.key)
    if chosen:
        raise Refused(_("This value is no longer there. Nothing was written; look again."))
    return None
