"""The list of the register."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handslag_hub.accounts.doors import door
from handslag_hub.design.numbers_asked import number_asked
from handslag_hub.register.forms import LANGUAGES, labelled
from handslag_hub.register.queries.listing import KINDS, MOST_COUNTED, Filters, list_register

HAVING = ("commitment", "agreement")


@door("reader")
def show_register(request: HttpRequest) -> HttpResponse:
    """Organisations, people and events: searched, filtered, a page at a time."""
    filters = filters_from(request)
    listing = list_register(request.actor, request.as_known, filters, page_number(request))
    context = {
        "filters": filters, "listing": listing, "kinds": KINDS, "most_counted": MOST_COUNTED, "languages": LANGUAGES[1:],
        "organisation_kinds": labelled("organisation_kind"),
    }  # fmt: skip
    template = "register/register_part.html" if request.htmx and not request.htmx.boosted else "register/register.html"
    return render(request, template, context)


def filters_from(request: HttpRequest) -> Filters:
    """The filters in the address; what is none of the choices counts as not chosen."""
    given = request.GET
    return Filters(
        typed=given.get("q", "").strip()[:200],
        kind=given["kind"] if given.get("kind") in KINDS else "",
        organisation_kind=given.get("sort", "")[:40],
        language=given.get("language", "")[:8],
        having=given["having"] if given.get("having") in HAVING else "",
    )


def page_number(request: HttpRequest) -> int:
    """The page in the address, from 1."""
    return number_asked(request.GET.get("page", ""), digits=6) or 1
