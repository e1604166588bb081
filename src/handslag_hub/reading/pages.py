"""Pages of this part."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handslag_hub.accounts.doors import door


@door("reader")
def show_documents(request: HttpRequest) -> HttpResponse:
    """Documents."""
    return render(request, "reading/documents.html")


@door("reviewer")
def show_add(request: HttpRequest) -> HttpResponse:
    """Add."""
    return render(request, "reading/add.html")


@door("reader")
def show_document(request: HttpRequest, uid: str) -> HttpResponse:
    """Document."""
    return render(request, "reading/document.html")


@door("reviewer")
def show_review(request: HttpRequest) -> HttpResponse:
    """Review."""
    return render(request, "reading/review.html")


@door("reader")
def show_fact(request: HttpRequest, uid: str) -> HttpResponse:
    """Fact."""
    return render(request, "reading/fact.html")
