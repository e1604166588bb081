"""Lines put together again: the hyphen of a line's end goes, the hyphen of a word stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"(\S*?)([^\W\d_]*)[-\u2010\u00ad]\Z")
_HYPHENS = ("-", "\u2010", "\u00ad")
_FIRST = re.compile(r"[^\W\d_]+")

_ADDRESS = re.compile(r"\W*(?:https?://|www\.)")

_CONJUNCTIONS = frozenset("och eller samt respektive resp men utan till and or nor to as".split())
"""Before these a hyphen stands for the rest of a word: "läkemedels- och medicinteknik"."""
_BEFORE = frozenset(
    "science non self well ex e it vd high low long short real cross follow start spin decision".split()
)
"""Words, and parts of words, after which a hyphen at a line's end is rather the word's own: "life science-strategi"."""
_AFTER = frozenset("based driven term level scale being centred oriented up off".split())
"""The same for the word after it: "patient-centred"."""


def vocabulary_of(texts: Iterable[str]) -> frozenset[str]:
    """The words of a document in lower case, hyphens inside them kept: what tells which of two spellings it uses."""
    return frozenset(word.lower() for text in texts for word in _WORD.findall(text))


def joined(lines: Sequence[str], vocabulary: frozenset[str]) -> str:
    """The lines of one paragraph as running text."""
    text = lines[0] if lines else ""
    for line in lines[1:]:
        text = _join(text, line, vocabulary)
    return text


def ends_in_hyphen(line: str) -> bool:
    """True if a line breaks off inside a word."""
    found = _LAST.search(line[-80:]) if line[-1:] in _HYPHENS else None
    return bool(found and found[2])


def _join(text: str, line: str, vocabulary: frozenset[str]) -> str:
    if not text or not line:
        return text + line
    if text.endswith("\u00ad"):
        return text[:-1] + line
    found = _LAST.search(text[-80:]) if text[-1] in _HYPHENS else None
    if not found or not (found[2] or found[1]):
        is_address = text[-1] in "/._=&?-" and _ADDRESS.match(text[-300:].rsplit(None, 1)[-1])
        is_pair = text.endswith("/") and not text.endswith(" /")
        is_range = text[-1] in "–—" and text[-2:-1].isdigit() and line[0].isdigit()
        return text + line if is_address or is_pair or is_range else f"{text} {line}"
    first = _FIRST.match(line)
    if not first or line[0].isupper():
        return text + line
    if first[0] in _CONJUNCTIONS:
        return f"{text} {line}"
    return text + line if _keeps_hyphen(found[1], found[2], first[0], vocabulary) else text[:-1] + line


def _keeps_hyphen(before: str, left: str, right: str, vocabulary: frozenset[str]) -> bool:
    """True if the hyphen between `left` and `right` belongs to the word; `before` is what the token has before `left`."""
    if f"{left}-{right}".lower() in vocabulary:
        return True
    if f"{left}{right}".lower() in vocabulary:
        return False
    if any(sign in before for sign in "-@/.:") or before[-1:].isdigit():
        return True
    return len(left) <= 1 or (left.isupper() and not right.isupper()) or left.lower() in _BEFORE or right in _AFTER
