"""The marked pages: whole, and their gold found again in the text as the reader sees it."""

from __future__ import annotations

import pytest
from gold import gold_spans, span_labels
from marked import MarkedPage, own_pages, places_in, token_span

from handslag.language.cues import FIRMNESS
from handslag.reading.page import page_of
from handslag.reading.zones import ZONES

PAGES = own_pages()
by_name = pytest.mark.parametrize("marked", PAGES, ids=[page.name for page in PAGES])


def test_the_pages_are_there_in_both_languages() -> None:
    assert len(PAGES) >= 200
    assert {page.gold["lang"] for page in PAGES} == {"sv", "en"}


@by_name
def test_every_line_has_a_zone(marked: MarkedPage) -> None:
    zones = marked.gold["zones"]
    lines = marked.text.split("\n")
    assert len(zones) == len(lines)
    assert set(zones) <= {*ZONES, "blank"}
    assert [zone == "blank" for zone in zones] == [not line.strip() for line in lines]
    assert {sentence.zone for sentence in marked.page.sentences} <= set(ZONES)


@by_name
def test_what_is_marked_stands_in_the_text(marked: MarkedPage) -> None:
    gold = marked.gold
    wanted = [*gold["organisations"], *(person["name"] for person in gold["people"])]
    wanted += [item["what"] for item in gold["commitments"]] + [quote["text"] for quote in gold["quotes"]]
    assert [words for words in wanted if not marked.places(words)] == []
    assert {item["firmness"] for item in gold["commitments"]} <= set(FIRMNESS)


def test_nearly_every_marked_commitment_is_a_span_of_one_sentence() -> None:
    marked = sum(len(page.gold["commitments"]) for page in PAGES)
    spans = sum(len(gold_spans(page, page.page)) for page in PAGES)
    assert spans > 0.97 * marked


def test_a_marked_span_is_labelled_from_its_first_token_to_its_last() -> None:
    text = "Almi ska svara alla bolag i maj."
    gold = {"zones": ["body"], "lang": "sv", "commitments": [{"what": "svara alla bolag", "cue": "ska"}]}
    page = MarkedPage("sida", text, gold)
    assert span_labels(page, page.page) == ["O", "O", "B-WHAT", "I-WHAT", "I-WHAT", "O", "O", "O"]


def test_of_several_places_the_one_nearest_to_the_cue_is_meant() -> None:
    text = "Frågan är om att svara. Det är svårt att svara. Almi lovar att svara."
    gold = {"zones": ["body"], "lang": "sv", "commitments": [{"what": "svara", "cue": "lovar att"}]}
    page = MarkedPage("sida", text, gold)
    ((_, (first, _)),) = gold_spans(page, page.page)
    assert page.page.tokens[first].start == text.rindex("svara")


@pytest.mark.parametrize(
    ("text", "wanted", "quotes"),
    [
        ("Region\nSkånes budget och Region Skåne", "Region Skåne", ["Region\nSkåne", "Region Skåne"]),
        ("Almis vd, Almi's board, Almigruppen", "Almi", ["Almi", "Almi"]),
        ("C++ och (R&D)", "(R&D)", ["(R&D)"]),
        ("ALMI", "Almi", ["ALMI"]),
        ("Almi", "Vinnova", []),
        ("Almi", "", []),
    ],
)
def test_places_are_whole_words_with_white_space_folded(text: str, wanted: str, quotes: list[str]) -> None:
    assert [text[start:end] for start, end in places_in(text, wanted)] == quotes


def test_a_token_span_covers_the_characters_or_is_none() -> None:
    page = page_of("Almi ska svara.")
    assert token_span(page, 5, 14) == (1, 3)
    assert token_span(page, 6, 7) == (1, 2)
    assert token_span(page, 4, 5) is None
