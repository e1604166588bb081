"""Addresses of the store itself: its trail, and what is held of a person."""

from __future__ import annotations

from django.urls import path

from handslag_hub.store import trail_pages
from handslag_hub.store.erasing import pages

urlpatterns = [
    path("trail/", trail_pages.show_trail, name="trail"),
    path("trail/<int:key>/undo", trail_pages.undo, name="trail-undo"),
    path("people-data/<str:uid>/", pages.show_person_data, name="person-data"),
    path("people-data/<str:uid>/export.json", pages.export_json, name="person-data-json"),
    path("people-data/<str:uid>/export.html", pages.export_html, name="person-data-html"),
    path("people-data/<str:uid>/erase", pages.erase, name="person-data-erase"),
]
