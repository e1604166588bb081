"""Pages of this part."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handslag_hub.accounts.doors import door


@door("reader")
def show_today(request: HttpRequest) -> HttpResponse:
    """Today."""
    return render(request, "home/today.html")


@door("reader")
def show_search(request: HttpRequest) -> HttpResponse:
    """Search."""
    return render(request, "home/search.html")
