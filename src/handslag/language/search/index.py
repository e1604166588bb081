"""What is stored of a text to be searched: one string of tokens that SQLite and PostgreSQL cannot take in two ways.

Every token is `[a-z0-9]+` and its first letter says what it is, so that a stem never meets a word:

    w…  a word, folded            wavtalet
    s…  its Swedish stem          savtal      (only where it differs from the word)
    e…  its English stem          eagreement  (only where it differs from the word)

A word that is its own stem is not stored twice; a query asks for `s` + stem and for `w` + stem.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import Final

from handslag.language.search.stems import english_stem, swedish_stem
from handslag.language.search.words import spans_of, taken_apart

_LONGEST_REMEMBERED: Final = 64


def tokens_of_form(folded: str) -> tuple[str, ...]:
    """The tokens that stand in the index for a folded word."""
    swedish, english = swedish_stem(folded), english_stem(folded)
    tokens = ["w" + folded]
    if swedish != folded:
        tokens.append("s" + swedish)
    if english != folded:
        tokens.append("e" + english)
    return tuple(tokens)


def _tokens_of_word(form: str) -> tuple[str, ...]:
    """The tokens of a word as the text has it: of all of it, then of its pieces."""
    word = taken_apart(form)
    if word is None:
        return ()
    forms = dict.fromkeys((word.joined, *(piece.folded for piece in word.pieces)))
    return tuple(token for folded in forms for token in tokens_of_form(folded))


_remembered = lru_cache(maxsize=1 << 16)(_tokens_of_word)


def tokens_of_word(form: str) -> tuple[str, ...]:
    """The tokens that stand in the index for a word as the text has it (`spans_of`)."""
    return _remembered(form) if len(form) <= _LONGEST_REMEMBERED else _tokens_of_word(form)


def index_tokens(text: str, *, limit_bytes: int = 900_000) -> str:
    """The text's distinct tokens in the order in which they are first seen, separated by spaces.

    At most `limit_bytes` long (all ASCII; PostgreSQL's tsvector holds less than a megabyte): of a longer text the beginning
    is found. The order depends on nothing but the text, so equal texts give equal strings.
    """
    forms = dict.fromkeys(match.group(1) for match in spans_of(text))
    tokens = " ".join(dict.fromkeys(chain.from_iterable(map(tokens_of_word, forms))))
    return tokens if len(tokens) <= limit_bytes else _of_the_beginning(forms, limit_bytes)


def _of_the_beginning(forms: Iterable[str], limit_bytes: int) -> str:
    seen: dict[str, None] = {}
    length = -1
    for form in forms:
        new = [token for token in tokens_of_word(form) if token not in seen]
        length += sum(map(len, new)) + len(new)
        if length > limit_bytes:
            break
        seen.update(dict.fromkeys(new))
    return " ".join(seen)
