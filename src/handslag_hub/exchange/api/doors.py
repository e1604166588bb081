"""Who may call an operation: a token's bearer, or somebody logged in (whose writes show the CSRF token)."""

from __future__ import annotations

from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security import APIKeyCookie, HttpBearer

from handslag_hub.accounts.actors import Actor
from handslag_hub.exchange.services.tokens import actor_with


class _CsrfCheck(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


class TokenDoor(HttpBearer):
    """`Authorization: Bearer handslag_…`; from then on the request's actor is the token's."""

    def __init__(self, role: str) -> None:
        self.role = role
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The actor; 401 for a token that is none, 403 for one whose role is less."""
        actor = actor_with(token.strip())
        if actor is None:
            raise HttpError(401, _("This token is unknown, expired or taken back."))
        request.actor = actor
        actor.require(self.role)
        return actor


class SessionDoor(APIKeyCookie):
    """The session of somebody logged in; on a laptop its one user."""

    param_name = "handslag_session"

    def __init__(self, role: str) -> None:
        self.role = role
        super().__init__(csrf=True)

    def __call__(self, request: HttpRequest) -> Actor | None:
        """The actor; None for nobody, 403 without the CSRF token or for a lesser role."""
        if not request.actor.role:
            return None
        check = _CsrfCheck(lambda _request: None)
        request.csrf_processing_done = False
        check.process_request(request)
        if check.process_view(request, None, (), {}) is not None:
            raise HttpError(403, _("The CSRF token is missing or wrong: send it as the header X-CSRFToken, or use a token of the API."))  # fmt: skip
        request.actor.require(self.role)
        return request.actor

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """The actor of the session."""
        return request.actor if request.actor.role else None


def needs(role: str) -> list[TokenDoor | SessionDoor]:
    """The doors of an operation for those with this role or more."""
    return [TokenDoor(role), SessionDoor(role)]
