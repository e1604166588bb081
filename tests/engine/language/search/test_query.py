from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.example_counts import examples

from handslag.language.search import (
    MOST_WORDS,
    Query,
    Term,
    as_fts5,
    as_tsquery,
    fold,
    holds_phrases,
    index_tokens,
    parse_query,
)  # fmt: skip
from handslag.language.search.stems import english_stem, swedish_stem

WORDS = (
    "avtal avtalet avtalen agreement agreements sjukhus sjukhuset forskare forskarna samverkan samverkans covid-19 covid covid19 "
    "19 1,5 1 5 läkemedel lakemedlet OR AND NOT NEAR e-hälsa ehälsa hälsa Vinnova's TGF-β 50 000 50000 日本 planer plan planera"
).split()
HOSTILE = [
    '"',
    "'",
    "(",
    ")",
    "*",
    ":",
    "^",
    "-",
    "--",
    "+",
    "&",
    "|",
    "!",
    "<->",
    "\\",
    "\0",
    "w",
    "{a b}:",
    ";",
    "%",
    "''",
    "NEAR(",
]

texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
queries = st.one_of(
    st.lists(
        st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS).map("-{}".format), st.sampled_from(HOSTILE)),
        max_size=6,
    ).map(" ".join),
    st.lists(st.sampled_from([*WORDS, *HOSTILE, " "]), max_size=10).map("".join),
    st.text(max_size=40),
)


def hits_of_sqlite(rows: Sequence[str], query: Query) -> set[int]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE row USING fts5(tokens, detail=none)")
    connection.executemany(
        "INSERT INTO row(rowid, tokens) VALUES (?, ?)", [(n, index_tokens(t)) for n, t in enumerate(rows)]
    )
    found = {row for (row,) in connection.execute("SELECT rowid FROM row WHERE row MATCH ?", [as_fts5(query)])}
    connection.close()
    return found


def hits_of_tsquery(rows: Sequence[str], query: Query) -> set[int]:
    """What PostgreSQL answers: its grammar of quoted lexemes, &, | and !, as Python."""
    rendered = as_tsquery(query)
    parts = re.findall(r"'[a-z0-9]+'|[()&|!]", rendered)
    assert "".join(parts) == rendered.replace(" ", "")
    python = " ".join({"&": "and", "|": "or", "!": "not"}.get(p, f"{p} in has" if p[0] == "'" else p) for p in parts)
    if not python:
        return set()
    return {n for n, text in enumerate(rows) if eval(python, {"has": set(index_tokens(text).split())})}  # noqa: S307  our own words


def hits_by_definition(rows: Sequence[str], query: Query) -> set[int]:
    def has(text: str, term: Term) -> bool:
        return not set(term.alternatives).isdisjoint(index_tokens(text).split())

    return {
        n
        for n, text in enumerate(rows)
        if query.terms
        and all(has(text, term) for term in query.terms)
        and not any(all(has(text, term) for term in group) for group in query.excluded)
    }


@settings(max_examples=examples(300))
@given(st.lists(texts, max_size=6), queries)
@example(["a", "b"], "-a")
@example(["covid-19", "covid 19", "covid19", "covid"], "-covid-19 covid")
@example(["a b", "a c", "a"], "a -b -c")
def test_both_databases_find_what_the_query_means(rows: list[str], typed: str) -> None:
    query = parse_query(typed)
    expected = hits_by_definition(rows, query)
    assert hits_of_sqlite(rows, query) == expected
    assert hits_of_tsquery(rows, query) == expected


@given(st.text() | queries)
def test_nothing_that_is_typed_gets_through_as_syntax(typed: str) -> None:
    query = parse_query(typed)
    assert re.fullmatch(r'(?:"(?:nothing|[wse][a-z0-9]+)"| OR | AND | NOT |[()])*', as_fts5(query))
    assert re.fullmatch(r"(?:'(?:nothing|[wse][a-z0-9]+)'| \| | & |!|[()])*", as_tsquery(query))
    assert len(query.terms) + sum(map(len, query.excluded)) <= MOST_WORDS


def found(text: str, typed: str) -> bool:
    query = parse_query(typed)
    return bool(hits_of_sqlite([text], query)) and holds_phrases(text, query)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("samverkan", "samverkans mål"), ("samverkans", "i samverkan"),
        ("avtal", "avtalet"), ("avtalen", "avtalet"), ("avtalet", "ett avtal"),
        ("sjukhus", "Sjukhusets"), ("sjukhuset", "två sjukhus"),
        ("forskare", "forskarna"), ("forskarna", "en forskare"),
        ("lakemedel", "Läkemedlet"), ("läkemedlen", "lakemedel"),
        ("agreement", "agreements"), ("universities", "the University"), ("signing", "signed"),
        ("covid-19", "Covid-19"), ("covid19", "covid-19"), ("covid-19", "covid 19"), ("covid", "covid-19"),
        ("1.5", "1,5 miljoner"), ("50000", "50 000 kr"), ("50 000", "50000"), ("ehälsa", "e-hälsa"),
        ("vinnova", "Vinnova’s"), ("eu", "EU:s"), ("TGF-beta", "TGF-β"), ("anna@example.se", "anna@example.se"),
        ('"avtalet om hälsa"', "Avtalet om Hälsa."), ("avtal -norge", "avtal med Japan"), ('avtal -"i norge"', "avtal om Norge i Tokyo"),
        ("“vård av äldre”", "Vård av äldre"), ('"obruten', "obruten"),
    ],
)  # fmt: skip
def test_found(typed: str, text: str) -> None:
    assert found(text, typed)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("avtal norge", "avtal med Japan"), ("1,5", "1 och 5"), ("covid-19", "covid"), ("2026-10-08", "10 maj 2026, 08"),
        ('"avtal"', "avtalet"), ('"avtalet om hälsa"', "hälsa om avtalet"), ('"om hälsa"', "om hälsan"),
        ("avtal -norge", "avtal med Norges"), ('avtal -"i norge"', "avtal i Norge"), ("-norge", "Japan"), ("", "Japan"), ('""', "Japan"),
        ("avtal", "avgift"), ("15", "1,5"),
    ],
)  # fmt: skip
def test_not_found(typed: str, text: str) -> None:
    assert not found(text, typed)


def test_what_was_typed_is_told_apart() -> None:
    query = parse_query('hälsa "Om AVTALET" -norge -"två ord"')
    assert [term.word for term in query.terms] == ["halsa", "om", "avtalet"]
    assert [term.word for group in query.excluded for term in group] == ["norge"]
    assert (query.phrases, query.excluded_phrases) == ((("om", "avtalet"),), (("tva", "ord"),))


def test_twelve_words_are_read() -> None:
    assert len(parse_query(" ".join(f"ord{n}" for n in range(40))).terms) == 12
    assert len(parse_query('"' + " ".join(f"ord{n}" for n in range(40))).terms) == 12


@given(st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_a_word_is_found_by_its_forms_and_by_words_of_the_same_stem(one: str, other: str) -> None:
    a, b = fold(one), fold(other)
    same = a == b or (swedish_stem(a) == swedish_stem(b)) or (english_stem(a) == english_stem(b))
    if one.isalpha() and other.isalpha() and same:
        assert found(one, other)
        assert found(other, one)
