"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from handslag_hub.accounts import pages

urlpatterns = [
    path("people/", pages.show_people, name="people"),
    path("people/invite", pages.invite, name="invite"),
    path("people/<int:key>/link", pages.new_link, name="person-link"),
    path("people/<int:key>/role", pages.change_role, name="person-role"),
    path("people/<int:key>/deactivate", pages.deactivate, name="person-deactivate"),
    path("people/<int:key>/reactivate", pages.reactivate, name="person-reactivate"),
    path("people/<int:key>/end-sessions", pages.end_sessions, name="person-end-sessions"),
]
