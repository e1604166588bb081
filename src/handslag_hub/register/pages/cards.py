"""Cards of organisations, people and events."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handslag_hub.accounts.doors import door
from handslag_hub.design.numbers_asked import number_asked
from handslag_hub.register.pages.listing import page_number
from handslag_hub.register.queries.card import card_of
from handslag_hub.register.queries.conflicts import conflicts_of
from handslag_hub.register.queries.history import history_of
from handslag_hub.register.queries.lines import lines_of
from handslag_hub.register.queries.listing import KINDS
from handslag_hub.register.queries.mentions import Sort, facts_of, mentions_of
from handslag_hub.register.queries.names import names_of
from handslag_hub.register.queries.neighbours import MOST_NODES, USUAL_NODES, draw, neighbourhood_of, rows_of
from handslag_hub.register.queries.same import proposals_for
from handslag_hub.register.queries.sections import PER_PAGE, section_of
from handslag_hub.register.queries.sheet import sheet_of
from handslag_hub.store.access import access_action_by_key, access_entity_by_uid
from handslag_hub.store.models import Entity
from handslag_hub.store.queries import members_of


def canonical_entity(request: HttpRequest, uid: str) -> Entity:
    """The entry at this address, with its label; what stands for it, where it is one of a merged cluster."""
    return access_entity_by_uid(request.actor, uid, *KINDS)


def moved(request: HttpRequest, entity: Entity, name: str = "entity", *more: str) -> HttpResponse | None:
    """A redirect to the address of the canonical entity; None where this is it."""
    if entity.canonical_id in (None, entity.pk):
        return None
    query = f"?{urlencode(request.GET)}" if request.GET else ""
    return redirect(reverse(name, args=[entity.canonical.uid, *more]) + query)


@door("reader")
def show_entity(request: HttpRequest, uid: str) -> HttpResponse:
    """The card of an organisation, a person or an event."""
    entity = canonical_entity(request, uid)
    if (elsewhere := moved(request, entity)) is not None:
        return elsewhere
    actor, known = request.actor, request.as_known
    members, card = members_of(entity), card_of(actor, known, entity)
    return render(request, "register/entity.html", {
        "entity": entity,
        "names": card.names,
        "roles": card.roles,
        "more_roles": card.more_roles,
        "identifiers": card.identifiers,
        "sections": card.sections,
        "zones": card.zones,
        "newest": card.newest,
        "conflicts": conflicts_of(actor, members),
        "history": history_of(actor, members),
        "proposals": proposals_for(actor, entity) if actor.may("reviewer") else [],
        "reviews": actor.may("reviewer"),
        "administers": actor.may("administrator"),
        "done": done_action(request),
    })  # fmt: skip


@door("reader")
def show_section(request: HttpRequest, uid: str, section: str) -> HttpResponse:
    """All lines of one section, a page at a time; as a part, to stand in for the card's first lines."""
    entity = canonical_entity(request, uid)
    if (elsewhere := moved(request, entity, "entity-section", section)) is not None:
        return elsewhere
    mentions = mentions_of(request.actor, request.as_known, entity.canonical_id)
    found = section_of(entity.kind, section)
    if section == "mentions":
        title, sort = _("Mentions"), Sort()
    elif found is not None:
        title, sort = found.title, found.sort
    else:
        raise Http404(_("There is no such section."))
    page = Paginator(mentions.facts(sort), PER_PAGE).get_page(page_number(request))
    lines = lines_of(request.actor, facts_of(request.actor, list(page.object_list)))
    context = {"entity": entity, "title": title, "key": section, "page": page, "lines": lines}
    template = "register/section_part.html" if request.htmx and not request.htmx.boosted else "register/section.html"
    return render(request, template, context | {"reviews": request.actor.may("reviewer")})


@door("reader")
def show_sheet(request: HttpRequest, uid: str) -> HttpResponse:
    """All that is known of one entry, to be printed: the sources as footnotes."""
    entity = canonical_entity(request, uid)
    if (elsewhere := moved(request, entity, "entity-sheet")) is not None:
        return elsewhere
    mentions = mentions_of(request.actor, request.as_known, entity.canonical_id)
    return render(request, "register/sheet.html", {
        "entity": entity,
        "names": names_of(request.actor, request.as_known, mentions, entity),
        "sheet": sheet_of(request.actor, mentions, entity.kind),
    })  # fmt: skip


@door("reader")
def show_neighbourhood(request: HttpRequest, uid: str) -> HttpResponse:
    """Whom facts name together with an entry: the picture and the table."""
    entity = canonical_entity(request, uid)
    if (elsewhere := moved(request, entity, "entity-neighbourhood")) is not None:
        return elsewhere
    most = MOST_NODES if request.GET.get("all") else USUAL_NODES
    found = neighbourhood_of(request.actor, request.as_known, entity, most)
    picture = draw(found)
    nodes = {node.uid: node for node in (found.centre, *found.neighbours)}
    context = {
        "entity": entity, "neighbourhood": found, "picture": picture, "most": MOST_NODES, "shows_all": most == MOST_NODES,
        "drawn": [(place, nodes[place.key]) for place in picture.nodes], "rows": rows_of(found),
    }  # fmt: skip
    template = "register/neighbourhood_part.html" if request.htmx and not request.htmx.boosted else "register/neighbourhood.html"  # fmt: skip
    return render(request, template, context)


def done_action(request: HttpRequest) -> object:
    """The decision that was made just now, to offer to take it back; None where there is none."""
    key = number_asked(request.GET.get("done", ""))
    if key is None or not request.actor.may("reviewer"):
        return None
    action = access_action_by_key(request.actor, key)
    return None if action.undone else action
