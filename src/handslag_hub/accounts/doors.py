"""Doors: every page and every address of the API says which role it needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from handslag_hub.accounts.models import Role

Page = Callable[..., HttpResponse]


def door(role: str) -> Callable[[Page], Page]:
    """A page for those with this role or more. Who has not logged in is sent to log in; who has, is told what is needed.

    `page.needs` tells the role: the permission matrix is made from it.
    """

    def put_in(page: Page) -> Page:
        @wraps(page)
        def behind_the_door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.actor.may(role):
                return page(request, *args, **kwargs)
            if request.actor.role:
                raise PermissionDenied(_("This needs the role “%(role)s”.") % {"role": Role(role).label})
            if getattr(request, "htmx", False):
                return HttpResponse(status=401, headers={"HX-Redirect": resolve_url("account_login")})
            return redirect_to_login(request.get_full_path())

        behind_the_door.needs = role
        return behind_the_door

    return put_in
