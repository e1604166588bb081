"""Puts the chosen day on every request."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handslag_hub.store.as_known import AsKnown, as_known_from


class AsKnownMiddleware:
    """`request.as_known`: the day in the address (`?on=2026-10-08`, `&held=1`), or today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.as_known = as_known_from(request.GET.get("on", ""), request.GET.get("held", ""))
        except ValueError:
            request.as_known = AsKnown()
            messages.error(request, _("“%(day)s” is no day: write it as 2026-10-08. You see today.") % {"day": request.GET["on"][:40]})  # fmt: skip
        return self.get_response(request)
