"""Counted nouns that stand before the number: in a row's label, after "antal", "number of", before a colon."""

from __future__ import annotations

import re
from functools import cache

from handslag.language.base_forms import plain
from handslag.reading.facts.figures.candidates import Candidate, Scene
from handslag.vocabulary.load import vocabulary

_BRACKETS = re.compile(r"\s*\([^)]*\)?")
_FAR = 12


@cache
def figure_words(name: str) -> frozenset[str]:
    """The words of the list `name` in figures.yaml, of both languages together, in lower case."""
    lists = vocabulary("figures")[name]
    if isinstance(lists, dict):
        return frozenset(str(word) for words in lists.values() for word in words)
    return frozenset(str(word) for word in lists)


def label_noun(label: str) -> str:
    """What a row counts, by its label: "Antal hyresgäster" is "hyresgäster", "Employees, average" is "Employees"."""
    words = plain(_BRACKETS.sub("", label).split(":")[0].lstrip("•*-–·●▪ ")).split(",")[0].split()
    if len(words) > 1 and words[0].lower() in figure_words("numbers of"):
        words = words[2:] if words[1].lower() == "of" and len(words) > 2 else words[1:]
    for k, word in enumerate(words):
        if k and word.lower() in figure_words("ends of labels"):
            words = words[:k]
            break
    return " ".join(words) if len(words) <= 6 else ""


def noun_before(scene: Scene, candidate: Candidate) -> tuple[int, int] | None:
    """The tokens of a counted noun before the number: after "antalet", "number of", or alone before a colon."""
    lower, first = scene.lower, candidate.sentence.first
    ends = figure_words("ends of nouns")
    for i in range(candidate.first - 1, max(first, candidate.first - _FAR) - 1, -1):
        if lower[i] in figure_words("numbers of"):
            start = i + 1
            if start < candidate.first and lower[start] in ("of", "av"):
                start += 1
            end = start
            while end < candidate.first and end - start < 4 and lower[end] not in ends and lower[end][:1].isalpha():
                end += 1
            return (start, end) if end > start else None
    if candidate.first - first in (2, 3, 4) and lower[candidate.first - 1] == ":":
        return first, candidate.first - 1
    if candidate.first == first and candidate.sentence.number:
        above = scene.page.sentences[candidate.sentence.number - 1]
        if above.last - above.first <= 4 and lower[above.last - 1] == ":" and scene.forms[above.first][0].isalpha():
            return above.first, above.last - 1
    return None
