"""An event as whole numbers, for what asks and proves: slots, people and meetings by position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from handslag.partnering.problem import Meeting, Person, Place, Problem


@dataclass(frozen=True, slots=True)
class Group:
    """`count` of some people, whichever."""

    count: int
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A meeting: who attends, and when it can be.

    `free`: the slots in which everyone named is available; `slots`: and enough of each group, and a place for it.
    """

    everyone: tuple[int, ...]
    groups: tuple[Group, ...]
    free: tuple[int, ...]
    slots: tuple[int, ...]
    earlier: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many attend."""
        return len(self.everyone) + sum(group.count for group in self.groups)


class Grid:
    """The event of a problem in which every meeting is to be placed."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._slot_at = {slot.id: at for at, slot in enumerate(problem.slots)}
        self._person_at = {person.id: at for at, person in enumerate(problem.people)}
        self._place_at = {place.id: at for at, place in enumerate(problem.places)}
        self._meeting_at = {meeting.id: at for at, meeting in enumerate(problem.meetings)}
        self.slots = range(len(problem.slots))
        self.people: tuple[Person, ...] = problem.people
        self.days = problem.days
        self.lunches = [tuple(self._slot_at[slot] for slot in slots) for slots in problem.rules.lunch]
        self.away = [frozenset(self._slot_at[slot] for slot in person.unavailable) for person in problem.people]
        self.places: tuple[Place, ...] = problem.places
        self.open = [self._hours(place) for place in problem.places]
        self.rooms = [
            sum(place.count for place, hours in zip(self.places, self.open, strict=True) if slot in hours)
            for slot in self.slots
        ]
        self.requests = [self._request(meeting) for meeting in problem.meetings]
        self.must = Counter(person for request in self.requests for person in request.everyone)
        self.may = Counter(person for request in self.requests for group in request.groups for person in group.people)

    @property
    def has_equal_places(self) -> bool:
        """True if every meeting may use every place: then rooms need only be counted."""
        return all(place.host is None for place in self.places) and all(
            meeting.places is None for meeting in self.problem.meetings
        )

    @property
    def has_pairs_only(self) -> bool:
        """True if each meeting is of two named people."""
        return all(len(request.everyone) == 2 and not request.groups for request in self.requests)

    def places_of(self, meeting: int, slot: int) -> list[int]:
        """The places that are open in the slot, that the meeting may use and that somebody may be host of."""
        asked = self.problem.meetings[meeting].places
        request = self.requests[meeting]
        possible = [*request.everyone, *(one for group in request.groups for one in group.people)]
        places = range(len(self.places)) if asked is None else map(self._place_at.__getitem__, asked)
        return self._open_to(possible, slot, places)

    def breaks(self, busy: int) -> int:
        """The breaks of somebody with meetings in the slots of this bit mask."""
        found = 0
        for day in self.days:
            steps = [step for step, slot in enumerate(day) if busy >> slot & 1]
            found += sum(later - step > 1 for step, later in pairwise(steps))
        return found

    def _hours(self, place: Place) -> frozenset[int]:
        return frozenset(self.slots if place.slots is None else map(self._slot_at.__getitem__, place.slots))

    def _request(self, meeting: Meeting) -> Request:
        everyone = tuple(self._person_at[one] for side in meeting.sides for one in side.all)
        groups = tuple(
            Group(side.any.count, tuple(map(self._person_at.__getitem__, side.any.of)))
            for side in meeting.sides
            if side.any is not None
        )
        asked = self.slots if meeting.slots is None else sorted(map(self._slot_at.__getitem__, meeting.slots))
        free = tuple(slot for slot in asked if not any(slot in self.away[one] for one in everyone))
        places = range(len(self.places)) if meeting.places is None else [self._place_at[at] for at in meeting.places]
        possible = [*everyone, *(one for group in groups for one in group.people)]
        slots = tuple(
            slot
            for slot in free
            if all(sum(slot not in self.away[one] for one in group.people) >= group.count for group in groups)
            and self._open_to(possible, slot, places)
        )
        return Request(everyone, groups, free, slots, tuple(self._meeting_at[name] for name in meeting.after))

    def _open_to(self, possible: Iterable[int], slot: int, places: Iterable[int]) -> list[int]:
        """Which of the places are open then, and somebody who is available may be host of."""
        there = {self.people[one].organisation for one in possible if slot not in self.away[one]}
        return [
            at
            for at in places
            if slot in self.open[at] and (self.places[at].host is None or self.places[at].host in there)
        ]
