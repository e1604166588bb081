"""Documents: reading them, and adding them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Query, Router, Schema, Status, UploadedFile
from ninja.errors import HttpError

from handslag.kernel.periods import is_period
from handslag_hub.accounts.actors import Actor
from handslag_hub.exchange.addresses import address_of, base_of
from handslag_hub.exchange.api.asked import Asked, Page, page_of_rows
from handslag_hub.exchange.api.doors import needs
from handslag_hub.exchange.selection import Selection
from handslag_hub.exchange.shapes import (
    DocumentShape,
    LineShape,
    PassageShape,
    TextShape,
    document_shape,
    passage_shape,
)
from handslag_hub.reading.access import access_batch_by_uid
from handslag_hub.reading.models import OPEN, Batch
from handslag_hub.reading.outcomes import outcome_in_words
from handslag_hub.reading.services import Incoming, bring_in, incoming_file
from handslag_hub.store.access import access_document_by_uid
from handslag_hub.store.models import Document, Passage
from handslag_hub.store.models.documents import Visibility
from handslag_hub.store.queries import known_documents

router = Router()
Level = Literal["public", "internal", "restricted"]


class DocumentsAsked(Asked):
    """Which documents."""

    language: str = ""
    said_from: dt.date | None = None
    said_to: dt.date | None = None


class Given(Schema):
    """What is known of what is added."""

    said_on: str = Field("", description="the day it was said, as 2026-10-08; empty: as the page says")
    visibility: Level = "public"
    name: str = Field("", description="what the batch is called")


class TextGiven(Given):
    """A page as plain text."""

    text: str = Field(min_length=1)
    title: str = Field("text", description="what the file is called")
    address: str = Field("", description="where the page is from; a newer version of it has the same address")


class ArrivalShape(Schema):
    """A file that was brought in, and what became of it."""

    name: str
    state: str
    outcome: str
    document: str | None


class BatchShape(Schema):
    """Files that were brought in together; reading them goes on behind. Ask again at `/api/arrivals/{uid}`."""

    uid: str
    complete: bool
    arrivals: list[ArrivalShape]


@router.get("/documents", response=Page[DocumentShape], auth=needs("reader"), summary="Documents")
def list_documents(request: HttpRequest, asked: Query[DocumentsAsked]) -> Page[DocumentShape]:
    """The pages that were read, without their texts."""
    chosen = asked.selection(request)
    documents = known_documents(chosen.actor, chosen.known).select_related("source", "supersedes")
    if asked.language:
        documents = documents.filter(language=asked.language)
    if asked.said_from:
        documents = documents.filter(said_on__gte=asked.said_from)
    if asked.said_to:
        documents = documents.filter(said_on__lte=asked.said_to)
    rows, after = page_of_rows(documents.defer("text", "lines", "supersedes__text", "supersedes__lines"), asked)
    return Page[DocumentShape](items=[document_shape(chosen, row, base_of(request)) for row in rows], next=after)


@router.get("/documents/{uid}", response=DocumentShape, auth=needs("reader"), summary="One document")
def give_document(request: HttpRequest, uid: str) -> DocumentShape:
    """A document by its address."""
    document = access_document_by_uid(request.actor, uid)
    return document_shape(Selection(actor=request.actor), document, base_of(request))


@router.get("/documents/{uid}/text", response=TextShape, auth=needs("reader"), summary="A document's text")
def give_text(request: HttpRequest, uid: str) -> TextShape:
    """The text with its lines, their zones and languages."""
    document = _readable(request.actor, uid)
    lines = [LineShape(start=start, end=end, zone=zone, language=language) for start, end, zone, language in document.lines]  # fmt: skip
    return TextShape(uid=document.uid, text=document.text, lines=lines)


@router.get("/documents/{uid}/passages", response=Page[PassageShape], auth=needs("reader"), summary="A document's passages")  # fmt: skip
def list_passages(request: HttpRequest, uid: str, asked: Query[Asked]) -> Page[PassageShape]:
    """The passages on which facts rest."""
    document = _readable(request.actor, uid)
    rows, after = page_of_rows(Passage.objects.filter(document=document), asked)
    return Page[PassageShape](items=[passage_shape(document.uid, row, base_of(request)) for row in rows], next=after)


@router.post("/documents", response={202: BatchShape}, auth=needs("reviewer"), summary="Add files")
def add_files(request: HttpRequest, files: File[list[UploadedFile]], given: Form[Given]) -> tuple[int, BatchShape]:
    """Files (html, pdf, Word, text and what else can be read) as multipart form data. They are kept, then read behind."""
    return Status(202, _brought_in(request, (incoming_file(file) for file in files), given))


@router.post("/texts", response={202: BatchShape}, auth=needs("reviewer"), summary="Add a text")
def add_text(request: HttpRequest, given: TextGiven) -> tuple[int, BatchShape]:
    """A page as text in JSON."""
    name = given.title.strip() or "text"
    file = Incoming(f"{name.removesuffix('.txt')}.txt", given.text.encode(), address=given.address)
    return Status(202, _brought_in(request, [file], given))


@router.get("/arrivals/{uid}", response=BatchShape, auth=needs("reviewer"), summary="What became of added files")
def give_batch(request: HttpRequest, uid: str) -> BatchShape:
    """Files that were brought in together, and what became of each."""
    return _shape(request, access_batch_by_uid(request.actor, uid))


def _readable(actor: Actor, uid: str) -> Document:
    """The document, if its text may be read: that of a removed one only by those who may add it again."""
    document = access_document_by_uid(actor, uid)
    if not document.live and not actor.may("reviewer"):
        raise Http404(_("There is no such document."))
    return document


def _brought_in(request: HttpRequest, files: Iterable[Incoming], given: Given) -> BatchShape:
    if given.said_on and not is_period(given.said_on):
        raise HttpError(422, _("“%(found)s” is no day: write it as 2026-10-08.") % {"found": given.said_on[:80]})
    level = Visibility[given.visibility.upper()]
    return _shape(request, bring_in(request.actor, files, name=given.name, visibility=level, said_on=given.said_on))


def _shape(request: HttpRequest, batch: Batch) -> BatchShape:
    rows = batch.arrivals.select_related("document").defer("document__text", "document__lines").order_by("pk")
    arrivals = [
        ArrivalShape(name=row.name, state=row.state, outcome=str(outcome_in_words(row)),
            document=address_of(base_of(request), row.document.uid) if row.document else None)
        for row in rows
    ]  # fmt: skip
    return BatchShape(uid=batch.uid, complete=all(row.state not in OPEN for row in rows), arrivals=arrivals)
