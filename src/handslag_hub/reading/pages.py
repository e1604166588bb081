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
