"""A document that was found by a search shows where the words stand."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_words_searched_are_marked_where_they_stand_in_any_form(sample_documents):
    document = sample_documents["ministry-mou.html"]
    page = Client().get(f"/documents/{document.uid}?q=memorandums").content.decode()
    assert page.count('id="asked"') == 1
    before, _, after = page.partition('id="asked"')
    assert "mark--asked" not in before
    assert "memorandum" in after[:300].lower()


def test_without_a_question_or_a_hit_nothing_is_marked_as_searched(sample_documents):
    document = sample_documents["ministry-mou.html"]
    for question in ("", "?q=", "?q=kvasar", "?q=-memorandum"):
        assert "mark--asked" not in Client().get(f"/documents/{document.uid}{question}").content.decode()
