"""Documents over time: what is heard of what, and what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.engine.following.made_story import DONE, OTHER, PROMISE, about, followed, story

import handslag
from handslag.following.documents import Commitment
from handslag.following.following import follow
from handslag.following.given import given_commitments
from handslag.following.linking.judging import installed_judges
from handslag.following.linking.ledger import Ledger
from handslag.following.linking.link_features import OnPage
from handslag.following.output import as_json, json_text
from handslag.following.report import html_report
from handslag.following.seeing.views import view_all, view_document

SCHEMA = Path(handslag.__file__).parent / "formats" / "following.schema.json"


def faults(value: Any) -> list[str]:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def test_what_was_promised_is_heard_to_be_done() -> None:
    found = about(followed((PROMISE, "2026-01-14"), (DONE, "2026-06-02"), (OTHER, "2026-06-09")), "hemdialys")
    assert found.state.state == "reported done"
    assert found.state.by == "owner"
    assert found.state.last_heard == "2026-06-02"
    assert [state.state for state in found.history] == ["stated", "reported done"]


def test_what_others_do_is_not_evidence() -> None:
    following = followed((PROMISE, "2026-01-14"), (OTHER, "2026-06-09"))
    assert about(following, "hemdialys").state.state == "nothing heard since"


def test_as_known_on_a_day_later_pages_are_not_there() -> None:
    pages = ((PROMISE, "2026-01-14"), (DONE, "2026-06-02"))
    assert about(followed(*pages, as_of="2026-06-01"), "hemdialys").state.state == "stated"
    assert followed(*pages, as_of="2026-01-13").commitments == ()


def test_every_passage_stands_in_its_document_and_the_json_follows_the_schema() -> None:
    following = followed((PROMISE, "2026-01-14"), (DONE, "2026-06-02"), (OTHER, None))
    value = json.loads(json_text(as_json(following)))
    assert faults(value) == []
    texts = {document.sha256: document.text for document in following.documents}
    heard = [h["passage"] for c in value["commitments"] for h in c["heard"]]
    assert heard
    for place in [p for c in value["commitments"] for p in c["evidence"]] + heard:
        assert texts[place["document"]][place["start"] : place["end"]] == place["quote"]
    assert all(h["why_words"]["sv"] != h["why_words"]["en"] for c in value["commitments"] for h in c["heard"])


def test_a_page_without_a_day_moves_no_state_and_is_listed() -> None:
    following = followed((PROMISE, "2026-01-14"), (DONE.replace("Nyhet 2 juni 2026", "Nyhet"), None))
    found = about(following, "hemdialys")
    assert found.state.state == "stated"
    assert [document.path for document in following.documents if document.sha256 in following.undated] == ["2.txt"]


def test_a_page_of_the_future_is_not_known_yet() -> None:
    following = followed((PROMISE, "2026-01-14"), (DONE, "2031-01-01"))
    assert about(following, "hemdialys").state.state == "stated"
    assert len(following.documents) == 2


def test_the_same_page_under_two_names_promises_once() -> None:
    once, twice = followed((PROMISE, "2026-01-14")), followed((PROMISE, "2026-01-14"), (PROMISE, "2026-01-14"))
    assert len(twice.commitments) == len(once.commitments)
    documents = {document.sha256 for document in twice.documents}
    assert all({place.document for place in item.commitment.evidence} == documents for item in twice.commitments)


def test_removing_a_page_gives_what_would_have_been_without_it() -> None:
    documents, commitments = story((PROMISE, "2026-01-14"), (OTHER, "2026-06-09"), (DONE, "2026-06-02"))
    kept = [c for c in commitments if c.document != documents[2].sha256]
    without = follow(documents[:2], kept, "2026-12-31")
    assert without == followed((PROMISE, "2026-01-14"), (OTHER, "2026-06-09"))
    assert about(without, "hemdialys").state.state == "nothing heard since"


def test_the_order_in_which_documents_are_named_does_not_matter() -> None:
    documents, commitments = story((PROMISE, "2026-01-14"), (DONE, "2026-06-02"), (OTHER, "2026-06-09"))
    turned = follow(reversed(documents), reversed(commitments), "2026-12-31")
    straight = follow(documents, commitments, "2026-12-31")
    assert {item.commitment.id: item.state for item in turned.commitments} == {
        item.commitment.id: item.state for item in straight.commitments
    }


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_for_people_holds_every_passage_and_fetches_nothing(language: str) -> None:
    following = followed((PROMISE, "2026-01-14"), (DONE, "2026-06-02"))
    page = html_report(following, language)
    assert f'lang="{language}"' in page
    assert "Testbädden för hemdialys i Almvik öppnade i går" in page
    assert "http:" not in page
    assert "<script" not in page


def test_markup_in_a_document_stays_text() -> None:
    following = followed((PROMISE.replace("hemdialys", "<b>hemdialys</b>"), "2026-01-14"))
    assert "<b>" not in html_report(following)


def test_nothing_read_is_nothing_followed() -> None:
    following = follow([], [], "2026-01-01")
    assert faults(as_json(following)) == []
    assert following.commitments == ()


AGREED = """\
Region Österdalen

Avtal mellan Region Österdalen och Dalhamns universitet, 14 januari 2026

Region Österdalen och Dalhamns universitet har tecknat ett avtal. Universitetet ska utbilda tolv dialyssköterskor om året.
"""
ENDED = """\
Region Österdalen

Nyhet 2 juni 2026

Region Österdalen har sagt upp avtalet med Dalhamns universitet från och med i dag.
"""
OTHER_ENDED = ENDED.replace("Dalhamns universitet", "Städbolaget Blankskur")


def agreed(later: str) -> set[str]:
    documents, _ = story((AGREED, "2026-01-14"), (later, "2026-06-02"))
    entry = {"id": "c1", "document": "1.txt", "who": "Dalhamns universitet", "what": "utbilda", "firmness": "agreed", "when": "yearly",
        "passage": "Universitetet ska utbilda tolv dialyssköterskor om året."}  # fmt: skip
    following = follow(documents, given_commitments([entry], documents, "x"), "2026-12-31", are_given=True)
    return {item.state.state for item in following.commitments}


def test_what_was_agreed_ends_with_its_agreement() -> None:
    assert agreed(ENDED) == {"contradicted"}  # another than the owner ended it


def test_what_was_agreed_does_not_end_with_another_agreement_of_the_same_party() -> None:
    assert agreed(OTHER_ENDED) == {"nothing heard since"}


def test_what_is_asked_of_some_and_what_an_earlier_ledger_found_change_no_link() -> None:
    documents, commitments = story((PROMISE, "2026-01-14"), (DONE, "2026-06-02"))
    judges = installed_judges()
    home, page = (view_document(document, judges.rarity) for document in documents)
    commitments = [one for one in commitments if one.document == home.document.sha256]
    views = view_all(commitments, {home.document.sha256: home}, judges.rarity)
    on_page = OnPage(page)
    for held in (views, views[:1], views[1:]):
        ledger = Ledger(judges)
        for view in held:
            ledger.add(view)
        links = ledger.link(page)
        assert links
        assert ledger.link(page, on_page=on_page) == links
        for number in range(len(held)):
            assert ledger.link(page, (), {number}, on_page) == [link for link in links if link.number == number]


BODIES = ("Region Österdalen", "Region Västmark")


def test_of_two_bodies_that_promised_the_same_the_one_that_is_named_has_done_it() -> None:
    promise = "{} ska öppna en mottagning för långtidssjuka i Ekhult före den 1 september 2026.\n"
    homes = [(f"{who}\n\n14 januari 2026\n\n{promise.format(who)}", "2026-01-14") for who in BODIES]
    later = "Länsposten\n\n7 september 2026\n\nRegion Österdalen har öppnat mottagningen för långtidssjuka i Ekhult.\n"
    documents, _ = story(*homes, (later, "2026-09-07"))
    given = []
    for who, document in zip(BODIES, documents, strict=False):
        start = document.text.index(promise.format(who).strip())
        place = document.place(start, start + len(promise.format(who)) - 1)
        given.append(Commitment(who, (place,), (who,), place.quote, "promised"))
    told = {
        item.commitment.id: item.heard for item in follow(documents, given, "2026-12-31", are_given=True).commitments
    }
    assert [one.probability > 0.5 for one in told["Region Österdalen"]] == [True]
    assert told["Region Västmark"] == ()
