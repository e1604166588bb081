"""The page of an agreement, its sheet for printing, and its milestones."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag_hub.accounts.doors import door
from handslag_hub.briefs.forms import AssessmentForm, MilestoneForm
from handslag_hub.briefs.queries.agreement_page import agreement_page
from handslag_hub.briefs.queries.milestones import agreement_of, documents_telling, look_for_words, milestone_of
from handslag_hub.briefs.services import take_back, type_assessment, type_milestone
from handslag_hub.commitments.pages.agreements import agreement_card
from handslag_hub.commitments.pages.asking import day_looked_from
from handslag_hub.commitments.queries.cards import facts_about
from handslag_hub.design.words import language_now
from handslag_hub.store.access import access_entity_by_uid, access_fact_by_uid
from handslag_hub.store.models import Entity


@door("reader")
def show_agreement(request: HttpRequest, uid: str) -> HttpResponse:
    """One agreement: parties, who signed, areas with where they stand, milestones."""
    return _answer(request, uid, "briefs/agreement.html")


@door("reader")
def show_agreement_sheet(request: HttpRequest, uid: str) -> HttpResponse:
    """One agreement on a sheet to print."""
    return _answer(request, uid, "briefs/agreement_sheet.html")


def _answer(request: HttpRequest, uid: str, template: str) -> HttpResponse:
    entity = access_entity_by_uid(request.actor, uid, "agreement")
    if entity.canonical.uid != uid:
        return redirect(request.get_full_path().replace(uid, entity.canonical.uid, 1))
    card = agreement_card(request, entity)
    page = agreement_page(request.actor, request.as_known, entity, card["facts"], card["values"]["area"], card["values"]["signatory"], day_looked_from(request))  # fmt: skip
    return render(request, template, {**card, "page": page})


@door("reviewer")
def add_milestone(request: HttpRequest, uid: str) -> HttpResponse:
    """A form for a milestone of an agreement."""
    agreement = access_entity_by_uid(request.actor, uid, "agreement").canonical
    form = MilestoneForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        type_milestone(request.actor, agreement, **form.cleaned_data, language=language_now())
        messages.success(request, _("The milestone is kept."))
        return redirect("agreement", agreement.uid)
    return render(request, "briefs/add_milestone.html", {"form": form, "agreement": agreement}, status=422 if form.is_bound else 200)  # fmt: skip


@door("reader")
def show_milestone(request: HttpRequest, uid: str) -> HttpResponse:
    """One milestone with all that was reported of it; those who may type a report there."""
    return _milestone(
        request, access_entity_by_uid(request.actor, uid, "milestone"), AssessmentForm(actor=request.actor)
    )


@door("reviewer")
@require_POST
def add_assessment(request: HttpRequest, uid: str) -> HttpResponse:
    """What was reported of a milestone."""
    entity = access_entity_by_uid(request.actor, uid, "milestone")
    form = AssessmentForm(request.POST, actor=request.actor)
    if not form.is_valid():
        return _milestone(request, entity, form, status=422)
    type_assessment(request.actor, entity.canonical, **form.cleaned_data)
    messages.success(request, _("The report is kept."))
    return redirect("milestone", entity.canonical.uid)


def _milestone(request: HttpRequest, entity: Entity, form: AssessmentForm, *, status: int = 200) -> HttpResponse:
    milestone = milestone_of(request.actor, request.as_known, entity, day_looked_from(request))
    if milestone is None:
        raise Http404(_("Nothing is known of this milestone on the day chosen."))
    agreement = Entity.objects.filter(pk=agreement_of(milestone)).select_related("canonical").first()
    if agreement is not None:
        facts = facts_about(request.actor, request.as_known, agreement.canonical, "agreement")
        documents = documents_telling(request.actor, request.as_known, facts)
        look_for_words(request.actor, request.as_known, [milestone], documents)
    return render(request, "briefs/milestone.html", {
        "milestone": milestone, "agreement": agreement.canonical if agreement else None, "form": form,
        "may_type": request.actor.may("reviewer") and request.as_known.day is None,
    }, status=status)  # fmt: skip


@door("reviewer")
@require_POST
def take_milestone_back(request: HttpRequest, uid: str) -> HttpResponse:
    """Undoes the typing of a milestone or of a report of one."""
    fact = access_fact_by_uid(request.actor, uid)
    predicate = {"milestone": "agreement", "assessment": "of"}.get(fact.kind, "")
    of = fact.statements.filter(predicate=predicate).select_related("object_now__canonical").first()
    if of is None or of.object_now is None:
        raise Http404(_("There is no such milestone."))
    take_back(request.actor, fact)
    messages.success(request, _("Taken back."))
    return redirect("agreement" if fact.kind == "milestone" else "milestone", of.object_now.canonical.uid)
