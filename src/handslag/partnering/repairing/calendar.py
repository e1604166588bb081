"""What does not change while a plan is repaired: the slots with their days, lunches, walks."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from handslag.partnering.problem import Problem

_FIRST_DAY = datetime(1, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_TICKS_A_MINUTE = 60_000_000


class Calendar:
    """Slots by position; sets of slots are whole numbers with a bit for each."""

    def __init__(self, problem: Problem) -> None:
        slots = problem.slots
        self.names = [slot.id for slot in slots]
        self.at = {slot.id: position for position, slot in enumerate(slots)}
        self.everything = (1 << len(slots)) - 1
        self.days = problem.days
        self.day_of = [0] * len(slots)
        self.step_of = [0] * len(slots)
        self.before = [-1] * len(slots)
        self.after = [-1] * len(slots)
        self.day_bits = [0] * len(self.days)
        for day, positions in enumerate(self.days):
            for step, slot in enumerate(positions):
                self.day_of[slot], self.step_of[slot] = day, step
                self.day_bits[day] |= 1 << slot
            for slot, later in itertools.pairwise(positions):
                self.after[slot], self.before[later] = later, slot
        self.lunches = [tuple(self.at[name] for name in names) for names in problem.rules.lunch]
        self.break_limit = problem.rules.max_break_spread
        self._begins = [0 if slot.start is None else (slot.start - _FIRST_DAY) // _TICK for slot in slots]
        self._ends = [
            begins + (slot.minutes or 0) * _TICKS_A_MINUTE for begins, slot in zip(self._begins, slots, strict=True)
        ]
        self._walks = {(walk.start, walk.end): walk.minutes * _TICKS_A_MINUTE for walk in problem.walks}
        self._walks |= {(end, start): ticks for (start, end), ticks in self._walks.items()}
        self.has_walks = bool(self._walks)
        self.walks_are_forbidden = self.has_walks and problem.rules.walks == "forbid"

    def bits(self, names: tuple[str, ...] | None) -> int:
        """The slots of these names; None is all."""
        if names is None:
            return self.everything
        found = 0
        for name in names:
            found |= 1 << self.at[name]
        return found

    def positions(self, slots: int) -> list[int]:
        """The slots of a set, in order."""
        found = []
        while slots:
            lowest = slots & -slots
            found.append(lowest.bit_length() - 1)
            slots ^= lowest
        return found

    def named(self, slots: int) -> tuple[str, ...]:
        """The names of the slots of a set, in order."""
        return tuple([self.names[slot] for slot in self.positions(slots)])

    def is_far(self, slot: int, zone: str | None, later: int, later_zone: str | None) -> bool:
        """True if there is too little time from one meeting to a later one."""
        if zone is None or later_zone is None:
            return False
        needed = self._walks.get((zone, later_zone))
        return needed is not None and self._begins[later] - self._ends[slot] < needed
