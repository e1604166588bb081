"""Names to compare by: one form for each printed name, its words, its acronyms, a person's given names and surname."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from handslag.language.function_words import function_words
from handslag.vocabulary.load import vocabulary

_DASHES: Final = str.maketrans(
    {**dict.fromkeys("‐‑‒–—―−", "-"), "’": "'", "‘": "'", "´": "'", "\u00ad": None, "\u200b": None}
)
# Letters that a decomposition does not take apart.
_LETTERS: Final = str.maketrans(
    {"ø": "o", "æ": "ae", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "œ": "oe", "ı": "i"}
)
# A name is compared with many others in a row.
_REMEMBERED: Final = 1 << 16
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
PARTICLES: Final = frozenset("von van af av de du la le da dos di den der zu ten ter del".split())


@lru_cache(maxsize=_REMEMBERED)
def folded_name(name: str) -> str:
    """The form in which two printed names are the same printed name.

    NFC, case folded, single spaces, dashes and apostrophes of one kind, no soft hyphens. Accents and punctuation stay.
    """
    text = unicodedata.normalize("NFC", name).translate(_DASHES).casefold()
    return " ".join(text.split())


def folded_words(name: str) -> tuple[str, ...]:
    """The words of a name with their accents, without punctuation."""
    return tuple(_WORD.findall(folded_name(name)))


@lru_cache(maxsize=_REMEMBERED)
def unaccented(name: str) -> str:
    """A name in folded form without accents: å, ä, ö become a, a, o, and ø, æ, ß become o, ae, ss."""
    apart = unicodedata.normalize("NFD", folded_name(name))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_LETTERS)


@lru_cache(maxsize=_REMEMBERED)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name without accents and punctuation; an English genitive goes, initials with points are one word."""
    text = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", unaccented(name))
    text = re.sub(r"\ba/s\b", "as", text)
    return tuple(re.sub(r"'s?$", "", word).replace("'", "") for word in _WORD.findall(text))


def core_words(name: str) -> tuple[str, ...]:
    """The words of an organisation's name without legal forms, articles and words for a foundation or fund."""
    words = without_legal_forms(words_of(name))
    kept = tuple(word for word in words if word not in _foundation_words() and word not in {"the", "den", "det"})
    return tuple(map(without_s, kept or words))


def without_legal_forms(words: Sequence[str]) -> tuple[str, ...]:
    """Words without the legal forms at either end (AB, publ, Ltd, GmbH, Inc); one word at least is left."""
    kept = list(words)
    while len(kept) > 1 and kept[-1] in _legal_forms():
        kept.pop()
    # Only these are printed before a Swedish company's name; "SA" or "AS" there is part of it.
    if len(kept) > 1 and kept[0] in {"ab", "aktiebolaget"}:
        del kept[0]
    return tuple(kept)


def without_s(word: str) -> str:
    """A word without a final s, so that a Swedish genitive equals its base form; not to be shown to people."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=_REMEMBERED)
def acronyms_of(name: str, language: str = "") -> tuple[str, ...]:
    """The acronyms of a name, in small letters: those it is or holds in brackets, and those of its words' first letters."""
    found = [unaccented(name)] if is_acronym(name) else []
    found += [unaccented(held) for held in re.findall(r"\(([^()\s]+)\)", name) if is_acronym(held)]
    bare = re.sub(r"\([^()]*\)", " ", folded_name(name)).replace("-", " ")
    words = without_legal_forms(words_of(bare))
    little = {unaccented(word) for word in _little_words(language)}
    telling = [word for word in words if word not in little]
    for chosen in (telling, words):
        if len(chosen) >= 2 and len(telling) >= 2:
            found.append("".join(word[0] for word in chosen))
    return tuple(dict.fromkeys(found))


def is_acronym(name: str) -> bool:
    """True for a word printed in capitals, two to eight letters, digits and & among them ("MSB", "H2020", "R&D")."""
    bare = name.strip().replace(".", "")
    return bool(re.fullmatch(r"[^\W\d_][\w&-]{1,7}", bare)) and bare.upper() == bare and not bare.isdigit()


def person_parts(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Given names and surname of a printed name, without titles; "Ek, Anna" is turned round, "von Ek" and "Ek-Lund" are whole."""
    before, comma, after = folded_name(name).partition(",")
    titles = _titles()
    words, behind = ([word for word in words_of(part) if word not in titles] for part in (before, after))
    if comma and behind:
        return tuple(behind), tuple(words)
    if not words:
        return (), ()
    # Where the surname begins: at a particle, else at the last word or the first half of a double name.
    start = len(words) - 1
    last = before.split()[-1]
    if "-" in last:
        start = max(len(words) - len(words_of(last)), 0)
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return tuple(words[:start]), tuple(words[start:])


def sound_of(word: str) -> str:
    """How a name sounds, roughly, to a Swedish ear: Qvist and Kvist, Carlsson and Karlson, Kristina and Christina are one."""
    text = unaccented(word)
    for written, heard in _SOUNDS:
        text = re.sub(written, heard, text)
    return re.sub(r"(.)\1+", r"\1", text)


_SOUNDS: Final = (
    ("sch|sj|skj|stj", "x"), ("ph", "f"), ("th", "t"), ("ch(?=[rl])", "k"), ("ch$", "k"), ("ck", "k"), ("q[uv]?", "kv"), ("w", "v"), ("c(?=[eiy])", "s"),
    ("c", "k"), ("z", "s"), ("x", "ks"), ("(?<=[gt])h", ""), ("dt", "t"), ("sen$", "son"), ("ie$", "i"), ("(?<=.)y", "i"), ("ii+", "i"), ("(?<=[aeiou])h(?=[^aeiou]|$)", ""),
    ("aa", "a"), ("ae", "a"), ("oe", "o"),
)  # fmt: skip


@cache
def _legal_forms() -> frozenset[str]:
    forms = set(vocabulary("organisation_words")["legal_forms"])
    written_out = "publ aktiebolag aktiebolaget bolag incorporated co company pty gmbh ug kg sarl sl bvba srl spa ek"
    return frozenset({unaccented(form).replace("/", "") for form in forms} | set(written_out.split()))


@cache
def _foundation_words() -> frozenset[str]:
    listed = vocabulary("organisation_words")["kinds"]["foundation"]["words"]
    return frozenset(unaccented(word) for word in listed) - {"trust"}


@cache
def _little_words(language: str) -> frozenset[str]:
    if language in {"sv", "en"}:
        return frozenset(str(vocabulary("function_words")[language]).split())
    return function_words()


@cache
def _titles() -> frozenset[str]:
    return frozenset(unaccented(title).replace(".", "") for title in vocabulary("roles")["titles"])
