"""Puts the actor on every request; on a laptop the one user is there without logging in."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import actor_of
from handslag_hub.accounts.models import LAPTOP_USER, Role, User

# What no page here ever asks a browser for.
_PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)"  # fmt: skip


class ActorMiddleware:
    """`request.actor`: who asks. Without accounts only this machine may, and there are no pages to log in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.TEAM:
            if not _from_here(request.META.get("REMOTE_ADDR", "")):
                raise PermissionDenied(_("This hub is for one person on their own machine; it answers nobody else."))
            request.user = _one_user()
        request.actor = actor_of(request.user)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, page: Callable, _args: object, _kwargs: object) -> None:
        """Http404 for pages of accounts where there are none."""
        if not settings.TEAM and request.resolver_match.route.startswith("account/"):
            raise Http404(_("There are no accounts: this hub is for one person."))


class HeadersMiddleware:
    """Headers that Django has no setting for: no sensors, and pages of a team stay out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if settings.TEAM:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


def _from_here(address: str) -> bool:
    """True for a loopback address, and for none at all (a socket in the file system)."""
    try:
        return not address or ip_address(address).is_loopback
    except ValueError:
        return False


def _one_user() -> User:
    """The laptop's user, made where there is none. Asked for every time: a backup may have been restored behind a running hub."""
    user, made = User.objects.get_or_create(username=LAPTOP_USER, defaults={"role": Role.ADMINISTRATOR})
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
