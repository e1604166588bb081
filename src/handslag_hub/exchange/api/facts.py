"""Facts, and entities with facts about them."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Field, Query, Router

from handslag.kernel.claims import normal_words
from handslag_hub.exchange.addresses import base_of
from handslag_hub.exchange.api.asked import Asked, AsKnownAsked, FactsAsked, Kind, Page, page_of_rows
from handslag_hub.exchange.api.doors import needs
from handslag_hub.exchange.finding import Thing
from handslag_hub.exchange.selection import Selection, selected_facts
from handslag_hub.exchange.shapes import EntityRef, EntityShape, FactShape, entity_ref, entity_shape, fact_shapes
from handslag_hub.store.access import access_entity_by_uid, access_fact_by_uid
from handslag_hub.store.models import Entity, NameKey
from handslag_hub.store.queries import known_facts

router = Router()


class AllFactsAsked(FactsAsked):
    """Which facts, of which kinds."""

    kind: list[Kind] = []


class EntitiesAsked(Asked):
    """Entities by the beginning of a name or alias."""

    q: str = Field("", description="beginning of a name")
    kind: str = ""


def _facts_page(request: HttpRequest, asked: FactsAsked, *kinds: str) -> Page[FactShape]:
    chosen = asked.selection(request)
    facts = selected_facts(chosen)
    if kinds:
        facts = facts.filter(kind__in=kinds)
    facts = facts.select_related("document__source", "about__canonical", "extractor")
    rows, after = page_of_rows(facts.defer("document__text", "document__lines"), asked)
    return Page[FactShape](items=fact_shapes(chosen, rows, base_of(request)), next=after)


@router.get("/facts", response=Page[FactShape], auth=needs("reader"), summary="Facts")
def list_facts(request: HttpRequest, asked: Query[AllFactsAsked]) -> Page[FactShape]:
    """Facts with values, passages and reviews."""
    return _facts_page(request, asked, *asked.kind)


@router.get("/facts/{uid}", response=FactShape, auth=needs("reader"), summary="One fact")
def give_fact(request: HttpRequest, uid: str, asked: Query[AsKnownAsked]) -> FactShape:
    """A fact by its address; also one that was rejected or is no longer printed."""
    chosen = Selection(actor=request.actor, known=asked.known)
    thing = Thing(access_fact_by_uid(request.actor, uid))
    return fact_shapes(chosen, thing.facts(chosen), base_of(request))[0]


@router.get("/commitments", response=Page[FactShape], auth=needs("reader"), summary="Commitments")
def list_commitments(request: HttpRequest, asked: Query[FactsAsked]) -> Page[FactShape]:
    """What somebody has said, been told or agreed to do."""
    return _facts_page(request, asked, "commitment")


@router.get("/agreements", response=Page[FactShape], auth=needs("reader"), summary="Agreements")
def list_agreements(request: HttpRequest, asked: Query[FactsAsked]) -> Page[FactShape]:
    """Agreements with parties, areas and activities."""
    return _facts_page(request, asked, "agreement")


@router.get("/signals", response=Page[FactShape], auth=needs("reader"), summary="Signals")
def list_signals(request: HttpRequest, asked: Query[FactsAsked]) -> Page[FactShape]:
    """What happened at whom."""
    return _facts_page(request, asked, "signal")


@router.get("/entities", response=Page[EntityRef], auth=needs("reader"), summary="Entities by name")
def list_entities(request: HttpRequest, asked: Query[EntitiesAsked]) -> Page[EntityRef]:
    """Organisations, people, events, agreements and what else facts are about; each once, by its canonical address."""
    chosen = asked.selection(request)
    entities = Entity.objects.filter(level__lte=chosen.actor.level)
    if asked.kind:
        entities = entities.filter(kind=asked.kind)
    if asked.q.strip():
        keys = NameKey.objects.filter(kind="folded", key__startswith=normal_words(asked.q), level__lte=chosen.actor.level)  # fmt: skip
        entities = entities.filter(pk__in=keys.values("entity__canonical"))
    else:
        entities = entities.filter(canonical__pk__isnull=False)
    entities = entities.filter(members__isnull=False).distinct()
    if chosen.known.day:
        told = known_facts(chosen.actor, chosen.known).order_by().values("about__canonical")
        entities = entities.filter(pk__in=told)
    rows, after = page_of_rows(entities.select_related("canonical"), asked)
    return Page[EntityRef](items=[entity_ref(row, base_of(request)) for row in rows], next=after)


@router.get("/entities/{uid}", response=EntityShape, auth=needs("reader"), summary="An entity's card")
def give_entity(request: HttpRequest, uid: str, asked: Query[AsKnownAsked]) -> EntityShape:
    """An entity by any of its addresses, with its names and the first facts about it."""
    chosen = Selection(actor=request.actor, known=asked.known)
    entity = access_entity_by_uid(request.actor, uid)
    facts = fact_shapes(chosen, Thing(entity).facts(chosen), base_of(request))
    return entity_shape(chosen, entity, facts, base_of(request))
