from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from handslag_hub.reading.services.read_again import read_again
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Action, Assertion, Fact, Statement
from handslag_hub.store.services import keep_reading, keep_rereading, remove_document, review_fact, undo_action

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(sample_readings):
    """A reading with several commitments."""
    return sample_readings["interview.md"]


@pytest.fixture
def document(reading, reviewer):
    """What was kept of it."""
    return keep_reading(reviewer, reading, address="https://example.org/interview").document


def _without(reading, *positions: int):
    """The reading as a reader would give it that does not propose these commitments."""
    left = tuple(item for n, item in enumerate(reading.facts.commitments) if n not in positions)
    return replace(reading, facts=replace(reading.facts, commitments=left))


def _shown(document) -> dict[str, tuple[str, bool, bool]]:
    return {fact.uid: (fact.status, fact.counts, fact.shown) for fact in Fact.objects.filter(document=document)}


def test_the_same_reading_changes_nothing(document, reading, reviewer):
    before = (Action.objects.count(), Assertion.objects.count(), Statement.objects.count())
    assert keep_rereading(reviewer, document, reading).action is None
    assert (Action.objects.count(), Assertion.objects.count(), Statement.objects.count()) == before


def test_what_is_no_longer_proposed_counts_no_longer_and_comes_back_when_undone(document, reading, reviewer):
    before = _shown(document)
    done = keep_rereading(reviewer, document, _without(reading, 0, 1))
    assert (done.added, done.changed, done.gone) == (0, 0, 2)
    assert sum(counts for _, counts, _ in _shown(document).values()) == len(before) - 2
    undo_action(reviewer, done.action)
    assert _shown(document) == before


def test_what_a_person_reviewed_stays(document, reading, reviewer):
    first, second = Fact.objects.filter(document=document, kind="commitment").order_by("pk")[:2]
    review_fact(reviewer, first, "accept")
    review_fact(reviewer, second, "reject")
    done = keep_rereading(reviewer, document, _without(reading, *range(len(reading.facts.commitments))))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.shown) == ("accepted", True)
    assert (second.status, second.shown) == ("rejected", False)
    assert done.gone == len(reading.facts.commitments) - 2


def test_what_is_new_is_added_and_what_was_rejected_stays_rejected(reading, reviewer):
    document = keep_reading(reviewer, _without(reading, 0), address="https://example.org/b").document
    rejected = Fact.objects.filter(document=document, kind="commitment").first()
    review_fact(reviewer, rejected, "reject")
    before = _shown(document)
    done = keep_rereading(reviewer, document, reading)
    assert (done.added, done.changed, done.gone) == (1, 0, 0)
    rejected.refresh_from_db()
    assert (rejected.status, rejected.shown) == ("rejected", False)
    new = Fact.objects.filter(document=document).exclude(uid__in=before).get()
    assert (new.shown, new.status) == (True, "unreviewed")
    undo_action(reviewer, done.action)
    new.refresh_from_db()
    assert not new.shown


def test_what_says_something_else_now_is_the_same_fact_with_new_values(document, reading, reviewer):
    first, *others = reading.facts.commitments
    other = "done" if first.firmness != "done" else "aim"
    changed = replace(reading, facts=replace(reading.facts, commitments=(replace(first, firmness=other), *others)))
    done = keep_rereading(reviewer, document, changed)
    assert (done.added, done.changed, done.gone) == (0, 1, 0)
    fact = Assertion.objects.get(action=done.action).fact
    assert Statement.objects.get(fact=fact, predicate="firmness", holds=True).value == other
    undo_action(reviewer, done.action)
    assert Statement.objects.get(fact=fact, predicate="firmness", holds=True).value == first.firmness


def test_a_reading_of_another_text_or_of_a_removed_document_is_refused(document, reading, reviewer):
    with pytest.raises(Refused):
        keep_rereading(reviewer, document, replace(reading, text=reading.text + " "))
    remove_document(reviewer, document)
    with pytest.raises(Refused):
        keep_rereading(reviewer, document, reading)


def test_a_document_is_read_again_as_it_was_read_first(bring, page, reviewer, sample_documents):
    brought = bring({"one.txt": page}, said_on="2026-10-09")[0].document
    assert read_again(reviewer, brought).action is None
    # A newer day, kept by hand before: the reader is given the day that the document has.
    assert read_again(reviewer, sample_documents["job-moves.txt"]).gone == 0


def test_reading_again_says_what_is_different(client, bring, page):
    document = bring({"one.txt": page})[0].document
    answer = client.post(reverse("read-again", args=[document.uid]))
    assert answer.url == reverse("document", args=[document.uid])
    assert "nothing is different" in next(str(message) for message in get_messages(answer.wsgi_request))
