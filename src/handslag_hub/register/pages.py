"""Pages of this part."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handslag_hub.accounts.doors import door


@door("reader")
def show_register(request: HttpRequest) -> HttpResponse:
    """Register."""
    return render(request, "register/register.html")


@door("reviewer")
def show_same(request: HttpRequest) -> HttpResponse:
    """Same."""
    return render(request, "register/same.html")


@door("reader")
def show_entity(request: HttpRequest, uid: str) -> HttpResponse:
    """Entity."""
    return render(request, "register/entity.html")
