"""What the words of an organisation's or event's name mean, whichever of the two languages it is printed in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from handslag.register.names import unaccented, without_legal_forms, without_s, words_of
from handslag.vocabulary.load import vocabulary

_ROMAN: Final = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A name's words: legal forms and little words off, and for words with a pair the first of their group.

    `terms` holds all of them in the order of the alphabet; `places`, `countries` (with their adjectives), `compass` and
    `numbers` those that tell two bodies of one kind apart; `body` is the well-known body that has this name, if any.
    """

    terms: tuple[str, ...]
    places: frozenset[str]
    countries: frozenset[str]
    compass: frozenset[str]
    numbers: frozenset[str]
    body: str


@lru_cache(maxsize=65536)
def meaning_of(name: str) -> Meaning:
    """What the words of a name mean."""
    words = tuple(map(without_s, without_legal_forms(words_of(name))))
    groups = _groups()
    terms: list[str] = []
    kinds: dict[str, set[str]] = {kind: set() for kind in ("places", "countries", "compass", "numbers")}
    k = 0
    while k < len(words):
        for length in range(min(_longest(), len(words) - k), 0, -1):
            entry = groups.get(words[k : k + length])
            if entry is not None:
                break
        else:
            length, entry = 1, _by_itself(words[k])
        kind, term = entry
        if term:
            terms.append(term)
        if kind in kinds:
            kinds[kind].add(term)
        k += length
    return Meaning(
        tuple(sorted(terms)),
        body=_bodies().get(words[1:] if words[:1] == ("the",) else words, ""),
        **{kind: frozenset(told) for kind, told in kinds.items()},
    )


def telling_words(name: str) -> tuple[str, ...]:
    """The words of a name in their order, without little words, legal forms and a final s."""
    return tuple(word for word in map(without_s, without_legal_forms(words_of(name))) if word not in _little())


def _by_itself(word: str) -> tuple[str, str]:
    """The kind and term of a word that is in no group; no term for a little word."""
    if word in _little():
        return "little", ""
    digits = re.search(r"[0-9]+", word)
    if digits:
        return "numbers", word
    if word in _ROMAN:
        return "numbers", _ROMAN[word]
    return "word", word


@cache
def _groups() -> dict[tuple[str, ...], tuple[str, str]]:
    """Row of words → the kind and term it stands for."""
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    listed = vocabulary("places")
    for kind, names in (("places", listed["town"]), ("places", listed["county"]), ("countries", listed["country"])):
        for name in re.split(r"\s*;\s*", names.strip()):
            found[_row(name)] = (kind, " ".join(_row(name)))
    pairs = vocabulary("name_pairs")
    for kind in ("words", "places", "countries", "compass", "numbers"):
        for group in pairs[kind]:
            term = " ".join(_row(next((name for name in group if name.isdigit()), group[0])))
            found.update((_row(name), (kind, term)) for name in group)
    found.pop((), None)
    return found


@cache
def _longest() -> int:
    return max(map(len, _groups()))


@cache
def _bodies() -> dict[tuple[str, ...], str]:
    return {_row(name): group[0] for group in vocabulary("name_pairs")["bodies"] for name in group}


@cache
def _little() -> frozenset[str]:
    # Fewer than the function words of the languages: "new" and "IT" tell one body from another.
    return frozenset(without_s(unaccented(word)) for word in vocabulary("name_pairs")["little"])


def _row(name: str) -> tuple[str, ...]:
    return tuple(map(without_s, words_of(name)))
