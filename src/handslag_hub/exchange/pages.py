"""Pages of exports, and stable addresses."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from handslag_hub.accounts.doors import door
from handslag_hub.exchange.addresses import base_of
from handslag_hub.exchange.asking import selection_from
from handslag_hub.exchange.finding import Thing, find_thing, page_of
from handslag_hub.exchange.formats.linked import Graph, context, graph_text
from handslag_hub.exchange.full_facts import full_facts
from handslag_hub.exchange.giving_out import ALL, TYPES, formats_of, response_with
from handslag_hub.exchange.selection import Selection
from handslag_hub.exchange.services.giving import log_export
from handslag_hub.exchange.shapes import shape_of
from handslag_hub.exchange.tables import TABLES
from handslag_hub.store.access import access_document_by_uid
from handslag_hub.store.models import Document

_SEEN_OTHER = 303
# Options of an export, as they stand in its address.
_OPTIONS = ("visibility", "columns", "status", "certainty", "document", "entity", "theme", "firmness", "state", "said_from", "said_to")  # fmt: skip


@door("reader")
def show_export(request: HttpRequest) -> HttpResponse:
    """Which tables there are, in which formats."""
    chosen = {name: request.GET.getlist(name) for name in _OPTIONS if any(request.GET.getlist(name))}
    query = request.GET.copy()
    for name in list(query):
        if name not in chosen and name not in {"on", "held"}:
            del query[name]
    tables = [
        {"key": table.key, "title": table.title, "about": table.about, "formats": formats_of(table.key)}
        for table in TABLES.values()
    ]
    whole = {"key": ALL, "title": _("Everything"), "about": _("All tables in one workbook, or all facts and documents as linked data."), "formats": formats_of(ALL)}  # fmt: skip
    context = {
        "tables": [whole, *tables],
        "query": query.urlencode(),
        "public": chosen.get("visibility") == ["public"],
        "keys": chosen.get("columns") == ["keys"],
        "may_add": request.actor.may("reviewer"),
        "narrowed": [name for name in chosen if name not in {"visibility", "columns"}],
    }
    return render(request, "exchange/export.html", context)


@door("reader")
def give_export(request: HttpRequest, table: str, form: str) -> HttpResponse:
    """The table as a file."""
    if form not in formats_of(table):
        raise Http404(_("There is no such export."))
    chosen = selection_from(request)
    keys = request.GET.get("columns") == "keys"
    response = response_with(
        table, form, chosen, base_of(request), keys=keys, mark=request.GET.get("bom", "0" if keys else "1") == "1"
    )
    if request.method != "HEAD":
        log_export(request.actor, table, form, chosen.known, public=chosen.is_public)
    return response


@door("reader")
def give_context(request: HttpRequest) -> HttpResponse:
    """What the words of the linked data mean."""
    return JsonResponse(context(), content_type=TYPES["jsonld"], json_dumps_params={"ensure_ascii": False, "indent": 1})


@door("reader")
def go_to_thing(request: HttpRequest, uid: str) -> HttpResponse:
    """From the stable address of an entity, a fact or a document to its page, or to its data where those are asked for."""
    thing = find_thing(request.actor, uid)
    kind = request.get_preferred_type(["text/html", "application/ld+json", "application/json"])
    ending = {"application/ld+json": ".jsonld", "application/json": ".json"}.get(kind or "", "")
    target = f"{request.path}{ending}" if ending else page_of(request.actor, thing)
    response = _see_other(request, target)
    patch_vary_headers(response, ["Accept"])
    return response


@door("reader")
def give_thing(request: HttpRequest, uid: str, form: str) -> HttpResponse:
    """The data of an entity, a fact or a document."""
    if form not in {"json", "jsonld"}:
        raise Http404(_("There is no such page."))
    thing = find_thing(request.actor, uid)
    chosen = Selection(actor=request.actor, known=request.as_known)
    if form == "json":
        return JsonResponse(shape_of(chosen, thing, base_of(request)).model_dump(mode="json"), json_dumps_params={"ensure_ascii": False})  # fmt: skip
    return HttpResponse("".join(_graph_of(chosen, thing, base_of(request))), content_type=TYPES["jsonld"])


def _graph_of(chosen: Selection, thing: Thing, base: str) -> list[str]:
    graph = Graph(base)
    if isinstance(thing.what, Document):
        return list(graph_text(graph.document_nodes(thing.what)))
    facts = thing.facts(chosen)
    graph.texts = dict(Document.objects.filter(pk__in={fact.document_id for fact in facts if fact.document_id}).values_list("pk", "text"))  # fmt: skip
    return list(graph_text(node for full in full_facts(chosen, facts) for node in graph.fact_nodes(full)))


@door("reader")
def go_to_passage(request: HttpRequest, uid: str, start: int, end: int) -> HttpResponse:
    """From the stable address of a passage to its place in the document's page."""
    document = access_document_by_uid(request.actor, uid)
    if not 0 <= start < end <= len(document.text):
        raise Http404(_("The document has no such passage."))
    thing = Thing(document)
    return _see_other(request, page_of(request.actor, thing), f"passage={start}-{end}", f"#p{start}-{end}")


def _see_other(request: HttpRequest, target: str, query: str = "", anchor: str = "") -> HttpResponse:
    asked = "&".join(part for part in (query, request.as_known.query) if part)
    return HttpResponse(status=_SEEN_OTHER, headers={"Location": f"{target}{'?' if asked else ''}{asked}{anchor}"})
