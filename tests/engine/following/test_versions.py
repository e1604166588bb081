"""Two language versions of a page: sentences beside their counterparts, also where they share no known word, and what differs."""

from __future__ import annotations

from tests.engine.following.made_story import followed, story

from handslag.following.contradicting.versions import aligned
from handslag.following.linking.judging import installed_judges
from handslag.following.seeing.views import view_document

SWEDISH = """\
Vårdklustret Nord
Pressmeddelande 5 maj 2026

Vårdklustret Nord och Kymmio Oy bygger ett laboratorium i Kiruna.
Kymmio ska flytta fem av sina ingenjörer till Kiruna.
Avtalet gäller i fyra år.
Vårdklustret Nord betalar hyran, säger Elsa Norén.
"""
ENGLISH = """\
Vårdklustret Nord
Press release, 6 May 2026

Vårdklustret Nord and Kymmio Oy are building a laboratory in Kiruna.
Three of Kymmio's engineers will move to Kiruna.
The deal runs for five years.
Vårdklustret Nord pays the rent, says Elsa Norén.
"""


def test_sentences_stand_beside_their_counterparts_in_order() -> None:
    documents, _ = story((SWEDISH, "2026-05-05"), (ENGLISH, "2026-05-06"))
    one, other = (view_document(document, installed_judges().rarity) for document in documents)
    pairs = {
        one.document.text[pair.one.start : pair.one.end].strip(): other.document.text[
            pair.other.start : pair.other.end
        ].strip()
        for pair in aligned(one, other, installed_judges().rarity)
    }
    assert pairs["Avtalet gäller i fyra år."] == "The deal runs for five years."
    assert (
        pairs["Kymmio ska flytta fem av sina ingenjörer till Kiruna."]
        == "Three of Kymmio's engineers will move to Kiruna."
    )


def test_what_differs_between_versions_is_told_and_the_days_of_the_pages_are_not() -> None:
    told = followed((SWEDISH, "2026-05-05"), (ENGLISH, "2026-05-06")).contradictions
    assert {(one.kind, one.a.quote, one.b.quote) for one in told} == {
        ("versions", "Avtalet gäller i fyra år.", "The deal runs for five years."),
        (
            "versions",
            "flytta fem av sina ingenjörer till Kiruna",
            "Three of Kymmio's engineers will move to Kiruna.",
        ),
    }


def test_versions_that_say_the_same_contradict_nothing() -> None:
    same = ENGLISH.replace("Three of Kymmio's", "Five of Kymmio's").replace("five years", "four years")
    assert followed((SWEDISH, "2026-05-05"), (same, "2026-05-06")).contradictions == ()


def test_pages_of_other_days_are_no_versions() -> None:
    told = followed((SWEDISH, "2026-05-05"), (ENGLISH, "2026-06-30")).contradictions
    assert not [one for one in told if one.kind == "versions"]
