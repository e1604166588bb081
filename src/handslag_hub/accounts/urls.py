"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from handslag_hub.accounts import pages

urlpatterns = [
    path("trail/", pages.show_trail, name="trail"),
    path("people/", pages.show_people, name="people"),
]
