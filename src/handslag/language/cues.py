"""Cue words: what decides how firm a saying is, found in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from handslag.vocabulary.load import vocabulary

FIRMNESS = ("done", "underway", "agreed", "promised", "assigned", "planned", "aim", "possible")
NOT_FIRM = ("hope", "recommendation", "refusal", "condition")


@cache
def _phrases() -> dict[str, dict[tuple[str, ...], tuple[str, ...]]]:
    """First word → {whole phrase: its classes}."""
    found: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for name, languages in vocabulary("cues").items():
        for phrases in languages.values():
            for phrase in phrases:
                words = tuple(str(phrase).split())
                classes = found.setdefault(words[0], {}).setdefault(words, [])
                if name not in classes:
                    classes.append(name)
    return {first: {words: tuple(names) for words, names in rest.items()} for first, rest in found.items()}


def cue_classes(words: Sequence[str]) -> list[tuple[str, ...]]:
    """For each of the lower-case `words` the cue classes that a cue beginning or going on there has."""
    phrases = _phrases()
    words = [word.replace("’", "'") for word in words]
    found: list[tuple[str, ...]] = [()] * len(words)
    for i, word in enumerate(words):
        rest = phrases.get(word)
        if rest is None:
            continue
        for phrase, classes in rest.items():
            size = len(phrase)
            if size == 1 or tuple(words[i : i + size]) == phrase:
                for k in range(i, i + size):
                    found[k] = tuple(dict.fromkeys(found[k] + classes))
    return found
