"""Linking documents to commitments."""

from __future__ import annotations

import pytest
from tests.hub.following.conftest import DELAYED, PROMISE

from handslag.kernel.claims import Claim
from handslag_hub.following.queries.states import states_of
from handslag_hub.following.services.waiting import follow_until_none_waits, let_all_wait
from handslag_hub.store.checking import differences
from handslag_hub.store.dumping import dump
from handslag_hub.store.models import Action, Fact
from handslag_hub.store.services import (
    add_document_again,
    change_visibility,
    keep_reading,
    keep_rereading,
    remove_document,
    review_fact,
    undo_action,
)

pytestmark = pytest.mark.django_db


def test_a_later_page_is_evidence_with_its_reason(promise, delayed, reader):
    followed = states_of(reader, [promise])[promise.pk]
    (word,) = followed.heard
    assert (word.document, word.says, word.status) == (delayed, "delayed", "proposed")
    assert word.passage.quote in delayed.text
    assert "delayed, by" in word.why
    assert followed.state == "delayed"
    assert list(differences()) == []


def test_linking_again_changes_nothing(promise, delayed, reviewer):
    before, actions = dump(), Action.objects.count()
    let_all_wait(anew=True)
    assert follow_until_none_waits() == 2
    assert (dump(), Action.objects.count()) == (before, actions)


def test_removing_the_page_takes_its_words_away_and_adding_it_again_brings_them_back_with_their_reviews(promise, delayed, reviewer):  # fmt: skip
    before = states_of(reviewer, [promise])[promise.pk]
    (word,) = before.heard
    review_fact(
        reviewer,
        word.fact,
        "correct",
        corrected={"says": [Claim(predicate="says", value="underway", normal="underway")]},
    )
    corrected = states_of(reviewer, [promise])[promise.pk]
    assert (corrected.state, corrected.heard[0].status) == ("underway", "confirmed")
    remove_document(reviewer, delayed)
    assert states_of(reviewer, [promise])[promise.pk].heard == ()
    add_document_again(reviewer, delayed)
    follow_until_none_waits()
    again = states_of(reviewer, [promise])[promise.pk]
    assert (again.state, again.heard[0].status) == ("underway", "confirmed")
    assert list(differences()) == []


def test_a_rejection_is_remembered_when_the_page_is_linked_or_read_again(promise, delayed, reviewer, read_text):
    (word,) = states_of(reviewer, [promise])[promise.pk].heard
    action = review_fact(reviewer, word.fact, "reject")
    let_all_wait(anew=True)
    follow_until_none_waits()
    keep_rereading(reviewer, delayed, read_text(DELAYED, said_on="2026-06-01"))
    follow_until_none_waits()
    followed = states_of(reviewer, [promise])[promise.pk]
    assert (followed.state, [heard.status for heard in followed.heard]) == ("nothing heard since", ["rejected"])
    undo_action(reviewer, action)
    assert states_of(reviewer, [promise])[promise.pk].state == "delayed"


def test_a_promise_that_comes_in_after_the_page_that_tells_of_it_is_found(db, reviewer, read_text):
    keep_reading(reviewer, read_text(DELAYED, said_on="2026-06-01"), address="https://example.org/later")
    follow_until_none_waits()
    keep_reading(reviewer, read_text(PROMISE, said_on="2026-01-14"), address="https://example.org/plans")
    follow_until_none_waits()
    fact = Fact.objects.get(kind="commitment", statements__value__contains="open a clinic")
    assert states_of(reviewer, [fact])[fact.pk].state == "delayed"


def test_an_undone_adding_takes_the_words_along(promise, delayed, reviewer):
    silent = dump()
    adding = Action.objects.get(verb="add document", details__document=delayed.uid)
    undoing = undo_action(reviewer, adding)
    assert states_of(reviewer, [promise])[promise.pk].heard == ()
    undo_action(reviewer, undoing)
    assert dump() == silent
    assert list(differences()) == []


def test_a_page_without_a_day_is_listed_and_moves_nothing(promise, reviewer, read_text):
    keep_reading(reviewer, read_text(DELAYED, said_on=None), address="https://example.org/undated")
    follow_until_none_waits()
    followed = states_of(reviewer, [promise])[promise.pk]
    assert [(word.said_on, word.says) for word in followed.heard] == [("", "delayed")]
    assert followed.state == "stated"


def test_what_is_heard_is_as_strict_as_what_it_is_of(reviewer, reader, read_text):
    home = keep_reading(reviewer, read_text(PROMISE, said_on="2026-01-14"), address="https://example.org/plans", visibility=2).document  # fmt: skip
    page = keep_reading(
        reviewer, read_text(DELAYED, said_on="2026-06-01"), address="https://example.org/later"
    ).document
    follow_until_none_waits()
    evidence = Fact.objects.get(kind="evidence")
    assert (evidence.document, evidence.level) == (page, 2)
    change_visibility(reviewer, home, 0)
    evidence.refresh_from_db()
    assert evidence.level == 0
    change_visibility(reviewer, home, 1)
    evidence.refresh_from_db()
    assert evidence.level == 1
    assert list(differences()) == []
