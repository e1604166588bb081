"""What every page has around it."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import override

from handslag_hub.design.errors import show_bad_request, show_fault
from handslag_hub.design.words import called, period_words

pytestmark = pytest.mark.django_db


def test_the_place_where_one_is_is_marked(client):
    page = client.get("/commitments/").content.decode()
    assert page.count('aria-current="page"') == 2  # the bar, and the menu that stands for it on a narrow screen
    assert 'data-go="c" aria-current="page"' in page


def test_the_chosen_day_is_carried_by_every_place_and_can_be_left(client):
    page = client.get("/commitments/?theme=skills&page=3&on=2026-10-08&held=1").content.decode()
    assert 'href="/documents/?on=2026-10-08&amp;held=1"' in page
    assert "8 October 2026" in page
    assert 'href="/commitments/?theme=skills"' in page
    assert '<input type="hidden" name="theme" value="skills">' in page
    assert '<input type="hidden" name="page"' not in page


def test_no_banner_without_a_chosen_day(client):
    assert "Back to today" not in client.get("/").content.decode()


def test_the_language_is_switched_and_the_page_kept(client):
    answer = client.post("/i18n/setlang/", {"language": "sv", "next": "/register/?on=2026-10-08"})
    assert answer.headers["Location"] == "/register/?on=2026-10-08"
    assert '<html lang="sv">' in client.get("/register/").content.decode()


def test_a_missing_page_says_so_in_the_frame(client):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "There is no such page." in answer.content.decode()
    assert 'class="bar"' in answer.content.decode()


def test_a_form_without_its_token_is_refused_with_what_to_do():
    answer = Client(enforce_csrf_checks=True).post("/i18n/setlang/", {"language": "sv"})
    assert answer.status_code == 403
    assert "Load the page again" in answer.content.decode()


def test_a_refused_part_is_answered_with_a_part_alone(client):
    answer = client.get("/nowhere", headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert "<html" not in answer.content.decode()
    assert "notice--refused" in answer.content.decode()


def test_the_page_for_a_fault_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = show_fault(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()


def test_a_bad_request_is_explained_in_the_frame(client):
    with pytest.raises(AttributeError):
        RequestFactory().get("/").actor  # noqa: B018 - the page is also made for requests that no middleware has seen
    answer = show_bad_request(RequestFactory().get("/"))
    assert answer.status_code == 400
    assert "Go back and try again" in answer.content.decode()


def test_periods_and_keys_are_told_in_the_language_of_whoever_reads():
    with override("en"):
        assert period_words("2026-Q4") == "fourth quarter of 2026"
        assert period_words("/2026-10") == "by October 2026"
        assert called("firmness", "agreed") == "agreed"
    with override("sv"):
        assert period_words("2026-Q4") == "fjärde kvartalet 2026"
        assert called("firmness", "agreed") == "avtalat"
        assert called("firmness", "not in the list") == "not in the list"
