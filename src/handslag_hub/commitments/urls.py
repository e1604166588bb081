"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from handslag_hub.commitments import pages

urlpatterns = [
    path("commitments/", pages.show_commitments, name="commitments"),
    path("commitments/<str:uid>", pages.show_commitment, name="commitment"),
    path("agreements/", pages.show_agreements, name="agreements"),
    path("agreements/<str:uid>", pages.show_agreement, name="agreement"),
    path("signals/", pages.show_signals, name="signals"),
    path("conflicts/", pages.show_conflicts, name="conflicts"),
    path("conflicts/<int:key>", pages.show_conflict, name="conflict"),
]
