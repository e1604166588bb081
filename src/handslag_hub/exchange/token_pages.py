"""The page of one's own tokens of the API."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag_hub.accounts.doors import door
from handslag_hub.accounts.models import Role
from handslag_hub.design.numbers_asked import number_asked
from handslag_hub.exchange.queries import tokens_of
from handslag_hub.exchange.services.tokens import LONGEST_DAYS, make_token, revoke_token
from handslag_hub.store.errors import Refused

_DAYS = (30, 90, 180, LONGEST_DAYS)


@door("reader")
def show_tokens(request: HttpRequest) -> HttpResponse:
    """One's tokens; a POST makes one, and shows its secret this once."""
    if not settings.TEAM:
        raise Http404(_("There are no accounts: this hub is for one person, whose programs need no token."))
    secret = error = ""
    if request.method == "POST":
        days = number_asked(request.POST.get("days", "")) or 0
        try:
            _token, secret = make_token(request.actor, request.POST.get("name", ""), request.POST.get("role", ""), days)
        except Refused as refusal:
            error = str(refusal)
    tokens = tokens_of(request.actor)
    roles = [(role.value, role.label) for role in Role if request.actor.may(role)]
    context = {"tokens": tokens, "secret": secret, "error": error, "roles": roles, "days": _DAYS, "now": timezone.now()}
    response = render(request, "exchange/tokens.html", context, status=400 if error else 200)
    response["Cache-Control"] = "no-store, private"
    return response


@door("reader")
@require_POST
def take_back_token(request: HttpRequest, key: int) -> HttpResponse:
    """Takes a token back."""
    revoke_token(request.actor, key)
    messages.success(request, _("The token is taken back; no program gets in with it any longer."))
    return redirect("api-tokens")
