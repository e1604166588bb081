"""A page: tokens and sentences in reading order, and passages that are slices of the text, always."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.reading.page import Page, page_of

COLUMNS = """\
Stiftelsen Dalhamn har skrivit avtal       The parties will meet in the spring
om en testbädd för hälsodata i Almvik      and decide on the next steps of the
med Region Österdalen. Avtalet gäller      project. A report will be published
i tre år och kan förlängas. Parterna       before the summer of next year, says
ska avsätta pengar varje år.               the chair of the steering group."""
PIECES = (
    *(
        "a",
        "Å",
        "9",
        ".",
        ",",
        ":",
        "!",
        "–",
        "- ",
        "1. ",
        "• ",
        "ord ",
        "Ordet ",
        "och ",
        "läke\u00ad",
        "medels-",
        "\u0301",
    ),
    *(" ", "  ", "    ", "\t", "\u00a0", "\u200b", "\n", "\n\n", "\x0c", "\u2028", "”", "(", ")", "\U0001f600"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=100).map("".join) | st.text()


def sentences(text: str) -> list[str]:
    page = page_of(text)
    return [page.sentence_text(sentence) for sentence in page.sentences]


def whole(text: str) -> str:
    page = page_of(text)
    return page.words(0, len(page.tokens))


def test_a_sentence_goes_over_the_lines_of_its_paragraph() -> None:
    text = """\
Stiftelsen Dalhamn och Region Österdalen har i dag skrivit avtal om en
gemensam testbädd. Parterna ska under nästa år avsätta 14 miljoner
kronor."""
    assert sentences(text) == [
        "Stiftelsen Dalhamn och Region Österdalen har i dag skrivit avtal om en gemensam testbädd.",
        "Parterna ska under nästa år avsätta 14 miljoner kronor.",
    ]


def test_a_sentence_stays_in_its_column_and_its_passages_too() -> None:
    page = page_of(COLUMNS)
    texts = [page.sentence_text(sentence) for sentence in page.sentences]
    assert "Avtalet gäller i tre år och kan förlängas." in texts
    assert "The parties will meet in the spring and decide on the next steps of the project." in texts
    sentence = page.sentences[texts.index("Avtalet gäller i tre år och kan förlängas.")]
    quotes = [passage.quote for passage in page.passages(sentence.first, sentence.last)]
    assert quotes == ["Avtalet gäller", "i tre år och kan förlängas."]


def test_a_cell_is_a_sentence_and_knows_its_place() -> None:
    page = page_of("Anna Lind\tvd\tDalhamn AB. Bo Ek")
    assert [(page.sentence_text(s), s.cell, s.is_row) for s in page.sentences] == [
        ("Anna Lind", 0, True),
        ("vd", 1, True),
        ("Dalhamn AB. Bo Ek", 2, True),
    ]
    assert len({s.block for s in page.sentences}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Avtalet gäller läkemedels-\nverket och regionen.", "Avtalet gäller läkemedelsverket och regionen."),
        ("Avtalet gäller läkemedels\u00ad\nverket och regionen.", "Avtalet gäller läkemedelsverket och regionen."),
        ("Avtalet gäller läke\u00admedel.", "Avtalet gäller läkemedel."),
        ("Avtalet gäller forsknings-\noch innovationsrådet.", "Avtalet gäller forsknings- och innovationsrådet."),
        ("Avtalet gäller forsknings- och innovationsrådet.", "Avtalet gäller forsknings- och innovationsrådet."),
        ("Avtalet gäller CAR-T och\u00a014\u202f000 prover.", "Avtalet gäller CAR-T och 14 000 prover."),
        ("So\u0308derfalk, O'Brien's lab (R&D)", "Söderfalk, O'Brien's lab (R&D)"),
    ],
)
def test_words_are_plain_and_broken_ones_are_joined(text: str, expected: str) -> None:
    assert whole(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Almi  och\u2003Vinnova",
        "Almi\u00a0och\u202fVinnova",
        "läke\u00ad\nmedel och",
        "Almi \u200b och",
        "Almi\x0coch",
        "Almi\r\noch",
    ],
)
def test_white_space_of_any_kind_does_not_cut_a_passage(text: str) -> None:
    page = page_of(text)
    first, last = 0, len(page.tokens)
    if page.sentences[0].is_row:
        last = page.sentences[0].last
    assert len(page.passages(first, last)) == 1


def test_soft_hyphens_and_hard_spaces_stay_in_the_quote() -> None:
    text = "Vi ger 14\u00a0miljoner till läke\u00admedels\u00ad\nverket."
    page = page_of(text)
    assert [passage.quote for passage in page.passages(0, len(page.tokens))] == [text]


def test_the_line_and_zone_of_a_place_are_those_of_its_line() -> None:
    page = page_of("Rubrik\n\nText")
    page.zones = ["headline", "", "body"]
    assert [page.line_at(offset) for offset in range(len(page.text))] == [0] * 7 + [1] + [2] * 4
    assert [page.zone_at(offset) for offset in (0, 7, 8)] == ["headline", "", "body"]
    assert [passage.zone for passage in page.passages(1, 2)] == ["body"]


@pytest.mark.parametrize("text", ["", "\n", "   ", "\u00a0\n\t"])
def test_a_text_without_words_is_a_page_without_sentences(text: str) -> None:
    page = page_of(text)
    assert (page.tokens, page.sentences) == ([], [])
    assert page.passages(0, 0) == []
    assert page.words(0, 0) == ""


def check(page: Page) -> None:
    """What holds for every page."""
    covered = [i for sentence in page.sentences for i in range(sentence.first, sentence.last)]
    assert covered == list(range(len(page.tokens)))
    assert [page.sentence_of[i] for i in covered] == [s.number for s in page.sentences for _ in range(s.first, s.last)]
    held = sorted(i for token in page.tokens for i in range(token.start, token.end))
    assert len(held) == len(set(held))
    assert {i for i, character in enumerate(page.text) if not character.isspace()} <= set(held)
    for sentence in page.sentences:
        assert page.line_at(page.tokens[sentence.first].start) == sentence.line


@given(TEXTS)
def test_any_text_is_a_page_whose_sentences_partition_its_tokens(text: str) -> None:
    check(page_of(text))


@given(TEXTS, st.randoms(use_true_random=False))
def test_every_passage_of_a_page_stands_verbatim_in_its_text(text: str, rng: random.Random) -> None:
    page = page_of(text)
    spans = [(s.first, s.last) for s in page.sentences]
    spans += [sorted(rng.choices(range(len(page.tokens) + 1), k=2)) for _ in range(5)]
    for first, last in spans:
        passages = page.passages(first, last)
        assert bool(passages) == (first < last)
        assert all(passage.holds_in(text) for passage in passages)
        assert all(passage.quote == passage.quote.strip() for passage in passages)


@given(TEXTS)
def test_the_words_of_a_page_have_single_plain_spaces(text: str) -> None:
    words = whole(text)
    assert words == " ".join(words.split())
