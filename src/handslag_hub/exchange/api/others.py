"""Conflicts, contradictions, search, and the trail."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from handslag.language.search import parse_query
from handslag_hub.exchange.addresses import address_of, base_of
from handslag_hub.exchange.api.asked import Asked, AsKnownAsked, Page, page_of_rows
from handslag_hub.exchange.api.doors import needs
from handslag_hub.exchange.selection import Selection, selected_facts
from handslag_hub.exchange.shapes import (
    DocumentRef,
    EntityRef,
    FactShape,
    PassageShape,
    document_ref,
    entity_ref,
    fact_shapes,
    passage_shape,
)
from handslag_hub.exchange.tables import TABLES
from handslag_hub.following.queries.contradictions import Contradicting, view_contradictions
from handslag_hub.store.models import Action, Fact, Passage
from handslag_hub.store.search import Hit, find

router = Router()


class SideShape(Schema):
    """One value of a conflict, and the addresses of the facts that say so."""

    value: str
    facts: list[str]
    settled: bool


class SidePassage(Schema):
    """A passage, its document, and the day on which that was said."""

    document: DocumentRef
    passage: PassageShape
    said_on: dt.date | None


class ConflictShape(Schema):
    """Values that contradict each other."""

    entity: str
    label: str
    field: str
    sides: list[SideShape]


class ContradictionShape(Schema):
    """Two passages that cannot both be so: `a` was said first. `holds`: which of them somebody settled on, else empty."""

    address: str
    kind: str
    what: str = Field(description="what differs, in the language of Accept-Language")
    a: SidePassage
    b: SidePassage
    of: list[str] = Field(description="addresses of the commitment that it is about, if any")
    holds: Literal["", "first", "second"]
    status: str


class SearchAsked(AsKnownAsked):
    """What is searched for; words, "phrases", -without."""

    q: str = Field(min_length=1, max_length=400)
    kind: list[str] = []
    limit: int = Field(20, ge=1, le=100)
    before: int | None = Field(None, description="`next_row` of a section: hits further down")


class HitShape(Schema):
    """A document, a fact or an actor that was found."""

    row: int
    document: DocumentRef | None = None
    fact: FactShape | None = None
    entity: EntityRef | None = None


class SectionShape(Schema):
    """The hits of one group. `count` is at least so many where there are more."""

    group: str
    count: int
    more: bool
    next_row: int | None
    hits: list[HitShape]


class ActionShape(Schema):
    """An entry of the trail: who did what, when. `details` has addresses and counts."""

    key: int
    at: dt.datetime
    actor: str
    verb: str
    details: dict[str, object]
    undoes: int | None
    undone: bool


@router.get("/conflicts", response=list[ConflictShape], auth=needs("reader"), summary="Conflicts")
def list_conflicts(request: HttpRequest, asked: Query[AsKnownAsked]) -> list[ConflictShape]:
    """Values that contradict each other, all sides of which may be seen."""
    found: dict[tuple[str, str], ConflictShape] = {}
    for row in TABLES["conflicts"].rows(Selection(actor=request.actor, known=asked.known), base_of(request)):
        slot = (str(row["address"]), str(row["field"]))
        conflict = found.setdefault(slot, ConflictShape(entity=slot[0], label=str(row["about"]), field=slot[1], sides=[]))  # fmt: skip
        facts = str(row["facts"]).split("; ")
        conflict.sides.append(SideShape(value=str(row["value"]), facts=facts, settled=row["settled"] == "1"))
    return list(found.values())


@router.get("/contradictions", response=Page[ContradictionShape], auth=needs("reader"), summary="Passages against each other")  # fmt: skip
def list_contradictions(request: HttpRequest, asked: Query[Asked]) -> Page[ContradictionShape]:
    """Figures, sums, durations, prices and language versions that differ, both passages of which may be seen."""
    chosen = asked.selection(request)
    rows, after = page_of_rows(selected_facts(chosen).filter(kind="contradiction"), asked)
    seen = [one for one in view_contradictions(chosen.actor, rows) if len(one.sides) > 1]
    return Page[ContradictionShape](items=[_contradiction_shape(one, base_of(request)) for one in seen], next=after)


@router.get("/search", response=list[SectionShape], auth=needs("reader"), summary="Search")
def search(request: HttpRequest, asked: Query[SearchAsked]) -> list[SectionShape]:
    """Documents, facts and actors, newest first within each group; words in any form, Swedish and English."""
    chosen = Selection(actor=request.actor, known=asked.known)
    hits = find(request.actor, asked.known, parse_query(asked.q), kinds=asked.kind, limit=asked.limit, before=asked.before)  # fmt: skip
    keys = [hit.fact.fact.pk for section in hits.sections for hit in section.hits if hit.fact]
    facts = Fact.objects.filter(pk__in=keys).select_related("document__source", "about__canonical", "extractor")
    shapes = {shape.uid: shape for shape in fact_shapes(chosen, facts.defer("document__text", "document__lines"), base_of(request))}  # fmt: skip
    return [
        SectionShape(
            group=section.group,
            count=section.count,
            more=section.more,
            next_row=section.next_row,
            hits=[_hit_shape(hit, shapes, base_of(request)) for hit in section.hits],
        )
        for section in hits.sections
    ]


@router.get("/trail", response=Page[ActionShape], auth=needs("reviewer"), summary="The trail")
def list_trail(request: HttpRequest, asked: Query[Asked]) -> Page[ActionShape]:
    """Who did what, oldest first."""
    rows, after = page_of_rows(Action.objects.all(), asked)
    items = [
        ActionShape(key=row.pk, at=row.at, actor=row.actor, verb=row.verb, details=row.details, undoes=row.undoes_id, undone=row.undone)
        for row in rows
    ]  # fmt: skip
    return Page[ActionShape](items=items, next=after)


def _contradiction_shape(one: Contradicting, base: str) -> ContradictionShape:
    a, b = (_side_passage(passage, base) for passage in one.sides[:2])
    of = [address_of(base, value.uid) for value in one.of]
    return ContradictionShape(address=address_of(base, one.fact.uid), kind=one.kind, what=one.what, a=a, b=b, of=of, holds=one.holds, status=str(one.fact.status))  # fmt: skip


def _side_passage(passage: Passage, base: str) -> SidePassage:
    document = passage.document
    return SidePassage(document=document_ref(document, base), passage=passage_shape(document.uid, passage, base), said_on=document.said_on)  # fmt: skip


def _hit_shape(hit: Hit, facts: dict[str, FactShape], base: str) -> HitShape:
    if hit.document:
        return HitShape(row=hit.row, document=document_ref(hit.document, base))
    if hit.fact:
        return HitShape(row=hit.row, fact=facts[hit.fact.fact.uid])
    return HitShape(row=hit.row, entity=entity_ref(hit.entity, base) if hit.entity else None)
