"""Near copies: a page's simhash (Charikar 2002) over pairs of words; near copies differ in few of its 64 bits."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from itertools import pairwise

from handslag.kernel.claims import normal_words

# Each bit of a hash in a lane of its own of one large number, so that one addition counts all 64 at once.
_LANE = 24
_SPREAD = tuple(sum((byte >> bit & 1) << _LANE * bit for bit in range(8)) for byte in range(256))


@lru_cache(maxsize=65_536)
def _lanes(pair: tuple[str, str]) -> int:
    digest = hashlib.blake2b(" ".join(pair).encode(), digest_size=8).digest()
    return sum(_SPREAD[byte] << _LANE * 8 * i for i, byte in enumerate(digest))


def likeness_of(text: str) -> str:
    """The simhash of a text as 16 hexadecimal digits; "" for a text of fewer than twenty words."""
    words = normal_words(text).split()
    if len(words) < 20:
        return ""
    pairs = set(pairwise(words))
    counted = sum(map(_lanes, pairs))
    mask, half = (1 << _LANE) - 1, len(pairs) / 2
    return f"{sum(1 << bit for bit in range(64) if counted >> _LANE * bit & mask > half):016x}"


def bits_apart(a: str, b: str) -> int:
    """In how many bits two likenesses differ."""
    return (int(a, 16) ^ int(b, 16)).bit_count()
