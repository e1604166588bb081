"""Tokens of Swedish and English text, with their places.

A token is a word (inner hyphens, apostrophes and ampersands kept), a number with its separators, an address or a single
mark. An English genitive ("Oslo's") is cut off as a token of its own; a hyphen that ends a word ("läkemedels-") stays.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_WORD = r"[^\W\d_][\w\u00ad]*(?:[-&\u2011][\w\u00ad]+|['’](?!s\b)[^\W\d_]+|\.(?=[^\W\d_]\.)[^\W\d_])*(?::[a-zåäö]{1,3}\b)?"
TOKEN = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+\w"
    r"|(?:https?://|www\.)[^\s)>\]]+\w"
    rf"|{_WORD}(?:-(?=\s|$))?"
    r"|\d+(?:[.,:/]\d+)*(?:-?[^\W\d_]+)*(?::[a-zåäö]{1,2}\b)?"
    r"|['’]s\b"
    r"|\S"
)


class Token(NamedTuple):
    """A token: `text[start:end]`, offsets in code points."""

    start: int
    end: int
    form: str


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`; a soft hyphen is no part of a token's form."""
    found = []
    for match in TOKEN.finditer(text, start, len(text) if end is None else end):
        form = match.group()
        if "\u00ad" in form:
            form = form.replace("\u00ad", "") or form
        found.append(Token(match.start(), match.end(), form))
    return found
