"""The API as a whole: its parts, its errors, and which role each operation needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.urls import URLPattern
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from handslag.kernel.errors import HandslagError
from handslag_hub.accounts.doors import door
from handslag_hub.accounts.models import Role
from handslag_hub.exchange.api import documents, facts, others

_DESCRIPTION = """\
Reads everything that the hub's pages show, as far as you may see it, and adds documents.

Show a token (`Authorization: Bearer handslag_…`), or use your session; writes in a session need the header `X-CSRFToken`.
Lists come in pages: `next` of one is `cursor` of the following. `on=2026-10-08` asks as known on that day.
Errors are `{"detail": "…"}`, in the language of `Accept-Language`.
"""

api = NinjaAPI(
    title="Handslag", version="1", description=_DESCRIPTION, urls_namespace="api", docs_decorator=door("reader")
)
for name, router in (("documents", documents.router), ("facts", facts.router), ("more", others.router)):
    api.add_router("", router, tags=[name])


def operations() -> Iterator[tuple[str, str, str]]:
    """(Method, address, role) of every operation: the permission matrix is made from it."""
    for _prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    yield method, f"/api{path}", operation.auth_callbacks[0].role


def addresses() -> tuple[list[URLPattern], str, str]:
    """The API's addresses for `path()`, each telling, as pages do, the least role that any of its operations needs (`needs`)."""
    patterns, app, namespace = api.urls
    needed: dict[str, set[str]] = defaultdict(set)
    for _method, address, role in operations():
        needed[address.removeprefix("/api/").replace("{", "<").replace("}", ">")].add(role)
    for pattern in patterns:
        roles = needed.get(str(pattern.pattern))
        if roles:
            pattern.callback.needs = min(roles, key=Role.values.index)
        elif not hasattr(pattern.callback, "needs"):
            pattern.callback = door("reader")(pattern.callback)
    return patterns, app, namespace


def _answer(request: HttpRequest, status: int, detail: str, **more: object) -> HttpResponse:
    return api.create_response(request, {"detail": detail, **more}, status=status)


@api.exception_handler(HandslagError)
def _refused(request: HttpRequest, error: HandslagError) -> HttpResponse:
    return _answer(request, getattr(error, "status", 400), str(error))


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return _answer(request, 404, str(error) or _("There is nothing at this address, or you may not see it."))


@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return _answer(request, 403, str(error))


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return _answer(request, 401, _("Show a token of the API, or log in first."))


@api.exception_handler(HttpError)
def _told(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _answer(request, error.status_code, str(error))


@api.exception_handler(RawPostDataException)
def _no_json(request: HttpRequest, _error: RawPostDataException) -> HttpResponse:
    """A form came where JSON is read: who looked for its CSRF token has read it."""
    errors = [{"field": "body", "reason": "Input should be JSON (Content-Type: application/json)"}]
    return _answer(request, 422, _("This cannot be understood: %(fields)s. “errors” says why.") % {"fields": "body"}, errors=errors)  # fmt: skip


@api.exception_handler(ValidationError)
def _unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What was asked does not fit: which fields, and why (the reasons are the library's, in English)."""
    errors = [{"field": ".".join(str(part) for part in found["loc"][1:]), "reason": found["msg"]} for found in error.errors]  # fmt: skip
    fields = ", ".join(found["field"] for found in errors)
    return _answer(request, 422, _("This cannot be understood: %(fields)s. “errors” says why.") % {"fields": fields}, errors=errors)  # fmt: skip
