"""Wordings that tell of a happening: which of the vocabulary's patterns a run of words holds.

A pattern is a word ("varsl*" begins so, "+avtal" ends so, "+avtal*" holds it) or several; ".." leaves out up to four words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from handslag.vocabulary.load import vocabulary

_MOST_LEFT_OUT = 4


class Hit(NamedTuple):
    """A pattern found: its class in the vocabulary, the pattern, and its place among the words."""

    name: str
    pattern: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A pattern of several words: the number of each word's form, -1 for "..", and the classes it speaks for."""

    text: str
    forms: tuple[int, ...]
    names: tuple[str, ...]


class _Lexicon:
    """The patterns of the vocabulary, reached from the words that can begin them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.names: dict[int, list[str]] = {}
        self.forms: dict[int, str] = {}
        self.phrases: dict[int, list[_Pattern]] = {}
        phrases: dict[str, list[str]] = {}
        for name, patterns in vocabulary("signal_words").items():
            for pattern in patterns:
                if " " in pattern:
                    phrases.setdefault(pattern, []).append(name)
                else:
                    self.names.setdefault(self._number(pattern), []).append(name)
        for text, names in phrases.items():
            forms = tuple(-1 if word == ".." else self._number(word) for word in text.split())
            self.phrases.setdefault(forms[0], []).append(_Pattern(text, forms, tuple(names)))
        self._exact: dict[str, list[int]] = {}
        self._beginnings: dict[str, list[int]] = {}
        self._endings: dict[str, list[int]] = {}
        self._inner: list[tuple[str, int]] = []
        for form, number in self._numbers.items():
            self.forms[number] = form
            if form.startswith("+") and form.endswith("*"):
                self._inner.append((form[1:-1], number))
            elif form.startswith("+"):
                self._endings.setdefault(form[1:], []).append(number)
            elif form.endswith("*") and len(form) > 1:
                self._beginnings.setdefault(form[:-1], []).append(number)
            else:
                self._exact.setdefault(form, []).append(number)
        self._sizes = sorted({len(beginning) for beginning in self._beginnings})
        self._tails = sorted({len(ending) for ending in self._endings})

    def _number(self, form: str) -> int:
        return self._numbers.setdefault(form, len(self._numbers))

    def forms_of(self, word: str) -> tuple[int, ...]:
        """The numbers of the forms that a lower-case word has."""
        found = list(self._exact.get(word, ()))
        length = len(word)
        for size in self._sizes:
            if size > length:
                break
            found += self._beginnings.get(word[:size], ())
        for size in self._tails:
            if size > length:
                break
            found += self._endings.get(word[-size:], ())
        if length > 4:
            found += [number for part, number in self._inner if part in word]
        return tuple(found)


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon()


class _Word(NamedTuple):
    forms: frozenset[int]
    singles: tuple[tuple[str, str], ...]
    phrases: tuple[_Pattern, ...]


_NOTHING = _Word(frozenset(), (), ())


@lru_cache(maxsize=50_000)
def _word(word: str) -> _Word:
    """What the lexicon knows of a lower-case word."""
    lexicon = _lexicon()
    forms = lexicon.forms_of(word)
    if not forms:
        return _NOTHING
    singles = tuple((name, lexicon.forms[number]) for number in forms for name in lexicon.names.get(number, ()))
    phrases = tuple(pattern for number in forms for pattern in lexicon.phrases.get(number, ()))
    return _Word(frozenset(forms), singles, phrases)


def hits_in(words: Sequence[str]) -> list[Hit]:
    """The patterns that stand in the lower-case `words`, by their first word."""
    known = [_word(word) for word in words]
    found: list[Hit] = []
    for i, word in enumerate(known):
        if word is _NOTHING:
            continue
        for name, form in word.singles:
            found.append(Hit(name, form, i, i + 1))
        for pattern in word.phrases:
            last = _end(known, i, pattern.forms)
            if last:
                found += [Hit(name, pattern.text, i, last) for name in pattern.names]
    return found


def _end(known: Sequence[_Word], first: int, forms: Sequence[int]) -> int:
    """The end of the pattern that begins at `first`, or 0 if it does not stand there."""
    i, left_out = first, 0
    for form in forms:
        if form < 0:
            left_out = _MOST_LEFT_OUT
            continue
        stop = min(len(known), i + left_out + 1)
        while i < stop and form not in known[i].forms:
            i += 1
        if i >= stop:
            return 0
        i += 1
        left_out = 0
    return i
