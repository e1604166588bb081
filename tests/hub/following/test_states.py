"""Where commitments stand."""

from __future__ import annotations

from datetime import date

import pytest

from handslag_hub.following.queries.states import states_of
from handslag_hub.following.services import tell
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.services import review_fact, undo_action

pytestmark = pytest.mark.django_db


def test_what_was_told_moves_the_state_and_taken_back_moves_it_back(reviewer, reader, promise, later_page):
    silent = states_of(reader, [promise])[promise.pk]
    assert (silent.state, silent.last_heard, silent.heard) == ("nothing heard since", None, ())
    evidence, action = tell(
        reviewer, promise, says="delayed", by="owner", day="2026-06-01", words="It opens in the spring."
    )
    followed = states_of(reader, [promise.pk])[promise.pk]
    assert (followed.state, followed.by, followed.last_heard) == ("delayed", "owner", date(2026, 6, 1))
    assert [(word.fact, word.says, word.status, word.text, word.basis) for word in followed.heard] == [
        (evidence, "delayed", "told", "It opens in the spring.", "told directly")
    ]
    undo_action(reviewer, action)
    assert states_of(reader, [promise])[promise.pk] == silent


def test_a_rejected_word_is_listed_and_moves_nothing(reviewer, promise, later_page):
    evidence, _ = tell(reviewer, promise, says="done", by="other", day="2026-06", words="It is open.")
    review_fact(reviewer, evidence, "reject")
    followed = states_of(reviewer, [promise])[promise.pk]
    assert (followed.state, [word.status for word in followed.heard]) == ("nothing heard since", ["rejected"])


def test_on_a_day_before_nothing_later_is_known(reviewer, promise, later_page):
    assert states_of(reviewer, [promise], date(2026, 1, 31))[promise.pk].state == "stated"
    assert states_of(reviewer, [promise], AsKnown(date(2026, 3, 1)))[promise.pk].state == "nothing heard since"
    assert states_of(reviewer, [promise], date(2026, 1, 1)) == {}
