"""The piece of a text that answers a question, ready to be shown: runs of words, some of them marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handslag.language.search import Query, highlight, snippet

WIDTH = 260
# A long text is looked through from window to window: where no word begins as one that was asked for, there is no answer.
_BEFORE, _WINDOW, _MOST_WINDOWS = 600, 3000, 25
_FOLDED = {"a": "aåäáàâãæ", "o": "oöøóòôõœ", "e": "eéèêë", "u": "uüúùû", "i": "iíìîï", "c": "cç", "n": "nñ", "y": "yýÿ", "s": "sšß"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a text; `marked` where they answer the question."""

    text: str
    marked: bool = False


def marked_runs(text: str, query: Query) -> list[Run]:
    """All of the text."""
    return _runs(text, 0, len(text), highlight(text, query))


def nearest_runs(text: str, query: Query, width: int = WIDTH) -> list[Run]:
    """The piece of the text that answers best, with … where it is cut; the beginning, where nothing answers."""
    offset, window = _window(text, query)
    found = snippet(window, query, width)
    start, end = offset + found.start, offset + found.end
    runs = _runs(text, start, end, [(offset + a, offset + b) for a, b in found.marks])
    before, after = [Run("… ")] if start > 0 else [], [Run(" …")] if end < len(text) else []
    return [*before, *runs, *after]


def _window(text: str, query: Query) -> tuple[int, str]:
    if len(text) <= _WINDOW:
        return 0, text
    begins = {token[1:4] for term in query.terms for token in term.alternatives}
    pattern = re.compile("|".join(rf"\b{_spelt(begin)}" for begin in sorted(begins)), re.IGNORECASE)
    at = 0
    for _ in range(_MOST_WINDOWS):
        match = pattern.search(text, at) if begins else None
        if match is None:
            break
        start = max(0, match.start() - _BEFORE)
        window = text[start : start + _WINDOW]
        if highlight(window, query):
            return start, window
        at = start + _WINDOW
    return 0, text[:_WINDOW]


def _spelt(begin: str) -> str:
    return "".join(f"[{_FOLDED[letter]}]" if letter in _FOLDED else re.escape(letter) for letter in begin)


def _runs(text: str, start: int, end: int, marks: object) -> list[Run]:
    runs: list[Run] = []
    at = start
    for a, b in marks:
        if a > at:
            runs.append(Run(text[at:a]))
        runs.append(Run(text[a:b], marked=True))
        at = b
    if at < end:
        runs.append(Run(text[at:end]))
    return runs
