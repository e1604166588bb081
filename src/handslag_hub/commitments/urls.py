"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from handslag_hub.commitments.pages import agreements, conflicts, ledger, signals, typing

urlpatterns = [
    path("commitments/", ledger.show_commitments, name="commitments"),
    path("commitments/add", typing.add_commitment, name="commitment-add"),
    path("typed/<str:uid>/take-back", typing.take_typed_back, name="typed-take-back"),
    path("agreements/", agreements.show_agreements, name="agreements"),
    path("agreements/add", typing.add_agreement, name="agreement-add"),
    path("signals/", signals.show_signals, name="signals"),
    path("conflicts/", conflicts.show_conflicts, name="conflicts"),
    path("conflicts/<int:key>", conflicts.show_conflict, name="conflict"),
    path("conflicts/<int:key>/settle", conflicts.settle, name="conflict-settle"),
    path("conflicts/<int:key>/take-back", conflicts.unsettle, name="conflict-take-back"),
]
