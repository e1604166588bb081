"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from handslag_hub.exchange import pages
from handslag_hub.exchange.api import addresses

urlpatterns = [
    path("export/", pages.show_export, name="exports"),
    path("export/context.jsonld", pages.give_context, name="export-context"),
    path("export/<slug:table>.<slug:form>", pages.give_export, name="export"),
    path("api/", addresses()),
    path("id/<slug:uid>", pages.go_to_thing, name="id"),
    path("id/<slug:uid>.<slug:form>", pages.give_thing, name="id-data"),
    path("passages/<slug:uid>/<int:start>-<int:end>", pages.go_to_passage, name="passage"),
]
