from __future__ import annotations

import pytest

from handslag_hub.accounts.actors import Actor
from handslag_hub.store.models import Document, Fact, FactPassage, Review, Statement, Status
from handslag_hub.store.services import keep_reading, remove_document, review_fact, undo_action

pytestmark = pytest.mark.django_db


def test_every_passage_stands_verbatim_in_its_document(sample_documents):
    rows = list(FactPassage.objects.select_related("passage__document"))
    assert rows
    for row in rows:
        passage = row.passage
        assert passage.document.text[passage.start : passage.end] == passage.quote


def test_the_same_page_twice_changes_nothing(sample_documents, sample_readings, reviewer: Actor):
    before = (Document.objects.count(), Fact.objects.count(), Statement.objects.count())
    for name, reading in sample_readings.items():
        assert keep_reading(reviewer, reading, address=f"https://example.org/{name}").outcome == "same"
    assert (Document.objects.count(), Fact.objects.count(), Statement.objects.count()) == before


def test_a_removed_document_comes_back_with_its_reviews(sample_documents, sample_readings, reviewer: Actor):
    document = sample_documents["ministry-mou.html"]
    fact = Fact.objects.filter(document=document, kind="commitment").first()
    review_fact(reviewer, fact, "reject")
    shown = Fact.objects.filter(document=document, shown=True).count()
    remove_document(reviewer, document)
    assert not Fact.objects.filter(document=document, shown=True).exists()
    reading = sample_readings["ministry-mou.html"]
    assert keep_reading(reviewer, reading, address="https://example.org/ministry-mou.html").outcome == "again"
    fact.refresh_from_db()
    assert fact.status == Status.REJECTED
    assert Fact.objects.filter(document=document, shown=True).count() == shown


def test_an_undone_review_leaves_the_fact_as_it_was(sample_documents, reviewer: Actor):
    fact = Fact.objects.filter(kind="commitment").first()
    action = review_fact(reviewer, fact, "reject")
    undo_action(reviewer, action)
    fact.refresh_from_db()
    assert fact.status == Status.UNREVIEWED
    assert fact.shown
    assert Review.objects.filter(fact=fact).count() == 1
