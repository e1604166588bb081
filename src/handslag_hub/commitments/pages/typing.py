"""What is typed by hand: agreements, commitments, evidence; and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag.kernel.claims import Claim, normal_words
from handslag_hub.accounts.doors import door
from handslag_hub.commitments.forms import AgreementForm, CommitmentForm
from handslag_hub.commitments.services import (
    coded_claim,
    named_claims,
    take_back,
    type_fact,
    when_claims,
    words_claim,
)
from handslag_hub.design.words import language_now
from handslag_hub.reading.naming import known_entity
from handslag_hub.store.access import access_entity_by_uid, access_fact_by_uid
from handslag_hub.store.models import Entity


@door("reviewer")
def add_commitment(request: HttpRequest) -> HttpResponse:
    """A form for a commitment, of an agreement where the address names one (`?agreement=…`), in one of its areas (`&area=…`)."""
    uid = request.GET.get("agreement", "")
    agreement = access_entity_by_uid(request.actor, uid, "agreement") if uid else None
    area = request.GET.get("area", "").strip()[:1000] if agreement else ""
    form = CommitmentForm(
        request.POST or None, actor=request.actor, initial={"what": (request.GET.get("what", "") or area)[:4000]}
    )
    if form.is_valid():
        given = form.cleaned_data
        claims = [*words_claim("what", given["what"]), *named_claims("who", given["who"]), *coded_claim("firmness", given["firmness"]),
            *words_claim("cue", given["cue"]), *when_claims("when", given["when"]), *named_claims("said_by", given["said_by"]),
            *named_claims("to_whom", given["to_whom"]), *coded_claim("theme", given["theme"]), *_agreement_claim(agreement), *words_claim("area", area),
            *words_claim("words", given["words"]), *words_claim("link", given["link"]), *when_claims("day", given["day"])]  # fmt: skip
        visibility = max(given["visibility"], agreement.level if agreement else 0)
        fact, _action = type_fact(
            request.actor,
            "commitment",
            given["what"],
            claims,
            visibility=visibility,
            origin=given["link"],
            language=language_now(),
        )
        messages.success(request, _("The commitment is kept."))
        return redirect("commitment", fact.about.uid)
    return render(request, "commitments/add_commitment.html", {"form": form, "agreement": agreement, "area": area}, status=422 if form.is_bound else 200)  # fmt: skip


@door("reviewer")
def add_agreement(request: HttpRequest) -> HttpResponse:
    """A form for an agreement."""
    form = AgreementForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        given = form.cleaned_data
        claims = [*words_claim("name", given["name"]), *words_claim("form", given["form"]), *coded_claim("status", given["status"]),
            *named_claims("party", given["party"]), *named_claims("signatory", given["signatory"]), *_lines("area", given["area"]),
            *_lines("activity", given["activity"]), *when_claims("date", given["date"]), *words_claim("place", given["place"]),
            *words_claim("words", given["words"]), *words_claim("link", given["link"])]  # fmt: skip
        fact, _action = type_fact(
            request.actor,
            "agreement",
            given["name"],
            claims,
            visibility=given["visibility"],
            origin=given["link"],
            language=language_now(),
        )
        messages.success(request, _("The agreement is kept."))
        return redirect("agreement", fact.about.uid)
    return render(request, "commitments/add_agreement.html", {"form": form}, status=422 if form.is_bound else 200)


@door("reviewer")
@require_POST
def take_typed_back(request: HttpRequest, uid: str) -> HttpResponse:
    """Undoes the typing of one fact."""
    fact = access_fact_by_uid(request.actor, uid)
    of = fact.statements.filter(predicate="of").select_related("object_now__canonical").first()
    take_back(request.actor, fact)
    messages.success(request, _("Taken back."))
    if of is not None and of.object_now is not None:
        return redirect("commitment", of.object_now.canonical.uid)
    return redirect("agreements" if fact.kind == "agreement" else "commitments")


def _agreement_claim(agreement: Entity | None) -> list[Claim]:
    if agreement is None:
        return []
    canonical = agreement.canonical
    return [Claim(predicate="agreement", value=canonical.label, normal=normal_words(canonical.label), object=known_entity(canonical))]  # fmt: skip


def _lines(predicate: str, text: str) -> list[Claim]:
    return [claim for line in text.splitlines() for claim in words_claim(predicate, line.strip())]
