"""Commitments prepared for comparing, made of their rows: only those that are needed, from what is kept of the pages they stand on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q

from handslag.following.documents import Document as EnginePage
from handslag.following.documents import Stretch
from handslag.following.linking.judging import installed_judges
from handslag.following.seeing.views import CommitmentView, DocumentView, view_document
from handslag_hub.commitments.standing import stated_on
from handslag_hub.following.engine_documents import (
    Home,
    Said,
    commitment_view,
    home_of,
    home_view,
    page_of_document,
    said_by,
)
from handslag_hub.following.models import Page
from handslag_hub.store.bulk import rows_among
from handslag_hub.store.models import Document, Fact, Status

# What nobody is sure of is followed once a person is.
FOLLOWED = Q(shown=True, kind="commitment") & (~Q(certainty="weak") | Q(status__in=(Status.ACCEPTED, Status.CORRECTED)))

# What of a document its commitments are prepared with (`home_view`).
_OF_A_DOCUMENT = ("document__uid", "document__title", "document__address", "document__text", "document__language",
    "document__said_period", "document__said_precision")  # fmt: skip


def views_of(facts: Iterable[int]) -> dict[int, CommitmentView]:
    """The commitments of these facts that are to be followed, prepared. Five queries, where the pages were prepared before."""
    rows = (
        Fact.objects.filter(FOLLOWED, pk__in=list(facts))
        .select_related("document")
        .only("uid", "language", "created_at", *_OF_A_DOCUMENT)
    )
    found = list(rows)
    said = said_by(fact.pk for fact in found)
    places = _places(found)
    homes = _homes({fact.document_id: fact.document for fact in found if fact.document})
    by_page: dict[int, list[Fact]] = defaultdict(list)
    views: dict[int, CommitmentView] = {}
    rarity = installed_judges().rarity
    for fact in found:
        if fact.document is None:
            page = _typed_page(fact, said[fact.pk])
            views[fact.pk] = commitment_view(fact, [(0, len(page.document.text), page.document.text)], said[fact.pk], page, rarity)  # fmt: skip
        elif places[fact.pk]:
            by_page[fact.document_id].append(fact)
    for key, standing in by_page.items():
        near = [(place[0], place[1]) for fact in standing for place in places[fact.pk][:1]]
        home = home_view(standing[0].document, homes[key], near)
        for fact in standing:
            views[fact.pk] = commitment_view(fact, places[fact.pk], said[fact.pk], home, rarity, home.sentences)
    return views


def prepare_page(document: Document) -> DocumentView:
    """The page prepared for comparing; what commitments on it are told of it is kept."""
    view = view_document(page_of_document(document), installed_judges().rarity)
    Page.objects.update_or_create(document=document, defaults={"home": home_of(view)}, create_defaults={"home": home_of(view), "waits": True})  # fmt: skip
    return view


def _places(facts: Collection[Fact]) -> dict[int, list[tuple[int, int, str]]]:
    homes = {fact.pk: fact.document_id for fact in facts}
    found: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    rows = rows_among("SELECT f.rank, p.start, f.id, f.fact_id, p.document_id, p.\"end\", p.quote FROM store_factpassage f"
        " JOIN store_passage p ON p.id = f.passage_id WHERE f.fact_id IN ({places})", homes)  # fmt: skip
    for _, start, _, fact, document, end, quote in sorted(rows):
        if homes[fact] == document:
            found[fact].append((start, end, quote))
    return found


def _homes(documents: dict[int, Document]) -> dict[int, Home]:
    kept = dict(Page.objects.filter(document__in=documents, home__isnull=False).values_list("document", "home"))
    for key, document in documents.items():
        if key not in kept:
            kept[key] = home_of(prepare_page(document))
    return kept


def _typed_page(fact: Fact, said: Said) -> DocumentView:
    """What was typed is a page of its own."""
    text = (said.get("what") or [""])[0]
    page = EnginePage(
        path="",
        sha256=fact.uid,
        text=text,
        language=fact.language,
        said_on=stated_on(fact, (said.get("day") or [""])[0]),
        said_precision="",
        sentences=(Stretch(0, len(text), "", fact.language),),
    )
    return view_document(page, installed_judges().rarity)
