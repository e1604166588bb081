"""Reviewing: the queue with one fact after the other, and the verdicts given there, on the document's page and on the fact's."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag_hub.accounts.doors import door
from handslag_hub.design.numbers_asked import number_asked
from handslag_hub.reading.cards import Card, cards_of, marks_for, title_of
from handslag_hub.reading.fact_fields import KINDS
from handslag_hub.reading.fact_words import choices
from handslag_hub.reading.marking import excerpt
from handslag_hub.reading.queries import reviewing as queries
from handslag_hub.reading.queries.reviewing import QueueChoice
from handslag_hub.reading.retaking import earlier_of, take_over
from handslag_hub.reading.review_forms import CorrectionForm
from handslag_hub.store.access import access_action_by_key, access_document_by_uid, access_fact_by_uid
from handslag_hub.store.errors import Overtaken, Refused
from handslag_hub.store.models import Fact, Verdict
from handslag_hub.store.queries import view_facts
from handslag_hub.store.services import accept_certain, review_fact, undo_action

# Counting further takes time and tells nobody anything.
MOST_COUNTED = 1000
_GIVEN_AT_ONCE = (Verdict.ACCEPT, Verdict.REJECT, Verdict.UNSURE, Verdict.CLEAR)
_SAID = {
    Verdict.ACCEPT: lambda: _("Accepted: %(title)s"),
    Verdict.CORRECT: lambda: _("Corrected: %(title)s"),
    Verdict.REJECT: lambda: _("Rejected: %(title)s"),
    Verdict.UNSURE: lambda: _("Marked as not sure: %(title)s"),
    Verdict.CLEAR: lambda: _("To be reviewed again: %(title)s"),
}


# --- the queue -------------------------------------------------------------------------------------------------------


@door("reviewer")
def show_review(request: HttpRequest) -> HttpResponse:
    """The fact at `fact`, or the first that waits."""
    fact = access_fact_by_uid(request.actor, request.GET["fact"]) if request.GET.get("fact") else None
    return desk(request, fact)


def choice_of(request: HttpRequest) -> QueueChoice:
    """What of the queue the address asks for."""
    names = QueueChoice.__dataclass_fields__
    return QueueChoice(**{name: request.GET.get(name, "")[:40] for name in names})


def desk(request: HttpRequest, fact: Fact | None, *, said: str = "", status: int = 200, **more: object) -> HttpResponse:
    """The review page (for HTMX: its desk) with this fact, or the first that waits."""
    choice = choice_of(request)
    queue = queries.review_queue(request.actor, choice)
    fact = fact or queries.in_order(queue).first()
    chosen = {name: value for name, value in asdict(choice).items() if value}
    context: dict[str, object] = {
        "choice": choice, "chosen": chosen, "query": urlencode({"back": "review", **chosen}), "filters": urlencode(chosen), "said": said,
        "waiting": queue.order_by()[: MOST_COUNTED + 1].count(), "most": MOST_COUNTED, "back": "review", "status": status,
        "undo": queries.action_to_undo(request.actor), "redo": queries.action_to_redo(request.actor), **more,
    }  # fmt: skip
    if fact is not None:
        context |= _fact_at_desk(request, fact)
        context["next"], context["previous"] = queries.after(queue, fact), queries.before(queue, fact)
        context["on_page"] = queue.filter(document=fact.document_id).count()
        context["certain_on_page"] = fact.document_id and Fact.objects.filter(
            document=fact.document_id, shown=True, certainty="certain", status="unreviewed", level__lte=request.actor.level
        ).count()  # fmt: skip
    if not request.htmx:
        context |= {"kinds": KINDS, "certainties": choices("certainty"), "themes": choices("theme")}
        context["page_chosen"] = access_document_by_uid(request.actor, choice.document) if choice.document else None
    answer = render(
        request, "reading/review_part.html" if request.htmx else "reading/review.html", context, status=status
    )
    if request.htmx and fact is not None:
        answer["HX-Replace-Url"] = f"{reverse('review')}?{urlencode({**chosen, 'fact': fact.uid})}"
    return answer


def _fact_at_desk(request: HttpRequest, fact: Fact) -> dict[str, object]:
    card = cards_of(request.actor, [fact])[0]
    lines = []
    if card.view.lead and fact.document:
        place = card.view.lead
        lines = excerpt(fact.document.text, fact.document.lines, (place.start, place.end), marks_for(card))
    quote = card.view.lead.quote if card.view.lead else ""
    return {"card": card, "fact": fact, "lines": lines, "earlier": earlier_of(request.actor, fact, quote)}


# --- verdicts --------------------------------------------------------------------------------------------------------


@require_POST
@door("reviewer")
def review(request: HttpRequest, uid: str) -> HttpResponse:
    """Accept, reject, not sure, or back to be reviewed."""
    fact = access_fact_by_uid(request.actor, uid)
    verdict = request.POST.get("verdict", "")
    if verdict not in _GIVEN_AT_ONCE:
        raise Refused(_("Choose one of accept, correct, reject and not sure."))
    try:
        review_fact(
            request.actor, fact, verdict, note=request.POST.get("note", "").strip()[:2000], seen=seen_by(request)
        )
    except Overtaken as error:
        return overtaken(request, fact, error)
    return after_verdict(request, fact, verdict)


@door("reviewer")
def show_card(request: HttpRequest, uid: str) -> HttpResponse:
    """The card of a fact again, where its correction was left."""
    fact = access_fact_by_uid(request.actor, uid)
    return fact_card(request, fact) if request.htmx else redirect(address_behind(request, fact))


@require_POST
@door("reviewer")
def take_earlier(request: HttpRequest, uid: str) -> HttpResponse:
    """The earlier verdict, with its correction, for a fact whose words changed."""
    fact = access_fact_by_uid(request.actor, uid)
    try:
        action = take_over(request.actor, fact, seen=seen_by(request))
    except Overtaken as error:
        return overtaken(request, fact, error)
    return after_verdict(request, fact, action.details["verdict"])


@door("reviewer")
def correct(request: HttpRequest, uid: str) -> HttpResponse:
    """The form that corrects a fact, and its saving."""
    fact = access_fact_by_uid(request.actor, uid)
    card = card_on(request, fact)
    if not card.can_be_corrected:
        raise Http404(_("There is no such form."))
    if request.method != "POST":
        return correction(request, card, CorrectionForm(request.actor, card))
    form = CorrectionForm(request.actor, card, request.POST)
    seen = seen_by(request)
    if seen is not None and seen != card.seen:
        # Told before the fields are looked at: what "unchanged" means is what they saw.
        return correction(request, card, form, status=409)
    if not form.is_valid():
        return correction(request, card, form, status=422)
    try:
        review_fact(
            request.actor,
            fact,
            Verdict.CORRECT,
            corrected=form.corrected,
            note=form.cleaned_data["note"].strip(),
            seen=seen,
        )
    except Overtaken:
        return correction(request, card_on(request, fact), form, status=409)
    return after_verdict(request, fact, Verdict.CORRECT)


def correction(request: HttpRequest, card: Card, form: CorrectionForm, *, status: int = 200) -> HttpResponse:
    """The form, alone for HTMX; with 409 what somebody else decided in the meantime, and what was typed still in its fields."""
    context = {"card": card, "fact": card.fact, "form": form, "query": request.GET.urlencode(), "back": back_of(request), "status": status,
        "overtaken": status == 409, "heading": 4 if request.htmx and back_of(request) == "document" else 2, "back_address": address_behind(request, card.fact)}  # fmt: skip
    if not request.htmx and card.view.lead and card.fact.document:
        place = card.view.lead
        context["lines"] = excerpt(
            card.fact.document.text, card.fact.document.lines, (place.start, place.end), marks_for(card)
        )
    template = "reading/fact_correct_part.html" if request.htmx else "reading/fact_correct.html"
    answer = render(request, template, context, status=status)
    if request.htmx and status != 200 and back_of(request) == "review":
        # Saved, the form gives way to the next fact; not saved, it stays where it is.
        answer["HX-Retarget"], answer["HX-Reswap"] = "#desk .desk__fact", "innerHTML"
    return answer


@require_POST
@door("reviewer")
def accept_certain_and_go_on(request: HttpRequest, uid: str) -> HttpResponse:
    """From the queue: accepts all that is certain on this page, and shows what is left."""
    document = access_document_by_uid(request.actor, uid)
    action = accept_certain(request.actor, document)
    said = _("%(count)s certain facts of this page accepted.") % {"count": action.details["facts"]}
    if not request.htmx:
        return redirect(f"{reverse('review')}?{urlencode(asdict(choice_of(request)))}")
    fact = access_fact_by_uid(request.actor, request.GET["fact"]) if request.GET.get("fact") else None
    following = queries.after(queries.review_queue(request.actor, choice_of(request)), fact) if fact else None
    return desk(request, following, said=said)


@require_POST
@door("reviewer")
def undo(request: HttpRequest) -> HttpResponse:
    """Takes back an action of the actor's own that is named, or their last review (`redo`: their last undoing).

    What others did is taken back in the trail, where it stands who did what.
    """
    if key := request.POST.get("action", ""):
        number = number_asked(key)
        action = access_action_by_key(request.actor, number) if number is not None else None
        if action is not None and not queries.is_own(request.actor, action):
            raise Refused(_("%(who)s did this. Take it back in the trail.") % {"who": action.actor})
    else:
        action = (
            queries.action_to_redo(request.actor) if request.POST.get("redo") else queries.action_to_undo(request.actor)
        )
    if action is None:
        raise Refused(_("There is nothing of yours to undo."))
    undo_action(request.actor, action)
    subject = action.undoes or action
    details = subject.details
    fact = access_fact_by_uid(request.actor, details["fact"]) if "fact" in details else None
    if back_of(request) == "review":
        said = _("Done again.") if action.undoes else _("Undone.")
        return desk(request, fact, said=said) if request.htmx else redirect(_review_address(request, fact))
    if fact is not None:
        return fact_card(request, fact) if request.htmx else redirect(address_behind(request, fact))
    return redirect("document", details["document"]) if "document" in details else redirect("today")


# --- where it goes on ------------------------------------------------------------------------------------------------


def after_verdict(request: HttpRequest, fact: Fact, verdict: str) -> HttpResponse:
    """The next fact in the queue; elsewhere the same one, as it is now."""
    if back_of(request) != "review":
        return fact_card(request, fact) if request.htmx else redirect(address_behind(request, fact))
    queue = queries.review_queue(request.actor, choice_of(request))
    following = queries.after(queue, fact) or queries.in_order(queue).first()
    if not request.htmx:
        return redirect(_review_address(request, following))
    title = title_of(view_facts(request.actor, [fact], passages=False)[0])
    return desk(request, following, said=_SAID[Verdict(verdict)]() % {"title": title[:120]})


def overtaken(request: HttpRequest, fact: Fact, error: Overtaken) -> HttpResponse:
    """The fact as somebody else left it, with a word on that."""
    if not request.htmx:
        raise error
    fact.refresh_from_db()
    if back_of(request) == "review":
        return desk(request, fact, said=str(error), status=409, overtaken=str(error))
    return fact_card(request, fact, status=409, overtaken=str(error))


def fact_card(request: HttpRequest, fact: Fact, *, status: int = 200, **more: object) -> HttpResponse:
    """The card of a fact on the page it stands on."""
    fact.refresh_from_db()
    context = {"card": card_on(request, fact), "fact": fact, "reviewing": True, "back": back_of(request),
        "card_page": request.GET.get("page", ""), "focus": True, **more}  # fmt: skip
    return render(request, "reading/fact_card_part.html", context, status=status)


def card_on(request: HttpRequest, fact: Fact) -> Card:
    """The fact's card with its passages in the document on whose page it stands."""
    page = request.GET.get("page", "")
    if not page:
        return cards_of(request.actor, [fact])[0]
    places = queries.places_in(access_document_by_uid(request.actor, page), [fact.pk])
    return cards_of(request.actor, [fact], places)[0]


def back_of(request: HttpRequest) -> str:
    """Which page asks: document, fact or review."""
    back = request.GET.get("back", "fact")
    if back not in ("document", "fact", "review"):
        raise Http404
    return back


def address_behind(request: HttpRequest, fact: Fact) -> str:
    """Where the reader came from."""
    back = back_of(request)
    if back == "review":
        return _review_address(request, fact)
    if back == "document" and (uid := request.GET.get("page") or (fact.document.uid if fact.document else "")):
        return f"{reverse('document', args=[uid])}#f-{fact.uid}"
    return reverse("fact", args=[fact.uid])


def _review_address(request: HttpRequest, fact: Fact | None) -> str:
    parts = {name: value for name, value in asdict(choice_of(request)).items() if value}
    return f"{reverse('review')}?{urlencode({**parts, **({'fact': fact.uid} if fact else {})})}"


def seen_by(request: HttpRequest) -> int | None:
    """The last review that the reviewer had before their eyes."""
    return number_asked(request.POST.get("seen", ""))
