from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handslag_hub.register.queries.searching import find_entities
from handslag_hub.store.models import Entity, NameKey
from handslag_hub.store.services import judge_sameness

pytestmark = pytest.mark.django_db


def found(actor, typed: str) -> list[str]:
    labels = dict(Entity.objects.values_list("pk", "label"))
    return [labels[pk] for pk in find_entities(actor, typed)]


@pytest.mark.parametrize(
    "typed", ["Region Österdalen", "region osterdalen", "österdalen", "Regoin Östardalen", "österd", "RÖD"]
)
def test_an_organisation_is_found_as_it_is_written_without_accents_mistyped_begun_or_by_its_short_form(typist, reviewer, typed: str):  # fmt: skip
    typist.organisation("Region Österdalen", "RÖD")
    typist.organisation("Kustlabbet AB")
    assert found(reviewer, typed) == ["Region Österdalen"]


def test_the_likest_name_comes_first(typist, reviewer):
    for name in ("Ekbacka Cellteknik AB", "Ekbacka", "Ekbacka kommun"):
        typist.organisation(name)
    assert found(reviewer, "ekbacka")[0] == "Ekbacka"


def test_a_name_that_only_restricted_facts_give_is_found_by_those_alone_who_see_it(typist, reviewer, reader):
    typist.organisation("Kustlabbet AB")
    typist.organisation("Kustlabbet AB", "Projekt Måsen", level=2)
    typist.organisation("Hemliga bolaget", level=2)
    assert NameKey.objects.filter(key="masen").exists()
    for typed in ("Projekt Måsen", "måsen", "Projekt Masten", "Hemliga bolaget", "hemlgia"):
        assert found(reviewer, typed)
        assert found(reader, typed) == []


def test_a_reader_is_neither_shown_nor_told_the_number_of_what_only_reviewers_see(typist, login):
    typist.organisation("Kustlabbet AB")
    typist.commitment("öppnar ett labb", "Kustlabbet AB")
    typist.commitment("lägger ned labbet", "Kustlabbet AB", level=2)
    typist.organisation("Kustlabbet AB", "Projekt Måsen", level=2)
    typist.organisation("Hemliga bolaget", level=2)
    page = login("reader").get("/register/?having=commitment")
    assert [row.label for row in page.context["listing"].rows] == ["Kustlabbet AB"]
    assert page.context["listing"].rows[0].counts["commitment"] == 1
    assert page.context["listing"].rows[0].other_names == []
    assert page.context["listing"].counts["organisation"] == 1
    both = login("reviewer").get("/register/")
    assert both.context["listing"].counts["organisation"] == 2
    assert {row.label: row.counts.get("commitment", 0) for row in both.context["listing"].rows} == {"Hemliga bolaget": 0, "Kustlabbet AB": 2}  # fmt: skip


def test_an_entry_that_is_merged_is_listed_once_with_the_counts_of_both(typist, reviewer, browser):
    a, b = typist.organisation("Kustlabbet AB"), typist.organisation("Kustlaboratoriet")
    typist.commitment("öppnar ett labb", "Kustlabbet AB")
    typist.commitment("anställer tio", "Kustlaboratoriet")
    judge_sameness(reviewer, a, b, "same")
    rows = browser.get("/register/?q=Kustlaboratoriet").context["listing"].rows
    assert [(row.uid, row.counts["commitment"]) for row in rows] == [(a.uid, 2)]


def test_on_a_day_what_was_said_later_is_not_there(sample_documents, browser):
    today = browser.get("/register/").context["listing"].counts["organisation"]
    then = browser.get("/register/?on=2026-10-20").context["listing"].counts["organisation"]
    assert 0 < then < today
    assert browser.get("/register/?on=2020-01-01").context["listing"].rows == []


def test_the_list_asks_as_often_for_few_as_for_many(typist, browser):
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        return len(asked)

    typist.organisation("Norrhamns lasarett", "NL")
    typist.commitment("bygger hus", "Norrhamns lasarett")
    addresses = ("/register/", "/register/?q=norrhamns+lasarett", "/register/?having=commitment&language=sv", "/register/?on=2026-10-20")  # fmt: skip
    for address in addresses:
        browser.get(address)
    few = [queries(address) for address in addresses]
    for number in range(30):
        typist.organisation(f"Norrhamns lasarett {number}", f"NL{number}")
        typist.commitment(f"bygger hus {number}", f"Norrhamns lasarett {number}")
    many = [queries(address) for address in addresses]
    assert all(after <= before + 1 for before, after in zip(few, many, strict=True)), (few, many)
