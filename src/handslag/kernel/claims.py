"""Claims: facts as they are kept. A fact has a subject, values and passages, and a fingerprint by which it is known again.

The fingerprint is made of the page's chain (its address, or its first version's sum), the kind, the subject, the defining
value and the quote, and counts equal ones; offsets and the reader's version are no part of it, so reading a page again, or a
newer version of it, gives the same fact.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from handslag.kernel.passages import Passage

SEPARATOR: Final = "\x1f"
_DASHES: Final = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u00ad": None})


@lru_cache(maxsize=16_384)
def stable_uid(*parts: str, length: int = 16) -> str:
    """A short address made of `parts`: `length` letters and digits (base32 of SHA-256), the same for the same parts."""
    digest = hashlib.sha256(SEPARATOR.join(parts).encode()).digest()
    return base64.b32encode(digest).decode().lower()[:length]


def normal_words(words: str) -> str:
    """Words to compare by: NFKC, one kind of dash, no soft hyphens, single spaces, case folded."""
    return " ".join(unicodedata.normalize("NFKC", words).translate(_DASHES).split()).casefold()


@dataclass(frozen=True, slots=True)
class EntityKey:
    """What an entity is known again by: its kind, and a key within the kind; `name` is how it was printed.

    `given_uid` holds in place of kind and key: the address of one that is there already, or one that gives no name away.
    """

    kind: str
    key: str
    name: str = ""
    given_uid: str = ""

    @property
    def uid(self) -> str:
        """The entity's address."""
        return self.given_uid or stable_uid("entity", self.kind, self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One value of a fact. `normal` is the value to compare by; `object` the entity that the value names."""

    predicate: str
    value: str
    normal: str
    object: EntityKey | None = None
    basis: str = "printed"
    unit: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    precision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedFact:
    """A fact as a reader or a person claims it; `passages[0]` carries the claim."""

    uid: str
    kind: str
    subject: EntityKey
    claims: tuple[Claim, ...]
    passages: tuple[Passage, ...] = ()
    certainty: str = ""
    language: str = ""


def fingerprint(chain: str, kind: str, subject: str, defining: Sequence[str], quote: str, nth: int) -> str:
    """The address of a fact, the same whenever it is read again.

    `subject` is the key of a subject that other pages share, "" for one that only this fact makes; `nth` counts equal facts of
    one document from 0.
    """
    values = [normal_words(value) for value in defining]
    return stable_uid("fact", chain, kind, subject, *values, normal_words(quote), str(nth), length=24)
