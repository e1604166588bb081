"""Which slots share a price: a cell is some slots of a person or of a pool of places, all at one price.

Slots are nearly interchangeable, so one price for the whole event, then one for a day, finds nearly the bound that
single slots have, with a small part of the work.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handslag.partnering.compiled import CompiledEvent, unpacked

Numbers = NDArray[np.int32]
Long = NDArray[np.int64]
# Slots that share a price: all, those of a day, each by itself.
WHOLE_EVENT, BY_DAY, BY_SLOT = range(3)
# Slots whose bits are looked at together.
_CELLS = 8_000_000


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows are people and, after them, pools; slot `s` of row `r` is cell `first[r] + class_of[level[r], s]`."""

    level: Numbers  # [rows]
    class_of: Numbers  # [levels, slots]
    first: Numbers  # [rows + 1]
    # How many meetings fit into the cell's slots: of a person the slots when available, of a pool its rooms when open.
    capacity: Long  # [cells]

    @property
    def count(self) -> int:
        return len(self.capacity)

    def spread(self, prices: Long, finer: Cells) -> Long:
        """The same prices in cells that divide these."""
        spread = np.zeros(finer.count, dtype=prices.dtype)
        for level in range(len(self.class_of)):
            for fine in range(level, len(self.class_of)):
                rows = np.flatnonzero((self.level == level) & (finer.level == fine))
                classes, where = np.unique(self.class_of[fine], return_index=True)
                into = finer.first[rows][:, None] + classes[None]
                spread[into] = prices[self.first[rows][:, None] + self.class_of[level][where][None]]
        return spread


def divide(event: CompiledEvent, level: Numbers) -> Cells:
    """The cells of an event whose rows have these levels."""
    class_of = np.zeros((3, event.slots), dtype=np.int32)
    class_of[BY_DAY] = event.day_of
    class_of[BY_SLOT] = np.arange(event.slots)
    sizes = np.array([1, max(1, event.days), max(1, event.slots)], dtype=np.int32)
    first = np.concatenate([[0], np.cumsum(sizes[level])]).astype(np.int32)
    capacity = np.zeros(first[-1], dtype=np.int64)
    rooms = np.concatenate([np.ones(event.people, np.int64), event.pool_capacity.astype(np.int64)])
    words = np.concatenate([event.free, event.pool_open])
    step = max(1, _CELLS // (64 * event.words))
    for begin in range(0, len(words), step):
        rows = np.arange(begin, min(begin + step, len(words)))
        row, slot = np.nonzero(unpacked(words[rows], event.slots))
        cells = first[rows][row] + class_of[level[rows][row], slot]
        np.add.at(capacity, cells, rooms[rows][row])
    return Cells(level, class_of, first, capacity)
