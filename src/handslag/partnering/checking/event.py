"""The problem as the checker looks things up in it, and what stands in a schedule by ids that are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from handslag.partnering.problem import Meeting, Person, Place, Problem
from handslag.partnering.schedule import Placed

_FIRST_DAY = datetime(1, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_TICKS_A_MINUTE = 60_000_000

# Of one person: the positions of the slots in which there is a meeting, with the meeting and its place.
Busy = dict[int, tuple[str, str]]


class Event:
    """A problem with its slots by position, everything else by id."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.slot_at = {slot.id: position for position, slot in enumerate(problem.slots)}
        self.places: dict[str, Place] = {place.id: place for place in problem.places}
        self.people: dict[str, Person] = {person.id: person for person in problem.people}
        self.meetings: dict[str, Meeting] = {meeting.id: meeting for meeting in problem.meetings}
        self.away = {person.id: frozenset(person.unavailable) for person in problem.people}
        self.open = {place.id: None if place.slots is None else frozenset(place.slots) for place in problem.places}
        self.days = problem.days
        self.day_of = {slot: day for day, slots in enumerate(self.days) for slot in slots}
        self.step_in_day = {slot: step for slots in self.days for step, slot in enumerate(slots)}
        self.lunches = [tuple(self.slot_at[slot] for slot in slots) for slots in problem.rules.lunch]
        self._walks = {frozenset((walk.start, walk.end)): walk.minutes * _TICKS_A_MINUTE for walk in problem.walks}
        self._begins = [0 if slot.start is None else (slot.start - _FIRST_DAY) // _TICK for slot in problem.slots]
        self._ends = [
            begins + (slot.minutes or 0) * _TICKS_A_MINUTE
            for begins, slot in zip(self._begins, problem.slots, strict=True)
        ]

    def by_day(self, busy: Iterable[int]) -> dict[int, list[int]]:
        """The slots of a person by day, each day's in order."""
        found: dict[int, list[int]] = {}
        for slot in sorted(busy):
            found.setdefault(self.day_of[slot], []).append(slot)
        return found

    def breaks(self, busy: Iterable[int]) -> int:
        """The runs of slots without a meeting between a day's first meeting and its last, over all days."""
        return sum(
            self.step_in_day[later] - self.step_in_day[slot] > 1
            for slots in self.by_day(busy).values()
            for slot, later in pairwise(slots)
        )

    def longest_row(self, busy: Iterable[int]) -> int:
        """The longest run of neighbouring slots with meetings."""
        longest = 0
        for slots in self.by_day(busy).values():
            row = 0
            before = -2
            for step in map(self.step_in_day.__getitem__, slots):
                row = row + 1 if step == before + 1 else 1
                longest = max(longest, row)
                before = step
        return longest

    def far_walks(self, busy: Busy) -> list[tuple[int, int]]:
        """The pairs of successive meetings of a day, as slots, between which there is too little time to walk."""
        if not self._walks:
            return []
        return [
            (slot, later)
            for slots in self.by_day(busy).values()
            for slot, later in pairwise(slots)
            if self._is_far(slot, busy[slot][1], later, busy[later][1])
        ]

    def _is_far(self, slot: int, place: str, later: int, other: str) -> bool:
        zone, other_zone = self.places[place].zone, self.places[other].zone
        if zone is None or other_zone is None:
            return False
        needed = self._walks.get(frozenset((zone, other_zone)))
        return needed is not None and self._begins[later] - self._ends[slot] < needed

    def lunches_missed(self, busy: Iterable[int]) -> list[tuple[int, ...]]:
        """The lunches of which every slot has a meeting."""
        taken = set(busy)
        return [slots for slots in self.lunches if taken.issuperset(slots)]

    def has_host(self, place: Place, people: Iterable[str]) -> bool:
        """True if the place has no host, or somebody of these belongs to it."""
        return place.host is None or any(
            self.people[person].organisation == place.host for person in people if person in self.people
        )


class Standing:
    """What of a schedule can be looked at: the first placement of each known meeting, in a known slot and place."""

    def __init__(self, event: Event, placed: Iterable[Placed]) -> None:
        self.event = event
        self.placed: dict[str, Placed] = {}
        self.busy: dict[str, Busy] = {}
        for one in placed:
            is_known = one.meeting in event.meetings and one.slot in event.slot_at and one.place in event.places
            if not is_known or one.meeting in self.placed:
                continue
            self.placed[one.meeting] = one
            for person in one.people:
                if person in event.people:
                    self.busy.setdefault(person, {}).setdefault(event.slot_at[one.slot], (one.meeting, one.place))
        self.breaks: Mapping[str, int] = {person: event.breaks(busy) for person, busy in self.busy.items()}

    @property
    def break_spread(self) -> int:
        """The largest less the smallest number of breaks over people with a meeting."""
        return spread(self.breaks)


def spread(breaks: Mapping[str, int]) -> int:
    """The largest less the smallest of some people's numbers of breaks; of fewer than two people 0."""
    return max(breaks.values()) - min(breaks.values()) if breaks else 0
