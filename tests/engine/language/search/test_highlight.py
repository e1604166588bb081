from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.language.search import highlight, index_tokens, parse_query, snippet


def marked(text: str, typed: str) -> list[str]:
    return [text[start:end] for start, end in highlight(text, parse_query(typed))]


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("avtal", "Avtalet och avtalen, inte avgiften.", ["Avtalet", "avtalen"]),
        ("agreements", "An agreement: AGREEMENTS", ["agreement", "AGREEMENTS"]),
        ("lakemedel", "LÄKEMEDLET, la\u0308kemedel", ["LÄKEMEDLET", "la\u0308kemedel"]),
        ("covid-19", "Covid-19, covid19 och covid", ["Covid-19", "covid19", "covid"]),
        ("covid", "Covid-19", ["Covid"]),
        ("vinnova", "Vinnova’s 𝔸 Vinnovas", ["Vinnova", "Vinnovas"]),
        ('"avtal med Japan"', "avtal, ett avtal med Japan och Japan", ["avtal med Japan"]),
        ("avtal -norge", "avtal med Norge", ["avtal"]),
        ("", "avtal", []),
    ],
)
def test_what_answers_is_marked(typed: str, text: str, expected: list[str]) -> None:
    assert marked(text, typed) == expected


WORDS = "avtal avtalet hälsa covid-19 norge och i 1,5".split()


@given(
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join),
)
def test_a_mark_is_there_for_every_word_that_the_index_finds(text: str, typed: str) -> None:
    query = parse_query(typed)
    spans = highlight(text, query)
    shown = set(" ".join(index_tokens(text[start:end]) for start, end in spans).split())
    for term in query.terms:
        if not set(term.alternatives).isdisjoint(index_tokens(text).split()):
            assert not shown.isdisjoint(term.alternatives)


@given(st.text(alphabet='ab -"\n,1', max_size=80), st.text(alphabet='ab -"1', max_size=10), st.integers(1, 40))
def test_a_snippet_is_a_window_with_its_marks(text: str, typed: str, width: int) -> None:
    query = parse_query(typed)
    shown = snippet(text, query, width)
    assert 0 <= shown.start <= shown.end <= len(text)
    assert shown.end - shown.start <= width
    end = shown.start
    for mark in shown.marks:
        assert end <= mark[0] < mark[1] <= shown.end
        end = mark[1]
    assert bool(shown.marks) == bool(highlight(text, query))


def test_the_snippet_is_where_most_words_of_the_query_stand_together() -> None:
    filling = "Här står något helt annat om vädret. " * 20
    text = f"Avtal avtal avtalet. {filling}Ett avtal om hälsa med Japan slöts. {filling}Hälsan är viktig. {filling}"
    shown = snippet(text, parse_query("avtal hälsa Japan"))
    assert "avtal om hälsa med Japan" in text[shown.start : shown.end]
    assert [text[start:end] for start, end in shown.marks] == ["avtal", "hälsa", "Japan"]


def test_a_snippet_begins_and_ends_between_words() -> None:
    text = "Ordföljden fortsätter oavbrutet " * 10 + "avtal " + "Ordföljden fortsätter oavbrutet " * 10
    shown = snippet(text, parse_query("avtal"), 100)
    assert text[shown.start : shown.end].split(maxsplit=1)[0] in {"Ordföljden", "fortsätter", "oavbrutet"}
    assert text[shown.start : shown.end].rsplit(maxsplit=1)[-1] in {"Ordföljden", "fortsätter", "oavbrutet"}
    assert 60 < shown.end - shown.start <= 100


def test_a_text_without_an_answer_gives_its_beginning() -> None:
    text = "ord " * 100
    shown = snippet(text, parse_query("avtal"), 50)
    assert (shown.start, shown.marks) == (0, ())
    assert 40 < shown.end <= 50
