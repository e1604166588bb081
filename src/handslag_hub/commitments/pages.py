"""Pages of this part."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handslag_hub.accounts.doors import door


@door("reader")
def show_commitments(request: HttpRequest) -> HttpResponse:
    """Commitments."""
    return render(request, "commitments/commitments.html")


@door("reader")
def show_commitment(request: HttpRequest, uid: str) -> HttpResponse:
    """Commitment."""
    return render(request, "commitments/commitment.html")


@door("reader")
def show_agreements(request: HttpRequest) -> HttpResponse:
    """Agreements."""
    return render(request, "commitments/agreements.html")


@door("reader")
def show_agreement(request: HttpRequest, uid: str) -> HttpResponse:
    """Agreement."""
    return render(request, "commitments/agreement.html")


@door("reader")
def show_signals(request: HttpRequest) -> HttpResponse:
    """Signals."""
    return render(request, "commitments/signals.html")


@door("reader")
def show_conflicts(request: HttpRequest) -> HttpResponse:
    """Conflicts."""
    return render(request, "commitments/conflicts.html")


@door("reader")
def show_conflict(request: HttpRequest, key: int) -> HttpResponse:
    """Conflict."""
    return render(request, "commitments/conflict.html")
