"""Near copies: a page's simhash (Charikar 2002) over pairs of words; near copies differ in few of its 64 bits."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from itertools import pairwise

from handslag.kernel.claims import normal_words


@lru_cache(maxsize=65_536)
def _bits(pair: tuple[str, str]) -> int:
    return int.from_bytes(hashlib.blake2b(" ".join(pair).encode(), digest_size=8).digest())


def likeness_of(text: str) -> str:
    """The simhash of a text as 16 hexadecimal digits; "" for a text of fewer than twenty words."""
    words = normal_words(text).split()
    if len(words) < 20:
        return ""
    weights = [0] * 64
    for bits in {_bits(pair) for pair in pairwise(words)}:
        for i in range(64):
            weights[i] += 1 if bits >> i & 1 else -1
    return f"{sum(1 << i for i in range(64) if weights[i] > 0):016x}"


def bits_apart(a: str, b: str) -> int:
    """In how many bits two likenesses differ."""
    return (int(a, 16) ^ int(b, 16)).bit_count()
