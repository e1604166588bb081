"""Wordings that tell of a happening: which of the vocabulary's patterns a run of words holds.

A pattern is a word ("varsl*" begins so, "+avtal" ends so, "+avtal*" holds it) or several; ".." leaves out up to four words.
A kind's patterns come in three strengths: 2 tells the happening by itself, 1 may tell it, 0 is what it is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

from handslag.vocabulary.load import vocabulary

KINDS: Final = (
    "ceo_change", "appointment", "departure", "layoff", "funding", "grant", "listing", "approval", "rejection", "recommendation",
    "trial_start", "trial_result", "trial_hold", "agreement", "agreement_ended", "acquisition", "facility", "closure", "delivery",
    "launch", "financial_report", "policy", "price", "consultation",
)  # fmt: skip
# Helpers that change what the words beside them say.
TURNING: Final = frozenset(("denied", "unreal", "coming", "earlier", "opinion"))
# What is done to that which a kind is about: "höjer" and "avgiften" tell of a price.
ACTIONS: Final[dict[str, tuple[str, ...]]] = {
    "ceo_change": ("become", "end"), "appointment": ("become",), "departure": ("end",), "layoff": ("lower", "end"),
    "funding": ("give", "get"), "grant": ("give", "get"), "listing": ("begin", "move"), "approval": ("get", "give", "decide"),
    "rejection": ("denied", "end"), "recommendation": ("give", "decide"), "trial_start": ("begin",),
    "trial_result": ("announce",), "trial_hold": ("stop", "end"), "agreement": ("sign",), "agreement_ended": ("end",),
    "acquisition": ("buy",), "facility": ("begin", "build", "move"), "closure": ("end",), "delivery": ("deliver",),
    "launch": ("begin",), "financial_report": ("announce", "raise", "lower"), "policy": ("decide",),
    "price": ("raise", "lower"), "consultation": ("begin", "give"),
}  # fmt: skip
_PLACED = TURNING.union(("speech",), *ACTIONS.values())
_MOST_LEFT_OUT = 4


class Hit(NamedTuple):
    """A kind's pattern found among words `[first, last)`."""

    kind: str
    strength: int
    pattern: str
    first: int
    last: int


class Wordings(NamedTuple):
    """What a run of words holds: patterns of kinds, helpers, and the places of the helpers that act or turn."""

    hits: list[Hit]
    helpers: dict[str, None]
    placed: list[tuple[int, str]]


class _Meaning(NamedTuple):
    """A class of the vocabulary: a kind with its strength, or a helper with an empty kind."""

    kind: str
    strength: int
    helper: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A pattern of several words: the number of each word's form, -1 for "..", and what it means."""

    text: str
    forms: tuple[int, ...]
    meanings: tuple[_Meaning, ...]


def _meaning(name: str) -> _Meaning:
    kind = name.rstrip("!")
    return _Meaning(kind, len(name) - len(kind), "") if kind in KINDS else _Meaning("", 0, name)


class _Lexicon:
    """The patterns of the vocabulary, reached from the words that can begin them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.meanings: dict[int, list[_Meaning]] = {}
        self.phrases: dict[int, list[_Phrase]] = {}
        phrases: dict[str, list[_Meaning]] = {}
        for name, patterns in vocabulary("signal_words").items():
            for pattern in patterns:
                if " " in pattern:
                    phrases.setdefault(pattern, []).append(_meaning(name))
                else:
                    self.meanings.setdefault(self._number(pattern), []).append(_meaning(name))
        for text, meanings in phrases.items():
            forms = tuple(-1 if word == ".." else self._number(word) for word in text.split())
            self.phrases.setdefault(forms[0], []).append(_Phrase(text, forms, tuple(meanings)))
        self.form = {number: form for form, number in self._numbers.items()}
        self._exact: dict[str, int] = {}
        self._beginnings: dict[str, int] = {}
        self._endings: dict[str, int] = {}
        self._inner: list[tuple[str, int]] = []
        for form, number in self._numbers.items():
            if form.startswith("+") and form.endswith("*"):
                self._inner.append((form[1:-1], number))
            elif form.startswith("+"):
                self._endings[form[1:]] = number
            elif form.endswith("*") and len(form) > 1:
                self._beginnings[form[:-1]] = number
            else:
                self._exact[form] = number
        self._sizes = sorted({len(beginning) for beginning in self._beginnings})
        self._tails = sorted({len(ending) for ending in self._endings})

    def _number(self, form: str) -> int:
        return self._numbers.setdefault(form, len(self._numbers))

    def forms_of(self, word: str) -> list[int]:
        """The numbers of the forms that a lower-case word has."""
        found = [self._exact[word]] if word in self._exact else []
        length = len(word)
        for size in self._sizes:
            if size > length:
                break
            number = self._beginnings.get(word[:size])
            if number is not None:
                found.append(number)
        for size in self._tails:
            if size > length:
                break
            number = self._endings.get(word[-size:])
            if number is not None:
                found.append(number)
        if length > 5:
            found += [number for part, number in self._inner if part in word]
        return found


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon()


class _Word(NamedTuple):
    """What the lexicon knows of a word.

    `direct` and `gapped` hold the phrases that begin with it, by the form of their second word: the one that follows at
    once, or after words left out.
    """

    forms: frozenset[int]
    singles: tuple[tuple[str, int, str], ...]
    helpers: tuple[str, ...]
    placed: tuple[str, ...]
    direct: dict[int, list[_Phrase]]
    gapped: dict[int, list[_Phrase]]


@lru_cache(maxsize=50_000)
def _word(word: str) -> _Word | None:
    """What the lexicon knows of a lower-case word; None for the many words of which it knows nothing."""
    lexicon = _lexicon()
    forms = lexicon.forms_of(word)
    if not forms:
        return None
    meanings = [(meaning, lexicon.form[number]) for number in forms for meaning in lexicon.meanings.get(number, ())]
    direct: dict[int, list[_Phrase]] = {}
    gapped: dict[int, list[_Phrase]] = {}
    for phrase in (phrase for number in forms for phrase in lexicon.phrases.get(number, ())):
        if phrase.forms[1] < 0:
            gapped.setdefault(phrase.forms[2], []).append(phrase)
        else:
            direct.setdefault(phrase.forms[1], []).append(phrase)
    helpers = tuple(dict.fromkeys(meaning.helper for meaning, _ in meanings if meaning.helper))
    return _Word(
        frozenset(forms),
        tuple((meaning.kind, meaning.strength, form) for meaning, form in meanings if meaning.kind),
        helpers,
        tuple(helper for helper in helpers if helper in _PLACED),
        direct,
        gapped,
    )


def wordings_of(words: Sequence[str]) -> Wordings:
    """The patterns that stand in the lower-case `words`."""
    known = list(map(_word, words))
    hits: list[Hit] = []
    # a dictionary, not a set: its order is the same in every run
    helpers: dict[str, None] = {}
    placed: list[tuple[int, str]] = []
    following = known[1:] + [None]
    for i, word in enumerate(known):
        if word is None:
            continue
        for name in word.helpers:
            helpers[name] = None
        placed += [(i, name) for name in word.placed]
        for kind, strength, form in word.singles:
            hits.append(Hit(kind, strength, form, i, i + 1))
        after = following[i]
        starts = after is not None and not after.forms.isdisjoint(word.direct)
        if not starts and not word.gapped:
            continue
        for phrase, last in _phrases_at(known, i, word):
            for meaning in phrase.meanings:
                if meaning.kind:
                    hits.append(Hit(meaning.kind, meaning.strength, phrase.text, i, last))
                else:
                    helpers[meaning.helper] = None
                    if meaning.helper in _PLACED:
                        placed.append((i, meaning.helper))
    return Wordings(hits, helpers, placed)


def _phrases_at(known: Sequence[_Word | None], i: int, word: _Word) -> list[tuple[_Phrase, int]]:
    """The phrases that begin with word `i`, each with its end."""
    found: list[tuple[_Phrase, int]] = []
    seen: set[int] = set()
    for j in range(i + 1, min(len(known), i + 2 + (_MOST_LEFT_OUT if word.gapped else 0))):
        second = known[j]
        if second is None:
            continue
        if j == i + 1:
            for form in second.forms & word.direct.keys():
                found += _ended(known, word.direct[form], j + 1, 2)
        for form in second.forms & word.gapped.keys() - seen:
            seen.add(form)
            found += _ended(known, word.gapped[form], j + 1, 3)
    return found


def _ended(known: Sequence[_Word | None], phrases: Sequence[_Phrase], i: int, found: int) -> list[tuple[_Phrase, int]]:
    """Those of the phrases whose forms from number `found` on stand from word `i` on, each with its end."""
    ends = [(phrase, _end(known, i, phrase.forms[found:])) for phrase in phrases]
    return [(phrase, end) for phrase, end in ends if end]


def _end(known: Sequence[_Word | None], i: int, forms: Sequence[int]) -> int:
    """The end of the forms if they stand from word `i` on, or 0 if they do not."""
    left_out = 0
    for form in forms:
        if form < 0:
            left_out = _MOST_LEFT_OUT
            continue
        stop = min(len(known), i + left_out + 1)
        while i < stop:
            word = known[i]
            if word is not None and form in word.forms:
                break
            i += 1
        else:
            return 0
        i += 1
        left_out = 0
    return i
