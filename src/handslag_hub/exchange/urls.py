"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from handslag_hub.exchange import list_pages, pages, token_pages
from handslag_hub.exchange.api import addresses

urlpatterns = [
    path("export/", pages.show_export, name="exports"),
    path("export/context.jsonld", pages.give_context, name="export-context"),
    path("export/<slug:table>.<slug:form>", pages.give_export, name="export"),
    path("lists/", list_pages.show_lists, name="lists"),
    path("lists/<slug:uid>", list_pages.show_list, name="list"),
    path("lists/<slug:uid>/import", list_pages.import_now, name="list-import"),
    path("lists/<slug:uid>/undo", list_pages.undo_now, name="list-undo"),
    path("lists/<slug:uid>/faults.csv", list_pages.give_faults, name="list-faults"),
    path("tokens/", token_pages.show_tokens, name="api-tokens"),
    path("tokens/<int:key>/take-back", token_pages.take_back_token, name="api-token-take-back"),
    path("api/", addresses()),
    path("id/<slug:uid>", pages.go_to_thing, name="id"),
    path("id/<slug:uid>.<slug:form>", pages.give_thing, name="id-data"),
    path("passages/<slug:uid>/<int:start>-<int:end>", pages.go_to_passage, name="passage"),
]
