"""All addresses: every part brings its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from handslag_hub.site import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
