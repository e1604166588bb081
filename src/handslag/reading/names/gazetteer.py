"""Names that the caller knows, found in a page as whole words: one pass of an Aho-Corasick automaton.

Method: Aho, Corasick, "Efficient string matching: an aid to bibliographic search" (CACM 1975).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from handslag.language.alternation import lower_same_length
from handslag.reading.page import Page


class Given(NamedTuple):
    """A name of the caller's at tokens `[first, last)`: kind "PER" or "ORG"."""

    first: int
    last: int
    kind: str


class _Automaton(NamedTuple):
    """The automaton of a gazetteer; `names` are the patterns as the caller writes them."""

    search: AhoCorasick
    names: list[str]


# the gazetteer used last: a reader reads many pages with one, and building takes as long as reading several
_latest: list[_Automaton] = []


def _automaton(gazetteer: Mapping[str, str]) -> _Automaton:
    names = list(gazetteer)
    for known in _latest:
        if known.names == names:
            return known
    made = _Automaton(AhoCorasick([_comparable(" ".join(name.split())) or "\0" for name in names]), names)
    _latest[:] = [made, *_latest[:1]]
    return made


def _comparable(text: str) -> str:
    """Text to search in, character for character: small letters, every white space a space."""
    return lower_same_length(text).translate(_SPACES)


_SPACES = {ord(character): " " for character in "\n\t\u00a0\u202f\u2009"}


def find_given(page: Page, gazetteer: Mapping[str, str]) -> list[Given]:
    """The gazetteer's names outside furniture, as whole words, a genitive s aside; the longest where several overlap."""
    search = _automaton(gazetteer)
    text = page.text
    matches = [
        (start - end, start, end, number)
        for number, start, end in search.search.find_matches_as_indexes(_comparable(text), overlapping=True)
        if _is_whole(text, start, end) and _is_written_so(text[start:end], search.names[number])
    ]
    if not matches:
        return []
    at = {token.start: i for i, token in enumerate(page.tokens)}
    taken: set[int] = set()
    found = []
    for _, start, end, number in sorted(matches):
        first = at.get(start)
        if first is None or page.sentences[page.sentence_of[first]].zone == "furniture":
            continue
        last = first
        while last < len(page.tokens) and start <= page.tokens[last].start < end:
            last += 1
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            found.append(Given(first, last, "PER" if gazetteer[search.names[number]] == "person" else "ORG"))
    return found


def _is_whole(text: str, start: int, end: int) -> bool:
    """True if no word goes on before or after, but for a genitive s."""
    if start and (text[start - 1].isalnum() or text[start - 1] in "_-"):
        return False
    rest = text[end : end + 2]
    if rest[:1] == "s":
        rest = rest[1:]
    return not (rest[:1].isalnum() or rest[:1] == "_")


def _is_written_so(printed: str, name: str) -> bool:
    """True unless a word in small letters would be taken for a name that has capitals ("rise" for RISE)."""
    if " " in name or not name[:1].isupper():
        return True
    if len(name) > 1 and name.isupper():
        return unicodedata.normalize("NFC", printed) == name
    return printed[:1].isupper()
