"""Cue words: which classes a sentence's words speak for, in both languages."""

import pytest

from handslag.language.cues import FIRMNESS, NOT_FIRM, cue_classes
from handslag.language.tokens import tokens_of
from handslag.vocabulary.load import vocabulary


def classes(sentence: str) -> dict[str, tuple[str, ...]]:
    words = [token.form.lower() for token in tokens_of(sentence)]
    return {word: found for word, found in zip(words, cue_classes(words), strict=True) if found}


@pytest.mark.parametrize(
    ("sentence", "word", "name"),
    [
        ("Samarbetet kan omfatta hälsodata", "kan", "possible"),
        ("The cooperation may include health data", "may", "possible"),
        ("Vi hoppas på ett avtal", "hoppas", "hope"),
        ("We hope for an agreement", "hope", "hope"),
        ("Staten bör betala", "bör", "recommendation"),
        ("The state should pay", "should", "recommendation"),
        ("Vi skriver inte på", "inte", "refusal"),
        ("We did not sign", "not", "refusal"),
        ("Under förutsättning att alla är med", "förutsättning", "condition"),
        ("Provided all agree", "provided", "condition"),
        ("Målet är tio bolag", "målet", "aim"),
        ("Studien pågår", "pågår", "underway"),
    ],
)
def test_a_cue_word_has_its_class(sentence: str, word: str, name: str) -> None:
    assert name in classes(sentence)[word]


def test_a_cue_of_several_words_marks_each_of_them_and_only_together() -> None:
    assert "possible" in classes("Det utesluter inte någon")["utesluter"]
    assert "utesluter" not in classes("Det utesluter någon")


def test_a_curly_apostrophe_is_an_apostrophe() -> None:
    assert cue_classes(["we", "can’t"]) == cue_classes(["we", "can't"]) != [(), ()]


def test_no_words_have_no_cues() -> None:
    assert cue_classes([]) == []
    assert cue_classes(["testbädd"]) == [()]


def test_every_class_of_the_vocabulary_is_a_firmness_or_none() -> None:
    assert set(vocabulary("cues")) == {*FIRMNESS, *NOT_FIRM}


@pytest.mark.parametrize("name", [*FIRMNESS, *NOT_FIRM])
def test_every_cue_of_the_vocabulary_is_found_where_it_is_printed(name: str) -> None:
    for phrases in vocabulary("cues")[name].values():
        for phrase in phrases:
            words = [token.form.lower() for token in tokens_of(f"Så {phrase} här")]
            assert all(name in found for found in cue_classes(words)[1:-1]), phrase
