"""What a write refuses is shown to people as a message, not as a fault."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handslag.kernel.errors import HandslagError


class RefusalMiddleware:
    """A `HandslagError` becomes a page (or, for HTMX, a message in the page) with its words: 409 where somebody else was first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to an error that was raised on purpose; None leaves any other to Django."""
        if not isinstance(error, HandslagError):
            return None
        status = getattr(error, "status", 400)
        template = "design/refused_part.html" if getattr(request, "htmx", False) else "design/refused.html"
        return render(request, template, {"message": str(error)}, status=status)
