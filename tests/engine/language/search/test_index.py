from __future__ import annotations

import re
import sys
import threading
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.language.search import fold, index_tokens
from handslag.language.search import stems as stems_module
from handslag.language.search.words import words_of


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("LÄKEMEDEL", "lakemedel"), ("Århus", "arhus"), ("Ærø", "aero"), ("Straße", "strasse"), ("résumé", "resume"),
        ("TGFβ", "tgfbeta"), ("ﬁnans", "finans"), ("٣", "3"), ("läke\u00admedel", "lakemedel"), ("…", ""), ("CO₂", "co2"),
    ],
)  # fmt: skip
def test_a_word_is_folded_to_letters_and_digits(word: str, folded: str) -> None:
    assert fold(word) == folded


def forms(text: str) -> list[str]:
    return [word.joined for word in words_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("covid-19", ["covid19"]),
        ("1,5 och 1.5", ["1d5", "och", "1d5"]),
        ("2026-10-08", ["20261008"]),
        ("2020–2024, 2020-2024, Sverige–Japan", ["20202024", "20202024", "sverige", "japan"]),
        ("50 000 kr, 50\u00a0000", ["50000", "kr", "50000"]),
        ("i 2026 300 svar", ["i", "2026", "300", "svar"]),
        ("Vinnova’s, Vinnova's, EU:s och 20:e", ["vinnova", "vinnova", "eu", "och", "20"]),
        ("läkemedels- och", ["lakemedels", "och"]),
        ("anna.berg@example.se", ["anna", "berg", "example", "se"]),
        ("https://example.se/avtal_2026", ["https", "example", "se", "avtal", "2026"]),
        ("FoU&I 12 m²", ["foui", "12", "m"]),
        ("don't", ["dont"]),
        ("_ -- … \u0301", []),
    ],
)
def test_words_are_found_with_their_separators(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


def test_a_hyphenated_word_is_stored_whole_and_in_pieces() -> None:
    assert {"wcovid19", "wcovid", "w19"} <= set(index_tokens("Covid-19").split())


def test_a_stem_is_stored_beside_its_word_and_never_looks_like_one() -> None:
    assert index_tokens("avtalet agreements agreement") == (
        "wavtalet savtal wagreements eagreement wagreement".replace("wagreements", "wagreements sagreement")
    )


@given(st.text())
def test_tokens_are_distinct_and_need_no_tokenizer(text: str) -> None:
    tokens = index_tokens(text).split(" ") if index_tokens(text) else []
    assert len(tokens) == len(set(tokens))
    assert all(re.fullmatch(r"[wse][a-z0-9]{1,64}", token) for token in tokens)


@given(st.text(alphabet=st.sampled_from("aåäöéÅÄÖüøß -,.19'’\u00ad\u0301𝔸ﬁ")))
def test_composed_and_decomposed_letters_give_the_same_tokens(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert index_tokens(unicodedata.normalize("NFD", composed)) == index_tokens(composed)


@given(st.text())
def test_words_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for word in words_of(text):
        assert end <= word.start < word.end <= len(text)
        assert [piece.folded for piece in word.pieces] == [fold(text[p.start : p.end]) for p in word.pieces]
        end = word.end


@given(st.lists(st.sampled_from("avtal avtalet läkemedel covid-19 1,5 hälsa agreements".split())), st.integers(0, 60))
def test_a_limit_keeps_the_beginning(words: list[str], limit: int) -> None:
    whole, cut = index_tokens(" ".join(words)), index_tokens(" ".join(words), limit_bytes=limit)
    assert len(cut) <= limit
    assert whole == cut or whole.startswith(cut)
    if len(whole) <= limit:
        assert cut == whole


def test_a_long_word_is_stored_by_its_beginning() -> None:
    assert index_tokens("ACGT" * 1000).split()[0] == "w" + "acgt" * 16


@pytest.mark.parametrize(
    "text", ["a-" * 100_000, "1 " * 100_000, "1 000" * 50_000, "é" * 300_000, "-" * 300_000, "ab'" * 100_000]
)
def test_hostile_texts_take_time_that_grows_with_their_length(text: str) -> None:
    began = time.process_time()
    index_tokens(text)
    assert time.process_time() - began < 5


def test_threads_do_not_disturb_each_others_stems() -> None:
    words = [f"{a}{b}arnas" for a in "bdfgklmnprst" for b in ("forsk", "laks", "tavl", "stallning", "kommun", "region")]
    alone = [stems_module.swedish_stem(word) for word in words]
    stems_module.swedish_stem.cache_clear()
    found: dict[int, list[str]] = {}
    threads = [
        threading.Thread(
            target=lambda n=n: found.update({n: [stems_module.swedish_stem.__wrapped__(w) for w in words]})
        )
        for n in range(8)
    ]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert all(found.get(n) == alone for n in range(8))
