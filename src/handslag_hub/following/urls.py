"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from handslag_hub.following.pages import commitment, deciding

urlpatterns = [
    path("commitments/<str:uid>", commitment.show_commitment, name="commitment"),
    path("commitments/<str:uid>/evidence", commitment.add_evidence, name="evidence-add"),
    path("heard/", deciding.show_waiting, name="heard"),
    path("heard/<str:uid>/decide", deciding.decide_on_word, name="heard-decide"),
    path("heard/<str:uid>/take-back", deciding.take_back, name="heard-take-back"),
]
