"""Spelling: words of the index that are an error or two away from what was typed.

Symmetric deletion (W. Garbe, SymSpell, 2012): two words that are within d edits of each other share a string that comes
from each by deleting at most d letters; of long words the first seven letters are enough to find candidates.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations
from typing import Final

from rapidfuzz.distance import OSA

from handslag.language.search.folding import fold
from handslag.language.search.words import spans_of, taken_apart
from handslag.language.tokens import UNSEEN

_PREFIX: Final = 7
_SHORTEST_CORRECTED: Final = 4
_LONG: Final = 8
_NOTHING: Final = dict.fromkeys(map(ord, UNSEEN))


def _allowed_errors(folded: str) -> int:
    """The errors looked for in a typed word: none in short words and in what has digits, where another word is as near."""
    if len(folded) < _SHORTEST_CORRECTED or not folded.isalpha():
        return 0
    return 2 if len(folded) >= _LONG else 1


def spelt_words(text: str) -> tuple[str, ...]:
    """The distinct words of a text that somebody may have meant, as they are to be shown (small letters), in first-seen
    order: of letters only, three or more. With the number of rows that have them they are the vocabulary of the index.
    """
    forms = dict.fromkeys(match.group(1) for match in spans_of(text))
    return tuple(dict.fromkeys(word for form in forms for word in _spelt(form)))


@lru_cache(maxsize=1 << 15)
def _spelt(form: str) -> tuple[str, ...]:
    word = taken_apart(form)
    return tuple(
        unicodedata.normalize("NFC", form[piece.start : piece.end].translate(_NOTHING)).lower()
        for piece in (word.pieces if word else ())
        if len(piece.folded) >= _SHORTEST_CORRECTED - 1 and piece.folded.isalpha()
    )


def deletions(word: str) -> tuple[str, ...]:
    """The keys of a word, to be stored with every word of the index and looked up for the word that was typed: sorted.

    Up to one letter is deleted, up to two from six letters on: a typed word of eight letters is corrected by two, so that
    the words two letters shorter must be found as well. Words of digits are their own and only key.
    """
    folded = fold(word)
    if len(folded) < _SHORTEST_CORRECTED - 1 or not folded.isalpha():
        return (folded,) if folded else ()
    prefix = folded[:_PREFIX]
    most = 2 if len(folded) >= _LONG - 2 else 1
    keys = {"".join(kept) for fewer in range(most + 1) for kept in combinations(prefix, len(prefix) - fewer)}
    return tuple(sorted(keys))


def correct(word: str, candidates: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """The candidates that may have been meant, the likeliest first: by errors, then by frequency, then by alphabet.

    `candidates` are words, as they are to be shown, with the number of rows that have them. Errors are counted between
    folded forms as letters left out, put in, changed or swapped with their neighbour (Damerau and Levenshtein, optimal string
    alignment): one, in words of eight letters and more two. Words under four letters and words with digits get no
    correction; a candidate that is the word itself is none.
    """
    folded = fold(word)
    most = _allowed_errors(folded)
    if not most:
        return ()
    frequencies: dict[str, int] = {}
    for candidate, frequency in candidates:
        frequencies[candidate] = max(frequency, frequencies.get(candidate, frequency))
    ranked = []
    for candidate, frequency in frequencies.items():
        distance = OSA.distance(folded, fold(candidate), score_cutoff=most)
        if 0 < distance <= most:
            ranked.append((distance, -frequency, candidate))
    return tuple(candidate for _, _, candidate in sorted(ranked))
