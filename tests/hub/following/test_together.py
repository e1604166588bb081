"""One commitment in several statements; passages against each other; signals that bear."""

from __future__ import annotations

import pytest

from handslag_hub.commitments.models import PartyCount
from handslag_hub.following.models import Repetition
from handslag_hub.following.queries.states import states_of
from handslag_hub.following.services.waiting import follow_until_none_waits
from handslag_hub.store.checking import differences
from handslag_hub.store.dumping import dump
from handslag_hub.store.models import Action, Entity, Fact
from handslag_hub.store.services import (
    add_document_again,
    change_visibility,
    judge_sameness,
    keep_reading,
    remove_document,
    review_fact,
    undo_action,
)

pytestmark = pytest.mark.django_db
FIRST = """Region Österdalen

Pressmeddelande 14 januari 2026

Region Österdalen ska öppna en testbädd för hemdialys i Almvik senast i juni 2026. Vi vill korta vägen till vården, säger Eva Testdotter.

Sjukhuset i Almvik har i dag ingen egen plats för patienterna.
"""
AGAIN = """Region Österdalen

Nyhet 2 mars 2026

Region Österdalen ska öppna testbädden för hemdialys i Almvik senast i juni 2026, som utlovat.

Fler nyheter följer under våren.
"""
SHARE = """Årsredovisning

Region Österdalen ökar anslaget till hemdialys med 50 procent, från 10 miljoner kronor till 12 miljoner kronor.
"""
FUNDING = """Österdalsbladet

Region Österdalen får 40 miljoner kronor i finansiering för ett nytt laboratorium.
"""


@pytest.fixture
def keep(db, reviewer, read_text):
    def keep_and_follow(text: str, day: str, address: str, **more):
        document = keep_reading(
            reviewer, read_text(text, said_on=day), address=f"https://example.org/{address}", **more
        ).document
        follow_until_none_waits()
        return document

    return keep_and_follow


def commitment_in(document) -> Entity:
    return Fact.objects.filter(kind="commitment", document=document).first().about


def test_a_statement_that_says_it_again_is_proposed_and_joined_and_parted(keep, as_somebody, reviewer):
    first, again = keep(FIRST, "2026-01-14", "first"), keep(AGAIN, "2026-03-02", "again")
    a, b = commitment_in(first), commitment_in(again)
    assert {frozenset((row.a_id, row.b_id)) for row in Repetition.objects.all()} == {frozenset((a.pk, b.pk))}
    client = as_somebody("reviewer")
    assert "Perhaps the same commitment" in client.get(f"/commitments/{a.uid}").text
    assert "Perhaps the same commitment" not in as_somebody("reader").get(f"/commitments/{a.uid}").text
    assert "testbädd för hemdialys" in client.get("/heard/same").text
    before = dump()
    client.post("/heard/same/judge", {"a": a.uid, "b": b.uid, "verdict": "same"})
    follow_until_none_waits()
    a.refresh_from_db()
    page = client.get(f"/commitments/{a.canonical.uid}").text
    assert "two of these statements are of one commitment" in page
    followed = states_of(reviewer, Fact.objects.filter(about=a))[Fact.objects.get(about=a).pk]
    assert len(followed.sightings) == 2
    client.post(f"/heard/same/{Action.objects.get(verb='judge same').pk}/part")
    follow_until_none_waits()
    assert dump() == before
    client.post("/heard/same/judge", {"a": a.uid, "b": b.uid, "verdict": "different", "from": "list"})
    assert "testbädd för hemdialys" not in client.get("/heard/same").text
    assert list(differences()) == []


def test_the_same_page_at_two_addresses_is_proposed_as_one(keep):
    first, copy = keep(FIRST, "2026-01-14", "first"), keep(FIRST, "2026-01-14", "copy")
    assert {frozenset((row.a_id, row.b_id)) for row in Repetition.objects.all()} == {
        frozenset((commitment_in(first).pk, commitment_in(copy).pk))
    }
    assert not Fact.objects.filter(kind="evidence").exists()


def test_a_percentage_against_its_amounts_is_shown_settled_and_taken_back(keep, as_somebody):
    keep(SHARE, "2026-02-01", "share")
    (fact,) = Fact.objects.filter(kind="contradiction")
    reader, client = as_somebody("reader"), as_somebody("reviewer")
    page = reader.get("/heard/against").text
    assert "50 procent" in page
    assert "10 miljoner kronor till 12 miljoner kronor" in page
    assert "contradiction-decide" not in page
    client.post(f"/heard/against/{fact.uid}", {"decision": "stand", "seen": 0})
    assert "50 procent" not in reader.get("/heard/against").text
    assert "left standing" in reader.get("/heard/against?decided=1").text
    client.post(f"/heard/against/{fact.uid}", {"decision": "back"})
    assert "50 procent" in reader.get("/heard/against").text
    client.post(f"/heard/against/{fact.uid}", {"decision": "none"})
    assert "50 procent" not in reader.get("/heard/against").text
    assert client.post(f"/heard/against/{fact.uid}", {"decision": "both"}).status_code == 400
    assert list(differences()) == []


SWEDISH = """Region Österdalen och Almviks sjukhus

Region Österdalen och Almviks sjukhus ska anställa 12 dialyssköterskor till hemdialys i Almvik under 2026.
"""
ENGLISH = """Region Österdalen and Almviks sjukhus

Region Österdalen and Almviks sjukhus will hire 15 dialysis nurses for home dialysis in Almvik during 2026.
"""


def test_two_language_versions_with_other_figures_rest_on_both_pages(keep, reviewer):
    swedish, english = keep(SWEDISH, "2026-02-01", "sv"), keep(ENGLISH, "2026-02-01", "en")
    (fact,) = Fact.objects.filter(kind="contradiction")
    assert {row.passage.document for row in fact.fact_passages.all()} == {swedish, english}
    before = dump()
    for document in (swedish, english):
        remove_document(reviewer, document)
        fact.refresh_from_db()
        assert not fact.shown
        add_document_again(reviewer, document)
        fact.refresh_from_db()
        assert fact.shown
        change_visibility(reviewer, document, 2)
        fact.refresh_from_db()
        assert fact.level == 2
        change_visibility(reviewer, document, 0)
    follow_until_none_waits()
    assert dump() == before
    assert list(differences()) == []


def test_signals_about_whoever_is_to_act_are_proposed_with_the_reason(keep, as_somebody):
    first = keep(FIRST, "2026-01-14", "first")
    keep(FUNDING, "2026-05-01", "funding")
    if not Fact.objects.filter(kind="signal").exists():
        pytest.fail("the page gives no signal")
    page = as_somebody("reader").get(f"/commitments/{commitment_in(first).uid}").text
    assert "about Region Österdalen, who is to act" in page


def test_undoing_what_was_found_is_exact(keep, reviewer):
    keep(FIRST, "2026-01-14", "first")
    before = dump()
    again = keep(AGAIN, "2026-03-02", "again")
    found = Action.objects.get(verb="follow", details__document=again.uid)
    told = dump()
    taken_back = undo_action(reviewer, found)
    assert not Fact.objects.filter(kind="evidence", counts=True).exists()
    adding_undone = undo_action(reviewer, Action.objects.get(verb="add document", details__document=again.uid))
    assert dump() == before
    undo_action(reviewer, adding_undone)
    undo_action(reviewer, taken_back)
    assert dump() == told


OTHER_BODY = FIRST.replace("Region Österdalen", "Region Fjällviken")


def ledger_of(client, party: str) -> str:
    uid = Entity.objects.filter(kind="organisation", label=party).values_list("canonical__uid", flat=True).first()
    return client.get(f"/commitments/?party={uid}").text


@pytest.mark.parametrize("level", [0, 2])
def test_a_party_named_only_where_it_was_said_again_finds_the_one_line(keep, as_somebody, reviewer, level):
    first = keep(FIRST, "2026-01-14", "first")
    again = keep(OTHER_BODY, "2026-03-02", "again", visibility=level)
    keep(OTHER_BODY.replace("en testbädd för hemdialys", "ett badhus för barn"), "2026-03-03", "known")
    joined = judge_sameness(reviewer, commitment_in(first), commitment_in(again), "same")
    line = 'datetime="2026-01-14"'
    assert line in ledger_of(as_somebody("reviewer"), "Region Fjällviken")
    assert (line in ledger_of(as_somebody("reader"), "Region Fjällviken")) is (level == 0)
    assert (line in as_somebody("reader").get("/commitments/?sort=-said&name=Region+Fjällviken").text) is (level == 0)
    rows = dict(PartyCount.objects.filter(entity__label="Region Fjällviken").values_list("level", "count"))
    assert rows[level] == (2 if level == 0 else 1)
    assert list(differences()) == []
    undo_action(reviewer, joined)
    assert line not in ledger_of(as_somebody("reviewer"), "Region Fjällviken")
    assert list(differences()) == []


DELAYED = """Testbädden försenas

Testbädden för hemdialys i Almvik försenas till våren 2027, säger Region Österdalen.
"""


def test_one_page_at_two_addresses_is_heard_once(keep, reviewer, as_somebody):
    fact = Fact.objects.get(kind="commitment", document=keep(FIRST, "2026-01-14", "first"))
    page, copy = keep(DELAYED, "2026-06-01", "page"), keep(DELAYED, "2026-06-01", "copy")
    assert Fact.objects.filter(kind="evidence").count() == 2
    (word,) = states_of(reviewer, [fact])[fact.pk].heard
    assert (word.document, word.also) == (page, (copy,))
    shown = as_somebody("reader").get(f"/commitments/{fact.about.uid}").text
    assert "in the same words" in shown
    assert copy.uid in shown
    # What somebody confirmed at one address stands for both; what was rejected at one is still said at the other.
    confirmed = review_fact(reviewer, Fact.objects.get(kind="evidence", document=copy), "accept")
    (word,) = states_of(reviewer, [fact])[fact.pk].heard
    assert (word.document, word.status, word.also) == (copy, "confirmed", (page,))
    undo_action(reviewer, confirmed)
    review_fact(reviewer, Fact.objects.get(kind="evidence", document=page), "reject")
    words = states_of(reviewer, [fact])[fact.pk].heard
    assert {(word.document, word.status) for word in words} == {(page, "rejected"), (copy, "proposed")}
    remove_document(reviewer, copy)
    (word,) = states_of(reviewer, [fact])[fact.pk].heard
    assert word.also == ()
