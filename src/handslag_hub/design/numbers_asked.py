"""Numbers in addresses and forms, which may be anything."""

from __future__ import annotations

# What a key in the databases can have (64 bits, signed).
_KEY_DIGITS = 18


def number_asked(words: str, *, digits: int = _KEY_DIGITS) -> int | None:
    """The whole number that the words are, in the digits 0 to 9; None for anything else, also for one with more digits."""
    return int(words) if words.isascii() and words.isdigit() and len(words) <= digits else None
