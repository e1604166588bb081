"""The words of a text as search knows them, with their places.

A word may have pieces: covid-19 is found as `covid19`, as `covid` and as `19`. A genitive's ’s or :s is no part of a word.
Digits around a point, comma or colon are one number (1,5 and 1.5 are `1d5`); so are groups of three (50 000), and years from
to years (2020–2024, 2020-2024).
Addresses of mail and of the web fall into their pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from handslag.language.search.folding import fold
from handslag.language.tokens import UNSEEN

_PIECE = rf"[^\W_¹²³⁰-⁹](?:[^\W_¹²³⁰-⁹]|[\u0300-\u036f{UNSEEN}])*"
_GROUPS = r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}(?![^\W_]))+"
_ENDING = r"(?:s|n|t|e|a|ar|are|aren|arna|en|ens|er|et|ets|na)\b"
_WORD: Final = re.compile(
    rf"((?:{_GROUPS}|{_PIECE})(?:(?:[-\u2010\u2011&]|['’](?![sS]\b)|(?<=\d)[.,:–](?=\d)){_PIECE})*)(?::{_ENDING}|['’][sS]\b)?"
)
_PIECES: Final = re.compile(_PIECE)
_OF_A_NUMBER: Final = re.compile(r"(?<=\d)[.,:](?=\d)")
_SPACE: Final = re.compile(r"\s")


class Piece(NamedTuple):
    """A run of letters and digits: `text[start:end]`, folded."""

    start: int
    end: int
    folded: str


class Word(NamedTuple):
    """A word: `text[start:end]`, its pieces, and all of it as one (`joined`, the piece's own form if there is but one).

    `is_number`: only its joined form tells what it is; that a page holds a 1 and a 5 does not make it hold 1,5.
    """

    start: int
    end: int
    pieces: tuple[Piece, ...]
    joined: str
    is_number: bool


def spans_of(text: str) -> Iterator[re.Match[str]]:
    """Where the words of the text are: `match.span(1)` and `match.group(1)`, to be taken apart by `taken_apart`."""
    return _WORD.finditer(text)


def taken_apart(form: str, start: int = 0) -> Word | None:
    """A word as `spans_of` gives it, with its pieces; None if nothing of it can be searched for."""
    end = start + len(form)
    pieces = tuple(
        Piece(start + match.start(), start + match.end(), folded)
        for match in _PIECES.finditer(form)
        if (folded := fold(match.group()))
    )
    if not pieces:
        return None
    if len(pieces) == 1:
        return Word(start, end, pieces, pieces[0].folded, is_number=False)
    is_number = not _SPACE.search(form) and all(piece.folded.isdecimal() for piece in pieces)
    return Word(start, end, pieces, fold(_OF_A_NUMBER.sub("d", form)), is_number)


def words_of(text: str) -> Iterator[Word]:
    """The words of the text in order."""
    for match in spans_of(text):
        word = taken_apart(match.group(1), match.start(1))
        if word is not None:
            yield word
