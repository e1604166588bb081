"""Contradictions of texts: shown with both passages, settled or left standing."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag.kernel.claims import Claim
from handslag_hub.accounts.doors import door
from handslag_hub.commitments.pages.asking import page_asked
from handslag_hub.design.numbers_asked import number_asked
from handslag_hub.following.queries.contradictions import text_contradictions, undecided, view_contradictions
from handslag_hub.following.services.deciding import take_decision_back
from handslag_hub.store.access import access_fact_by_uid
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Verdict
from handslag_hub.store.services import review_fact

PAGE = 25
_HOLDS = ("first", "second")


@door("reader")
def show_contradictions(request: HttpRequest) -> HttpResponse:
    """Passages that cannot both be so; those on which somebody decided by themselves."""
    decided = request.GET.get("decided") == "1"
    facts = text_contradictions(request.actor, request.as_known)
    facts = facts.exclude(pk__in=undecided(facts).values("pk")) if decided else undecided(facts)
    page = Paginator(facts, PAGE).get_page(page_asked(request))
    deciding = request.actor.may("reviewer") and request.as_known.day is None
    context = {"page": page, "contradictions": view_contradictions(request.actor, page.object_list), "decided": decided, "deciding": deciding}  # fmt: skip
    return render(request, "following/contradictions.html", context)


@door("reviewer")
@require_POST
def decide_on_contradiction(request: HttpRequest, uid: str) -> HttpResponse:
    """Settles it for a passage, leaves it standing, says that it is none, or takes that back."""
    fact = access_fact_by_uid(request.actor, uid)
    if fact.kind != "contradiction":
        raise Http404(_("There is no such fact."))
    decision, seen = request.POST.get("decision", ""), number_asked(request.POST.get("seen", ""))
    if decision in _HOLDS:
        holds = [Claim(predicate="holds", value=decision, normal=decision)]
        review_fact(request.actor, fact, Verdict.CORRECT, corrected={"holds": holds}, seen=seen)
    elif decision in {"stand", "none"}:
        review_fact(request.actor, fact, Verdict.ACCEPT if decision == "stand" else Verdict.REJECT, seen=seen)
    elif decision == "back":
        take_decision_back(request.actor, fact)
    else:
        raise Refused(
            _("Choose which passage holds, or that both are left standing, or that they do not contradict each other.")
        )
    messages.success(request, _("Taken back.") if decision == "back" else _("Kept. It can be taken back."))
    return redirect("heard-against")
