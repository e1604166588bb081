"""All offers of an event's meetings at prices by cell, as arrays for the compiled functions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handslag.partnering.bounding.cells import Cells
from handslag.partnering.bounding.lighter_kernels import lighten, list_wanting
from handslag.partnering.bounding.offer_kernels import FIRST_PATTERN, find_offers
from handslag.partnering.compiled import CompiledEvent, is_set_of, unpacked
from handslag.partnering.problem import Problem

Numbers = NDArray[np.int32]
Long = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Offers:
    """Every meeting's ways to be held that differ in price, without what costs nothing at the best prices."""

    tape: Numbers  # records of offers: see `offer_kernels`
    start: Long  # [meetings + 1]
    worth: Long  # [meetings, 2] what a meeting counts, and what it counts as held
    # Places of which a meeting takes the cheapest.
    pattern_start: Numbers
    pattern_cells: Numbers
    capacity: Long  # [cells] 0 where nobody needs to pay
    # By cell the meetings that may want it, and the patterns that it is in.
    wanting_start: Long
    wanting: Numbers
    of_cell_start: Long
    of_cell: Numbers
    most_chosen: int

    @property
    def is_priced(self) -> Flags:
        flags: Flags = self.wanting_start[1:] > self.wanting_start[:-1]
        return flags


def list_offers(problem: Problem, event: CompiledEvent, cells: Cells) -> Offers:
    """The offers of an event whose slots are priced by these cells."""
    pattern_of, pattern_start, pattern_cells = _place_patterns(event, cells)
    tape, start = _tape(problem, event, cells, pattern_of, pattern_start)
    # A clamped number of rooms is no number to reckon with; it is more than there are meetings.
    capacity = cells.capacity
    while True:
        wanted = np.zeros(cells.count, dtype=np.int64)
        list_wanting(tape, start, pattern_start, pattern_cells, wanted, np.zeros(0, np.int32))
        is_priced = wanted > capacity
        before = len(tape)
        tape = tape[: lighten(tape, start, pattern_start, pattern_cells, is_priced)]
        # What was taken out of patterns is not wanted there: those patterns are used no more.
        if len(tape) == before and not (wanted[~is_priced] > 0).any():
            break
    wanting_start = np.concatenate([[0], np.cumsum(wanted)]).astype(np.int64)
    wanting = np.zeros(max(1, int(wanting_start[-1])), dtype=np.int32)
    list_wanting(tape, start, pattern_start, pattern_cells, wanting_start[:-1].copy(), wanting)
    pattern_of_entry = np.repeat(np.arange(len(pattern_start) - 1), np.diff(pattern_start))
    by_cell = np.argsort(pattern_cells, kind="stable")
    of_cell_start = np.concatenate([[0], np.cumsum(np.bincount(pattern_cells, minlength=cells.count))])
    worth = np.stack([np.maximum(event.value - np.where(event.is_held, event.move_price, 0), 0), event.value], axis=1)
    return Offers(
        tape.copy(), start, worth, pattern_start, pattern_cells, np.where(is_priced, capacity, 0),
        wanting_start, wanting, of_cell_start.astype(np.int64), pattern_of_entry[by_cell].astype(np.int32),
        int(event.group_count.max(initial=1)),
    )  # fmt: skip


def _tape(
    problem: Problem, event: CompiledEvent, cells: Cells, pattern_of: Numbers, pattern_start: Numbers
) -> tuple[Numbers, Long]:
    start = np.zeros(event.meetings + 1, dtype=np.int64)
    tape = np.zeros(20 * event.meetings + 2 * len(event.members) + 1000, dtype=np.int32)
    most_classes = int(np.diff(cells.first).max(initial=1))
    stays = _may_stay(problem, event)
    meeting = at = 0
    while True:
        meeting, at = find_offers(
            meeting, tape, start, at, cells.level, cells.class_of, cells.first, most_classes,
            event.all_start, event.all_people, event.group_start, event.group_count, event.member_start, event.members,
            event.admissible, event.free, event.organisation, event.pool_set, event.set_start, event.set_pools,
            event.set_is_sure, event.pool_open, event.pool_host, pattern_of, pattern_start[1:] > pattern_start[:-1],
            stays, event.is_frozen, event.held_slot, event.held_pool, event.held_start, event.held_people,
        )  # fmt: skip
        if meeting == event.meetings:
            return tape[:at], start
        # In steps, so that what a large event needs is not asked for twice.
        grown = np.zeros(len(tape) * 3 // 2 + (len(tape) // max(1, meeting)) * (event.meetings - meeting), np.int32)
        grown[:at] = tape[:at]
        tape = grown


def _place_patterns(event: CompiledEvent, cells: Cells) -> tuple[Numbers, Numbers, Numbers]:
    """By set of pools and slot the cells of the sure pools that are open: where equal, one pattern."""
    opened = unpacked(event.pool_open, event.slots)
    levels = cells.level[event.people :]
    # Slots in which the same is open at the same prices.
    used = [opened, *(cells.class_of[level][None] for level in np.unique(levels))]
    _, some_slot, like = np.unique(np.concatenate(used), axis=1, return_index=True, return_inverse=True)
    like = like.reshape(-1)
    start, entries = [0] * (FIRST_PATTERN + 1), list[NDArray[np.int32]]()
    known: dict[tuple[int, bytes], int] = {}
    found = np.zeros((len(event.set_start) - 1, len(some_slot)), dtype=np.int32)
    for number in range(len(found)):
        begin, end = event.set_start[number], event.set_start[number + 1]
        pools, is_sure = event.set_pools[begin:end], event.set_is_sure[begin:end]
        classes = cells.class_of[levels[pools]][:, some_slot] + cells.first[event.people + pools][:, None]
        is_open = opened[pools][:, some_slot].astype(bool)
        for kind in range(len(some_slot)):
            # With what is not sure in it: patterns tell slots apart.
            there = np.where(is_open[:, kind], classes[:, kind], -1)
            key = (number, there.tobytes())
            if key not in known:
                known[key] = len(start) - 1
                entries.append(there[is_sure & is_open[:, kind]])
                start.append(start[-1] + len(entries[-1]))
            found[number, kind] = known[key]
    pattern_cells = np.concatenate([np.zeros(0, np.int32), *entries]).astype(np.int32)
    # Of one layout, so that what takes it is compiled once.
    return np.ascontiguousarray(found[:, like]), np.array(start, dtype=np.int32), pattern_cells


def _may_stay(problem: Problem, event: CompiledEvent) -> Flags:
    """The meetings that may be as held at full value where others pay for a move, and the frozen ones that can stand."""
    stays = event.is_frozen & event.may_stay
    if not event.move_price:
        return stays
    known = {person.id: person for person in problem.people}
    for position in np.flatnonzero(event.is_held & ~event.is_frozen & (event.held_slot >= 0)):
        meeting = problem.meetings[position]
        held = meeting.held
        stays[position] = (
            held is not None
            and (meeting.slots is None or held.slot in meeting.slots)
            and all(name in known and held.slot not in known[name].unavailable for name in held.people)
            and is_set_of(meeting, held.people)
        )
    return stays
