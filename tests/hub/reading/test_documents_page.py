from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handslag_hub.reading.queries.reviewing import QueueChoice, review_queue
from handslag_hub.store.models import Document, Fact
from handslag_hub.store.services import remove_document, review_fact

pytestmark = pytest.mark.django_db


def _listed(client, **chosen: str) -> str:
    return client.get(reverse("documents"), chosen).content.decode()


def test_documents_are_listed_with_what_is_to_be_reviewed(client, sample_documents, reviewer):
    document = sample_documents["interview.md"]
    waiting = Fact.objects.filter(document=document, shown=True)
    first, second = waiting[:2]
    review_fact(reviewer, first, "accept")
    review_fact(reviewer, second, "unsure")
    shown = _listed(client)
    for other in sample_documents.values():
        assert reverse("document", args=[other.uid]) in shown
    left = waiting.filter(status="unreviewed").count()
    assert f">{left} to review" in _listed(client, title="promise in a newsletter")
    # As many as the review page has of it.
    assert review_queue(reviewer, QueueChoice(document=document.uid)).count() == left


def test_the_list_is_narrowed_by_title_language_and_source(client, sample_documents):
    swedish = {document.uid for document in sample_documents.values() if document.language == "sv"}
    shown = _listed(client, language="sv", source="example.org", visibility="0")
    assert {document.uid for document in sample_documents.values() if document.uid in shown} == swedish
    assert "No document is like that" in _listed(client, source="elsewhere.example")
    assert sample_documents["kluster-nyhet.html"].uid in _listed(client, title="testbädden")


def test_the_number_of_queries_does_not_grow_with_the_documents(client, bring, page, sample_documents):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            _listed(client)
        return len(captured)

    _listed(client)
    many = queries()
    remaining = sorted(document.pk for document in sample_documents.values())[:2]
    Document.objects.exclude(pk__in=remaining).update(live=False)
    assert queries() == many


def test_a_reader_learns_nothing_of_restricted_documents(log_in, bring, page):
    secret = page.replace("Kullhed Institute opens a test bed", "Secret talks on a merger")
    bring({"secret.txt": secret}, "https://secret.example/a", visibility=2)
    bring({"open.txt": page.replace("twenty", "forty")}, visibility=1)
    client = log_in("reader")
    shown = _listed(client)
    assert "1 document" in shown
    for word in ("Secret", "secret.example", "restricted", reverse("add")):
        assert word not in shown
    assert "Secret" not in _listed(client, source="secret.example")
    document = Document.objects.get(visibility=2)
    assert client.get(reverse("original", args=[document.uid])).status_code == 404
    assert "Secret" in _listed(log_in("reviewer"))


def test_removed_documents_are_for_reviewers_who_can_add_them_again(log_in, sample_documents, reviewer):
    document = sample_documents["interview.md"]
    remove_document(reviewer, document)
    assert document.uid not in _listed(log_in("reader"), removed="1")
    client = log_in("reviewer")
    assert document.uid not in _listed(client)
    assert reverse("document-add-again", args=[document.uid]) in _listed(client, removed="1")
    client.post(reverse("document-add-again", args=[document.uid]))
    assert document.uid in _listed(client)
    assert document.uid not in _listed(client, removed="1")


def test_only_what_had_been_said_by_the_day_chosen_is_listed(client, sample_documents):
    document = sample_documents["ministry-mou.html"]
    assert document.said_period == "2026-10-08"
    assert document.uid not in _listed(client, on="2026-10-07")
    assert document.uid in _listed(client, on="2026-10-08")


def test_the_original_is_given_to_be_saved_and_never_to_be_shown(client, bring):
    arrival = bring({'<script>"å.html': "<script>alert(1)</script><p>Kullhed Institute will open a test bed in 2027.</p>"})[0]  # fmt: skip
    answer = client.get(reverse("original", args=[arrival.document.uid]))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"<script>")
