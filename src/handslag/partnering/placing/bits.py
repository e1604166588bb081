"""Slots as bits of 64-bit words, for compiled functions."""

from __future__ import annotations

import numpy as np

from handslag.partnering.compiling import part

_ONE = np.uint64(1)
NO_SLOTS = np.uint64(0)


@part
def bit(slot):
    """The word with the bit of a slot."""
    return _ONE << np.uint64(slot & 63)
