"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from handslag_hub.register.pages import cards, listing, same, typing

urlpatterns = [
    path("register/", listing.show_register, name="register"),
    path("register/same", same.show_same, name="same"),
    path("register/same/judge", same.judge, name="judge-sameness"),
    path("register/same/<str:a>/<str:b>", same.compare, name="compare"),
    path("register/take-back/<int:key>", same.take_back_decision, name="decision-take-back"),
    path("register/new/<str:kind>", typing.new_entry, name="new-entry"),
    path("register/<str:uid>", cards.show_entity, name="entity"),
    path("register/<str:uid>/sheet", cards.show_sheet, name="entity-sheet"),
    path("register/<str:uid>/in/<str:section>", cards.show_section, name="entity-section"),
    path("register/<str:uid>/neighbourhood", cards.show_neighbourhood, name="entity-neighbourhood"),
    path("register/<str:uid>/same", same.choose_same, name="same-as"),
    path("register/<str:uid>/split", same.split, name="split-entity"),
    path("register/<str:uid>/add/<str:what>", typing.add_to_entry, name="add-to-entry"),
]
