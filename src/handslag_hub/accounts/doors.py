"""Doors: every page and every address of the API says which role it needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

Page = Callable[..., HttpResponse]


def door(role: str) -> Callable[[Page], Page]:
    """A page for those with this role or more. Who has not logged in is sent to log in; who has, is told what is needed.

    `page.needs` tells the role: the permission matrix is made from it.
    """

    def put_in(page: Page) -> Page:
        @wraps(page)
        def behind_the_door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not request.actor.role:
                return _send_to_log_in(request)
            request.actor.require(role)
            return page(request, *args, **kwargs)

        behind_the_door.needs = role
        return behind_the_door

    return put_in


def _send_to_log_in(request: HttpRequest) -> HttpResponse:
    if getattr(request, "htmx", False):
        return HttpResponse(status=401, headers={"HX-Redirect": resolve_url("account_login")})
    return redirect_to_login(request.get_full_path())
