"""What every page's template knows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

import handslag


def page(request: HttpRequest) -> dict[str, object]:
    """The actor, the chosen day, whether there is a team, and the version."""
    return {
        "actor": getattr(request, "actor", None),
        "as_known": getattr(request, "as_known", None),
        "team": settings.TEAM,
        "version": handslag.__version__,
    }
