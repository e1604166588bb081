"""How often somebody may do something in a minute: adding documents, searching, the API."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

_MINUTE = 60
_SEARCHES = {"search"}
# What opens by a secret in its address: whoever guesses does not get far.
PRIVATE_ROUTES = ("answer/", "feeds/")


def limit_of(request: HttpRequest) -> str:
    """Which limit the request counts against: "api", "search", "add", "private", or "" for none."""
    match = request.resolver_match
    if match.route.startswith(PRIVATE_ROUTES):
        return "private"
    if request.path.startswith("/api/"):
        return "api"
    if match.url_name in _SEARCHES and request.GET.get("q"):
        return "search"
    if request.method == "POST" and match.route.startswith("documents/add"):
        return "add"
    return ""


def too_many(name: str, who: str, *, now: float | None = None) -> bool:
    """Counts one more; True if that is more than the settings' `LIMITS_PER_MINUTE` allow."""
    most = settings.LIMITS_PER_MINUTE.get(name)
    if not most:
        return False
    key = f"limit:{name}:{who}:{int((now or time.time()) // _MINUTE)}"
    cache.add(key, 0, timeout=2 * _MINUTE)
    try:
        return cache.incr(key) > most
    except ValueError:
        # Gone between the two: the minute is over.
        return False


class LimitMiddleware:
    """Answers 429, saying when to come again, to who asks too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, page: Callable, args: object, kwargs: object) -> HttpResponse | None:
        """The refusal; None where there is none."""
        name = limit_of(request)
        if not name or not too_many(name, _asker(request)):
            return None
        wait = _MINUTE - int(time.time()) % _MINUTE
        message = _("That was more than %(most)d times in a minute. Wait %(wait)d seconds and try again; nothing was lost or written.") % {"most": settings.LIMITS_PER_MINUTE[name], "wait": wait}  # fmt: skip
        if name == "api":
            response: HttpResponse = JsonResponse({"detail": message}, status=429)
        else:
            template = "design/refused_part.html" if getattr(request, "htmx", False) else "429.html"
            response = render(request, template, {"message": message}, status=429)
        response["Retry-After"] = str(wait)
        return response


def _asker(request: HttpRequest) -> str:
    """Whom it is counted for: the account, or the address that a proxy in front tells; the proxy's own would be everybody's."""
    return str(request.actor.user_id or get_adapter().get_client_ip(request))
