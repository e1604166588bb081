"""Deciding words: the phrase that shows how firm a saying is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.language.cues import FIRMNESS
from handslag.language.deciding import Deciding, deciding_words
from handslag.language.tokens import tokens_of
from handslag.vocabulary.load import vocabulary

PHRASES = [
    (firmness, phrase)
    for firmness, languages in vocabulary("deciding").items()
    for phrases in languages.values()
    for phrase in phrases
]


def decided(sentence: str) -> list[tuple[str, str]]:
    words = [token.form.lower() for token in tokens_of(sentence)]
    return [(" ".join(words[item.first : item.last]), item.firmness) for item in deciding_words(words)]


@pytest.mark.parametrize(
    ("sentence", "phrase", "firmness"),
    [
        ("Samarbetet kan omfatta gemensam upphandling.", "kan omfatta", "possible"),
        ("The cooperation may also include joint procurement.", "may also include", "possible"),
        ("Regionen har beslutat att avsätta medel.", "har beslutat att", "agreed"),
        ("The board has decided to set money aside.", "has decided to", "agreed"),
        ("Bolaget lovar att svara.", "lovar att", "promised"),
        ("We will answer.", "we will", "promised"),
        ("Vinnova får i uppdrag att redovisa.", "får i uppdrag att", "assigned"),
        ("The agency has been tasked with reporting.", "has been tasked with", "assigned"),
        ("Målet är att starta i maj.", "målet är att", "aim"),
        ("The goal is to start in May.", "the goal is to", "aim"),
        ("Bygget pågår.", "pågår", "underway"),
        ("Bolaget har redan levererat.", "har redan", "done"),
        ("The plant was opened in May.", "was opened", "done"),
        ("Vi planerar att bygga.", "planerar att", "planned"),
    ],
)
def test_the_longest_phrase_decides(sentence: str, phrase: str, firmness: str) -> None:
    assert (phrase, firmness) in decided(sentence)


def test_a_curly_apostrophe_is_an_apostrophe() -> None:
    assert decided("We’ll answer") == [("we’ll", "promised")]


def test_words_that_decide_nothing_give_nothing() -> None:
    assert deciding_words("stiftelsen ligger i almvik".split()) == []
    assert deciding_words([]) == []


def test_the_vocabulary_knows_every_firmness_and_no_other() -> None:
    assert tuple(vocabulary("deciding")) == FIRMNESS


def test_no_phrase_shows_two_firmnesses() -> None:
    seen: dict[str, str] = {}
    for firmness, phrase in PHRASES:
        assert seen.setdefault(phrase, firmness) == firmness, f"{phrase!r} is both {seen[phrase]} and {firmness}"


def test_every_phrase_is_found_where_it_is_printed_with_its_firmness() -> None:
    lost = []
    for firmness, phrase in PHRASES:
        words = [token.form.lower() for token in tokens_of(phrase)]
        if deciding_words(words) != [Deciding(0, len(words), firmness)]:
            lost.append((phrase, firmness))
    assert lost == []


@given(st.lists(st.sampled_from([word for _, phrase in PHRASES for word in phrase.split()])))
def test_what_decides_stands_in_order_within_the_words_and_without_overlap(words: list[str]) -> None:
    end = 0
    for item in deciding_words(words):
        assert end <= item.first < item.last <= len(words)
        end = item.last
