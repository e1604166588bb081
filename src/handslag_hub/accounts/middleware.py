"""Puts the actor on every request; on a laptop the one user is there without logging in."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from handslag_hub.accounts.actors import actor_of
from handslag_hub.accounts.models import Role, User

LAPTOP_USER = "me"


class ActorMiddleware:
    """`request.actor`: who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._laptop_user: User | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.TEAM:
            request.user = self._one_user()
        request.actor = actor_of(request.user)
        return self.get_response(request)

    def _one_user(self) -> User:
        if self._laptop_user is None:
            user, made = User.objects.get_or_create(username=LAPTOP_USER, defaults={"role": Role.ADMINISTRATOR})
            if made:
                user.set_unusable_password()
                user.save(update_fields=["password"])
            self._laptop_user = user
        return self._laptop_user
