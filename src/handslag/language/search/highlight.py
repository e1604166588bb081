"""Where a text answers a query, and the piece of it that shows this best."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from handslag.language.search.index import tokens_of_form, tokens_of_word
from handslag.language.search.query import Query
from handslag.language.search.words import Piece, spans_of, taken_apart

_FURTHEST = 24  # letters that are looked through for the border of a word


class _Mark(NamedTuple):
    start: int
    end: int
    answers: frozenset[str]  # the words of the query that it answers


@dataclass(frozen=True, slots=True)
class Snippet:
    """`text[start:end]`, with the places to be marked; `marks` are offsets in the text, not in the snippet."""

    start: int
    end: int
    marks: tuple[tuple[int, int], ...]


def highlight(text: str, query: Query) -> tuple[tuple[int, int], ...]:
    """The places in the text that answer the query, as (start, end) in code points, in order, none within another.

    Words by their form or stem; the words of a phrase only where they stand side by side. Excluded words are not marked.
    """
    return tuple((mark.start, mark.end) for mark in _marks(text, query))


def snippet(text: str, query: Query, width: int = 240) -> Snippet:
    """The window of at most `width` code points that answers most words of the query, then has most marks, then comes first.

    It begins and ends between words where it can. A text without an answer gives its beginning.
    """
    marks = _marks(text, query)
    first, last = _best_run(marks, width)
    run = marks[first:last]
    start = run[0].start if run else 0
    end = min(run[-1].end, start + width) if run else 0
    # What is left of the width is shared: a third goes before the first mark.
    start = max(0, start - (width - (end - start)) // 3)
    end = min(len(text), start + width)
    start = max(0, min(start, end - width))
    inner_start, inner_end = (run[0].start, min(run[-1].end, end)) if run else (end, start)
    start = _start_of_word(text, start, inner_start)
    end = _end_of_word(text, end, inner_end)
    shown = tuple((mark.start, min(mark.end, end)) for mark in marks if start <= mark.start < end)
    return Snippet(start, end, shown)


def _marks(text: str, query: Query) -> list[_Mark]:
    asked: dict[str, set[str]] = {}
    for term in query.loose:
        for token in term.alternatives:
            asked.setdefault(token, set()).add(term.word)
    # The words of phrases are only looked at side by side where there are phrases.
    phrases = [list(phrase) for phrase in query.phrases]
    found: list[_Mark] = []
    pieces: list[Piece] = []
    for match in spans_of(text):
        if not phrases and asked.keys().isdisjoint(tokens_of_word(match.group(1))):
            continue
        word = taken_apart(match.group(1), match.start(1))
        if word is None:
            continue
        pieces += word.pieces if phrases else ()
        whole = _answers(asked, word.joined)
        if whole:
            found.append(_Mark(word.start, word.end, whole))
        else:
            found += [_Mark(p.start, p.end, answers) for p in word.pieces if (answers := _answers(asked, p.folded))]
    for phrase in phrases:
        for at, piece in enumerate(pieces):
            if piece.folded == phrase[0] and [p.folded for p in pieces[at : at + len(phrase)]] == phrase:
                found.append(_Mark(piece.start, pieces[at + len(phrase) - 1].end, frozenset(phrase)))
    return _without_overlaps(found)


def _answers(asked: dict[str, set[str]], folded: str) -> frozenset[str]:
    return frozenset().union(*(asked.get(token, ()) for token in tokens_of_form(folded)))


def _without_overlaps(found: list[_Mark]) -> list[_Mark]:
    marks: list[_Mark] = []
    for mark in sorted(found, key=lambda mark: (mark.start, mark.end)):
        if marks and mark.start < marks[-1].end:
            last = marks.pop()
            marks.append(_Mark(last.start, max(last.end, mark.end), last.answers | mark.answers))
        else:
            marks.append(mark)
    return marks


def _best_run(marks: list[_Mark], width: int) -> tuple[int, int]:
    """The marks `first:last` that lie within the width and answer most."""
    best, best_run = (0, 0), (0, 0)
    held: Counter[str] = Counter()
    last = 0
    for first, mark in enumerate(marks):
        while last < len(marks) and (last == first or marks[last].end - mark.start <= width):
            held.update(marks[last].answers)
            last += 1
        worth = (sum(1 for times in held.values() if times), last - first)
        if worth > best:
            best, best_run = worth, (first, last)
        held.subtract(mark.answers)
    return best_run


def _start_of_word(text: str, start: int, latest: int) -> int:
    """The next beginning of a word at or behind `start`, if one is near and not behind `latest`."""
    for at in range(start, min(latest, start + _FURTHEST) + 1):
        if at == 0 or (at < len(text) and text[at - 1].isspace() and not text[at].isspace()):
            return at
    return start


def _end_of_word(text: str, end: int, earliest: int) -> int:
    """The last end of a word at or before `end`, if one is near and not before `earliest`."""
    for at in range(end, max(earliest, end - _FURTHEST, 1) - 1, -1):
        if at == len(text) or (text[at].isspace() and not text[at - 1].isspace()):
            return at
    return end
