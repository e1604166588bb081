"""Search in the store: hits of words in both languages, who sees which, on which day, and what may have been meant."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handslag.language.search import parse_query
from handslag_hub.accounts.actors import Actor
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.did_you_mean import suggest
from handslag_hub.store.models import Fact, SearchRow, SpellingTerm
from handslag_hub.store.search import find
from handslag_hub.store.services import change_visibility, keep_reading, remove_document, review_fact

pytestmark = pytest.mark.django_db

TODAY = AsKnown()
PAGE = """Nytt avtal

Norrviks universitet och Region Almvik har skrivit avtal om hälsodata.

Norrviks universitet ska öppna ett centrum för biobanker senast den 1 mars 2027.

Kerstin Alvhult, rektor vid Norrviks universitet, leder arbetet.
"""


def found(actor: Actor, words: str, known: AsKnown = TODAY, **options) -> dict[str, list]:
    hits = find(actor, known, parse_query(words), **options)
    return {
        section.group: [hit.document or hit.entity or hit.fact.fact for hit in section.hits]
        for section in hits.sections
        if section.hits
    }


def test_a_word_is_found_in_its_other_forms_and_without_its_dots(reader, reviewer, read_text):
    document = keep_reading(reviewer, read_text(PAGE)).document
    for words in ("avtalet", "AVTALEN", "halsodatan", "biobank", "centrumet universitet"):
        assert document in found(reader, words).get("documents", []), words
    assert found(reader, "kärnkraft") == {}


def test_english_forms_find_each_other(reader, sample_documents):
    assert sample_documents["ministry-mou.html"] in found(reader, "memorandums signing")["documents"]


def test_actors_come_first_then_documents_then_facts_and_the_newest_first_in_each(reader, sample_documents):
    hits = find(reader, TODAY, parse_query("life science"))
    assert [section.group for section in hits.sections] == ["actors", "documents", "facts"]
    for section in hits.sections:
        rows = [hit.row for hit in section.hits]
        assert rows
        assert rows == sorted(rows, reverse=True)


def test_a_phrase_is_found_only_where_its_words_stand_side_by_side(reader, reviewer, read_text):
    document = keep_reading(reviewer, read_text(PAGE)).document
    assert found(reader, '"centrum för biobanker"')["documents"] == [document]
    assert "documents" not in found(reader, '"biobanker centrum"')
    assert "documents" not in found(reader, 'avtal -"centrum för biobanker"')


def test_kinds_narrow_what_is_found(reader, sample_documents):
    everything = found(reader, "ska", limit=500)
    assert {fact.kind for fact in everything["facts"]} > {"commitment"}
    only = found(reader, "ska", kinds=("commitment",), limit=500)
    assert set(only) == {"facts"}
    assert only["facts"] == [fact for fact in everything["facts"] if fact.kind == "commitment"]


def test_pages_of_hits_go_on_where_the_last_one_ended(reader, sample_documents):
    whole = found(reader, "ska", kinds=("commitment",), limit=500)["facts"]
    assert len(whole) > 6
    first = find(reader, TODAY, parse_query("ska"), kinds=("commitment",), limit=4).sections[0]
    assert first.count == len(whole)
    second = find(reader, TODAY, parse_query("ska"), kinds=("commitment",), limit=500, before=first.next_row).sections[0]  # fmt: skip
    assert [hit.fact.fact for hit in (*first.hits, *second.hits)] == whole
    assert second.next_row is None


def test_what_somebody_may_not_see_is_neither_found_nor_counted(reader, reviewer, read_text):
    keep_reading(reviewer, read_text(PAGE), visibility=2)
    assert found(reviewer, "biobanker")
    assert find(reviewer, TODAY, parse_query("biobanker")).count > 0
    for words in ("biobanker", '"centrum för biobanker"', "Alvhult", "Norrviks"):
        assert find(reader, TODAY, parse_query(words)).count == 0


def test_a_name_that_only_a_restricted_page_gives_is_not_found_on_an_actor_known_otherwise(reader, reviewer, read_text):
    closed = "Byte\n\nRegion Almvik och Norrviks universitet (NVU) har tecknat avtal.\n"
    keep_reading(reviewer, read_text(PAGE))
    keep_reading(reviewer, read_text(closed), visibility=2)
    actors = find(reader, TODAY, parse_query("Norrviks"), kinds=("organisation",)).sections[0].hits
    assert actors
    assert all("NVU" not in hit.names for hit in actors)
    assert find(reviewer, TODAY, parse_query("NVU"), kinds=("organisation",)).count == 1
    assert find(reader, TODAY, parse_query("NVU")).count == 0


def test_what_is_rejected_or_removed_or_closed_is_found_no_longer(reader, reviewer, read_text):
    document = keep_reading(reviewer, read_text(PAGE)).document
    fact = Fact.objects.get(document=document, kind="commitment")
    assert fact in found(reader, "biobanker")["facts"]
    review_fact(reviewer, fact, "reject")
    assert fact not in found(reader, "biobanker").get("facts", [])
    assert document in found(reader, "biobanker")["documents"]
    change_visibility(reviewer, document, 2)
    assert found(reader, "biobanker") == {}
    assert document in found(reviewer, "biobanker")["documents"]
    remove_document(reviewer, document)
    assert found(reviewer, "biobanker") == {}


def test_on_an_earlier_day_only_what_had_been_said_is_found(reader, reviewer, read_text):
    document = keep_reading(reviewer, read_text(PAGE, said_on="2026-10-08")).document
    before, after = AsKnown(date(2026, 10, 7)), AsKnown(date(2026, 10, 8))
    assert found(reader, "biobanker", before) == {}
    assert found(reader, "Alvhult", before) == {}
    assert found(reader, "biobanker", after)["documents"] == [document]
    assert found(reader, "Norrviks", after)["actors"]


def test_what_the_hub_held_is_found_by_its_own_past(reader, reviewer, read_text):
    document = keep_reading(reviewer, read_text(PAGE)).document
    today = timezone.localdate()
    assert found(reader, "biobanker", AsKnown(today, held=True))["documents"] == [document]
    assert found(reader, "biobanker", AsKnown(today - timedelta(days=1), held=True)) == {}


def test_leaving_out_alone_is_no_question_and_nothing_typed_is_an_error(reader, sample_documents):
    for words in ("", "-avtal", '"', "' OR 1=1 --", "*", "tokens:avtal", "NEAR(", "a\x00b", "🙂", "&|!()<->"):
        find(reader, TODAY, parse_query(words))
    assert find(reader, TODAY, parse_query("-avtal")).count == 0


def test_the_number_of_queries_does_not_grow_with_hits(reader, sample_documents):
    with CaptureQueriesContext(
        connection,
    ) as few:
        find(reader, TODAY, parse_query("ska"), limit=1)
    with CaptureQueriesContext(connection) as many:
        hits = find(reader, TODAY, parse_query("ska"), limit=50)
    assert sum(len(section.hits) for section in hits.sections) > 20
    assert len(many) == len(few)


def test_a_misspelt_word_is_corrected_to_one_that_finds_something(reader, reviewer, read_text):
    keep_reading(reviewer, read_text(PAGE))
    assert suggest(reader, "bibanker") == "biobanker"
    assert suggest(reader, "univeristet hälsodta") == "universitet hälsodata"
    assert suggest(reader, "biobanker") == ""
    assert suggest(reader, "zzzzzzzz") == ""


def test_a_word_of_a_restricted_page_is_never_suggested(reader, reviewer, read_text):
    keep_reading(reviewer, read_text(PAGE), visibility=2)
    assert SpellingTerm.objects.filter(term="biobanker").exists()
    assert suggest(reviewer, "bibanker") == "biobanker"
    assert suggest(reader, "bibanker") == ""


def test_a_correction_that_the_rest_of_the_question_rules_out_is_not_suggested(reader, reviewer, read_text):
    keep_reading(reviewer, read_text(PAGE))
    keep_reading(reviewer, read_text("Kärnfysik\n\nKärnfysikens dag hålls i Lerhamn.\n"))
    assert suggest(reader, "bibanker hälsodata") == "biobanker hälsodata"
    assert suggest(reader, "bibanker lerhamn") == ""


def test_every_row_says_what_it_is_and_who_may_see_it(sample_documents):
    rows = list(SearchRow.objects.all())
    assert rows
    for row in rows:
        group, kind, level = row.tokens.split()[:3]
        assert group in {"gactors", "gdocuments", "gfacts"}
        assert (kind, level) == (f"k{row.kind}", f"l{row.level}")
