"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from handslag_hub.register import pages

urlpatterns = [
    path("register/", pages.show_register, name="register"),
    path("register/same", pages.show_same, name="same"),
    path("register/<str:uid>", pages.show_entity, name="entity"),
]
