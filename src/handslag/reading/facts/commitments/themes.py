"""The theme of a commitment: the key of the field's themes whose words stand in what is to be done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick

from handslag.vocabulary.load import vocabulary

_WORDS = re.compile(r"[\w-]+")


@cache
def _stems() -> tuple[AhoCorasick, tuple[str, ...]]:
    """What finds the stems at the beginning of words, and their themes: the longest stems first, so that the more special theme wins."""
    pairs = [(str(stem), theme) for theme, entry in vocabulary("themes").items() for stem in entry["stems"]]
    pairs.sort(key=lambda pair: -len(pair[0]))
    return AhoCorasick([" " + stem for stem, _ in pairs]), tuple(theme for _, theme in pairs)


def theme_of(what: str, words: Sequence[str]) -> str:
    """The theme of `what`, else of its whole sentence's lower-case `words`; "" where no word of a theme stands."""
    finder, themes = _stems()
    for text in (what.lower(), " ".join(words)):
        padded = f" {' '.join(_WORDS.findall(text))} "
        found = [match[0] for match in finder.find_matches_as_indexes(padded, overlapping=True)]
        if found:
            return themes[min(found)]
    return ""
