"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from handslag_hub.home import pages

urlpatterns = [
    path("", pages.show_today, name="today"),
    path("search", pages.show_search, name="search"),
]
