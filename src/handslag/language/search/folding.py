"""Words as they are compared in search: small letters a-z and digits, nothing else.

So `Läkemedel`, `LÄKEMEDEL` and `lakemedel` are one word, and no database's tokenizer has a say in what a letter is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

LONGEST: Final = 64
"""Letters of a folded word that count; what is longer is a sequence or an encoded file, and is compared by its beginning."""

# Letters that no decomposition of Unicode takes apart. Greek by name: TGF-β is also written TGF-beta.
_SPELT: Final = str.maketrans({
    "ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ŋ": "ng",
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi",
    "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
})  # fmt: skip
_FOREIGN: Final = re.compile(r"[^a-z0-9]")


def fold(word: str) -> str:
    """The word in `[a-z0-9]`, at most `LONGEST` long; empty if there is no letter or digit in it.

    NFKC, casefold, no diacritics (å→a, é→e, ø→o, æ→ae, ß→ss). A letter of another script becomes `x` and its code point
    in hexadecimals: such words are found too, by themselves.
    """
    return _folded(word) if len(word) <= 2 * LONGEST else _fold(word)


def _fold(word: str) -> str:
    if word.isascii():
        return _FOREIGN.sub("", word.lower())[:LONGEST]
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    return _FOREIGN.sub(_spell_out, bare.translate(_SPELT))[:LONGEST]


_folded = lru_cache(maxsize=1 << 15)(_fold)


def _spell_out(match: re.Match[str]) -> str:
    """A character outside a-z and 0-9: a digit of another script, a letter by its number, anything else is nothing."""
    character = match.group()
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(int(digit))
    return f"x{ord(character):x}" if character.isalpha() else ""
