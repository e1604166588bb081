"""Coherence on pages: the matrix, cells with both passages, searches instead of judgements, what people decide; who was heard on a theme."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from briefs_read import named
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handslag_hub.briefs.queries.coherence import cell, matrix
from handslag_hub.briefs.queries.hearing import hearing
from handslag_hub.briefs.queries.searching import search_theme
from handslag_hub.briefs.services import judge_pair, place
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Action, Document, Entity, Fact, FactPassage
from handslag_hub.store.services import change_visibility, keep_reading, undo_action

pytestmark = pytest.mark.django_db
TODAY = AsKnown()
OPENS = "öppna ett testcenter för hälsodata i Umeå senast den 1 mars 2027"
OPENS_TOO = "open a national test centre for health data by 1 October 2029"


def counts(actor, theme: str = "health_data") -> dict[str, int]:
    return {level: count for row in matrix(actor, TODAY).rows if row.theme == theme for level, count, _ in row.cells}


def words_on(client, path: str) -> str:
    """What a page says, on one line."""
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def pair_of(actor) -> object:
    lines = cell(actor, TODAY, "health_data", "regional", 1).lines
    beside = next(beside for line, beside in lines if line.what == OPENS)
    return next(one for one in beside if one.level == "national")


def test_commitments_stand_at_the_level_of_who_is_to_act(pages, reader):
    found = counts(reader)
    assert (found["regional"], found["national"], found["european"]) == (3, 1, 0)
    line, _ = cell(reader, TODAY, "health_data", "regional", 1).lines[0]
    assert dict(line.levels)["regional"].basis == "printed"


def test_a_commitment_of_two_countries_is_bilateral(pages, reader, promise):
    promise("dela hälsodata", who="Sverige", theme="health_data")
    assert counts(reader)["bilateral"] == 0


def test_a_cell_shows_both_passages_and_the_words_in_common(pages, reader, client):
    beside = pair_of(reader)
    assert (beside.line.what, beside.verdict) == (OPENS_TOO, "")
    assert "öppna – open" in beside.pair.common
    told = words_on(client, "/coherence/health_data/regional")
    for what in (OPENS, OPENS_TOO):
        lead = FactPassage.objects.get(fact__statements__value=what, fact__statements__predicate="what", rank=0).passage
        assert lead.document.text[lead.start : lead.end] == lead.quote
        assert " ".join(lead.quote.split()) in told
    assert "In common: öppna – open" in told
    beyond = client.get("/coherence/health_data/regional", {"page": "99"})
    assert (beyond.status_code, beyond.headers["Location"]) == (302, "?page=1")


def test_different_days_are_shown_as_proposed_to_pull_apart(pages, reader, client):
    assert pair_of(reader).pair.kind == "due"
    assert "they pull apart proposed" in words_on(client, "/coherence/health_data/regional")


def test_a_person_decides_and_the_trail_takes_it_back(pages, reader, reviewer, client):
    before = pair_of(reader)
    one, other = (Fact.objects.get(statements__value=what, statements__predicate="what") for what in (OPENS, OPENS_TOO))
    form = {"a": one.uid, "b": other.uid, "next": "/coherence/health_data/regional"}
    assert (
        client.post("/coherence/pairs", form | {"verdict": "neither"})["Location"] == "/coherence/health_data/regional"
    )
    assert pair_of(reader).line is None
    undo_action(reviewer, Action.objects.get(verb="judge pair"))
    assert pair_of(reader) == before
    client.post("/coherence/pairs", form | {"verdict": "apart"})
    assert pair_of(reader).verdict == "apart"
    assert "2 pull" not in words_on(client, "/coherence/")
    assert "1 pulls apart" in words_on(client, "/coherence/")
    client.post("/coherence/pairs", form | {"verdict": "counterpart"})
    assert pair_of(reader).verdict == "counterpart"


def test_a_pair_that_nobody_proposed_can_be_decided(pages, reader, reviewer):
    pays = Fact.objects.get(statements__predicate="what", statements__value__startswith="betala 12")
    other = Fact.objects.get(statements__predicate="what", statements__value=OPENS_TOO)
    judge_pair(reviewer, other, pays, "counterpart")
    lines = cell(reader, TODAY, "health_data", "regional", 1).lines
    beside = next(beside for line, beside in lines if line.key == pays.pk)
    assert [one.line.what for one in beside if one.verdict == "counterpart"] == [OPENS_TOO]


@pytest.mark.parametrize("wrong", [{"verdict": "maybe"}, {"verdict": "apart", "same": True}])
def test_what_cannot_be_decided_is_refused(pages, client, wrong):
    one, other = Fact.objects.filter(kind="commitment")[:2]
    answer = client.post(
        "/coherence/pairs",
        {"a": one.uid, "b": one.uid if wrong.get("same") else other.uid, "verdict": wrong["verdict"]},
    )
    assert answer.status_code == 400
    assert not Action.objects.filter(verb="judge pair").exists()


def test_the_way_back_leads_nowhere_else(pages, client):
    one, other = Fact.objects.filter(kind="commitment")[:2]
    answer = client.post(
        "/coherence/pairs", {"a": one.uid, "b": other.uid, "verdict": "apart", "next": "https://evil.example/"}
    )
    assert answer["Location"] == "/coherence/"


def test_nothing_found_is_told_as_a_search(pages, reader, client, reviewer):
    found = cell(reader, TODAY, "biobanks", "regional", 1)
    assert found.total == 0
    searched = dict(found.searches)
    assert set(searched) == {"regional", "national", "bilateral", "european"}
    assert (searched["national"].documents, searched["national"].found_in) == (2, 0)
    told = words_on(client, "/coherence/biobanks/regional")
    assert "Searched 2 documents of this level for: biobank…, provsaml…, biological samples…" in told
    assert "failed" not in told
    keep_reading(
        reviewer, reader_text("Regeringen talar om en biobank i Umeå.\n"), address="https://www.regeringen.se/d"
    )
    again = dict(cell(reader, TODAY, "biobanks", "regional", 1).searches)["national"]
    assert (again.documents, again.found_in) == (3, 1)
    assert "biobank i Umeå" in again.places[0].quote
    assert again.places[0].quote in Document.objects.get(address="https://www.regeringen.se/d").text


@pytest.fixture(autouse=True)
def _reading(read_text):
    """The reader of a text, for helpers."""
    global reader_text  # noqa: PLW0603
    reader_text = read_text


def test_the_level_of_a_body_is_set_by_a_person_and_taken_back(pages, reader, reviewer, client):
    body = named("Region Norrholm")
    client.post("/placed/level", {"entity": body.uid, "value": "european", "next": "/coherence/"})
    assert (counts(reader)["regional"], counts(reader)["european"]) == (0, 3)
    line, _ = cell(reader, TODAY, "health_data", "european", 1).lines[0]
    assert dict(line.levels)["european"].basis == "by hand"
    undo_action(reviewer, Action.objects.get(verb="place"))
    assert (counts(reader)["regional"], counts(reader)["european"]) == (3, 0)


def test_the_level_of_a_page_holds_for_all_its_versions_where_nobody_is_of_any(pages, reader, reviewer):
    text = "Solvik AB öppnar en fabrik\n\nSolvik AB ska öppna en fabrik för vaccin i Umeå senast den 1 mars 2027.\n"
    page = keep_reading(reviewer, reader_text(text), address="https://solvik.example/a").document
    theme = next(
        row.theme for row in matrix(reader, TODAY).rows if {level: count for level, count, _ in row.cells}["unknown"]
    )
    place(reviewer, page, "level", "regional")
    assert (counts(reader, theme)["unknown"], counts(reader, theme)["regional"]) == (0, 1)


def test_a_body_of_no_level_is_not_placed_by_its_page(pages, reader, reviewer):
    place(reviewer, named("Ministry of Health"), "level", "")
    place(reviewer, Entity.objects.get(kind="person", label="Olof Brandt"), "level", "")
    assert counts(reader)["national"] == 0
    assert counts(reader)["unknown"] == 1


def test_a_reader_is_told_nothing_of_what_is_restricted(pages, reader, reviewer):
    one, other = (Fact.objects.get(statements__value=what, statements__predicate="what") for what in (OPENS, OPENS_TOO))
    judge_pair(reviewer, one, other, "apart")
    change_visibility(reviewer, pages["ministry"], 2)
    assert counts(reader)["national"] == 0
    assert all(apart == 0 for row in matrix(reader, TODAY).rows for _, _, apart in row.cells)
    assert pair_of(reader).line is None
    assert pair_of(reviewer).verdict == "apart"


def test_as_known_before(pages, reader):
    before = AsKnown(date(2026, 10, 7))
    assert sum(count for row in matrix(reader, before).rows for _, count, _ in row.cells) == 0
    assert dict(matrix(reader, before).documents)["national"] == 0
    assert search_theme(reader, before, [page.pk for page in pages.values()], "health_data").found_in == 0
    assert sum(group.total for group in hearing(reader, before, "health_data").groups) == 0


# --- who was heard ---------------------------------------------------------------------------------------------------


def test_who_was_heard_is_told_by_group_and_who_was_not_is_not_found(pages, reader, client):
    found = {
        group.key: [voice.label for voice in group.voices] for group in hearing(reader, TODAY, "health_data").groups
    }
    assert found["public"] == ["Karin Almgren", "Ministry of Health", "Olof Brandt", "Region Norrholm"]
    assert found["patients"] == []
    told = words_on(client, "/themes/health_data/heard")
    assert "Nobody of this group was found among those who speak in what was searched." in told
    assert "Searched 2 quotations" in told


def test_the_group_is_set_by_a_person(pages, reader, client):
    client.post(
        "/placed/stakeholders",
        {"entity": named("Region Norrholm").uid, "value": "care", "next": "/themes/health_data/heard"},
    )
    found = {
        group.key: [voice.label for voice in group.voices] for group in hearing(reader, TODAY, "health_data").groups
    }
    # Who speaks for the region is of its group.
    assert found["care"] == ["Karin Almgren", "Region Norrholm"]


@pytest.mark.parametrize(
    "path", ["/coherence/nothing/regional", "/coherence/health_data/global", "/themes/nothing/heard"]
)
def test_what_is_no_theme_or_level_is_not_there(db, client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/coherence/", "/coherence/health_data/regional", "/themes/health_data/heard"])
def test_queries_do_not_grow(pages, promise, client, path):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    promise("dela hälsodata med alla", who="Region Norrholm", theme="health_data")
    queries()
    at_one = queries()
    for number in range(5):
        promise(f"öppna testcenter {number} för hälsodata", who=f"Region Nummer {number}", theme="health_data")
        promise(f"open test centre {number} for health data", who=f"Ministry of Number {number}", theme="health_data")
    assert queries() == at_one


def test_the_trail_names_both_of_a_pair_and_whose_level_was_said(pages, reviewer, client):
    one, other = Fact.objects.filter(kind="commitment").order_by("pk")[:2]
    judge_pair(reviewer, one, other, "neither")
    place(reviewer, pages["ministry"], "level", "european")
    place(reviewer, named("Region Norrholm"), "stakeholders", "care")
    shown = client.get("/trail/").content.decode()
    for uid in (one.uid, other.uid, pages["ministry"].uid, named("Region Norrholm").uid):
        assert f"/{uid}" in shown, uid
