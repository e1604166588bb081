"""Deciding on what was found: the list of what waits, and the decisions given there and on a commitment's page."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag_hub.accounts.doors import door
from handslag_hub.commitments.pages.asking import page_asked
from handslag_hub.commitments.wording import choices
from handslag_hub.following.forms import DecisionForm
from handslag_hub.following.queries.waiting import view_waiting, waiting_words
from handslag_hub.following.services.deciding import decide_on_all, take_decision_back
from handslag_hub.store.access import access_entity_by_uid, access_fact_by_uid
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Fact

PAGE = 25
_SAID = {
    "accept": lambda: _("Confirmed."),
    "correct": lambda: _("Corrected."),
    "reject": lambda: _("Rejected. It stays rejected when the page is read again."),
    "unsure": lambda: _("Marked as not sure."),
}


@door("reviewer")
def show_waiting(request: HttpRequest) -> HttpResponse:
    """What later documents seem to say of commitments, and nobody has decided on."""
    weak = request.GET.get("weak") == "1"
    page = Paginator(waiting_words(request.actor, weak=weak), PAGE).get_page(page_asked(request))
    context = {"page": page, "waiting": view_waiting(request.actor, page.object_list), "weak": weak, "says": choices("says"), "by": choices("heard_by"), "deciding": True}  # fmt: skip
    return render(request, "following/waiting.html", context)


@door("reviewer")
@require_POST
def decide_on_word(request: HttpRequest, uid: str) -> HttpResponse:
    """Confirms, corrects or rejects a word."""
    fact = _evidence(request, uid)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Choose one of confirm, correct, reject and not sure."))
    given = form.cleaned_data
    verdict = given.pop("verdict")
    before = given.pop("seen")
    seen = {} if before is None else {fact.pk: before}
    # One page at two addresses is one line of the list, and decided on at once.
    facts = {fact.pk: fact}
    for twin in request.POST.getlist("twin"):
        uid, _colon, last = twin.partition(":")
        one = _evidence(request, uid)
        if one.pk not in facts:
            facts[one.pk] = one
            seen[one.pk] = int(last[:20]) if last.isdecimal() else 0
    decide_on_all(request.actor, list(facts.values()), verdict, seen=seen, **given)
    messages.success(request, _SAID[verdict]())
    return _back(request, fact)


@door("reviewer")
@require_POST
def take_back(request: HttpRequest, uid: str) -> HttpResponse:
    """Takes the last decision on a word back."""
    fact = _evidence(request, uid)
    take_decision_back(request.actor, fact)
    messages.success(request, _("Taken back."))
    return _back(request, fact)


def _evidence(request: HttpRequest, uid: str) -> Fact:
    fact = access_fact_by_uid(request.actor, uid)
    if fact.kind != "evidence":
        raise Http404(_("There is no such fact."))
    return fact


def _back(request: HttpRequest, fact: Fact) -> HttpResponse:
    """To the commitment's page, or the list, from where it was decided."""
    if uid := request.POST.get("of", ""):
        entity = access_entity_by_uid(request.actor, uid, "commitment")
        return redirect(f"{reverse('commitment', args=[entity.canonical.uid])}#w-{fact.uid}")
    return redirect(f"{reverse('heard')}{'?weak=1' if request.POST.get('weak') == '1' else ''}")
