"""Requests that are refused are answered with words, not as a fault; what strangers wrote cannot turn the words of a page round."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handslag.kernel.errors import HandslagError
from handslag_hub.design.shown import visible_page


class NulMiddleware:
    """400 for an address or a form with NUL, which no text has and PostgreSQL takes in none; a cookie with it is as none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\0" not in value}
        return self.get_response(request)

    def process_view(self, request: HttpRequest, page: Callable, args: object, kwargs: object) -> None:
        """SuspiciousOperation where there is one; only then, so that the answer is a page for whoever asks."""
        given = (text for name, values in request.POST.lists() for text in (name, *values))
        in_json = request.content_type == "application/json" and b"\\u0000" in request.body
        in_address = "\0" in request.path or "%00" in request.META.get("QUERY_STRING", "")
        if in_json or in_address or any("\0" in text for text in given):
            raise SuspiciousOperation("NUL")


class ShownMiddleware:
    """Every page shows its words in the order in which they stand. What is handed out as a file stays as it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html") and "Content-Disposition" not in response
        if is_page and not response.streaming:
            page = response.content.decode(response.charset)
            shown = visible_page(page)
            if shown is not page:
                response.content = shown
        return response


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
