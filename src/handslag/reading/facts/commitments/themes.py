"""The theme of a commitment: the key of the field's themes whose words stand in what is to be done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from handslag.vocabulary.load import vocabulary

_WORDS = re.compile(r"[\w-]+")


@cache
def _stems() -> tuple[tuple[str, str], ...]:
    """(stem, theme), the longest stems first, so that the more special theme wins."""
    pairs = [(str(stem), theme) for theme, entry in vocabulary("themes").items() for stem in entry["stems"]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def theme_of(what: str, words: Sequence[str]) -> str:
    """The theme of `what`, else of its whole sentence's lower-case `words`; "" where no word of a theme stands."""
    for text in (what.lower(), " ".join(words)):
        padded = f" {' '.join(_WORDS.findall(text))} "
        for stem, theme in _stems():
            if " " + stem in padded:
                return theme
    return ""
