"""Pages of this part."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handslag_hub.accounts.doors import door


@door("reviewer")
def show_trail(request: HttpRequest) -> HttpResponse:
    """Trail."""
    return render(request, "accounts/trail.html")


@door("administrator")
def show_people(request: HttpRequest) -> HttpResponse:
    """People."""
    return render(request, "accounts/people.html")
