"""Sessions that end: after twelve hours without a page, and after a week whatever happens."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

_BEGAN, _SEEN = "began", "seen"
# A session is written at most this often, so that reading pages does not write to the database every time.
_WRITE_AFTER = 600


class SessionEndMiddleware:
    """Logs out whose session is over; notes, now and then, that it is in use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.TEAM and request.user.is_authenticated:
            now = int(time.time())
            began, seen = request.session.get(_BEGAN, 0), request.session.get(_SEEN, 0)
            if now - began > settings.SESSION_LONGEST_SECONDS or now - seen > settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif now - seen > _WRITE_AFTER:
                request.session[_SEEN] = now
        return self.get_response(request)


@receiver(user_logged_in)
def begin_session(sender: object, request: HttpRequest | None = None, **_: object) -> None:
    """Notes when the session began."""
    if request is not None and hasattr(request, "session"):
        request.session[_BEGAN] = request.session[_SEEN] = int(time.time())
