"""Addresses of the store itself: its trail, and what is held of a person."""

from __future__ import annotations

from django.urls import path

from handslag_hub.store import trail_pages


urlpatterns = [
    path("trail/", trail_pages.show_trail, name="trail"),
    path("trail/<int:key>/undo", trail_pages.undo, name="trail-undo"),
]
