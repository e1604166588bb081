"""Two language versions of one sentence: what both say differently by words, and what one leaves out."""

from __future__ import annotations

import pytest
from tests.engine.following.made_story import followed

SWEDISH = """\
Vårdklustret Nord
Pressmeddelande 5 maj 2026

Vårdklustret Nord och Kymmio Oy bygger ett laboratorium i Kiruna.
{}
Vårdklustret Nord betalar hyran, säger Elsa Norén.
"""
ENGLISH = """\
Vårdklustret Nord
Press release, 6 May 2026

Vårdklustret Nord and Kymmio Oy are building a laboratory in Kiruna.
{}
Vårdklustret Nord pays the rent, says Elsa Norén.
"""


def told(swedish: str, english: str) -> list[tuple[str, str, str]]:
    pages = (SWEDISH.format(swedish), "2026-05-05"), (ENGLISH.format(english), "2026-05-06")
    return [(one.kind, one.a.quote, one.b.quote) for one in followed(*pages).contradictions]


DIFFERENT = [
    ("Kymmio äger 30 procent av laboratoriet i Kiruna.", "Kymmio owns 13 per cent of the laboratory in Kiruna."),
    (
        "Kymmio ger 12 miljoner kronor och regionen 4 miljoner kronor.",
        "Kymmio gives SEK 12 million and the region SEK 14 million.",
    ),
    ("Kymmio öppnar ett laboratorium i Lund.", "Kymmio opens a laboratory in Gothenburg."),
    ("Kymmio öppnar laboratoriet i Kiruna kl. 9.", "Kymmio opens the laboratory in Kiruna at 10 am."),
    ("Kymmio bidrar med 12 miljoner kronor under tre år.", "Kymmio contributes 12 million euros over three years."),
    (
        "Kymmio lånar ut sin masspektrometer två dagar i veckan.",
        "Kymmio will lend its mass spectrometer two days a month.",
    ),
    ("Kymmio invigs laboratoriet i Kiruna i mars.", "Kymmio opens the laboratory in Kiruna in May."),
    ("Kymmio deltar i den sjätte upplagan av mässan.", "Kymmio takes part in the seventh edition of the fair."),
    ("Kymmio ska anställa forskare i Kiruna.", "Kymmio hopes to hire researchers in Kiruna."),
    ("Kymmio anställer minst tio forskare i Kiruna.", "Kymmio hires at most ten researchers in Kiruna."),
    ("Kymmio öppnar laboratoriet i Kiruna på måndag.", "Kymmio opens the laboratory in Kiruna on Thursday."),
    (
        "Kymmio publicerar forskningens resultat varje vår, på svenska.",
        "Kymmio publishes the results of the research each spring.",
    ),
    (
        "Kymmio publicerar forskningens resultat varje vår.",
        "Kymmio publishes the results of the research each spring, in English and Arabic.",
    ),
    (
        "Kymmio lånar ut lokaler till forskare i Kiruna utan hyra.",
        "Kymmio lends premises to researchers in Kiruna.",
    ),
    (
        "Kymmio anställer forskare i Kiruna under förutsättning att universitetet bidrar.",
        "Kymmio hires researchers in Kiruna with the university.",
    ),
    (
        "Kymmio köper femton cellgifter tillsammans med regionen.",
        "Kymmio buys fifty chemotherapy drugs with the region.",
    ),
    (
        "Spåren är cellbiologi, fallprevention, kost och register.",
        "The tracks are cell biology, fall prevention and registers.",
    ),
]
SAME = [
    ("Kymmio äger 30 procent av laboratoriet i Kiruna.", "Kymmio owns 30 per cent of the laboratory in Kiruna."),
    ("Kymmio öppnar ett laboratorium i Göteborg.", "Kymmio opens a laboratory in Gothenburg."),
    ("Kymmio öppnar laboratoriet i Kiruna kl. 13.", "Kymmio opens the laboratory in Kiruna at 1 p.m."),
    ("Kymmio bidrar med 12 miljoner kronor under tre år.", "Kymmio contributes SEK 12 million over three years."),
    ("Kymmio lånar ut sin masspektrometer varje vecka.", "Kymmio will lend its mass spectrometer weekly."),
    ("Kymmio öppnar laboratoriet i Kiruna i maj.", "Kymmio may open the laboratory in Kiruna in May."),
    ("Kymmio ska anställa forskare i Kiruna.", "Kymmio will hire researchers in Kiruna."),
    (
        "Kymmio publicerar forskningens resultat på svenska och engelska.",
        "Kymmio publishes the results of the research in Swedish and English.",
    ),
    (
        "Kymmio bygger ett laboratorium för regionens sjukhus.",
        "Kymmio is building a laboratory in Swedish hospitals of the region.",
    ),
    (
        "Kymmio lånar ut lokaler till forskare i Kiruna utan hyra.",
        "Kymmio lends premises to researchers in Kiruna rent-free.",
    ),
    (
        "Kymmio anställer forskare i Kiruna under förutsättning att universitetet bidrar.",
        "Kymmio hires researchers in Kiruna if the university contributes.",
    ),
    ("Kymmio inleder ett treårigt arbete om femton cellgifter.", "Kymmio starts a three-year work on fifteen drugs."),
]


@pytest.mark.parametrize(("swedish", "english"), DIFFERENT)
def test_what_differs_in_words_is_told(swedish: str, english: str) -> None:
    assert told(swedish, english) == [("versions", swedish, english)]


@pytest.mark.parametrize(("swedish", "english"), SAME)
def test_what_says_the_same_in_other_words_is_not_told(swedish: str, english: str) -> None:
    assert told(swedish, english) == []


def test_two_people_in_one_role_are_told_where_each_stands_in_one_version_only() -> None:
    swedish, english = (
        "Vårdklustrets vd Josefin Malmros är nöjd.",
        "The cluster's chief executive Torbjörn Rask is pleased.",
    )
    assert [one[0] for one in told(swedish, english)] == ["role"]
    same = "The cluster's chief executive Josefin Malmros is pleased."
    assert told(swedish, same) == []
    both = "The cluster's chief executive Torbjörn Rask is pleased, and so is Josefin Malmros."
    assert told(swedish, both) == []
