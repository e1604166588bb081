"""A page over time: versions, what vanished, what was decided before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handslag.kernel.claims import Claim
from handslag.reading.results import Reading
from handslag_hub.accounts.actors import Actor
from handslag_hub.store.models import Document, Fact, Statement, Status
from handslag_hub.store.services import keep_reading, remove_document, review_fact, undo_action

pytestmark = pytest.mark.django_db

ADDRESS = "https://norrkusten.example/nyhet"
FIRST = """Region Norrkusten lovar ny mottagning

Region Norrkusten och Ellerby Foundation har tecknat ett avtal om samverkan.

Region Norrkusten ska öppna en ny mottagning för sällsynta sjukdomar senast den 1 mars 2027.

– Vi kommer att anställa tio forskare, säger Maja Rask, vd för Norrbio AB.
"""
# The same with a word of the promise changed, and the quotation gone.
SECOND = """Region Norrkusten lovar ny mottagning

Region Norrkusten och Ellerby Foundation har tecknat ett avtal om samverkan.

Region Norrkusten ska öppna en modern mottagning för sällsynta sjukdomar senast den 1 mars 2027.

Maja Rask är vd för Norrbio AB.
"""

Read = Callable[..., Reading]


def promise(document: Document) -> Fact:
    return Fact.objects.get(document=document, kind="commitment", statements__value__contains="mottagning", statements__predicate="what")  # fmt: skip


def test_a_newer_version_supersedes_and_vanished_facts_are_told(reviewer: Actor, read_text: Read):
    first = keep_reading(reviewer, read_text(FIRST), address=ADDRESS)
    second = keep_reading(reviewer, read_text(SECOND), address=ADDRESS + "#top")
    assert second.outcome == "version"
    assert second.document.supersedes == first.document
    assert second.vanished
    gone = Fact.objects.filter(kind="quote")
    assert gone
    assert not gone.filter(printed=True).exists()
    assert not gone.filter(shown=False).exists()


def test_a_rejection_holds_for_the_next_version(reviewer: Actor, read_text: Read):
    first = keep_reading(reviewer, read_text(FIRST), address=ADDRESS).document
    body = Fact.objects.get(document=first, kind="organisation", entity__label="Ellerby Foundation")
    review_fact(reviewer, body, "reject")
    keep_reading(reviewer, read_text(SECOND), address=ADDRESS)
    body.refresh_from_db()
    assert body.status == Status.REJECTED
    assert not body.shown


def test_a_changed_word_in_a_reviewed_quote_is_to_be_checked_again(reviewer: Actor, read_text: Read):
    first = keep_reading(reviewer, read_text(FIRST), address=ADDRESS).document
    old = promise(first)
    review_fact(reviewer, old, "accept")
    kept = keep_reading(reviewer, read_text(SECOND), address=ADDRESS)
    assert kept.check_again == 1
    new = promise(kept.document)
    assert new.status == Status.CHECK_AGAIN
    assert new.rewords == old


def test_a_correction_is_there_again_when_the_page_comes_back(reviewer: Actor, read_text: Read):
    document = keep_reading(reviewer, read_text(FIRST), address=ADDRESS).document
    fact = promise(document)
    review_fact(reviewer, fact, "correct", corrected={"firmness": [Claim(predicate="firmness", value="assigned", normal="assigned")]})  # fmt: skip
    remove_document(reviewer, document)
    keep_reading(reviewer, read_text(FIRST), address=ADDRESS)
    fact.refresh_from_db()
    assert (fact.status, fact.shown) == (Status.CORRECTED, True)
    holding = Statement.objects.filter(fact=fact, predicate="firmness", holds=True)
    assert [row.value for row in holding] == ["assigned"]


def test_removing_a_document_takes_away_its_facts_and_only_those(sample_documents, reviewer: Actor):
    document = sample_documents["job-moves.txt"]
    others = Fact.objects.exclude(document=document).order_by("uid")
    before = list(others.values_list("uid", "shown", "status", "level", "about__uid"))
    action = remove_document(reviewer, document)
    assert list(others.values_list("uid", "shown", "status", "level", "about__uid")) == before
    assert not Fact.objects.filter(document=document, shown=True).exists()
    undo_action(reviewer, action)
    assert Fact.objects.filter(document=document, shown=True).count() == Fact.objects.filter(document=document).count()


def test_undoing_an_addition_takes_the_version_back(reviewer: Actor, read_text: Read):
    keep_reading(reviewer, read_text(FIRST), address=ADDRESS)
    kept = keep_reading(reviewer, read_text(SECOND), address=ADDRESS)
    action = kept.document.presences.get().action
    undo_action(reviewer, action)
    assert not Document.objects.get(pk=kept.document.pk).live
    assert not Fact.objects.filter(kind="quote", printed=False).exists()
