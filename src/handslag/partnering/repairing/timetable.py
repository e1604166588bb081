"""Who is where when, as it stands: what a repair changes, placement by placement. Ids are positions here.

Sets of slots and of places are whole numbers with a bit for each: to see where a meeting fits is to AND a few of them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
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
        # By person: the meetings, waiting, placed or cancelled, that name them, and for each somebody else who must attend (if
        # nobody else must: themselves). Arrays, as some are named in hundreds, and these are gone through at every change.
        self.named_in: list[array[int]] = []
        self.named_with: list[array[int]] = []
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
        self.values: list[int] = []
        self.spots: list[Spot | None] = []
        self.earlier: dict[int, tuple[int, ...]] = {}
        self.later: dict[int, tuple[int, ...]] = {}
        self.fixed: set[int] = set()
        # What waits and has slots in which its people are idle, as last looked at; not yet looked at are those that began
        # to wait since, and those for whom somebody came free, by slot.
        self.ready: dict[int, int] = {}
        self.unseen: dict[int, None] = {}
        self.came_free: dict[int, list[int]] = {}
        # The slots in which a room came free since what is ready was last looked at.
        self.freed = 0
        self.has_day_rules = bool(calendar.lunches) or calendar.walks_are_forbidden

    def copy(self) -> Timetable:
        """The same, to be changed by itself."""
        other = object.__new__(Timetable)
        for name, value in self.__dict__.items():
            other.__dict__[name] = value.copy() if isinstance(value, list | dict | set) else value
        other.busy = [slots.copy() for slots in self.busy]
        other.came_free = {slot: people.copy() for slot, people in self.came_free.items()}
        other.guests = {room: meetings.copy() for room, meetings in self.guests.items()}
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
        self.named_in.append(array("i"))
        self.named_with.append(array("i"))
        self.breaks.append(0)

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
            named,
            self._hosts_among(named),
        )
        at = len(self.requests)
        self.requests.append(request)
        self.values.append(meeting.value)
        self.spots.append(None)
        self.unseen[at] = None
        for person in request.named:
            other = next((one for one in everyone if one != person), person)
            # New arrays: the old ones may be a copy's, too.
            self.named_in[person] = self.named_in[person] + array("i", (at,))
            self.named_with[person] = self.named_with[person] + array("i", (other,))

    def put_after(self, meeting: int, earlier: tuple[int, ...]) -> None:
        """A meeting must come after others."""
        self.earlier[meeting] = earlier
        for other in earlier:
            self.later[other] = (*self.later.get(other, ()), meeting)

    def remove_meeting(self, meeting: int) -> None:
        """A request that does not wait any more and is forgotten."""
        self.ready.pop(meeting, None)
        self.unseen.pop(meeting, None)
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

    def meetings_at(self, slot: int, most: int) -> list[int]:
        """So many at most of the meetings that are held in a slot."""
        everywhere = (self.guests.get((place, slot), ()) for place in range(len(self.counts)))
        return list(islice(chain.from_iterable(everywhere), most))

    # --- who and what is there when -------------------------------------------------------------------------------

    def send_away(self, person: int, slots: int) -> list[int]:
        """Somebody is not available in these slots; the meetings that this makes impossible, which still stand."""
        self.available[person] &= ~slots
        self.idle[person] &= ~slots
        return [meeting for slot, meeting in self.busy[person].items() if slots >> slot & 1]

    def bring_back(self, person: int, slots: int) -> None:
        """Somebody is available in these slots after all."""
        came = slots & ~self.available[person]
        self.available[person] |= came
        self.idle[person] |= came
        for slot in self.calendar.positions(came):
            self.came_free.setdefault(slot, []).append(person)

    def close(self, places: Sequence[int], slots: int) -> dict[int, Spot]:
        """Places are closed in these slots; the meetings that were in them wait now: where they were."""
        bits = 0
        for place in places:
            bits |= 1 << place
            self.opened[place] &= ~slots
        a_place_of_each = {self.hosts[place]: place for place in places}.values()
        hit: dict[int, Spot] = {}
        for slot in self.calendar.positions(slots):
            self.rooms[slot] &= ~bits
            for place in a_place_of_each:
                self._note_rooms(place, slot)
            guests: list[int] = []
            for place in places:
                if self.taken.pop((place, slot), 0):
                    guests += self.guests.pop((place, slot))
            self._send_apart(guests, slot, hit)
        return hit

    def _send_apart(self, meetings: Iterable[int], slot: int, out: dict[int, Spot]) -> None:
        """Meetings of one slot, whose rooms are given up, wait now. A closed area has many: as few steps as it takes."""
        bit = 1 << slot
        spots, idle, busy = self.spots, self.idle, self.busy
        came_free: list[int] = []
        for meeting in meetings:
            spot = spots[meeting]
            assert spot is not None, "only what is placed is in a room"
            out[meeting] = spot
            spots[meeting] = None
            came_free += spot[3]
            for person in spot[3]:
                idle[person] |= bit
                del busy[person][slot]
        self.came_free.setdefault(slot, []).extend(came_free)
        if self.calendar.break_limit is not None:
            self._count_breaks(came_free)

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

    def roomy_slots(self, request: Request) -> int:
        """The slots ahead in which a place has a room left that a meeting may use, as far as hosts go."""
        slots = self.roomy
        for host in request.hosts:
            slots |= self.roomy_at.get(host, 0)
        return slots & self.ahead

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
        self.spots[meeting] = spot
        self.ready.pop(meeting, None)
        self.unseen.pop(meeting, None)
        room = place, slot
        self.guests.setdefault(room, {})[meeting] = None
        taken = self.taken[room] = self.taken.get(room, 0) | 1 << (number - 1)
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
        del self.guests[place, slot][meeting]
        self.taken[place, slot] ^= 1 << (number - 1)
        if self.opened[place] & bit:
            self.freed |= bit
            if not self.rooms[slot] >> place & 1:
                self.rooms[slot] |= 1 << place
                self._note_rooms(place, slot)
        self._send_apart((meeting,), slot, {})
        self.unseen[meeting] = None
        for person in people:
            self.idle[person] &= self.available[person]
        return spot

    def _count_breaks(self, people: Iterable[int]) -> None:
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
