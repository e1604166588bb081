"""Where commitments stand goes out: by the API, in exports, in the calendar; with passages, and only what one may see."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils.timezone import localdate
from icalendar import Calendar
from openpyxl import load_workbook
from responses_read import closed_after

from handslag_hub.accounts.actors import Actor, actor_of
from handslag_hub.accounts.models import User
from handslag_hub.asking.services.telling import make_feed_address
from handslag_hub.asking.services.watching import set_watcher
from handslag_hub.asking.subjects import Subject
from handslag_hub.exchange.giving_out import response_with
from handslag_hub.exchange.selection import Selection, public_eye
from handslag_hub.following.services import tell
from handslag_hub.following.services.deciding import decide, take_decision_back
from handslag_hub.following.services.waiting import follow_until_none_waits
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Document, Fact
from handslag_hub.store.services import change_visibility, keep_reading

pytestmark = pytest.mark.django_db
BASE = "https://hub.example.org"
SHARE = """Anslag

Stödet till dialysen höjs med 50 procent, från 10 miljoner kronor till 12 miljoner kronor.
"""


@pytest.fixture
def told(client: Client, promise: Fact) -> Callable[..., dict]:
    """`told(query)`: what the API tells of the promise."""

    def ask(**query: object) -> dict:
        found = client.get("/api/commitments", query).json()["items"]
        return next(one for one in found if one["uid"] == promise.uid)

    return ask


def csv_rows(table: str, chosen: Selection) -> list[dict[str, str]]:
    with closed_after(response_with(table, "csv", chosen, BASE, keys=True, mark=False)) as response:
        return list(csv.DictReader(io.StringIO(b"".join(response).decode(), newline="")))


def test_the_api_tells_where_a_commitment_stands_and_by_which_passage(delayed, told, client):
    following = told()["following"]
    assert (following["state"], following["last_heard"], following["by"]) == ("delayed", "2026-06-01", "owner")
    assert following["due_passed"] is (localdate() > date(2026, 9, 1))
    (word,) = following["heard"]
    assert (word["says"], word["said_on"], word["status"], word["moves_state"]) == (
        "delayed",
        "2026-06-01",
        "proposed",
        True,
    )
    assert word["basis"] in {"printed", "inferred"}
    assert word["why"]
    text = client.get(f"/api/documents/{delayed.uid}/text").json()["text"]
    assert text[word["passage"]["start"] : word["passage"]["end"]] == word["passage"]["quote"] == word["words"]
    evidence = client.get("/api/facts", {"kind": "evidence"}).json()["items"]
    assert [word["evidence"]] == [fact["address"] for fact in evidence]
    assert {fact["following"] for fact in evidence} == {None}


def test_as_known_before_the_word_it_had_not_been_heard(delayed, told):
    assert told(on="2026-05-01")["following"]["state"] == "stated"
    assert told(on="2026-05-01")["following"]["heard"] == []


def test_commitments_are_narrowed_by_where_they_stand(delayed, client, promise):
    def standing(**query: object) -> set[str]:
        return {one["uid"] for one in client.get("/api/commitments", query).json()["items"]}

    assert standing(state="delayed") == {promise.uid}
    assert promise.uid not in standing(state=["nothing heard since", "stated"])
    assert standing(state=["nothing heard since", "stated"]) | standing(state="delayed") == standing()
    assert client.get("/api/commitments", {"state": "forgotten"}).status_code == 422
    rows = list(csv.DictReader(io.StringIO(b"".join(client.get("/export/commitments.csv?columns=keys&state=delayed")).decode())))  # fmt: skip
    assert [row["fact"] for row in rows] == [promise.uid]
    assert client.get("/export/commitments.csv?state=forgotten").status_code == 400


def test_a_rejected_word_does_not_go_out_and_comes_back_with_its_undoing(delayed, told, reviewer, promise):
    evidence = Fact.objects.get(kind="evidence")
    decide(reviewer, evidence, "reject")
    assert (told()["following"]["state"], told()["following"]["heard"]) == ("nothing heard since", [])
    assert csv_rows("heard", Selection(actor=reviewer)) == []
    take_decision_back(reviewer, Fact.objects.get(pk=evidence.pk))
    assert told()["following"]["state"] == "delayed"
    assert len(csv_rows("heard", Selection(actor=reviewer))) == 1


def test_exports_have_the_state_and_a_row_for_each_word(delayed, reviewer, promise):
    tell(reviewer, promise, says="done", by="owner", day="2026-07-01", words="Den är öppen nu.")
    rows = {row["fact"]: row for row in csv_rows("commitments", Selection(actor=reviewer))}
    row = rows[promise.uid]
    assert (row["state"], row["last_heard"], row["state_by"], row["words_heard"]) == ("reported done", "2026-07-01", "owner", "2")  # fmt: skip
    others = [row for uid, row in rows.items() if uid != promise.uid]
    assert {row["state"] for row in others} == {"nothing heard since"}
    heard = csv_rows("heard", Selection(actor=reviewer))
    assert [(row["says"], row["word_status"], row["basis"]) for row in heard] == [
        ("delayed", "proposed", heard[0]["basis"]),
        ("done", "told", "told directly"),
    ]
    assert heard[0]["passage_address"].startswith(f"{BASE}/passages/{delayed.uid}/")
    assert heard[0]["words"] in delayed.text
    with closed_after(response_with("heard", "xlsx", Selection(actor=reviewer), BASE, keys=True)) as response:
        assert load_workbook(io.BytesIO(b"".join(response))).active.max_row == 3


def test_what_a_restricted_page_says_goes_out_to_nobody_else(delayed, told, reviewer, reader, promise, as_somebody):
    change_visibility(reviewer, delayed, 2)
    for actor in (reader, public_eye(reviewer)):
        (row,) = (row for row in csv_rows("commitments", Selection(actor=actor)) if row["fact"] == promise.uid)
        assert (row["state"], row["last_heard"], row["words_heard"]) == ("stated", "", "0")
        assert csv_rows("heard", Selection(actor=actor)) == []
    client = as_somebody("reader")
    found = next(one for one in client.get("/api/commitments").json()["items"] if one["uid"] == promise.uid)
    assert (found["following"]["state"], found["following"]["heard"]) == ("stated", [])
    assert client.get("/api/commitments?state=delayed").json()["items"] == []


def test_everything_as_linked_data_holds_states_words_and_contradictions(delayed, reviewer, read_text, promise):
    keep_reading(reviewer, read_text(SHARE, said_on="2026-02-01"), address="https://example.org/share")
    follow_until_none_waits()
    with closed_after(response_with("all", "jsonld", Selection(actor=reviewer), BASE)) as response:
        nodes = {node["id"]: node for node in json.loads(b"".join(response))["@graph"]}
    node = nodes[f"{BASE}/id/{promise.uid}"]
    assert (node["state"], node["lastHeard"]) == ("delayed", "2026-06-01")
    (word,) = (node for node in nodes.values() if "hs:Evidence" in node["type"])
    assert word["of"] == {"id": node["about"]}
    assert [
        node["wasDerivedFrom"][0]["hasSource"] for node in nodes.values() if "hs:Contradiction" in node["type"]
    ] == [f"{BASE}/id/{Document.objects.get(address='https://example.org/share').uid}"]


def test_passages_against_each_other_go_out_with_both_sides(client, reviewer, reader, read_text):
    document = keep_reading(reviewer, read_text(SHARE, said_on="2026-02-01"), address="https://example.org/share").document  # fmt: skip
    follow_until_none_waits()
    (one,) = client.get("/api/contradictions").json()["items"]
    assert one["kind"] == "percentage"
    assert one["what"]
    for side in ("a", "b"):
        passage = one[side]["passage"]
        assert document.text[passage["start"] : passage["end"]] == passage["quote"]
    (row,) = csv_rows("contradictions", Selection(actor=reader))
    assert (row["a_quote"], row["b_quote"]) == (one["a"]["passage"]["quote"], one["b"]["passage"]["quote"])
    assert client.get("/api/contradictions?on=2026-01-01").json()["items"] == []
    change_visibility(reviewer, document, 2)
    assert csv_rows("contradictions", Selection(actor=reader, known=AsKnown())) == []


def test_the_calendar_tells_where_a_watched_commitment_stands(delayed, promise, db):
    user = User.objects.create(username="eva", role="reader")
    owner: Actor = actor_of(user)
    subject = Subject(promise.about.canonical, "")
    set_watcher(owner, subject, user, on=True)
    feed = Client().get(f"/feeds/{make_feed_address(owner, 'calendar')}/handslag.ics")
    (event,) = Calendar.from_ical(feed.content).walk("VEVENT")
    assert "delayed" in event["DESCRIPTION"]
    assert "2026-06-01" in event["DESCRIPTION"]
    assert "delayed until the spring of 2027" in event["DESCRIPTION"]
