"""Stable addresses of whatever the hub keeps: `/id/<uid>`, and `/passages/<document>/<start>-<end>`."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse


def base_of(request: HttpRequest) -> str:
    """What addresses in answers begin with: the hub's own, without a slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")


def address_of(base: str, uid: str) -> str:
    """The stable address of an entity, a fact or a document. `base` has no slash at its end."""
    return base + reverse("id", args=[uid])


def passage_address(base: str, document: str, start: int, end: int) -> str:
    """The stable address of a passage of a document."""
    return base + reverse("passage", args=[document, start, end])
