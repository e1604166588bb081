"""Deciding words: the phrases that show how firm a saying is, found in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from handslag.vocabulary.load import vocabulary


class Deciding(NamedTuple):
    """Words `[first, last)` of a sentence and the firmness that they show."""

    first: int
    last: int
    firmness: str


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word → its phrases with their firmness, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for firmness, languages in vocabulary("deciding").items():
        for phrases in languages.values():
            for phrase in phrases:
                words = tuple(str(phrase).split())
                found.setdefault(words[0], []).append((words, firmness))
    for phrases in found.values():
        phrases.sort(key=lambda item: -len(item[0]))
    return found


def deciding_words(words: Sequence[str]) -> list[Deciding]:
    """The deciding phrases among the lower-case `words` of a sentence, the longest at each place, without overlap."""
    phrases = _phrases()
    words = [word.replace("’", "'") for word in words]
    found: list[Deciding] = []
    i = 0
    while i < len(words):
        for phrase, firmness in phrases.get(words[i], ()):
            if len(phrase) == 1 or tuple(words[i : i + len(phrase)]) == phrase:
                found.append(Deciding(i, i + len(phrase), firmness))
                i += len(phrase) - 1
                break
        i += 1
    return found
