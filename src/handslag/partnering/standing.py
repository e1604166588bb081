"""A plan as flat arrays: what reasons are found in, whoever made it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from handslag.partnering.compiled import CompiledEvent, Numbers, Words, compile_event
from handslag.partnering.problem import Problem
from handslag.partnering.schedule import Placed


class Standing(Protocol):
    """Positions as the compiled event has them; -1 is none."""

    @property
    def event(self) -> CompiledEvent: ...

    @property
    def slots(self) -> Numbers:
        """[M] the slot of each meeting."""

    @property
    def pools(self) -> Numbers:
        """[M] the pool of each meeting."""

    @property
    def busy(self) -> Numbers:
        """[P, S] the meeting of each person in each slot."""

    @property
    def idle(self) -> Words:
        """[P, W] where people are available and have no meeting."""

    @property
    def open(self) -> Words:
        """[K, W] where pools have a room left."""


@dataclass(frozen=True, slots=True)
class Arrays:
    """A plan that was made elsewhere."""

    event: CompiledEvent
    slots: Numbers
    pools: Numbers
    busy: Numbers
    idle: Words
    open: Words


def standing_of(problem: Problem, placed: Iterable[Placed]) -> Arrays:
    """The plan in which these are placed."""
    event = compile_event(problem)
    slot_at = {slot.id: at for at, slot in enumerate(problem.slots)}
    place_at = {place.id: at for at, place in enumerate(problem.places)}
    person_at = {person.id: at for at, person in enumerate(problem.people)}
    meeting_at = {meeting.id: at for at, meeting in enumerate(problem.meetings)}
    slots, pools = np.full(event.meetings, -1, dtype=np.int32), np.full(event.meetings, -1, dtype=np.int32)
    busy = np.full((event.people, event.slots), -1, dtype=np.int32)
    idle = event.free.copy()
    used = np.zeros((len(event.pool_capacity), event.slots), dtype=np.int64)
    for one in placed:
        at, slot = meeting_at[one.meeting], slot_at[one.slot]
        pool = int(event.pool_of_place[place_at[one.place]])
        slots[at], pools[at] = slot, pool
        used[pool, slot] += 1
        for name in one.people:
            busy[person_at[name], slot] = at
            idle[person_at[name], slot >> 6] &= ~np.uint64(1 << (slot & 63))
    room = event.pool_open.copy()
    for pool, slot in np.argwhere(used >= event.pool_capacity[:, None]).tolist():
        room[pool, slot >> 6] &= ~np.uint64(1 << (slot & 63))
    return Arrays(event, slots, pools, busy, idle, room)
