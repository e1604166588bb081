from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from handslag_hub.store.models import Action, Document, Verdict
from handslag_hub.store.models.documents import Visibility
from handslag_hub.store.services import change_visibility, remove_document, review_fact
from handslag_hub.store.verbs import VERBS
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
    for verb in ("export", "make token", "revoke token"):
        log_action(reviewer, verb, {})
    assert "/undo" not in Client().get("/trail/").content.decode()


def test_the_trail_says_in_the_readers_language_what_was_done(sample_documents, reviewer):
    document = sample_documents["ministry-mou.html"]
    for verb in VERBS:
        log_action(reviewer, verb, {})
    change_visibility(reviewer, document, Visibility.RESTRICTED)
    review_fact(reviewer, document.facts.first(), Verdict.UNSURE)
    shown = "".join(
        Client().get(f"/trail/?page={page}", headers={"accept-language": "sv"}).content.decode() for page in (1, 2)
    )
    with translation.override("sv"):
        words = {verb: str(told) for verb, told in VERBS.items()}
    assert [verb for verb, told in words.items() if told not in shown] == []
    assert f"{words['change visibility']} · offentligt · begränsat" in " ".join(shown.split())
    assert f"{words['review']} · osäker" in " ".join(shown.split())


def test_a_verb_that_the_trail_has_no_words_for_is_not_logged(reviewer):
    with pytest.raises(ValueError, match="no verb of the trail"):
        log_action(reviewer, "juggle", {})


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
