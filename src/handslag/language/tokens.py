"""Tokens of Swedish and English text, with their places.

A token is a word (inner hyphens, apostrophes and ampersands kept), a number with its separators, an address or a single
mark. An English genitive ("Oslo's") is cut off as a token of its own; a hyphen that ends a word ("läkemedels-") stays.
Characters without width, and accents written after their letter (as in texts from a Mac), belong to the word.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

# soft hyphen, zero-width space, non-joiner, joiner, word joiner, byte-order mark
UNSEEN: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_IN_WORD = rf"[\w\u0300-\u036f{UNSEEN}]"
_WORD = (
    rf"[^\W\d_]{_IN_WORD}*(?:[-&\u2011]{_IN_WORD}+|['’](?!s\b)[^\W\d_]+|\.(?=[^\W\d_]\.)[^\W\d_])*"
    r"(?::[a-zåäö]{1,3}\b)?"
)
TOKEN = re.compile(
    # The look behind tries an address once for each run of its characters; a long rule of dashes cost its square before.
    r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+\w"
    r"|(?:https?://|www\.)[^\s)>\]]+\w"
    rf"|{_WORD}(?:-(?=\s|$))?"
    r"|\d+(?:[.,:/]\d+)*(?:-?[^\W\d_]+)*(?::[a-zåäö]{1,2}\b)?"
    r"|['’]s\b"
    r"|\S"
)
_NOTHING = dict.fromkeys(map(ord, UNSEEN))


class Token(NamedTuple):
    """A token: `text[start:end]`, offsets in code points; `form` is NFC and without characters that have no width."""

    start: int
    end: int
    form: str


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`; they hold every character of it that is not white space."""
    found = []
    for match in TOKEN.finditer(text, start, len(text) if end is None else end):
        form = match.group()
        if not form.isascii():
            form = unicodedata.normalize("NFC", form.translate(_NOTHING)) or form
        found.append(Token(match.start(), match.end(), form))
    return found
