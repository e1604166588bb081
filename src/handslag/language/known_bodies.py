"""Well-known bodies in a row of words: names of one or several words that the vocabulary lists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from handslag.language.tokens import tokens_of
from handslag.vocabulary.load import vocabulary

# a name so short is a word as well ("lo", "his"), unless it is printed in capitals
_SHORT = 4


class KnownBody(NamedTuple):
    """A well-known body at words `[first, last)`, and its kind."""

    first: int
    last: int
    kind: str


@cache
def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word → the names that begin with it, the longest first, each with its kind."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, names in vocabulary("public_bodies").items():
        for name in names:
            words = tuple(token.form for token in tokens_of(name))
            found.setdefault(words[0], []).append((words, kind))
    for listed in found.values():
        listed.sort(key=lambda item: -len(item[0]))
    return found


def known_bodies(lowered: Sequence[str], forms: Sequence[str]) -> list[KnownBody]:
    """The known bodies among words, the longest where several begin; `lowered` are the `forms` in small letters."""
    names = _by_first_word()
    found = []
    k, count = 0, len(lowered)
    while k < count:
        low = lowered[k]
        listed = names.get(low) or (names.get(low[:-1]) if low.endswith("s") else None)
        stop = k
        if listed:
            for words, kind in listed:
                stop = _stop_of(words, lowered, k)
                if stop > k and not (stop == k + 1 and len(low) <= _SHORT and forms[k].islower()):
                    found.append(KnownBody(k, stop, kind))
                    break
                stop = k
        k = max(stop, k + 1)
    return found


def _stop_of(words: tuple[str, ...], lowered: Sequence[str], k: int) -> int:
    """The end of the name `words` if it stands at word `k`, with or without a genitive s; else `k`."""
    stop = k + len(words)
    if stop > len(lowered):
        return k
    if any(lowered[k + i] != words[i] for i in range(len(words) - 1)):
        return k
    last = lowered[stop - 1]
    return stop if last in (words[-1], words[-1] + "s") else k
