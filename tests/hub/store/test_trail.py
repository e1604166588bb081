from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handslag_hub.store.models import Action, Document
from handslag_hub.store.services import remove_document
from handslag_hub.store.writing import log_action

pytestmark = pytest.mark.django_db


def test_what_was_done_is_undone_from_the_trail(sample_documents, reviewer):
    document = sample_documents["ministry-mou.html"]
    action = remove_document(reviewer, document)
    client = Client()
    assert f"/trail/{action.pk}/undo" in client.get("/trail/").content.decode()
    assert client.post(f"/trail/{action.pk}/undo").status_code == 302
    assert Document.objects.get(pk=document.pk).live
    assert f"/trail/{action.pk}/undo" not in client.get("/trail/").content.decode()


def test_the_trail_is_filtered_by_person_verb_and_day(sample_documents, reviewer):
    log_action(reviewer, "export", {})
    shown = Client().get("/trail/", {"verb": "export", "who": "Rut Granskare"}).content.decode()
    assert shown.count("<time ") == 1
    assert "Nothing was done" in Client().get("/trail/", {"day": "1999-01-01"}).content.decode()
    assert "is no day" in Client().get("/trail/", {"day": "yesterday"}).content.decode()


def test_what_cannot_be_undone_has_no_button(reviewer):
    log_action(reviewer, "export", {})
    assert "/undo" not in Client().get("/trail/").content.decode()


def test_a_longer_trail_takes_no_more_queries(sample_documents, reviewer):
    client = Client()
    client.get("/trail/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/trail/", {"verb": "add document"})
    for document in list(Document.objects.all()) * 3:
        log_action(reviewer, "add document", {"document": document.uid})
    with CaptureQueriesContext(connection) as many:
        client.get("/trail/", {"verb": "add document"})
    assert Action.objects.filter(verb="add document").count() > 30
    assert len(many) == len(few)
