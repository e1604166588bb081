"""Pages for what went wrong: what happened, and what to do now."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def show_bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form cannot be understood."""
    return _said(request, 400, _("This cannot be understood"), _("The address or the form is not as this hub makes them. Go back and try again."))  # fmt: skip


def show_forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: with the reason that was given."""
    return _said(request, 403, _("Not for your role"), _reason(exception) or _("Your role does not allow this."))


def show_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: with the reason that was given; also for what the actor may not see."""
    return _said(request, 404, _("Not here"), _reason(exception) or _("There is no such page."))


def show_expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token: it is too old, or comes from elsewhere."""
    logging.getLogger("django.security.csrf").warning("Form refused: %s", reason, extra={"status_code": 403, "request": request})  # fmt: skip
    return _said(request, 403, _("The form is too old"), _("Nothing was changed. Load the page again and send the form once more; cookies must be allowed."))  # fmt: skip


def show_fault(request: HttpRequest) -> HttpResponse:
    """500: a page that needs no database and knows nothing of the request."""
    return HttpResponse(render_to_string("500.html"), status=500)


def _said(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    if getattr(request, "htmx", False):
        return render(request, "design/refused_part.html", {"message": message}, status=status)
    return render(request, "design/fault.html", {"title": title, "message": message, "status": status}, status=status)


def _reason(exception: Exception | None) -> str:
    """The words that the error was raised with; "" for those of Django's own."""
    words = exception.args[0] if exception is not None and exception.args else ""
    return words if isinstance(words, str) else ""
