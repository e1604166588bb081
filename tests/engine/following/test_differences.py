"""Durations in print that cannot both be so, and those that can."""

from __future__ import annotations

import pytest
from tests.engine.following.made_story import story

from handslag.following.linking.judging import installed_judges
from handslag.following.seeing.differences import differing
from handslag.following.seeing.telling import Sentence
from handslag.following.seeing.views import view_document


def sentence(text: str) -> Sentence:
    documents, _ = story((f"Region Österdalen\n\n14 januari 2026\n\n{text}\n", "2026-01-14"))
    (found,) = [
        one
        for one in view_document(documents[0], installed_judges().rarity).sentences
        if documents[0].text[one.start : one.end] == text
    ]
    return found


@pytest.mark.parametrize(
    ("promised", "told", "differ"),
    [
        ("Vi svarar inom två dagar.", "Tjugo patienter fick vänta mer än två dagar på svar.", True),
        ("Vi svarar inom två dagar.", "Ingen patient fick vänta mer än två dagar på svar.", False),
        ("We answer within twelve hours.", "Thirty patients waited longer than twelve hours.", True),
        ("We answer within twelve hours.", "Not one of thirty patients waited longer than twelve hours.", False),
        ("We answer within two days.", "Nobody answered him for nine days.", True),
    ],
)
def test_what_nobody_waited_for_breaks_no_promise(promised: str, told: str, differ: bool) -> None:
    difference = differing(sentence(promised), sentence(told), is_limit=True)
    assert (difference is not None and difference.kind == "duration") == differ
