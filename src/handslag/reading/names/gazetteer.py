"""Names that the caller knows, found in a page as whole words: one pass of an Aho-Corasick automaton.

Method: Aho, Corasick, "Efficient string matching: an aid to bibliographic search" (CACM 1975).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from handslag.kernel.errors import HandslagError
from handslag.language.alternation import lower_same_length
from handslag.language.base_forms import folded
from handslag.reading.page import Page

KINDS = frozenset(
    "company university hospital agency ministry government region municipality association foundation cluster investor"
    " programme other unknown".split()
)
"""The kinds of organisation of the contract."""


class Given(NamedTuple):
    """A name of the caller's at tokens `[first, last)`: kind "PER" or "ORG"."""

    first: int
    last: int
    kind: str


class _Automaton(NamedTuple):
    """The automaton of a gazetteer; `names` are the patterns as the caller writes them, `bodies` the kinds by folded name."""

    search: AhoCorasick
    gazetteer: dict[str, str]
    names: list[str]
    bodies: dict[str, str]


# the gazetteer used last: a reader reads many pages with one, and building takes as long as reading several
_latest: list[_Automaton] = []


def check_gazetteer(gazetteer: Mapping[Any, Any]) -> None:
    """HandslagError for an entry that is no name, or whose kind is neither "person" nor one of the contract's."""
    if any(known.gazetteer == gazetteer for known in _latest):
        return
    for name, kind in gazetteer.items():
        if not isinstance(name, str) or not any(letter.isupper() or letter.isdigit() for letter in name):
            raise HandslagError(
                f"gazetteer: found the name {name!r}, expected text with a capital or digit, since ordinary words are no names"
            )
        if kind != "person" and (not isinstance(kind, str) or kind not in KINDS):
            expected = ", ".join(["person", *sorted(KINDS)])
            raise HandslagError(f"gazetteer: found the kind {kind!r} for {name!r}, expected one of {expected}")


def kinds_given(gazetteer: Mapping[str, str]) -> Mapping[str, str]:
    """The kinds of the gazetteer's organisations by folded name."""
    return _automaton(gazetteer).bodies if gazetteer else {}


def _automaton(gazetteer: Mapping[str, str]) -> _Automaton:
    for known in _latest:
        if known.gazetteer == gazetteer:
            return known
    check_gazetteer(gazetteer)
    names = list(gazetteer)
    search = AhoCorasick([_comparable(" ".join(name.split())) or "\0" for name in names])
    bodies = {folded(name): kind for name, kind in gazetteer.items() if kind != "person"}
    made = _Automaton(search, dict(gazetteer), names, bodies)
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
