"""Bits of 64-bit words, and random numbers that are the same on every machine, for compiled functions."""

from __future__ import annotations

import numpy as np

from handslag.partnering.compiling import part

_ONE = np.uint64(1)
NO_SLOTS = np.uint64(0)


@part
def bit(slot):
    """The word with the bit of a slot."""
    return _ONE << np.uint64(slot & 63)


@part
def mixed(z):
    """64 bits that look random, of 64 that need not (splitmix64, Steele, Lea and Flood 2014)."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
