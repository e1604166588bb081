"""Searching documents for the words of a theme: so that what is not there is told as a search that found nothing, not as a judgement."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from handslag.vocabulary.load import vocabulary
from handslag_hub.accounts.actors import Actor
from handslag_hub.briefs.brief import Source
from handslag_hub.briefs.queries.sources import printed_source
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Passage
from handslag_hub.store.queries import known_documents

# Documents whose texts are gone through, the newest; what is beyond is said not to have been searched.
MOST = 1000
# Of what was found, so much is shown.
_SHOWN = 3
_AROUND = 90


@dataclass(frozen=True, slots=True)
class Searched:
    """How many documents were searched of how many there are, for which words, in how many they stand, and the first places."""

    documents: int
    of: int
    words: str
    found_in: int
    places: tuple[Source, ...]


def search_theme(actor: Actor, known: AsKnown, documents: Collection[int], theme: str) -> Searched:
    """The documents (the newest first) searched for the words of a theme. One query."""
    keys = list(documents)[:MOST]
    pattern = _pattern(theme)
    rows = known_documents(actor, known).filter(pk__in=keys).select_related("source").order_by("-said_on", "-pk")
    count, places = 0, []
    for document in rows.defer("lines", "warnings").iterator(chunk_size=100):
        match = pattern.search(document.text)
        if match is None:
            continue
        count += 1
        if len(places) < _SHOWN:
            start, end = _around(document.text, match.start(), match.end())
            passage = Passage(document=document, start=start, end=end, quote=document.text[start:end])
            places.append(printed_source(document, passage, known))
    return Searched(len(keys), len(documents), theme_words(theme), count, tuple(places))


def says_theme(text: str, theme: str) -> bool:
    """True if a word of the theme stands in the text."""
    return _pattern(theme).search(text) is not None


def theme_words(theme: str) -> str:
    """What a theme is searched for by: stems, each the beginning of a word."""
    return ", ".join(f"{stem}…" if not stem.endswith(" ") else stem.strip() for stem in _stems(theme))


@cache
def _stems(theme: str) -> tuple[str, ...]:
    return tuple(str(stem) for stem in vocabulary("themes")[theme]["stems"])


@cache
def _pattern(theme: str) -> re.Pattern[str]:
    words = (re.escape(stem.strip()) + (r"\b" if stem.endswith(" ") else "") for stem in _stems(theme))
    return re.compile(r"(?<!\w)(?:" + "|".join(words) + ")", re.IGNORECASE)


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The words around a place, within its line."""
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    while 0 < first < start and not text[first - 1].isspace():
        first += 1
    line_end = text.find("\n", end)
    last = min(len(text) if line_end < 0 else line_end, end + _AROUND)
    while end < last < len(text) and not text[last].isspace():
        last -= 1
    return first, last
