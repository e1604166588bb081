"""What somebody typed into the search box, as a question that an index can answer. Whatever is typed is a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from handslag.language.search.index import tokens_of_form
from handslag.language.search.stems import english_stem, swedish_stem
from handslag.language.search.words import Word, words_of

MOST_WORDS: Final = 12
_LONGEST: Final = 1000
_QUOTES: Final = '"“”„‟«»″'
_PART: Final = re.compile(
    rf"(?<!\S)(-?)[{_QUOTES}]([^{_QUOTES}]*)(?:[{_QUOTES}]|\Z)|[{_QUOTES}]([^{_QUOTES}]*)(?:[{_QUOTES}]|\Z)"
)
_EXCLUDED: Final = re.compile(r"(?<!\S)-(?=[^\W_])(\S+)")


@dataclass(frozen=True, slots=True)
class Term:
    """One word that a row must have: any one of `alternatives` (tokens of the index) will do."""

    word: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A row is found when it has every term of `terms` and of no group in `excluded` every term.

    `phrases` and `excluded_phrases` are folded words that must stand, or must not stand, side by side: the index knows
    only that all words are there, so what it finds is to be asked `holds_phrases` with the text itself.
    Without `terms` nothing is found: leaving out is no question.
    """

    terms: tuple[Term, ...] = ()
    excluded: tuple[tuple[Term, ...], ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded_phrases: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.terms

    @property
    def needs_text(self) -> bool:
        """Whether the index alone cannot answer: a phrase of two words or more is asked for or excluded."""
        return bool(self.excluded_phrases) or any(len(phrase) > 1 for phrase in self.phrases)

    @property
    def loose(self) -> tuple[Term, ...]:
        """The terms that are not words of a phrase."""
        in_phrases = {exact_term(word) for phrase in self.phrases for word in phrase}
        return tuple(term for term in self.terms if term not in in_phrases)


def exact_term(folded: str) -> Term:
    """The term for this word in this form only."""
    return Term(folded, ("w" + folded,))


def _alternatives(folded: str) -> tuple[str, ...]:
    """All tokens by which the word is found: its own, and each stem as a stem and as a word that is its own stem."""
    if not folded.isalpha():
        return tokens_of_form(folded)
    swedish, english = swedish_stem(folded), english_stem(folded)
    stems = ("s" + swedish, "w" + swedish, "e" + english, "w" + english)
    return tuple(dict.fromkeys((*tokens_of_form(folded), *stems)))


def _terms(word: Word) -> tuple[Term, ...]:
    """The terms for a word: (covid19 or covid) and (covid19 or 19), which is covid19, or covid and 19."""
    whole = _alternatives(word.joined)
    if word.is_number or len(word.pieces) == 1:
        return (Term(word.joined, whole),)
    return tuple(
        Term(piece.folded, tuple(dict.fromkeys((*whole, *_alternatives(piece.folded))))) for piece in word.pieces
    )


class _Reading:
    """A query as far as it is read; words beyond `MOST_WORDS` are left out."""

    def __init__(self) -> None:
        self.room = MOST_WORDS
        self.terms: dict[Term, None] = {}
        self.excluded: dict[tuple[Term, ...], None] = {}
        self.phrases: dict[tuple[str, ...], None] = {}
        self.excluded_phrases: dict[tuple[str, ...], None] = {}

    def take_words(self, text: str, excluded: bool) -> None:
        for word in words_of(text):
            terms = _terms(word)
            if len(terms) > self.room:
                self.room = 0
                return
            self.room -= len(terms)
            if excluded:
                self.excluded[terms] = None
            else:
                self.terms.update(dict.fromkeys(terms))

    def take_phrase(self, text: str, excluded: bool) -> None:
        phrase = tuple(piece.folded for word in words_of(text) for piece in word.pieces)[: self.room]
        self.room -= len(phrase)
        if not phrase:
            return
        if not excluded:
            self.phrases[phrase] = None
            self.terms.update(dict.fromkeys(map(exact_term, phrase)))
        elif len(phrase) == 1:
            self.excluded[exact_term(phrase[0]),] = None
        else:
            self.excluded_phrases[phrase] = None

    def take_plain(self, text: str) -> None:
        """Text outside quotation marks: words, and words with a hyphen before them."""
        at = 0
        for match in _EXCLUDED.finditer(text):
            self.take_words(text[at : match.start()], excluded=False)
            self.take_words(match.group(1), excluded=True)
            at = match.end()
        self.take_words(text[at:], excluded=False)


def parse_query(text: str) -> Query:
    """The question in what was typed: words, "quoted phrases", -excluded words and phrases; nothing is an error.

    Read are the first 1000 characters and the first twelve words, the pieces of a word counted each; a quotation mark that
    nothing closes reaches to the end.
    """
    text = text[:_LONGEST]
    reading = _Reading()
    at = 0
    for match in _PART.finditer(text):
        reading.take_plain(text[at : match.start()])
        minus, quoted, elsewhere = match.groups()
        reading.take_phrase(elsewhere if quoted is None else quoted, excluded=minus == "-")
        at = match.end()
    reading.take_plain(text[at:])
    return Query(tuple(reading.terms), tuple(reading.excluded), tuple(reading.phrases), tuple(reading.excluded_phrases))


def holds_phrases(text: str, query: Query) -> bool:
    """Whether the text has all phrases of the query and none that it excludes."""
    if not query.needs_text:
        return True
    # A space before and behind every word: then a phrase is a part of the string.
    words = f" {' '.join(piece.folded for word in words_of(text) for piece in word.pieces)} "
    return all(f" {' '.join(phrase)} " in words for phrase in query.phrases) and not any(
        f" {' '.join(phrase)} " in words for phrase in query.excluded_phrases
    )
