"""Scoring: what counts as right, so that a measured figure means what it says."""

from __future__ import annotations

from typing import Any

import pytest
import scoring
from hypothesis import given
from hypothesis import strategies as st
from marked import MarkedPage, own_pages, places_in

PAGES = own_pages()


def page(text: str = "", **gold: Any) -> MarkedPage:
    nothing: dict[str, Any] = {"organisations": [], "optional_organisations": [], "aliases": {}, "people": []}
    return MarkedPage("sida", text, nothing | gold)


def counts(count: scoring.Count) -> tuple[int, int, int]:
    return count.right, count.false, count.missed


def test_matching_is_one_to_one_and_the_likeliest_pairs_come_first() -> None:
    table = {("a", "x"): 0.9, ("a", "y"): 0.8, ("b", "x"): 1.0}
    count = scoring.match(["a", "b"], ["x", "y"], lambda g, f: table.get((g, f), 0.0))
    assert sorted(count.pairs) == [("a", "y"), ("b", "x")]
    assert counts(scoring.match(["a"], ["a", "a"], lambda g, f: float(g == f))) == (1, 1, 0)
    assert counts(scoring.match(["a", "a"], ["a"], lambda g, f: float(g == f))) == (1, 0, 1)


def test_what_is_optional_is_neither_right_nor_false() -> None:
    count = scoring.match(["a"], ["a", "o", "x"], lambda g, f: float(g == f), lambda f: f == "o")
    assert counts(count) == (1, 1, 0)


def test_figures_of_a_count() -> None:
    count = scoring.Count(right=3, false=1, missed=2)
    assert (count.precision, count.recall, count.f1) == (0.75, 0.6, pytest.approx(2 / 3))
    assert scoring.Count().f1 == 0.0
    count.add(scoring.Count(right=1))
    assert count.right == 4


@pytest.mark.parametrize(
    ("a", "b", "least", "is_alike"),
    [
        ("Region Skåne", "region  SKÅNE", 0.99, True),
        ("vd och koncernchef", "koncernchef", 0.5, True),
        ("vd", "ordförande", 0.1, False),
        ("gemensam testbädd för hälsodata i Almvik", "testbädd för hälsodata", 0.9, True),
        ("testbädd", "gemensam testbädd för hälsodata i Almvik", 0.9, False),
        ("", "vd", 0.1, False),
    ],
)
def test_strings_are_compared_by_their_words(a: str, b: str, least: float, is_alike: bool) -> None:
    assert (scoring.alike(a, b, least) > 0) == is_alike


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_symmetric_and_at_most_one(a: str, b: str) -> None:
    assert scoring.likeness(a, b) == scoring.likeness(b, a)
    assert 0 <= scoring.likeness(a, b) <= 1
    assert scoring.likeness(a, a) == 1


def test_an_alias_stands_for_the_listed_organisation_and_counts_once() -> None:
    marked = page(organisations=["Region Skåne"], optional_organisations=["EU"], aliases={"Regionen": "Region Skåne"})
    found = [{"name": name} for name in ("Regionen", "Region Skåne", "EU", "Almi")]
    assert counts(scoring.organisations(marked, found)) == (1, 2, 0)


@pytest.mark.parametrize(
    ("a", "b", "is_same"),
    [("2026", "2026", True), ("/2026-11-01", "2026-11-01", True), ("2026-11", "2026", False), ("", "2026", False)],
)
def test_by_a_day_and_the_day_are_the_same_date(a: str, b: str, is_same: bool) -> None:
    assert scoring.same_date(a, b) == is_same


def test_a_commitment_is_found_where_the_passages_share_half_of_the_shorter() -> None:
    text = "Parterna ska avsätta 14 miljoner kronor till en testbädd. Almi ska svara på alla frågor i maj."
    marked = page(text, commitments=[{"what": "avsätta 14 miljoner kronor till en testbädd", "when": ""}])

    def found(quote: str) -> list[dict[str, Any]]:
        start = text.index(quote)
        return [{"what": quote, "when": "", "evidence": [{"start": start, "end": start + len(quote), "quote": quote}]}]

    assert counts(scoring.commitments(marked, found("14 miljoner kronor"))) == (1, 0, 0)
    assert counts(scoring.commitments_strict(marked, found("14 miljoner kronor"))) == (0, 1, 1)
    assert counts(scoring.commitments(marked, found("svara på alla frågor"))) == (0, 1, 1)


def gold_as_found(marked: MarkedPage, kind: str) -> list[dict[str, Any]]:
    """The gold in the form of what a perfect reader gives."""
    if kind == "organisations":
        return [{"name": name} for name in marked.gold["organisations"]]
    found = []
    for item in marked.gold[kind]:
        words = item.get("what") or item.get("subject", "").split(";")[0]
        places = places_in(marked.text, words, genitive=False) if kind in {"commitments", "signals"} else []
        evidence = [{"start": start, "end": end, "quote": marked.text[start:end]} for start, end in places[:1]]
        found.append(item | {"evidence": evidence or [{"start": 0, "end": 1, "quote": marked.text[:1]}]})
    return found


@pytest.mark.parametrize("name", scoring.KINDS)
def test_the_gold_held_against_itself_is_all_right(name: str) -> None:
    kind, measure = scoring.KINDS[name]
    total = scoring.Count()
    for marked in PAGES:
        total.add(measure(marked, gold_as_found(marked, kind)))
    assert total.right > 50
    # two marked items may be so alike that either takes the other's place
    assert total.f1 > 0.995


def test_nothing_found_is_all_missed() -> None:
    for kind, measure in scoring.KINDS.values():
        assert measure(PAGES[0], []).right == 0
        assert measure(PAGES[0], []).false == 0, kind
