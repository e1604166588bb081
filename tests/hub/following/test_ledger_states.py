"""The ledger's states are those of the commitments, whoever looks and on whatever day."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.utils import timezone

from handslag_hub.commitments.models import CommitmentRow
from handslag_hub.commitments.projections import bring_up_to_date, differences
from handslag_hub.commitments.queries.ledger import LedgerChoice, facets_of, listed
from handslag_hub.commitments.queries.standing import look_of
from handslag_hub.following.queries.states import states_of
from handslag_hub.following.services import tell
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Document, Entity, Fact
from handslag_hub.store.queries import known_facts
from handslag_hub.store.services import change_visibility, judge_sameness, keep_reading, review_fact, undo_action

pytestmark = pytest.mark.django_db
DAYS = (AsKnown(), AsKnown(date(2026, 5, 1)), AsKnown(date(2026, 7, 1)), AsKnown(date(2099, 1, 1)))


def compare(actor, known: AsKnown) -> Counter:
    """The facet's counts, compared with the states of all facts; and the list of each state."""
    facts = list(known_facts(actor, known).filter(kind="commitment"))
    states = {key: followed.state for key, followed in states_of(actor, facts, known).items()}
    today = known.day or timezone.localdate()
    facets = facets_of(actor, known, LedgerChoice(), today)
    assert dict(facets.shelves["standing"]) == Counter(states.values())
    for state in set(states.values()):
        choice = LedgerChoice({"standing": frozenset([state])})
        assert set(listed(actor, known, choice, look_of(actor, known, today))) == {
            key for key, its in states.items() if its == state
        }
        assert facets_of(actor, known, choice, today).total == list(states.values()).count(state)
    return Counter(states.values())


@pytest.fixture
def few_samples(db: None, reviewer, sample_readings) -> list[Document]:
    """Some of the sample pages: linking all of them takes seconds."""
    return [keep_reading(reviewer, sample_readings[name]).document for name in ("protokoll.docx", "ministry-mou.html")]


def test_counts_and_lists_follow_what_was_heard(few_samples, promise, delayed, reviewer, reader):
    others = list(Fact.objects.filter(kind="commitment", document__in=few_samples).order_by("pk")[:4])
    assert len(others) == 4
    tell(reviewer, others[0], says="done", by="other", day="2026-11-20", words="gjort", visibility=2)
    tell(reviewer, others[1], says="cancelled", by="owner", day="2026-11-20", words="nej")
    tell(reviewer, others[2], says="restated", by="owner", day="2026-11-20", words="ja")
    for actor in (reviewer, reader):
        for known in DAYS:
            assert compare(actor, known)
    before = compare(reader, AsKnown())
    assert before["delayed"] > compare(reader, AsKnown(date(2026, 5, 1)))["delayed"]
    action = review_fact(reviewer, Fact.objects.get(kind="evidence", document=delayed), "reject")
    assert compare(reader, AsKnown())
    undo_action(reviewer, action)
    assert compare(reader, AsKnown()) == before
    change_visibility(reviewer, delayed, 2)
    assert compare(reader, AsKnown())
    assert compare(reviewer, AsKnown())
    assert differences() == []


def test_statements_of_one_commitment_are_one_line(promise, delayed, reviewer, reader):
    first, other = Entity.objects.filter(kind="commitment").order_by("pk")[:2]
    action = judge_sameness(reviewer, first, other, "same")
    assert (
        facets_of(reader, AsKnown(), LedgerChoice(), timezone.localdate()).total
        == Fact.objects.filter(kind="commitment").count() - 1
    )
    assert differences() == []
    review_fact(reviewer, Fact.objects.get(about=first), "reject")
    assert list(CommitmentRow.objects.filter(level=0).values_list("fact__about", flat=True)).count(other.pk) == 1
    undo_action(reviewer, action)
    assert differences() == []


def test_a_word_of_the_future_counts_when_its_day_has_come(promise, later_page, reviewer):
    tell(reviewer, promise, says="done", by="owner", day="2999-01-01", words="It will be open.")
    row = CommitmentRow.objects.get(fact=promise)
    assert (row.states, row.changes_on) == ("nnn", date(2999, 1, 1))
    CommitmentRow.objects.filter(fact=promise).update(changes_on=date(2026, 1, 1))
    bring_up_to_date(date(2026, 2, 1))
    assert differences() == []
