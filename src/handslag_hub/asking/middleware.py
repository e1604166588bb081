"""What every answer at a private address has, whoever gives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

from handslag_hub.accounts.limits import PRIVATE_ROUTES

_PRIVATE: Final = tuple("/" + route for route in PRIVATE_ROUTES)
# The address is a secret: it is kept from search engines, from caches, and from the pages that are linked to.
_HEADERS: Final = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store, private",
    "X-Content-Type-Options": "nosniff",
}


class PrivateAddressMiddleware:
    """Outermost, so that refusals, redirects and faults under a private address have its headers, too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(_PRIVATE):
            for name, value in _HEADERS.items():
                response[name] = value
        return response
