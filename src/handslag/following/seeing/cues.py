"""Cues: the phrases by which a sentence says that something was done, has begun, is delayed, was cancelled, or failed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from handslag.vocabulary.load import vocabulary


class Cue(NamedTuple):
    """Words `[first, last)` of a sentence, and the class that they show."""

    first: int
    last: int
    name: str


# First word (of one with any ending "*" after three letters), and the second after a space where it is a whole word → phrases
# with their class.
Phrases = dict[str, list[tuple[tuple[str, ...], str]]]


def phrases_by_start(classes: Mapping[str, Iterable[str]]) -> Phrases:
    """The phrases of each class, to be looked up by how they begin."""
    found: Phrases = {}
    for name, phrases in classes.items():
        for phrase in phrases:
            words = tuple(str(phrase).split())
            key = words[0][:3] + "*" if words[0].endswith("*") else words[0]
            if len(words) > 1 and not words[1].endswith("*"):
                key += " " + words[1]
            found.setdefault(key, []).append((words, str(name)))
    return found


@cache
def _phrases(language: str) -> Phrases:
    classes = vocabulary("outcome_words")["classes"]
    return phrases_by_start({name: languages[language] for name, languages in classes.items()})


def find_cues(words: Sequence[str], language: str) -> list[Cue]:
    """All cues among the lower-case `words` of a sentence; of those of one class that overlap, the longest."""
    return cues_among(words, _phrases("en" if language == "en" else "sv"))


def cues_among(words: Sequence[str], phrases: Phrases) -> list[Cue]:
    """Where the phrases stand among the words; of those of one class that overlap, the longest."""
    words = [word.replace("’", "'") for word in words]
    found: list[Cue] = []
    for i, (word, after) in enumerate(zip(words, [*words[1:], ""], strict=True)):
        begun = word[:3] + "*"
        for key in (word, begun, f"{word} {after}", f"{begun} {after}"):
            for phrase, name in phrases.get(key, ()):
                if _stands(phrase, words, i):
                    found.append(Cue(i, i + len(phrase), name))
    found.sort(key=lambda cue: (cue.name, cue.first - cue.last, cue.first))
    kept: list[Cue] = []
    for cue in found:
        if not any(k.name == cue.name and k.first < cue.last and cue.first < k.last for k in kept):
            kept.append(cue)
    return sorted(kept)


def _stands(phrase: tuple[str, ...], words: Sequence[str], at: int) -> bool:
    if at + len(phrase) > len(words):
        return False
    for wanted, word in zip(phrase, words[at : at + len(phrase)], strict=True):
        if not (word.startswith(wanted[:-1]) if wanted[-1] == "*" else word == wanted):
            return False
    return True
