"""Who is where when, as it stands: what a repair changes, placement by placement. Ids are positions here.

Sets of slots and of places are whole numbers with a bit for each: to see where a meeting fits is to AND a few of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from handslag.partnering.problem import Meeting, Person, Place
from handslag.partnering.repairing.calendar import Calendar


class Spot(NamedTuple):
    """Where and when a meeting is held, at which table, by whom."""

    slot: int
    place: int
    number: int
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A meeting to be held: who must attend, groups of which so many do, in which slots and places it may be."""

    everyone: tuple[int, ...]
    groups: tuple[tuple[int, tuple[int, ...]], ...]
    slots: int
    # Bits of places; -1 is any.
    places: int
    value: int
    # Who attends or may, and which hosts of places they belong to.
    named: tuple[int, ...]
    hosts: tuple[str, ...]


class Timetable:
    """The people, places and meetings of an event, and what of it is placed. A copy takes some milliseconds."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        # Slots that may still change.
        self.ahead = calendar.everything
        # --- people: available, and of these without a meeting
        self.available: list[int] = []
        self.idle: list[int] = []
        self.organisations: list[str | None] = []
        self.limits: list[tuple[int | None, int | None]] = []
        self.busy: list[dict[int, int]] = []
        self.waiting_of: list[dict[int, None]] = []
        self.breaks: list[int] = []
        # --- places
        self.counts: list[int] = []
        self.opened: list[int] = []
        self.hosts: list[str | None] = []
        self.zones: list[str | None] = []
        self.booths: dict[str, int] = {}
        self.unhosted = 0
        # By slot: the places with a room left.
        self.rooms = [0] * len(calendar.names)
        # The slots in which a place without a host has a room left, and one of each host.
        self.roomy = 0
        self.roomy_at: dict[str, int] = {}
        # The slots in which any place has a room left.
        self.roomy_somewhere = 0
        # By place and slot: the numbers that are taken, and by which meetings.
        self.taken: dict[tuple[int, int], int] = {}
        self.guests: dict[tuple[int, int], dict[int, None]] = {}
        # --- meetings
        self.requests: list[Request | None] = []
        self.spots: list[Spot | None] = []
        self.earlier: dict[int, tuple[int, ...]] = {}
        self.later: dict[int, tuple[int, ...]] = {}
        self.fixed: set[int] = set()
        self.at_slot: list[dict[int, None]] = [{} for _ in calendar.names]
        # What waits and has slots in which its people are idle; those of the people in `changed` are to be looked at.
        self.ready: dict[int, int] = {}
        self.changed: dict[int, None] = {}
        # The slots in which a room came free since what is ready was last looked at.
        self.freed = 0
        self.has_day_rules = bool(calendar.lunches) or calendar.walks_are_forbidden

    def copy(self) -> Timetable:
        """The same, to be changed by itself."""
        other = object.__new__(Timetable)
        for name, value in self.__dict__.items():
            other.__dict__[name] = value.copy() if isinstance(value, list | dict | set) else value
        other.busy = [slots.copy() for slots in self.busy]
        other.waiting_of = [meetings.copy() for meetings in self.waiting_of]
        other.guests = {room: meetings.copy() for room, meetings in self.guests.items()}
        other.at_slot = [meetings.copy() for meetings in self.at_slot]
        return other

    # --- what there is --------------------------------------------------------------------------------------------

    def add_person(self, person: Person) -> None:
        """One more person, of whom nothing is asked yet."""
        available = self.calendar.everything & ~self.calendar.bits(person.unavailable)
        self.available.append(available)
        self.idle.append(available)
        self.organisations.append(person.organisation)
        self.limits.append((person.max_per_day, person.max_in_a_row))
        self.has_day_rules |= person.max_per_day is not None or person.max_in_a_row is not None
        self.busy.append({})
        self.waiting_of.append({})
        self.breaks.append(0)
        self.changed[len(self.idle) - 1] = None

    def add_place(self, place: Place) -> None:
        """One more place, with all its rooms free."""
        at = len(self.counts)
        self.counts.append(place.count)
        self.opened.append(0)
        self.hosts.append(place.host)
        self.zones.append(place.zone)
        if place.host is None:
            self.unhosted |= 1 << at
        else:
            is_new = place.host not in self.booths
            self.booths[place.host] = self.booths.get(place.host, 0) | 1 << at
            if is_new:
                self._look_for_hosts()
        self.open(at, self.calendar.bits(place.slots))

    def _look_for_hosts(self) -> None:
        for at, request in enumerate(self.requests):
            if request is not None:
                self.requests[at] = replace(request, hosts=self._hosts_among(request.named))

    def _hosts_among(self, people: Sequence[int]) -> tuple[str, ...]:
        found = dict.fromkeys(self.organisations[person] for person in people)
        return tuple(one for one in found if one is not None and one in self.booths)

    def add_meeting(self, meeting: Meeting, person_at: dict[str, int], place_at: dict[str, int]) -> None:
        """One more request, which waits."""
        everyone: list[int] = []
        groups = []
        for side in meeting.sides:
            everyone += [person_at[name] for name in side.all]
            if side.any is not None:
                groups.append((side.any.count, tuple(person_at[name] for name in side.any.of)))
        places = -1
        if meeting.places is not None:
            places = sum(1 << place_at[name] for name in meeting.places)
        named = tuple(everyone) + tuple(person for _, members in groups for person in members)
        request = Request(
            tuple(everyone),
            tuple(groups),
            self.calendar.bits(meeting.slots),
            places,
            meeting.value,
            named,
            self._hosts_among(named),
        )
        at = len(self.requests)
        self.requests.append(request)
        self.spots.append(None)
        for person in request.named:
            self.waiting_of[person][at] = None
            self.changed[person] = None

    def put_after(self, meeting: int, earlier: tuple[int, ...]) -> None:
        """A meeting must come after others."""
        self.earlier[meeting] = earlier
        for other in earlier:
            self.later[other] = (*self.later.get(other, ()), meeting)

    def remove_meeting(self, meeting: int) -> None:
        """A request that does not wait any more and is forgotten."""
        for person in self.request(meeting).named:
            self.waiting_of[person].pop(meeting, None)
        self.ready.pop(meeting, None)
        self.requests[meeting] = None
        self.fixed.discard(meeting)
        for other in self.earlier.pop(meeting, ()):
            self.later[other] = tuple(one for one in self.later[other] if one != meeting)
        for other in self.later.pop(meeting, ()):
            self.earlier[other] = tuple(one for one in self.earlier[other] if one != meeting)

    def request(self, meeting: int) -> Request:
        """A meeting that is not cancelled."""
        request = self.requests[meeting]
        assert request is not None, "a cancelled meeting is not asked for"
        return request

    def placed(self, meeting: int) -> Spot:
        """Where a placed meeting is."""
        spot = self.spots[meeting]
        assert spot is not None, "a waiting meeting is nowhere"
        return spot

    # --- who and what is there when -------------------------------------------------------------------------------

    def send_away(self, person: int, slots: int) -> list[int]:
        """Somebody is not available in these slots; the meetings that this makes impossible, which still stand."""
        self.available[person] &= ~slots
        self.idle[person] &= ~slots
        self.changed[person] = None
        return [meeting for slot, meeting in self.busy[person].items() if slots >> slot & 1]

    def bring_back(self, person: int, slots: int) -> None:
        """Somebody is available in these slots after all."""
        came = slots & ~self.available[person]
        self.available[person] |= came
        self.idle[person] |= came
        self.changed[person] = None

    def close(self, places: Sequence[int], slots: int) -> list[int]:
        """Places are closed in these slots; the meetings in them, which still stand."""
        bits = 0
        for place in places:
            bits |= 1 << place
        hit: list[int] = []
        for slot in self.calendar.positions(slots):
            hit += [one for place in places for one in self.guests.get((place, slot), ())]
            closing = [place for place in places if self.opened[place] >> slot & 1]
            self.rooms[slot] &= ~bits
            for place in closing:
                self._note_rooms(place, slot)
        for place in places:
            self.opened[place] &= ~slots
        return hit

    def open(self, place: int, slots: int) -> None:
        """A place is open in these slots."""
        self.opened[place] |= slots
        for slot in self.calendar.positions(slots):
            if self.taken.get((place, slot), 0).bit_count() < self.counts[place]:
                self.rooms[slot] |= 1 << place
                self._note_rooms(place, slot)

    def _note_rooms(self, place: int, slot: int) -> None:
        host = self.hosts[place]
        self.roomy_somewhere = self.roomy_somewhere & ~(1 << slot) | (self.rooms[slot] != 0) << slot
        if self.rooms[slot] >> place & 1:
            self.freed |= 1 << slot
        if host is None:
            has_room = self.rooms[slot] & self.unhosted != 0
            self.roomy = self.roomy & ~(1 << slot) | has_room << slot
        else:
            has_room = self.rooms[slot] & self.booths[host] != 0
            self.roomy_at[host] = self.roomy_at.get(host, 0) & ~(1 << slot) | has_room << slot

    def slots_with_rooms(self, request: Request) -> int:
        """The slots in which a place has a room left that a meeting may use, as far as hosts go."""
        slots = self.roomy
        for host in request.hosts:
            slots |= self.roomy_at.get(host, 0)
        return slots

    # --- single changes -------------------------------------------------------------------------------------------

    def free_number(self, place: int, slot: int) -> int:
        """The lowest number of a place that nobody has."""
        taken = self.taken.get((place, slot), 0)
        return (~taken & (taken + 1)).bit_length()

    def place(self, meeting: int, spot: Spot) -> None:
        """A waiting meeting is held there from now on."""
        slot, place, number, people = spot
        bit = 1 << slot
        for person in people:
            self.idle[person] &= ~bit
            self.busy[person][slot] = meeting
        for person in self.request(meeting).named:
            self.waiting_of[person].pop(meeting, None)
        self.spots[meeting] = spot
        self.at_slot[slot][meeting] = None
        self.ready.pop(meeting, None)
        self.guests.setdefault((place, slot), {})[meeting] = None
        taken = self.taken[place, slot] = self.taken.get((place, slot), 0) | 1 << (number - 1)
        if taken.bit_count() >= self.counts[place]:
            self.rooms[slot] &= ~(1 << place)
            self._note_rooms(place, slot)
        if self.calendar.break_limit is not None:
            self._count_breaks(people)

    def unplace(self, meeting: int) -> Spot:
        """A placed meeting waits from now on; where it was."""
        spot = self.placed(meeting)
        slot, place, number, people = spot
        bit = 1 << slot
        for person in people:
            self.idle[person] |= bit & self.available[person]
            del self.busy[person][slot]
            self.changed[person] = None
        request = self.request(meeting)
        for person in request.named:
            self.waiting_of[person][meeting] = None
        # Wherever the meeting can be, one of these is idle: so it will be looked at.
        for person in request.everyone[:1] or request.named:
            self.changed[person] = None
        self.spots[meeting] = None
        del self.at_slot[slot][meeting]
        del self.guests[place, slot][meeting]
        self.taken[place, slot] &= ~(1 << (number - 1))
        if self.opened[place] & bit:
            self.rooms[slot] |= 1 << place
            self._note_rooms(place, slot)
        if self.calendar.break_limit is not None:
            self._count_breaks(people)
        return spot

    def _count_breaks(self, people: tuple[int, ...]) -> None:
        for person in people:
            self.breaks[person] = self.breaks_of(person)

    def breaks_of(self, person: int) -> int:
        """The runs of slots without a meeting between a day's first meeting and its last, over all days."""
        busy = self.busy[person]
        found = 0
        for day in self.calendar.days:
            last = -1
            for step, slot in enumerate(day):
                if slot in busy:
                    found += 0 <= last < step - 1
                    last = step
        return found
