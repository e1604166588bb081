"""As known on a day: what had been said by then, and what this hub held and had decided then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from handslag.kernel.claims import Claim
from handslag.reading.results import Reading
from handslag_hub.accounts.actors import Actor
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Action, Document, Entity, Fact
from handslag_hub.store.queries import known_documents, known_facts, members_of, view_facts
from handslag_hub.store.services import judge_sameness, keep_reading, remove_document, review_fact, undo_action

pytestmark = pytest.mark.django_db

EARLY = "Nordbygdens sjukhus ska anställa tolv forskare senast i mars 2027.\n\nRegion Norrkusten ska öppna en ny mottagning."
LATE = "Ellerby Foundation ska bygga ett nytt laboratorium i Vestborg under 2027.\n\nDet säger Maja Rask, vd för Norrbio AB."

Read = Callable[..., Reading]


def on(day: str, *, held: bool = False) -> AsKnown:
    return AsKnown(date.fromisoformat(day), held)


def set_time(action: Action, day: str) -> None:
    """The log's clock is the machine's; here its entries are dated back."""
    Action.objects.filter(pk=action.pk).update(at=datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC))


@pytest.fixture
def early(reviewer: Actor, read_text: Read) -> Document:
    document = keep_reading(reviewer, read_text(EARLY, "2026-03-01"), address="https://a.example/1").document
    set_time(document.presences.get().action, "2026-03-05")
    Fact.objects.filter(document=document).update(created_at=datetime(2026, 3, 5, 12, tzinfo=UTC))
    return document


@pytest.fixture
def late(reviewer: Actor, read_text: Read) -> Document:
    return keep_reading(reviewer, read_text(LATE, "2026-09-01"), address="https://a.example/2").document


def test_what_was_said_later_is_not_known_yet(reviewer: Actor, early: Document, late: Document):
    told = known_facts(reviewer, on("2026-05-01"))
    assert {fact.document_id for fact in told} == {early.pk}
    assert {fact.document_id for fact in known_facts(reviewer, AsKnown())} == {early.pk, late.pk}
    assert list(known_documents(reviewer, on("2026-05-01"))) == [early]
    assert not known_facts(reviewer, on("2026-02-28")).exists()


def test_what_was_said_is_judged_with_todays_reviews(reviewer: Actor, early: Document):
    fact = Fact.objects.filter(document=early, kind="commitment").first()
    review_fact(reviewer, fact, "reject")
    assert fact not in known_facts(reviewer, on("2026-05-01"))


def test_what_the_hub_held_then_is_what_it_had_read_and_decided(reviewer: Actor, early: Document):
    fact = Fact.objects.filter(document=early, kind="commitment").first()
    set_time(review_fact(reviewer, fact, "reject"), "2026-06-01")
    assert fact in known_facts(reviewer, on("2026-05-31", held=True))
    assert fact not in known_facts(reviewer, on("2026-06-01", held=True))
    assert not known_facts(reviewer, on("2026-03-04", held=True)).exists()


def test_a_removed_document_was_held_until_it_was_removed(reviewer: Actor, early: Document):
    facts = set(known_facts(reviewer, AsKnown()))
    set_time(remove_document(reviewer, early), "2026-07-01")
    assert not known_facts(reviewer, AsKnown()).exists()
    assert set(known_facts(reviewer, on("2026-06-30", held=True))) == facts
    assert list(known_documents(reviewer, on("2026-06-30", held=True))) == [early]
    assert not known_facts(reviewer, on("2026-07-02", held=True)).exists()


def test_an_undoing_counts_from_the_day_it_was_made(reviewer: Actor, early: Document):
    fact = Fact.objects.filter(document=early, kind="commitment").first()
    rejected = review_fact(reviewer, fact, "reject")
    set_time(rejected, "2026-04-01")
    undone = undo_action(reviewer, rejected)
    set_time(undone, "2026-05-01")
    redone = undo_action(reviewer, undone)
    set_time(redone, "2026-06-01")
    assert fact not in known_facts(reviewer, on("2026-04-15", held=True))
    assert fact in known_facts(reviewer, on("2026-05-15", held=True))
    assert fact not in known_facts(reviewer, on("2026-06-15", held=True))


def test_the_status_shown_is_that_of_the_day(reviewer: Actor, early: Document):
    fact = Fact.objects.filter(document=early, kind="commitment").first()
    set_time(review_fact(reviewer, fact, "accept"), "2026-04-01")
    set_time(review_fact(reviewer, fact, "unsure"), "2026-05-01")
    then = view_facts(reviewer, known_facts(reviewer, on("2026-04-15", held=True)).filter(pk=fact.pk))
    assert [view.status for view in then] == ["accepted"]
    assert [view.status for view in view_facts(reviewer, [fact])] == ["unsure"]


def test_a_later_correction_was_not_held_before_it_was_made(reviewer: Actor, early: Document):
    fact = Fact.objects.filter(document=early, kind="commitment").first()
    before = view_facts(reviewer, [fact])[0].first("what")
    corrected = {
        "what": [Claim(predicate="what", value="anställa tretton forskare", normal="anställa tretton forskare")]
    }
    set_time(review_fact(reviewer, fact, "correct", corrected=corrected), "2026-04-01")
    then = on("2026-03-20", held=True)
    assert [view.first("what") for view in view_facts(reviewer, [fact], known=then)] == [before]
    assert (
        view_facts(reviewer, [fact], known=on("2026-04-02", held=True))[0].first("what") == "anställa tretton forskare"
    )
    assert view_facts(reviewer, [fact])[0].first("what") == "anställa tretton forskare"


def test_two_were_not_one_before_somebody_said_so(reviewer: Actor, early: Document, late: Document):
    a, b = Entity.objects.filter(kind="organisation").order_by("pk")[:2]
    set_time(judge_sameness(reviewer, a, b, "same"), "2026-10-01")
    a.refresh_from_db()
    assert members_of(a) == [a.pk, b.pk]
    assert members_of(a, on("2026-09-30", held=True)) == [a.pk]
    assert members_of(a, on("2026-10-01", held=True)) == [a.pk, b.pk]
