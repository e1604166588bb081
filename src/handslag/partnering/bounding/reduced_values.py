"""What each meeting is worth beyond what its people and place cost: by this the search tells what an optimum would hold.

In linear programming these are the reduced costs. Above 0: an optimum of the relaxation holds the meeting; below: it does not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handslag.partnering.bounding.cells import Cells
from handslag.partnering.compiled import CompiledEvent

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ReducedValues:
    """By meeting [M], in units of value, -inf where it can be nowhere; whose time costs anything, by person [P]."""

    values: Floats
    is_priced: NDArray[np.bool_]


def reduced_values(event: CompiledEvent, cells: Cells, prices: NDArray[np.int64], scale: int) -> ReducedValues:
    """At these prices by cell, in 1/`scale`; all rows are of one level. A group's cheapest count, away or not."""
    classes = cells.class_of[cells.level[0]]
    count = int(classes.max(initial=0)) + 1
    table = (prices / scale).reshape(-1, count)
    cost = _sums(table[event.all_people], event.all_start)
    if len(event.members):
        cheapest = np.minimum.reduceat(table[event.members], event.member_start[:-1], axis=0)
        cost += _sums(cheapest * event.group_count[:, None], event.group_start)
    if len(event.set_pools):
        # A set without a pool is of meetings that can be nowhere; reduceat knows no empty part.
        has_pools = event.set_start[1:] > event.set_start[:-1]
        places = np.zeros((len(has_pools), count))
        starts = event.set_start[:-1][has_pools]
        places[has_pools] = np.minimum.reduceat(table[event.people + event.set_pools], starts, axis=0)
        cost += places[event.pool_set]
    values = np.full(event.meetings, -np.inf)
    for position in range(count):
        may_be = (event.admissible & _bits(classes == position, event.words)).any(axis=1)
        np.maximum(values, event.value - cost[:, position], out=values, where=may_be)
    return ReducedValues(values, np.asarray(table[: event.people].any(axis=1)))


def _sums(rows: Floats, start: NDArray[np.int32]) -> Floats:
    """The sums of the rows from each start to the next."""
    totals = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])
    sums: Floats = totals[start[1:]] - totals[start[:-1]]
    return sums


def _bits(is_set: NDArray[np.bool_], words: int) -> NDArray[np.uint64]:
    """[words] the slots as bits."""
    padded = np.zeros(64 * words, dtype=np.uint8)
    padded[: len(is_set)] = is_set
    return np.packbits(padded, bitorder="little").view("<u8").astype(np.uint64)
