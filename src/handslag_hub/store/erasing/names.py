"""Names in texts, found by keyed hashes of their forms: so a name that was erased is known again without being kept.

A text is cut into words; runs of them, folded, are looked up by their hash. A full name is found wherever it stands, a surname or a
given name alone only where the full name is known to stand, too. Only letters are covered, so every offset stays true.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

BLOCK = "\u2588"
FULL, SURNAME, GIVEN, PART = "full", "surname", "given", "part"

# Letters, with soft hyphens, zero-width characters and combining marks inside.
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u00ad\u200b-\u200d\u2060\u0300-\u036f])*")
_IGNORED = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060])
# What may stand between the words of one name: "Anna-Karin Berg", "Berg, Anna", "A. Berg", "anna.berg", a line's end.
_GAP = re.compile(r"[\s.,_+'’/\-\u2010-\u2015]{1,4}")
_BROKEN = re.compile(r"[-\u2010\u2011][ \t]*\r?\n[ \t]*")
_PARTICLES = frozenset("af av de del den der di du la le ten ter van von zu y".split())
# After these words the name is a company's: "Berg AB".
_COMPANY = frozenset(
    "ab aps as asa bv co corp ehf foundation gmbh hb inc kb llc ltd ou oy oyj plc sa stiftelse".split()
)
_ASCII = str.maketrans({"å": "a", "ä": "a", "ö": "o", "ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l"})


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a name as it is kept: its keyed hash, how many words and letters it has, and what kind it is."""

    hash: str
    words: int
    letters: int
    kind: str


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    folded: str
    upper: bool


def fold(word: str) -> str:
    """A word to compare by: NFKC, case folded, without characters that are not seen."""
    return unicodedata.normalize("NFKC", word.translate(_IGNORED)).casefold()


def keyed_hash(key: str, words: str) -> str:
    """HMAC-SHA256 of folded words."""
    return hmac.new(key.encode(), words.encode(), hashlib.sha256).hexdigest()


def forms_of(names: Iterable[str], key: str) -> list[Form]:
    """The forms under which a person with these names is known again; the first kind that a form has counts."""
    found: dict[str, str] = {}
    for name in names:
        for words, kind in _forms(name):
            for spelt in dict.fromkeys((words, _ascii(words))):
                if kind == FULL or spelt not in found:
                    found[spelt] = kind
    return [
        Form(keyed_hash(key, words), words.count(" ") + 1, len(words), kind) for words, kind in sorted(found.items())
    ]


def _forms(name: str) -> Iterator[tuple[str, str]]:
    parts = [[fold(match.group()) for match in _WORD.finditer(part)] for part in re.split(r"[\s,]+", name)]
    parts = [part for part in parts if part]
    if not parts:
        return
    words = [word for part in parts for word in part]
    if len(words) > 1:
        yield " ".join(words), FULL
        yield "".join(words), FULL
    surname = parts[-1] if len(parts) > 1 else words[-1:]
    given = words[: len(words) - len(surname)]
    if len(parts) > 1 and given:
        last = " ".join(surname)
        # The first given name with the surname is the name, too; with the particle before it or without.
        yield f"{given[0]} {last}", FULL
        yield f"{given[0]}{''.join(surname)}", FULL
        yield f"{last} {given[0]}", PART
        yield f"{last} {' '.join(given)}", PART
        yield f"{given[0][0]} {last}", PART
        yield f"{last} {given[0][0]}", PART
        if len(surname) > 1:
            yield last, PART
    for word in surname:
        if len(word) > 1:
            yield word, SURNAME if len(words) > 1 else GIVEN
    for word in given:
        if len(word) > 1 and word not in _PARTICLES:
            yield word, GIVEN


def _ascii(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.translate(_ASCII))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


class Masker:
    """Covers the names of these forms with blocks."""

    def __init__(self, forms: Collection[Form], key: str) -> None:
        self._key = key
        self._kinds: dict[str, str] = {}
        for form in forms:
            if self._kinds.get(form.hash) != FULL:
                self._kinds[form.hash] = form.kind
        self._shapes = {(form.words, form.letters) for form in forms}
        self._sizes = sorted({form.words for form in forms}, reverse=True)
        self._seen: dict[str, str] = {}

    def finds(self, text: str) -> bool:
        """True if a full name stands in the text."""
        return any(kind == FULL for words in _cuts(text) for _, kind in self._hits(text, words))

    def mask(self, text: str, *, context: bool = False, any_case: bool = False) -> str:
        """The text with the names covered, as long as before. `context`: the person is known to be meant here, so a part of the
        name is enough; so it is where the full name stands in the text itself. `any_case`: the text was folded.
        """
        if not text or text.isspace():
            return text
        hits = [(hit, kind, words) for words in _cuts(text) for hit, kind in self._hits(text, words)]
        if not hits:
            return text
        context = context or any(kind == FULL for _, kind, _ in hits)
        covered = list(text)
        full = {position for (first, last), kind, words in hits if kind == FULL for position in range(words[first].start, words[last].end)}  # fmt: skip
        for (first, last), kind, words in hits:
            if kind != FULL and (not context or not self._is_meant(text, words, first, last, kind, full, any_case)):
                continue
            for word in words[first : last + 1]:
                for position in range(word.start, word.end):
                    if not text[position].isspace() and text[position] not in "-\u2010\u2011":
                        covered[position] = BLOCK
        return "".join(covered)

    def _hits(self, text: str, words: list[_Word]) -> Iterator[tuple[tuple[int, int], str]]:
        joins = [_GAP.fullmatch(text, a.end, b.start) is not None for a, b in pairwise(words)]
        for first in range(len(words)):
            for size in self._sizes:
                last = first + size - 1
                if last < len(words) and all(joins[first:last]):
                    kind = self._kind(" ".join(word.folded for word in words[first : last + 1]), size)
                    if kind:
                        yield (first, last), kind

    def _kind(self, folded: str, size: int) -> str:
        kind = self._look_up(folded, size)
        # A genitive: "Bergs".
        return kind or (self._look_up(folded[:-1], size) if folded.endswith("s") else "")

    def _look_up(self, folded: str, size: int) -> str:
        if (size, len(folded)) not in self._shapes:
            return ""
        known = self._seen.get(folded)
        if known is None:
            known = self._kinds.get(keyed_hash(self._key, folded), "")
            if len(self._seen) < 100_000:
                self._seen[folded] = known
        return known

    @staticmethod
    def _is_meant(text: str, words: list[_Word], first: int, last: int, kind: str, full: set[int], any_case: bool) -> bool:  # fmt: skip
        """Whether a part of the name is a name here: written large, no company's, and not somebody else's given name."""
        if not any_case and kind != PART and not words[first].upper:
            return False
        after = words[last + 1] if last + 1 < len(words) else None
        follows = after is not None and text[words[last].end : after.start] == " "
        if follows and after.folded in _COMPANY:
            return False
        stranger = follows and after.upper and after.start not in full
        return not (kind == GIVEN and stranger)


def _cuts(text: str) -> list[list[_Word]]:
    """The words of a text; a second time with those that a line's end breaks put together, if there are any."""
    words = [_Word(match.start(), match.end(), fold(match.group()), match.group()[0].isupper()) for match in _WORD.finditer(text)]  # fmt: skip
    joined: list[_Word] = []
    for word in words:
        before = joined[-1] if joined else None
        if before is not None and _BROKEN.fullmatch(text, before.end, word.start):
            joined[-1] = _Word(before.start, word.end, before.folded + word.folded, before.upper)
        else:
            joined.append(word)
    return [words] if len(joined) == len(words) else [words, joined]
