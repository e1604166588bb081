"""Pages: where a commitment stands, what was heard, and deciding on it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.hub.following.conftest import DELAYED

from handslag_hub.following.queries.states import states_of
from handslag_hub.following.services.deciding import decide, decide_on_all
from handslag_hub.following.services.waiting import follow_until_none_waits
from handslag_hub.store.errors import Overtaken
from handslag_hub.store.models import Fact, Verdict
from handslag_hub.store.services import keep_reading
from handslag_hub.store.services.reviewing import last_review

pytestmark = pytest.mark.django_db


def words_on(client: Client, fact: Fact, query: str = "") -> str:
    return client.get(f"/commitments/{fact.about.uid}{query}").text


def test_the_page_tells_where_a_commitment_stands_and_why(promise, delayed, as_somebody):
    page = words_on(as_somebody("reader"), promise)
    for words in (
        "delayed",
        "is delayed until the spring of 2027",
        "Why:",
        "This rests on",
        'datetime="2026-06-01"',
        "stated",
        f"badge--{Fact.objects.get(kind='evidence').certainty}",
    ):
        assert words in page, words
    assert "/decide" not in page
    then = words_on(as_somebody("reader"), promise, "?on=2026-05-01")
    assert "is delayed until" not in then


def test_a_word_is_confirmed_corrected_and_rejected_on_the_page_and_taken_back(promise, delayed, as_somebody, reviewer):
    client = as_somebody("reviewer")
    evidence = Fact.objects.get(kind="evidence")
    address = f"/heard/{evidence.uid}/decide"
    of = {"of": promise.about.uid}

    def state() -> tuple[str, str]:
        followed = states_of(reviewer, [promise])[promise.pk]
        return followed.state, followed.heard[0].status

    assert "Confirm" in words_on(client, promise)
    answer = client.post(address, {"verdict": "accept", "seen": 0, **of})
    assert (answer.status_code, answer["Location"]) == (302, f"/commitments/{promise.about.uid}#w-{evidence.uid}")
    assert state() == ("delayed", "confirmed")
    assert client.post(address, {"verdict": "reject", "seen": 0, **of}).status_code == 409
    client.post(address, {"verdict": "correct", "says": "done", "by": "other", **of})
    assert state() == ("reported done", "confirmed")
    client.post(f"/heard/{evidence.uid}/take-back", of)
    assert state() == ("delayed", "confirmed")
    client.post(address, {"verdict": "reject", **of})
    assert state() == ("nothing heard since", "rejected")
    assert "weak or rejected" in words_on(client, promise)
    assert client.post(address, {"verdict": "believe", **of}).status_code == 400


def test_what_waits_is_listed_until_somebody_decides(promise, delayed, as_somebody):
    client = as_somebody("reviewer")
    assert "is delayed until the spring" in client.get("/heard/").text
    evidence = Fact.objects.get(kind="evidence")
    assert client.post(f"/heard/{evidence.uid}/decide", {"verdict": "accept"})["Location"] == "/heard/"
    assert "Nothing waits" in client.get("/heard/").text
    assert client.get("/heard/?weak=1").status_code == 200
    assert client.post(f"/heard/{promise.uid}/decide", {"verdict": "accept"}).status_code == 404


def test_queries_do_not_grow_with_what_was_heard(promise, delayed, as_somebody, reviewer, read_text):
    client = as_somebody("reviewer")

    def queries(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(path)
        return len(seen)

    paths = (f"/commitments/{promise.about.uid}", "/heard/")
    before = [queries(path) for path in paths]
    for month in ("07", "08", "09"):
        keep_reading(reviewer, read_text(DELAYED, said_on=f"2026-{month}-01"), address=f"https://example.org/{month}")
    follow_until_none_waits()
    assert len(states_of(reviewer, [promise])[promise.pk].heard) == 4
    assert [queries(path) for path in paths] == before


def test_one_page_at_two_addresses_waits_once_and_is_decided_on_once(promise, delayed, as_somebody, reviewer, read_text):  # fmt: skip
    keep_reading(
        reviewer, read_text(DELAYED + "\nSkriv ut\n", said_on="2026-06-01"), address="https://example.org/copy"
    )
    follow_until_none_waits()
    client = as_somebody("reviewer")
    first, second = Fact.objects.filter(kind="evidence", shown=True).exclude(certainty="weak").order_by("-pk")
    page = client.get("/heard/").text
    assert page.count("<blockquote") == 1
    assert "in the same words:" in page
    twin = f"{second.uid}:0"
    assert f'name="twin" value="{twin}"' in page
    before = states_of(reviewer, [promise])[promise.pk].state
    client.post(f"/heard/{first.uid}/decide", {"verdict": "correct", "says": "done", "seen": 0, "twin": [twin]})
    assert {*Fact.objects.filter(pk__in=(first.pk, second.pk)).values_list("status", flat=True)} == {"corrected"}
    assert states_of(reviewer, [promise])[promise.pk].state == "reported done"
    assert "<blockquote" not in client.get("/heard/").text
    for uid in (first.uid, second.uid):
        assert uid in as_somebody("administrator").get("/trail/").text
    client.post(f"/heard/{second.uid}/take-back")
    followed = states_of(reviewer, [promise])[promise.pk]
    assert (followed.state, {word.status for word in followed.heard}) == (before, {"proposed"})
    assert {*Fact.objects.filter(pk__in=(first.pk, second.pk)).values_list("status", flat=True)} == {"unreviewed"}
    assert client.get("/heard/").text.count("<blockquote") == 1


def test_a_twin_that_was_decided_on_meanwhile_is_not_decided_on_again_nor_is_the_other(promise, delayed, as_somebody, reviewer, read_text):  # fmt: skip
    keep_reading(
        reviewer, read_text(DELAYED + "\nSkriv ut\n", said_on="2026-06-01"), address="https://example.org/copy"
    )
    follow_until_none_waits()
    first, second = Fact.objects.filter(kind="evidence", shown=True).exclude(certainty="weak").order_by("-pk")
    decide(reviewer, second, "reject")
    client = as_somebody("reviewer")
    answer = client.post(f"/heard/{first.uid}/decide", {"verdict": "accept", "seen": 0, "twin": [f"{second.uid}:0"]})
    assert answer.status_code == 409
    assert [Fact.objects.get(pk=one.pk).status for one in (first, second)] == ["unreviewed", "rejected"]
    with pytest.raises(Overtaken):
        decide_on_all(reviewer, [first, second], "accept", seen={first.pk: 0, second.pk: 0})


def test_what_is_to_be_checked_again_is_decided_on_from_the_list(promise, delayed, as_somebody, reviewer):
    evidence = Fact.objects.get(kind="evidence")
    decide(reviewer, evidence, Verdict.CHECK_AGAIN)
    client = as_somebody("reviewer")
    last = last_review(evidence).pk
    assert f'name="seen" value="{last}"' in client.get("/heard/").text


def test_a_page_dated_ahead_says_so_and_not_that_it_was_said_today(as_somebody, reviewer, read_text):
    ahead = timezone.localdate() + timedelta(days=20)
    keep_reading(reviewer, read_text("Plan\n\nRegion Norrholm will open a clinic by 2031.\n", said_on=ahead.isoformat()), address="https://example.org/ahead")  # fmt: skip
    fact = Fact.objects.get(kind="commitment")
    client = as_somebody("reader")
    assert "dated ahead" in client.get("/documents/").text
    assert "dated ahead" in client.get(f"/documents/{fact.document.uid}").text
    for page in (words_on(client, fact), client.get("/commitments/").text):
        assert "dated ahead" in page
        assert "0 days ago" not in page


def test_turns_of_direction_are_written_out_on_the_pages_that_follow(as_somebody, reviewer, read_text):
    """Else a page could show "öppnar inte" where its words are others."""
    turned = "\u202eetni ranppö\u202c"
    keep_reading(reviewer, read_text(f"Plan\n\nRegion Norrholm will open a {turned} clinic for patients in Skellefteå by 1 September 2026.\n", said_on="2026-01-14"), address="https://example.org/plans")  # fmt: skip
    keep_reading(reviewer, read_text(f"{turned}\n\nRegion Norrholm: The {turned} clinic for patients in Skellefteå is delayed until the spring of 2027, Region Norrholm said on Monday.\n", said_on="2026-06-01"), address="https://example.org/later")  # fmt: skip
    follow_until_none_waits()
    client, promised = as_somebody("reviewer"), Fact.objects.get(kind="commitment")
    assert Fact.objects.filter(kind="evidence", shown=True).exists()
    for address in (f"/commitments/{promised.about.uid}", "/commitments/", "/heard/"):
        page = client.get(address).text
        assert "⟨U+202E⟩etni ranppö⟨U+202C⟩" in page
        assert "\u202e" not in page, address


def test_a_signal_that_may_bear_on_it_stands_with_its_reason_and_its_own_words(
    promise, reviewer, read_text, as_somebody
):
    text = "Region Norrholm varslar 40 personer vid kliniken i Skellefteå.\n"
    keep_reading(reviewer, read_text(text, said_on="2026-10-07"), address="https://example.org/notice")
    signal = Fact.objects.get(kind="signal", document__address="https://example.org/notice")
    page = words_on(as_somebody("reader"), promise)
    assert "about Region Norrholm, who is to act" in page
    assert text.strip() in page
    assert f">{signal.uid}<" not in page
