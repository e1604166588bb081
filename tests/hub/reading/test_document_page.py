from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handslag_hub.store.models import Action, Document, Fact, FactPassage, Status
from handslag_hub.store.services import accept_certain, change_visibility, keep_reading, remove_document, review_fact

pytestmark = pytest.mark.django_db

PAGE = """Samverkansmöte

Regionen Norrvik ska öppna ett kansli i oktober 2026.
Norrviks universitet lovar att bidra med två miljoner kronor till biobanken 2027.
"""
HOSTILE = """<script>window.pwned = 1</script>

Företaget "><img src=x onerror=window.pwned=1> AB ska leverera läkemedel till Norrviks sjukhus senast den 3 mars 2027.
=HYPERLINK("http://example.org") \u202eska vända på allt\u202c och {{ settings.SECRET_KEY }} {% now "Y" %}
Norrviks universitet lovar att bidra med två miljoner kronor till biobanken 2027.
"""


@pytest.fixture
def document(reviewer, read_text) -> Document:
    return keep_reading(reviewer, read_text(PAGE), address="https://example.org/mote").document


def page_of(client, document: Document) -> str:
    answer = client.get(reverse("document", args=[document.uid]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_shows_the_whole_text_and_every_fact_beside_it(as_reader, sample_documents):
    for document in sample_documents.values():
        html = page_of(as_reader, document)
        for fact in Fact.objects.filter(document=document, shown=True):
            assert f'id="f-{fact.uid}"' in html
            assert reverse("fact", args=[fact.uid]) in html
        # Each passage has one anchor, and what refers to an anchor finds it.
        anchors = re.findall(r'id="(p-\d+)"', html)
        assert len(anchors) == len(set(anchors))
        assert set(re.findall(r'href="#(p-\d+)"', html)) <= set(anchors)
        passages = FactPassage.objects.filter(passage__document=document).values_list("passage", flat=True).distinct()
        assert set(anchors) == {f"p-{key}" for key in passages}


def test_who_only_reads_sees_no_controls(as_reader, as_reviewer, document):
    assert "verdict" not in page_of(as_reader, document)
    assert "Remove" not in page_of(as_reader, document)
    assert 'value="accept"' in page_of(as_reviewer, document)


def test_a_restricted_page_never_reaches_a_reader_by_any_address(as_reader, as_reviewer, document, reviewer):
    passages = list(FactPassage.objects.filter(passage__document=document).values_list("passage__quote", flat=True))
    facts = list(Fact.objects.filter(document=document))
    assert passages
    change_visibility(reviewer, document, 2)
    addresses = [reverse("document", args=[document.uid])] + [reverse("fact", args=[fact.uid]) for fact in facts]
    for address in addresses:
        assert as_reader.get(address).status_code == 404
        assert as_reviewer.get(address).status_code == 200
    for fact in facts:
        assert as_reader.get(reverse("fact-correct", args=[fact.uid])).status_code == 403
        assert as_reader.post(reverse("fact-review", args=[fact.uid]), {"verdict": "accept"}).status_code == 403
    assert as_reader.get(reverse("review")).status_code == 403


def test_a_public_page_does_not_mark_what_a_restricted_one_prints_too(as_reader, as_reviewer, reviewer, read_text):
    """A later, restricted version of the page says the same: its facts are restricted, and so are their marks on the older one."""
    older = keep_reading(reviewer, read_text(PAGE), address="https://example.org/mote").document
    assert "<mark" in page_of(as_reader, older)
    newer = keep_reading(
        reviewer, read_text(PAGE + "\nEn rad till.\n"), address="https://example.org/mote", visibility=2
    )
    html = page_of(as_reader, older)
    assert "<mark" not in html
    assert newer.document.uid not in html
    assert "<mark" in page_of(as_reviewer, older)


def test_an_older_version_shows_the_facts_that_it_prints_and_leads_to_the_newest(as_reader, reviewer, read_text):
    older = keep_reading(reviewer, read_text(PAGE), address="https://example.org/mote").document
    newer = keep_reading(reviewer, read_text(PAGE + "\nEn rad till.\n"), address="https://example.org/mote").document
    html = page_of(as_reader, older)
    assert reverse("document", args=[newer.uid]) in html
    assert "There is a newer version" in html
    assert html.count('id="f-') == FactPassage.objects.filter(passage__document=older).values("fact").distinct().count()


def test_a_hostile_page_is_shown_as_text(as_reviewer, reviewer, read_text):
    document = keep_reading(reviewer, read_text(HOSTILE), address='https://example.org/"><script>x</script>').document
    fact = Fact.objects.filter(document=document).first()
    for address in [reverse("document", args=[document.uid]), reverse("fact", args=[fact.uid]), reverse("review")]:
        answer = as_reviewer.get(address)
        html = answer.content.decode()
        assert "<script>" not in html
        assert "<img" not in html
        assert "\u202e" not in html
        assert "style=" not in html
        assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    html = page_of(as_reviewer, document)
    assert "&lt;script&gt;window.pwned" in html
    assert "⟨U+202E⟩" in html
    assert "{{ settings.SECRET_KEY }}" in html


def test_an_address_that_is_no_web_address_is_no_link(as_reader, reviewer, read_text):
    document = keep_reading(reviewer, read_text(PAGE), address="javascript:alert(1)").document
    html = page_of(as_reader, document)
    assert "javascript:alert(1)" in html
    assert 'href="javascript' not in html


def test_a_line_of_a_megabyte_is_shown(as_reader, document):
    Document.objects.filter(pk=document.pk).update(text=document.text + "lång " * 210_000, lines=[])
    html = page_of(as_reader, document)
    assert html.count("lång ") == 210_000


def test_all_that_is_certain_is_accepted_as_one_step_and_undone_as_one(as_reviewer, sample_documents):
    document = sample_documents["ministry-mou.html"]
    certain = Fact.objects.filter(document=document, certainty="certain")
    assert certain.count() > 1
    answer = as_reviewer.post(reverse("document-accept-certain", args=[document.uid]), follow=True)
    assert set(certain.values_list("status", flat=True)) == {Status.ACCEPTED}
    assert not Fact.objects.filter(document=document, status=Status.ACCEPTED).exclude(certainty="certain").exists()
    action = Action.objects.get(verb="accept certain")
    assert f'name="action" value="{action.pk}"' in answer.content.decode()
    as_reviewer.post(reverse("review-undo"), {"action": action.pk})
    assert set(certain.values_list("status", flat=True)) == {Status.UNREVIEWED}


def test_removing_asks_first_and_can_be_undone(as_reviewer, as_reader, document):
    address = reverse("document-remove", args=[document.uid])
    assert as_reviewer.get(address).status_code == 200
    document.refresh_from_db()
    assert document.live
    quote = FactPassage.objects.filter(passage__document=document).first().passage.quote
    answer = as_reviewer.post(address, follow=True)
    assert "Undo" in answer.content.decode()
    assert quote.split("\n")[0][:20] not in page_of(as_reader, document)
    assert not Fact.objects.filter(document=document, shown=True).exists()
    as_reviewer.post(reverse("review-undo"), {"action": Action.objects.get(verb="remove document").pk})
    assert Fact.objects.filter(document=document, shown=True).exists()


def test_a_removed_document_is_added_again_with_its_reviews(as_reviewer, reviewer, document):
    fact = Fact.objects.filter(document=document).first()
    review_fact(reviewer, fact, "reject")
    remove_document(reviewer, document)
    as_reviewer.post(reverse("document-add-again", args=[document.uid]))
    fact.refresh_from_db()
    assert (fact.status, fact.counts) == (Status.REJECTED, True)


def test_visibility_is_changed_and_an_unknown_one_refused(as_reviewer, document):
    address = reverse("document-visibility", args=[document.uid])
    assert as_reviewer.post(address, {"visibility": "7"}).status_code == 400
    as_reviewer.post(address, {"visibility": "2"})
    document.refresh_from_db()
    assert document.visibility == 2
    assert set(Fact.objects.filter(document=document).values_list("level", flat=True)) == {2}


def test_what_was_rejected_is_there_for_reviewers_only(as_reviewer, as_reader, reviewer, document):
    fact = Fact.objects.filter(document=document).first()
    review_fact(reviewer, fact, "reject")
    assert f'id="f-{fact.uid}"' in page_of(as_reviewer, document)
    assert f'id="f-{fact.uid}"' not in page_of(as_reader, document)


def test_as_known_before_it_was_said_nothing_is_shown_and_nothing_can_be_decided(as_reviewer, document):
    html = as_reviewer.get(reverse("document", args=[document.uid]), {"on": "2020-01-01"}).content.decode()
    assert 'id="f-' not in html
    assert "verdict" not in html


def test_queries_do_not_grow_with_the_facts(as_reviewer, reviewer, read_text, sample_documents):
    few = keep_reading(reviewer, read_text("Norrviks universitet lovar att bidra med två miljoner kronor.\n")).document
    many = sample_documents["branschnyhet.txt"]
    accept_certain(reviewer, many)
    page_of(as_reviewer, few)
    counts = []
    for document in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page_of(as_reviewer, document)
        counts.append(len(queries))
    assert many.facts.count() > 5 * few.facts.count()
    assert counts[1] <= counts[0]
