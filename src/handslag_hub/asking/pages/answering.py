"""The answer page, for whoever has the private address of a letter. No login, no cookie, no script; it shows the commitments' own words."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from handslag_hub.asking.access import access_answer_address_by_secret, works
from handslag_hub.asking.forms import WhoForm
from handslag_hub.asking.pages.answer_forms import forms_for, given_in
from handslag_hub.asking.queries.answering import questions
from handslag_hub.asking.services.answers import keep_answers
from handslag_hub.design.words import language_now
from handslag_hub.store.errors import Refused

_LANGUAGES = ("sv", "en")


# The secret in the address is what lets somebody answer: no cookie does, so no other site can make a browser do it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """What is asked, and a form for each; answered in part, and again, until the address ends."""
    asked_for = request.GET.get("language", "")
    try:
        address = access_answer_address_by_secret(secret)
    except Http404 as error:
        with translation.override(asked_for if asked_for in _LANGUAGES else language_now()):
            return _closed(request, str(error), status=404)
    letter = address.letter
    with translation.override(asked_for if asked_for in _LANGUAGES else letter.language):
        if not works(address, timezone.localdate()):
            return _closed(request, _("The time to answer is over, or the letter was withdrawn or replaced by a newer one."), status=410)  # fmt: skip
        asked = questions(letter)
        pairs, who = forms_for(asked, request.POST or None), WhoForm(request.POST or None)
        status, refused, kept = 200, "", None
        if request.method == "POST":
            given = given_in(pairs, who)
            status = 422
            if given is not None:
                try:
                    kept = keep_answers(address, given, name=who.cleaned_data["name"])
                except Refused as refusal:
                    status, refused = 409, str(refusal)
                else:
                    status, asked = 200, questions(letter)
                    pairs, who = forms_for(asked, None), WhoForm(initial=who.cleaned_data)
        context = {"pairs": pairs, "who": who, "letter": letter, "kept": kept, "refused": refused,
            "wrong": status == 422, "other": "en" if language_now() == "sv" else "sv"}  # fmt: skip
        return _in_its_language(render(request, "asking/answer.html", context, status=status))


def _closed(request: HttpRequest, message: str, *, status: int) -> HttpResponse:
    return _in_its_language(render(request, "asking/closed.html", {"message": message}, status=status))


def _in_its_language(response: HttpResponse) -> HttpResponse:
    response["Content-Language"] = language_now()
    return response
