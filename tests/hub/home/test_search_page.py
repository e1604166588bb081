"""The search page: hits with their marks, kinds, what may have been meant."""

from __future__ import annotations

import pytest

from handslag_hub.accounts.models import User
from handslag_hub.home import pages
from handslag_hub.store.services import keep_reading

pytestmark = pytest.mark.django_db


def test_hits_are_shown_with_marks_and_where_they_are_from(client, sample_documents):
    page = client.get("/search", {"q": "memorandum"}).content.decode()
    assert "<mark>memorandum</mark>" in page.replace("Memorandum", "memorandum")
    document = sample_documents["ministry-mou.html"]
    assert f'href="/documents/{document.uid}?q=memorandum#asked"' in page
    assert 'value="memorandum"' in page


def test_what_was_typed_is_never_markup(client, reviewer, read_text):
    keep_reading(reviewer, read_text("Prov\n\nTexten <script>alert(1)</script> om biobanker stod här.\n"))
    page = client.get("/search", {"q": 'biobanker "><img src=x>'}).content.decode()
    assert "<img src=x" not in page
    assert "<script>alert" not in page
    page = client.get("/search", {"q": "biobanker"}).content.decode()
    assert "<script>alert" not in page
    assert "<mark>biobanker</mark>" in page


def test_a_kind_is_chosen_and_kept(client, sample_documents):
    page = client.get("/search", {"q": "ska", "kind": "commitment"}).content.decode()
    assert 'id="found-facts"' in page
    assert 'id="found-documents"' not in page
    assert '<input type="hidden" name="kind" value="commitment">' in page
    assert client.get("/search", {"q": "ska", "kind": "nonsense", "before": "x"}).status_code == 200


def test_one_goes_on_further_down(client, sample_documents, monkeypatch):
    monkeypatch.setattr(pages, "_HITS_OF_ONE", 5)
    page = client.get("/search", {"q": "och", "kind": "facts"}).content.decode()
    further = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    answer = client.get(further).content.decode()
    assert 'id="found-facts"' in answer
    first = {part.split('"')[0] for part in page.split('href="/facts/')[1:]}
    second = {part.split('"')[0] for part in answer.split('href="/facts/')[1:]}
    assert second
    assert not first & second


def test_a_misspelt_question_shows_what_was_meant(client, sample_documents):
    page = client.get("/search", {"q": "memorandmu"}).content.decode()
    assert "<strong>memorandum</strong>" in page
    assert 'id="found-documents"' in page


def test_nothing_found_says_what_to_do(client, sample_documents):
    assert "Nothing found" in client.get("/search", {"q": "kvasar"}).content.decode()
    assert "at least one word" in client.get("/search", {"q": "-avtal"}).content.decode()


def test_htmx_gets_the_part_alone(client, sample_documents):
    answer = client.get("/search", {"q": "memorandum"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in answer
    assert 'id="found-documents"' in answer


def test_a_reader_learns_nothing_of_a_restricted_page(client, settings, reviewer, read_text):
    keep_reading(reviewer, read_text("Varsel\n\nHemliga Lindbolaget AB varslar 40 anställda.\n"), visibility=2)
    assert "Lindbolaget" in client.get("/search", {"q": "lindbolagt"}).content.decode()
    settings.TEAM = True
    client.force_login(User.objects.create(username="lage", role="reader"), backend="django.contrib.auth.backends.ModelBackend")  # fmt: skip
    for words in ("Lindbolaget", "lindbolagt", '"hemliga lindbolaget"'):
        page = client.get("/search", {"q": words}).content.decode()
        assert "Nothing found" in page
        assert "Hemliga" not in page


def test_hits_deep_in_a_long_text_are_shown(client, reviewer, read_text):
    filler = "Detta är en mening om ingenting särskilt som fyller sidan.\n\n" * 400
    keep_reading(reviewer, read_text(f"Lång sida\n\n{filler}Här nämns läkemedlets kvasarpump en enda gång.\n"))
    page = client.get("/search", {"q": "kvasarpumpar"}).content.decode()
    assert "<mark>kvasarpump</mark>" in page
