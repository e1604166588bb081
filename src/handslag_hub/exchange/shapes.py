"""What the API gives, as types: the same JSON at `/api/` and at stable addresses ending in `.json`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.http import Http404
from ninja import Field, Schema

from handslag_hub.exchange.addresses import address_of, passage_address
from handslag_hub.exchange.finding import Thing
from handslag_hub.exchange.full_facts import FullFact, full_facts
from handslag_hub.exchange.selection import Selection
from handslag_hub.following.queries.states import Word
from handslag_hub.store.models import Document, Entity, Fact, Name, Passage
from handslag_hub.store.models.caches import NameKind
from handslag_hub.store.models.documents import Visibility
from handslag_hub.store.queries import Value, members_of


class EntityRef(Schema):
    """An organisation, person, event, agreement, commitment, quotation, figure or signal, by its address."""

    uid: str
    kind: str
    label: str
    address: str


class ValueShape(Schema):
    """A value: the words, their normal form, whether they were printed or inferred, and the entity that they name."""

    value: str
    normal: str
    basis: str
    unit: str
    by_hand: bool
    entity: EntityRef | None


class PassageShape(Schema):
    """A passage: `text[start:end] == quote`, in characters (code points) of the document's text."""

    address: str
    start: int
    end: int
    quote: str
    zone: str


class DocumentRef(Schema):
    """A document by its address."""

    uid: str
    title: str
    address: str


class ReviewShape(Schema):
    """What somebody said of a fact."""

    verdict: str
    reviewer: str
    at: dt.datetime


class HeardShape(Schema):
    """What a later passage says of a commitment, or somebody told directly (no document, no passage). `certainty` weak moves no state."""

    evidence: str = Field(description="address of the fact that a person decides on")
    document: DocumentRef | None
    said_on: str = Field(description="day, month or year; empty: unknown")
    passage: PassageShape | None
    words: str
    says: str = Field(description="done, underway, delayed, contradicted, cancelled, restated, other")
    by: str = Field(description="owner, other")
    basis: str = Field(description="printed, inferred, told directly")
    certainty: str
    status: str = Field(description="proposed, confirmed, told (directly)")
    moves_state: bool
    why: str = Field(description="the reason, in the language of Accept-Language")
    also: list[DocumentRef] = Field(description="other documents of the same day that say it in the same words")


class FollowingShape(Schema):
    """Where a commitment stands by what was heard of it: the words of `handslag follow`. What a person rejected is not told."""

    state: str = Field(
        description="stated, underway, delayed, reported done, withdrawn, contradicted, disputed, nothing heard since"
    )
    since: str = Field(description="the day of the deciding word")
    due_passed: bool | None
    last_heard: dt.date | None
    silent_days: int | None = Field(description="days since it was last heard of, or stated")
    by: str | None = Field(description="whose word decides: owner, other")
    heard: list[HeardShape]
    sightings: list[str] = Field(description="addresses of the facts that state it, the first said first")


class FactShape(Schema):
    """A fact with its values by predicate, and the passages on which it rests; the first one carries it. Of a commitment
    `following` tells where it stands.
    """

    uid: str
    address: str
    kind: str
    about: EntityRef
    values: dict[str, list[ValueShape]]
    passages: list[PassageShape]
    document: DocumentRef | None
    zone: str
    language: str
    said_on: dt.date | None
    certainty: str
    status: str
    printed: bool
    read_by: str
    origin: str
    reviews: list[ReviewShape]
    following: FollowingShape | None


class NameShape(Schema):
    """A name under which an entity is known: as its name, another name, or a mention."""

    name: str
    language: str
    kind: str


class EntityShape(EntityRef):
    """An entity with its names, the addresses of all that are taken to be it, and facts about it (more: `/api/facts?entity=`)."""

    names: list[NameShape]
    members: list[str]
    facts: list[FactShape]


class DocumentShape(DocumentRef):
    """A document, without its text."""

    source: str
    page: str
    language: str
    said_on: dt.date | None
    said_period: str
    said_precision: str
    said_basis: str
    visibility: str
    live: bool
    fetched_at: dt.datetime
    sha256: str
    reader: str
    supersedes: str | None


class LineShape(Schema):
    """A line of the text, its zone and language."""

    start: int
    end: int
    zone: str
    language: str


class TextShape(Schema):
    """A document's text and lines; offsets count characters (code points)."""

    uid: str
    text: str
    lines: list[LineShape]


def shape_of(chosen: Selection, thing: Thing, base: str) -> EntityShape | FactShape | DocumentShape:
    """The thing as the API gives it."""
    if isinstance(thing.what, Document):
        return document_shape(chosen, thing.what, base)
    facts = fact_shapes(chosen, thing.facts(chosen), base)
    if isinstance(thing.what, Fact):
        return facts[0]
    return entity_shape(chosen, thing.what, facts, base)


def entity_ref(entity: Entity, base: str) -> EntityRef:
    """The canonical entity, by its address."""
    who = entity.canonical or entity
    return EntityRef(uid=who.uid, kind=who.kind, label=who.label, address=address_of(base, who.uid))


def entity_shape(chosen: Selection, entity: Entity, facts: list[FactShape], base: str) -> EntityShape:
    """The canonical entity's card."""
    members = members_of(entity, chosen.known)
    names = Name.objects.filter(entity__in=members, level__lte=chosen.actor.level)
    rows = names.order_by("kind", "name", "language").values_list("name", "language", "kind").distinct()
    uids = Entity.objects.filter(pk__in=members, level__lte=chosen.actor.level).order_by("uid")
    ref = entity_ref(entity, base)
    if entity.canonical is None or entity.canonical.level is None or entity.canonical.level > chosen.actor.level:
        raise Http404
    return EntityShape(
        **ref.model_dump(),
        names=[
            NameShape(name=name, language=language, kind=NameKind(kind).name.lower()) for name, language, kind in rows
        ],
        members=[address_of(base, uid) for uid in uids.values_list("uid", flat=True)],
        facts=facts,
    )


def fact_shapes(chosen: Selection, facts: Iterable[Fact], base: str) -> list[FactShape]:
    """The facts, in their order: fourteen queries, however many."""
    return [_fact_shape(full, base) for full in full_facts(chosen, facts)]


def passage_shape(document: str, passage: Passage, base: str) -> PassageShape:
    """A passage of the document with this address."""
    address = passage_address(base, document, passage.start, passage.end)
    return PassageShape(address=address, start=passage.start, end=passage.end, quote=passage.quote, zone=passage.zone)


def document_ref(document: Document, base: str) -> DocumentRef:
    """The document, by its address."""
    return DocumentRef(uid=document.uid, title=document.title, address=address_of(base, document.uid))


def document_shape(chosen: Selection, document: Document, base: str) -> DocumentShape:
    """The document without its text. An earlier version that the actor may not see is not named."""
    earlier = document.supersedes
    seen = earlier is not None and earlier.visibility <= chosen.actor.level
    return DocumentShape(
        uid=document.uid,
        title=document.title,
        address=address_of(base, document.uid),
        source=str(document.source),
        page=document.address,
        language=document.language,
        said_on=document.said_on,
        said_period=document.said_period,
        said_precision=document.said_precision,
        said_basis=document.said_basis,
        visibility=Visibility(document.visibility).name.lower(),
        live=document.live,
        fetched_at=document.fetched_at,
        sha256=document.sha256,
        reader=document.reader,
        supersedes=address_of(base, earlier.uid) if earlier and seen else None,
    )


def _fact_shape(full: FullFact, base: str) -> FactShape:
    fact, view = full.fact, full.view
    document = fact.document if view.passages else None
    home = document_ref(document, base) if document else None
    values = {name: [_value_shape(value, base) for value in found] for name, found in view.values.items()}
    reviews = [ReviewShape(verdict=review.verdict, reviewer=review.reviewer, at=review.at) for review in full.reviews]
    return FactShape(
        uid=fact.uid,
        address=address_of(base, fact.uid),
        kind=fact.kind,
        about=entity_ref(fact.about, base),
        values=values,
        passages=[passage_shape(document.uid, passage, base) for passage in view.passages] if document else [],
        document=home,
        zone=fact.zone,
        language=fact.language,
        said_on=fact.said_on,
        certainty=fact.certainty,
        status=str(view.status),
        printed=fact.printed,
        read_by=full.read_by,
        origin=full.origin,
        reviews=reviews,
        following=_following_shape(full, base),
    )


def _following_shape(full: FullFact, base: str) -> FollowingShape | None:
    followed = full.followed
    if followed is None:
        return None
    return FollowingShape(
        state=followed.state,
        since=followed.since,
        due_passed=followed.due_passed,
        last_heard=followed.last_heard,
        silent_days=followed.silent_days,
        by=followed.by,
        heard=[_heard_shape(word, base) for word in full.heard],
        sightings=[address_of(base, one.fact.uid) for one in followed.sightings],
    )


def _heard_shape(word: Word, base: str) -> HeardShape:
    document, passage = word.document, word.passage
    return HeardShape(
        evidence=address_of(base, word.fact.uid),
        document=document_ref(document, base) if document else None,
        said_on=word.said_on,
        passage=passage_shape(document.uid, passage, base) if document and passage else None,
        words=word.text,
        says=word.says,
        by=word.by,
        basis=word.basis,
        certainty=word.certainty,
        status=word.status,
        moves_state=word.moves,
        why=word.why,
        also=[document_ref(document, base) for document in word.also],
    )


def _value_shape(value: Value, base: str) -> ValueShape:
    named = None
    if value.uid:
        named = EntityRef(uid=value.uid, kind=value.kind, label=value.label, address=address_of(base, value.uid))
    return ValueShape(
        value=value.value, normal=value.normal, basis=value.basis, unit=value.unit, by_hand=value.by_hand, entity=named
    )
