"""What every page's template knows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, object]:
    """The actor, the chosen day, and whether there is a team."""
    return {"actor": getattr(request, "actor", None), "as_known": getattr(request, "as_known", None), "team": settings.TEAM}  # fmt: skip
