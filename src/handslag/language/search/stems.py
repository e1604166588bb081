"""Stems of folded words, Swedish and English: Snowball, with what its Swedish leaves out.

Snowball's Swedish (snowballstem.org) takes no `-an` (skolan, samverkan), no `-n` after i (strategin), no genitive after
`-er` (registers), and does not know that e goes in läkemedel/läkemedlet, register/registret. Those are most of the
nouns that agreements are about. The rules added here are put to the stem of every word alike, so that the forms of one
word stay together even where a rule takes too much (organ, organet → org).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final

_REMEMBERED: Final = 1 << 16
_GENITIVE: Final = re.compile(r"(?:(?<=..[bcdfghjklmnoprtvy])|(?<=are)|(?<=rna))s$")
_PLURAL_DEFINITE: Final = re.compile(r"(?<=..en)as?$")  # mötena
_AFTERWARDS: Final = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"(?:(?<=[bcdfgkpstv][lnr])|(?<=mm))et$", ""),  # läkemedlet, registret, programmet
        (r"(?<=tr)um$", ""),  # centrum
        (r"(?<=[a-z]{4})an$", ""),  # skolan, samverkan
        (r"(?<=[a-z]{4}i)n$", ""),  # strategin
        (r"(?<=[aeiouy][bcdfgkpstv])el$", "l"),  # läkemedel
        (r"(?<=[a-z]{3}t)r$", ""),  # registr-
        (r"(?<=[a-z]{3}lo)st$", "s"),  # arbetslöst
        (r"mm$", "m"),  # programm-
        (_GENITIVE.pattern, ""),  # platsen, as plats
    )
)


@cache
def _snowball() -> tuple[Callable[[], Callable[[str], str]], Callable[[], Callable[[str], str]]]:
    # Slow to import (its thirty languages come along), and only needed where something is searched. It has no types.
    from snowballstemmer.english_stemmer import EnglishStemmer  # noqa: PLC0415 - as said
    from snowballstemmer.swedish_stemmer import SwedishStemmer  # noqa: PLC0415 - as said

    # A stemmer holds the word it works on: one for every word, since several threads may ask.
    return lambda: SwedishStemmer().stemWord, lambda: EnglishStemmer().stemWord


@lru_cache(maxsize=_REMEMBERED)
def swedish_stem(folded: str) -> str:
    """The Swedish stem of a folded word; words with digits stay as they are."""
    if not folded.isalpha():
        return folded
    stem = _snowball()[0]()(_PLURAL_DEFINITE.sub("", _GENITIVE.sub("", folded)))
    for pattern, instead in _AFTERWARDS:
        stem = pattern.sub(instead, stem)
    return stem


@lru_cache(maxsize=_REMEMBERED)
def english_stem(folded: str) -> str:
    """The English stem (Porter2) of a folded word; words with digits stay as they are."""
    return _snowball()[1]()(folded) if folded.isalpha() else folded
