"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from handslag_hub.following.pages import commitment, contradicting, deciding, repeating

urlpatterns = [
    path("commitments/<str:uid>", commitment.show_commitment, name="commitment"),
    path("commitments/<str:uid>/evidence", commitment.add_evidence, name="evidence-add"),
    path("heard/", deciding.show_waiting, name="heard"),
    path("heard/same", repeating.show_repetitions, name="heard-same"),
    path("heard/same/judge", repeating.judge_repetition, name="repetition-judge"),
    path("heard/same/<int:key>/part", repeating.part, name="repetition-part"),
    path("heard/against", contradicting.show_contradictions, name="heard-against"),
    path("heard/against/<str:uid>", contradicting.decide_on_contradiction, name="contradiction-decide"),
    path("heard/<str:uid>/decide", deciding.decide_on_word, name="heard-decide"),
    path("heard/<str:uid>/take-back", deciding.take_back, name="heard-take-back"),
]
