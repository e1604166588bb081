"""Levels and groups: printed, inferred, said by a person or unknown; pairs by the words they share, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from handslag_hub.briefs.levels import (
    INFERRED,
    PRINTED,
    UNKNOWN,
    country_of,
    is_between_countries,
    level_of_body,
    level_of_publisher,
    stakeholder_of_body,
)
from handslag_hub.briefs.pairing import Goal, pairs_of


@pytest.mark.parametrize(
    ("name", "kinds", "value", "basis"),
    [
        ("Region Skåne", [], "regional", PRINTED),
        ("Uppsala kommun", ["municipality"], "regional", PRINTED),
        ("Vinnova", ["agency"], "national", INFERRED),
        ("Regeringen", [], "national", PRINTED),
        ("Ministry of Health and Social Affairs", [], "national", PRINTED),
        ("Storbritannien", [], "national", PRINTED),
        ("Europeiska kommissionen", ["government"], "european", PRINTED),
        ("Solvik AB", ["company"], "", UNKNOWN),
        ("Stadsmissionen", [], "", UNKNOWN),
        ("Neurologikliniken", [], "", UNKNOWN),
    ],
)
def test_the_level_of_a_body_is_printed_inferred_or_unknown(name, kinds, value, basis):
    placed = level_of_body(name, kinds)
    assert (placed.value, placed.basis) == (value, basis)


@pytest.mark.parametrize(("publisher", "host", "value"), [("", "www.regeringen.se", "national"), ("", "ec.europa.eu", "european"), ("Region Norrholm", "x.example", "regional"), ("", "notregeringen.se", ""), ("", "solvik.example", "")])  # fmt: skip
def test_the_level_of_a_publisher_is_told_by_its_name_or_host(publisher, host, value):
    assert level_of_publisher(publisher, host).value == value


def test_an_agreement_is_bilateral_between_two_countries_only():
    assert is_between_countries(["Sverige", "United Kingdom"])
    assert not is_between_countries(["Sverige", "Sweden"])
    assert not is_between_countries(["Sverige", "Solvik AB"])
    assert country_of("Kingdom of Nowhere") == ""


@pytest.mark.parametrize(
    ("name", "kinds", "value"),
    [("Lunds universitet", ["university"], "academia"), ("Solvik AB", [], "business"), ("Reumatikerförbundet", ["association"], "patients"),
     ("Karolinska universitetssjukhuset", [], "care"), ("Läkemedelsverket", ["agency"], "public"), ("Ellerby Foundation", ["foundation"], "")],
)  # fmt: skip
def test_the_group_of_a_body(name, kinds, value):
    assert stakeholder_of_body(name, kinds).value == value


def goal(
    key: int, level: str, words: str, language: str = "sv", first: date | None = None, last: date | None = None
) -> Goal:
    return Goal(key, frozenset({level}), words, language, first, last)


HERE = goal(1, "regional", "Regionen ska öppna ett testcenter för hälsodata senast 2027 för 12 miljoner kronor", first=date(2027, 1, 1), last=date(2027, 12, 31))  # fmt: skip


def test_a_counterpart_in_the_other_language_is_found_with_the_words_in_common():
    there = goal(2, "national", "The government will open a test centre for health data", "en")
    pair = pairs_of([HERE], [there])[1]["national"]
    assert {"öppna – open", "hälsodata – data"} <= set(pair.common)
    assert not pair.pulls_apart


def test_what_shares_only_the_theme_is_no_counterpart():
    assert pairs_of([HERE], [goal(2, "national", "Patienter får läsa sin journal på nätet")])[1] == {}


def test_nothing_of_the_same_level_is_a_counterpart():
    assert pairs_of([HERE], [goal(2, "regional", "Region Väst ska öppna ett testcenter för hälsodata")])[1] == {}


def test_opposite_figures_and_days_are_shown():
    sums = goal(2, "national", "Testcentret för hälsodata ska öppna för 20 miljoner kronor")
    days = goal(
        3, "european", "Ett testcenter för hälsodata ska öppna", first=date(2030, 1, 1), last=date(2030, 12, 31)
    )
    found = pairs_of([HERE], [sums, days])[1]
    assert (found["national"].kind, found["national"].one, found["national"].other) == ("sum", "12 miljoner kronor", "20 miljoner kronor")  # fmt: skip
    assert (found["european"].kind, found["european"].one, found["european"].other) == (
        "due",
        "2027-12-31",
        "2030-12-31",
    )


def test_what_somebody_denied_is_not_proposed_again():
    there = goal(2, "national", "The government will open a test centre for health data", "en")
    assert pairs_of([HERE], [there], {(1, 2)})[1] == {}
