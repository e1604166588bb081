"""Who is the same as whom: proposals judged, entries compared, merged, split; all of it taken back."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag_hub.accounts.doors import door
from handslag_hub.register.pages.cards import canonical_entity, done_action, moved
from handslag_hub.register.pages.listing import page_number
from handslag_hub.register.queries.comparing import side_of
from handslag_hub.register.queries.lines import lines_of
from handslag_hub.register.queries.listing import KINDS, Filters, list_register
from handslag_hub.register.queries.mentions import facts_of, mentions_of
from handslag_hub.register.queries.same import PER_PAGE, proposal_between, proposals, view_proposals
from handslag_hub.register.queries.sections import PER_PAGE as FACTS_PER_PAGE
from handslag_hub.register.services import split_off, take_back
from handslag_hub.store.access import access_action_by_key
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Sameness
from handslag_hub.store.queries import known_facts
from handslag_hub.store.services import judge_sameness


@door("reviewer")
def show_same(request: HttpRequest) -> HttpResponse:
    """Entries that may be the same, with reasons."""
    return _show_proposals(request, done=done_action(request))


@require_POST
@door("reviewer")
def judge(request: HttpRequest) -> HttpResponse:
    """Says of two entries that they are the same, different, or that it is not sure."""
    a, b = (canonical_entity(request, request.POST.get(side, "")) for side in "ab")
    verdict = request.POST.get("verdict", "")
    is_listed = request.POST.get("from") == "list"
    try:
        if verdict not in Sameness.values:
            raise Refused(_("Choose “the same”, “different” or “not sure”."))
        action = judge_sameness(request.actor, a, b, verdict, method="proposal" if is_listed else "by hand", score=_score(request))  # fmt: skip
    except Refused as refusal:
        if is_listed:
            return _show_proposals(request, refused=str(refusal))
        return _show_comparison(request, a.uid, b.uid, refused=str(refusal))
    if is_listed and request.htmx:
        return _show_proposals(request, done=action)
    if is_listed:
        return redirect(f"{reverse('same')}?{_kept(request)}done={action.pk}")
    return redirect(f"{reverse('entity', args=[a.uid])}?done={action.pk}")


@door("reviewer")
def compare(request: HttpRequest, a: str, b: str) -> HttpResponse:
    """Two entries side by side."""
    return _show_comparison(request, a, b)


@require_POST
@door("reviewer")
def take_back_decision(request: HttpRequest, key: int) -> HttpResponse:
    """Takes back a decision, or brings one back that was taken back."""
    action = access_action_by_key(request.actor, key)
    # Of a decision that was taken back, the taking back is taken back.
    last = action.undone_by.filter(undone=False).latest("pk") if action.undone else action
    take_back(request.actor, last)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = reverse("same")
    return redirect(back)


@door("reviewer")
def choose_same(request: HttpRequest, uid: str) -> HttpResponse:
    """Searches the entry that this one is the same as."""
    entity = canonical_entity(request, uid)
    if (elsewhere := moved(request, entity, "same-as")) is not None:
        return elsewhere
    typed = request.GET.get("q", "").strip()[:200]
    # Its own name finds those that are called alike.
    filters = Filters(typed=typed or entity.label, kind=entity.kind)
    found = list_register(request.actor, request.as_known, filters, 1)
    rows = [row for row in found.rows if row.uid != entity.uid][:20]
    return render(request, "register/same_as.html", {"entity": entity, "typed": typed, "rows": rows})


@door("reviewer")
def split(request: HttpRequest, uid: str) -> HttpResponse:
    """Chooses the facts that belong to another one than this."""
    entity = canonical_entity(request, uid)
    if (elsewhere := moved(request, entity, "split-entity")) is not None:
        return elsewhere
    mentions = mentions_of(request.actor, request.as_known, entity.canonical_id).facts()
    name = request.POST.get("name", "").strip()[:500]
    chosen = set(request.POST.getlist("fact")[: 10 * FACTS_PER_PAGE])
    refused = ""
    if request.method == "POST":
        facts = known_facts(request.actor, request.as_known).filter(uid__in=chosen, pk__in=mentions)
        try:
            target, action = split_off(request.actor, entity, list(facts), name)
        except Refused as refusal:
            refused = str(refusal)
        else:
            return redirect(f"{reverse('entity', args=[target.uid])}?done={action.pk}")
    page = Paginator(mentions, FACTS_PER_PAGE).get_page(page_number(request))
    lines = lines_of(request.actor, facts_of(request.actor, list(page.object_list)))
    context = {"entity": entity, "page": page, "lines": lines, "name": name, "chosen": chosen, "refused": refused}  # fmt: skip
    return render(request, "register/split.html", context, status=400 if refused else 200)


def _show_proposals(request: HttpRequest, *, done: object = None, refused: str = "") -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    kind = given["kind"] if given.get("kind") in KINDS else ""
    unsure = given.get("unsure") == "1"
    page = Paginator(proposals(request.actor, kind=kind, unsure=unsure), PER_PAGE).get_page(page_number(request))
    context = {
        "page": page, "proposals": view_proposals(request.actor, page.object_list), "kinds": KINDS, "kind": kind, "unsure": unsure,
        "done": done, "refused": refused,
    }  # fmt: skip
    is_part = request.htmx and not request.htmx.boosted
    # HTMX puts in what comes with 200 only; whoever has no script gets the status that it is.
    status = 409 if refused and not is_part else 200
    return render(request, "register/same_part.html" if is_part else "register/same.html", context, status=status)


def _show_comparison(request: HttpRequest, a: str, b: str, *, refused: str = "") -> HttpResponse:
    one, other = canonical_entity(request, a), canonical_entity(request, b)
    if one.canonical_id == other.canonical_id and not refused:
        return redirect("entity", one.canonical.uid)
    sides = [side_of(request.actor, request.as_known, entity) for entity in (one, other)]
    context = {"sides": sides, "a": one, "b": other, "proposal": proposal_between(request.actor, one, other), "refused": refused}  # fmt: skip
    return render(request, "register/compare.html", context, status=409 if refused else 200)


def _score(request: HttpRequest) -> float | None:
    try:
        return float(request.POST["score"])
    except (KeyError, ValueError):
        # Judged by hand: there was no proposal with a score.
        return None


def _kept(request: HttpRequest) -> str:
    kind = request.POST.get("kind", "")
    return (f"kind={kind}&" if kind in KINDS else "") + ("unsure=1&" if request.POST.get("unsure") == "1" else "")
