"""Files that are read together: what they say is kept in one transaction, and each fares as if it had come by itself."""

from __future__ import annotations

import pytest
from django.db import DataError, connection

from handslag_hub.commitments import projections as ledger
from handslag_hub.reading.models import Arrival, State
from handslag_hub.reading.outcomes import outcome_in_words
from handslag_hub.reading.services import Incoming, bring_in, claim_some, release_claims
from handslag_hub.reading.services.waiting import read_arrivals
from handslag_hub.reading.workers import read_until_none_waits
from handslag_hub.register.projections import checking as register
from handslag_hub.store import checking as store
from handslag_hub.store.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(page) -> dict[str, str]:
    """Pages that speak of the same actors in other words."""
    return {f"{number}.txt": page.replace("twenty", str(number + 20)).replace("2027", str(2027 + number % 3)) for number in range(6)}  # fmt: skip


def _bring(actor, pages, address="") -> list[Arrival]:
    batch = bring_in(actor, [Incoming(name, text.encode(), address=address) for name, text in pages.items()])
    return list(batch.arrivals.order_by("pk"))


def _assert_caches_hold() -> None:
    assert [*store.differences(), *ledger.differences(), *register.differences()] == []


def test_caches_are_what_the_logs_give(reviewer, pages):
    _bring(reviewer, pages)
    read_arrivals(claim_some("the test", most=6))
    assert read_until_none_waits() == 3
    assert set(Arrival.objects.values_list("state", flat=True)) == {State.READ}
    _assert_caches_hold()


def test_versions_of_one_page_that_are_read_together_supersede_each_other(reviewer, page, pages):
    _bring(reviewer, {"other.txt": page})
    _bring(reviewer, pages, "https://example.org/page")
    read_until_none_waits()
    newest = Document.objects.filter(address="https://example.org/page", superseded_by=None)
    assert [document.original.sha256 for document in newest] == [Arrival.objects.latest("pk").original.sha256]
    _assert_caches_hold()


def test_one_that_cannot_be_kept_leaves_the_others(reviewer, pages):
    _bring(reviewer, pages | {"bad.txt": "Lillmarken\n\nThe word jordgubbe breaks the database."})

    def refuse(execute, sql, parameters, many, context):
        if sql.startswith("INSERT INTO") and "store_document" in sql and "jordgubbe" in str(parameters):
            raise DataError("no berries")
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(refuse):
        read_until_none_waits()
    bad = Arrival.objects.get(name="bad.txt")
    assert (bad.state, "no berries" in outcome_in_words(bad)) == (State.FAILED, True)
    assert Arrival.objects.filter(state=State.READ).count() == Document.objects.count() == 6
    _assert_caches_hold()


def test_a_file_that_ends_every_process_is_left_aside_and_those_beside_it_are_read(reviewer, pages, claimant):
    killer = _bring(reviewer, pages)[1]
    while True:
        alive = claimant()
        claimed = claim_some(alive.name)
        if not claimed:
            break
        if killer in claimed:
            alive.leave()
            release_claims()
        else:
            read_arrivals(claimed)
    killer.refresh_from_db()
    assert (killer.state, killer.reason_code) == (State.FAILED, "breaks")
    assert Arrival.objects.filter(state=State.READ).count() == 5


def test_few_that_wait_are_shared_among_processes(reviewer, pages):
    _bring(reviewer, dict(list(pages.items())[:2]))
    assert [len(claim_some(name)) for name in ("one", "other", "third")] == [1, 1, 0]
