from __future__ import annotations

import pytest
from django.utils import timezone

from handslag_hub.design.words import period_words
from handslag_hub.store.models import Action, Entity, Fact

pytestmark = pytest.mark.django_db


def test_what_is_typed_is_marked_with_who_and_when(browser):
    answer = browser.post("/register/new/organisation", {"name": "Kustlabbet AB", "aliases": "KL\nKustlabb", "kind": "company", "visibility": "0", "origin": "told on the phone"})  # fmt: skip
    page = browser.get(answer["Location"]).content.decode()
    assert f"typed by reviewer@example.org on {timezone.localdate().isoformat()}" in page
    assert "told on the phone" in page
    assert "Kustlabb" in page


def test_an_organisation_typed_under_a_printed_name_is_the_one_that_was_read(sample_documents, browser):
    there = Entity.objects.get(label="Region Österdalen", kind="organisation")
    answer = browser.post("/register/new/organisation", {"name": "Region Österdalen", "visibility": "0"})
    assert answer["Location"] == f"/register/{there.uid}"


def test_a_person_is_typed_with_a_role_at_an_organisation_known_by_another_name(typist, browser):
    body = typist.organisation("Region Österdalen", "RÖD")
    answer = browser.post("/register/new/person", {"name": "Anna Ek", "role": "ordförande", "organisation": "röd", "tense": "current", "period": "2024/", "visibility": "0"})  # fmt: skip
    person = browser.get(answer["Location"])
    [role] = person.context["roles"]
    assert (role.organisation.uid, role.state, role.begins) == (body.uid, "current", "2024")
    assert [row.person for row in browser.get(f"/register/{body.uid}").context["roles"]] == ["Anna Ek"]


def test_an_event_is_typed_with_its_day(browser):
    answer = browser.post("/register/new/event", {"name": "Vårmötet", "day": "2027-03-11", "place": "Almvik", "visibility": "0"})  # fmt: skip
    assert period_words("2027-03-11") in browser.get(answer["Location"]).content.decode()
    wrong = browser.post("/register/new/event", {"name": "Vårmötet", "day": "i vår", "visibility": "0"})
    assert wrong.status_code == 400
    assert "2026-10-08" in wrong.content.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "wrong check digit"), ("sv", "fel kontrollsiffra")])
def test_a_wrong_identifier_is_told_beside_its_field_in_the_readers_language(typist, browser, language: str, words: str):  # fmt: skip
    body = typist.organisation("Kustlabbet AB")
    answer = browser.post(f"/register/{body.uid}/add/identifier", {"scheme": "orgnr", "value": "556012-5791"}, headers={"Accept-Language": language})  # fmt: skip
    assert answer.status_code == 400
    assert words in str(answer.context["form"].errors["value"])
    assert not Fact.objects.filter(kind="identifier").exists()


def test_an_identifier_is_kept_in_its_normal_form_linked_found_and_taken_back(typist, browser):
    body = typist.organisation("Kustlabbet AB")
    browser.post(f"/register/{body.uid}/add/identifier", {"scheme": "orgnr", "value": "5560125790"})
    page = browser.get(f"/register/{body.uid}").content.decode()
    assert "556012-5790" in page
    assert "bolagsverket.se" in page
    assert [row.uid for row in browser.get("/register/?q=556012-5790").context["listing"].rows] == [body.uid]
    action = Action.objects.filter(verb="type").latest("pk")
    browser.post(f"/register/take-back/{action.pk}", {"next": f"/register/{body.uid}"})
    assert "556012-5790" not in browser.get(f"/register/{body.uid}").content.decode()


def test_what_is_typed_about_an_entry_makes_it_known_to_nobody_new(typist, browser, login):
    body = typist.organisation("Hemliga bolaget", level=2)
    browser.post(f"/register/{body.uid}/add/identifier", {"scheme": "orgnr", "value": "5560125790"})
    browser.post(f"/register/{body.uid}/add/name", {"name": "HB", "is_alias": "1"})
    reader = login("reader")
    assert reader.get(f"/register/{body.uid}").status_code == 404
    assert reader.get("/register/?q=HB").context["listing"].rows == []
    assert reader.get("/register/?q=556012-5790").context["listing"].rows == []


def test_readers_type_nothing(login, typist):
    body = typist.organisation("Kustlabbet AB")
    client = login("reader")
    assert client.post("/register/new/organisation", {"name": "X", "visibility": "0"}).status_code == 403
    assert client.get(f"/register/{body.uid}/add/name").status_code == 403
