"""Where the facts rest in the text: pieces to mark, deciding words, and the surroundings of a passage. Nothing of HTML."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from handslag.kernel.passages import Passage
from handslag.reading.results import CommitmentFact, Item, LineFact, Reading

# One piece names no more facts than this: a text in which every passage covers every other stays linear to show.
MOST_FACTS_OF_A_PIECE = 200

# A passage as short as this, a name or an amount, says little without the words around it.
LONGEST_WITHOUT_SENSE = 40


class Mark(NamedTuple):
    """A stretch `[start, end)` of the text on which a fact rests; `cue` for its deciding words."""

    start: int
    end: int
    fact: str
    cue: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that no mark begins or ends inside of."""

    start: int
    end: int
    facts: tuple[str, ...]
    cue: bool


def marks_of(reading: Reading, facts: Iterable[Item]) -> list[Mark]:
    """All passages of the facts, and the deciding words of the commitments among them."""
    marks = []
    for fact in facts:
        marks += [Mark(place.start, place.end, fact.id) for place in fact.evidence if place.holds_in(reading.text)]
        if isinstance(fact, CommitmentFact) and (place := cue_passage(fact)) and place.holds_in(reading.text):
            found = locate_words(place.quote, fact.cue)
            marks += [Mark(place.start + start, place.start + end, fact.id, cue=True) for start, end in found]
    return marks


def cue_passage(fact: CommitmentFact) -> Passage | None:
    """The first of the passages in which the deciding words stand."""
    return next((place for place in fact.evidence if locate_words(place.quote, fact.cue)), None)


def pieces(marks: Iterable[Mark]) -> list[Piece]:
    """The marked parts of a text cut where a mark begins or ends, in text order, each with the facts that rest on it."""
    events = sorted(
        [(mark.start, 1, mark) for mark in marks] + [(mark.end, 0, mark) for mark in marks],
        key=lambda event: event[:2],
    )
    result: list[Piece] = []
    active: dict[str, int] = {}
    cues = 0
    last = 0
    for offset, begins, mark in events:
        if active and offset > last:
            result.append(Piece(last, offset, tuple(islice(active, MOST_FACTS_OF_A_PIECE)), cues > 0))
        last = offset
        step = 1 if begins else -1
        if mark.cue:
            cues += step
        active[mark.fact] = active.get(mark.fact, 0) + step
        if not active[mark.fact]:
            del active[mark.fact]
    return result


def locate_words(quote: str, words: str) -> list[tuple[int, int]]:
    """Where the deciding words stand in a quote: in one piece, else word by word in their order; [] where they do not.

    Soft hyphens, kinds of space and case do not count, nor do dots for what was left out ("ska … leverera").
    """
    parts = [part for part in re.split(r"\s*(?:…|\.\.\.|;|/)\s*", words.strip()) if part]
    found = _in_order(quote, parts)
    if not found:
        found = _in_order(quote, words.split())
    return found


def _in_order(quote: str, parts: list[str]) -> list[tuple[int, int]]:
    found = []
    begin = 0
    for part in parts:
        match = _pattern(part).search(quote, begin)
        if match is None:
            return []
        found.append(match.span())
        begin = match.end()
    return found


@lru_cache(maxsize=1024)
def _pattern(words: str) -> re.Pattern[str]:
    letters = []
    for letter in unicodedata.normalize("NFC", words):
        if letter.isspace():
            letters.append(r"[\s\u00ad]+")
        else:
            forms = {letter, unicodedata.normalize("NFD", letter)}
            letters.append("(?:" + "|".join(map(re.escape, sorted(forms))) + r")\u00ad?")
    return re.compile(r"(?<!\w)" + "".join(letters) + r"(?!\w)", re.IGNORECASE)


class Surroundings(NamedTuple):
    """A passage with a little of the line around it."""

    before: str
    quote: str
    after: str


def surroundings(text: str, passage: Passage, reach: int = 70) -> Surroundings:
    """A passage of a few words with up to `reach` characters of its line on both sides, whole words only; others alone."""
    if len(passage.quote) >= LONGEST_WITHOUT_SENSE:
        return Surroundings("", passage.quote, "")
    begin = max(0, passage.start - reach)
    before = text[begin : passage.start]
    after = text[passage.end : passage.end + reach]
    if "\n" in before:
        before = before.rpartition("\n")[2]
    elif begin:
        before = "…" + before.partition(" ")[2]
    if "\n" in after:
        after = after.partition("\n")[0]
    elif passage.end + reach < len(text):
        after = after.rpartition(" ")[0] + "…"
    return Surroundings(before.lstrip(), passage.quote, after.rstrip())


class LineIndex:
    """Finds the line of an offset."""

    def __init__(self, lines: Sequence[LineFact]) -> None:
        self._lines = lines
        self._starts = [line.start for line in lines]

    def numbers(self, fact: Item) -> list[int]:
        """The numbers of the lines on which the fact's passages begin: the deciding one's first, each once."""
        places = (bisect_right(self._starts, passage.start) - 1 for passage in fact.evidence)
        return list(dict.fromkeys(self._lines[place].line for place in places if place >= 0))
