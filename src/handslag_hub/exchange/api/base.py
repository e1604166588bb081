"""What addresses in answers begin with."""

from __future__ import annotations

from django.http import HttpRequest


def base_of(request: HttpRequest) -> str:
    """The hub's own address, without a slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")
