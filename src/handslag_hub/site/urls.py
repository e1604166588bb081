"""All addresses: every part brings its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from handslag_hub.site import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("account/", include("allauth.urls")),
    path("", include("handslag_hub.accounts.urls")),
    path("", include("handslag_hub.store.urls")),
    path("", include("handslag_hub.reading.urls")),
    path("", include("handslag_hub.register.urls")),
    path("", include("handslag_hub.commitments.urls")),
    path("", include("handslag_hub.following.urls")),
    path("", include("handslag_hub.asking.urls")),
    path("", include("handslag_hub.briefs.urls")),
    path("", include("handslag_hub.exchange.urls")),
    path("", include("handslag_hub.home.urls")),
]

handler400 = "handslag_hub.design.errors.show_bad_request"
handler403 = "handslag_hub.design.errors.show_forbidden"
handler404 = "handslag_hub.design.errors.show_not_found"
handler500 = "handslag_hub.design.errors.show_fault"
