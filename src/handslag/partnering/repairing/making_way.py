"""Who gives way to a meeting that waits: what was hit itself and goes on, else one of the others, of which few may move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from handslag.partnering.repairing.fitting import (
    distance,
    find_spot,
    is_in_order,
    nearest_spot,
    slots_with_people,
    too_far,
)
from handslag.partnering.repairing.timetable import Request, Spot, Timetable

# To move a meeting and find that it was in vain takes as long as so many looks.
_A_SHOVE = 20
# To see which of so many waiting meetings could be held in a slot takes as long as a look.
_A_LOOK = 10


class GaveWay(NamedTuple):
    """A placed meeting that is elsewhere now, and where it was."""

    meeting: int
    was: Spot


class MakingWay:
    """The looks of one repair: after so many of them, at slots and meetings, it ends; a full hall makes it long and in vain."""

    def __init__(self, timetable: Timetable, hit: Mapping[int, Spot], *, allowed: int, looks: int) -> None:
        self._timetable = timetable
        self._hit = hit
        # How many that were not hit may still move.
        self.allowed = allowed
        self._looks = looks
        # By slot: the meetings that may fit elsewhere, and those not yet looked at.
        self._movable: dict[int, tuple[list[int], Iterator[int]]] = {}

    def passed_on(self, left: Mapping[int, Spot]) -> Iterator[tuple[int, GaveWay]]:
        """Of these that wait, by value, with where they were: which go to where one that was hit is now, and that one goes on.

        It moves anyway, so this costs nobody anything.
        """
        timetable = self._timetable
        waiting = dict(left)
        for other in self._hit:
            spot = timetable.spots[other]
            if spot is None or not self._may_move(other):
                continue
            bit = 1 << spot.slot
            self._looks -= len(waiting) // _A_LOOK
            coming = {one: None for person in spot.people for one in timetable.named_in[person] if one in waiting}
            coming |= {one: None for one in waiting if timetable.ready.get(one, 0) & bit}
            for meeting in coming:
                if self._looks <= 0:
                    return
                is_of_use = self._leaves_room_for(timetable.request(meeting), other, spot.slot)
                if not is_of_use or self._in_the_way(meeting, spot.slot) not in ([], [other]):
                    continue
                gave_way = self._shove(meeting, spot.slot, other, waiting[meeting])
                if gave_way is not None:
                    del waiting[meeting]
                    yield meeting, gave_way
                    break

    def push_in(self, meeting: int, was: Spot | None) -> GaveWay | None:
        """A waiting meeting goes where one other can give way: that one sends somebody else, or goes elsewhere itself."""
        timetable = self._timetable
        request = timetable.request(meeting)
        slots = request.slots & timetable.ahead
        if not slots or self._looks <= 0 or not self.allowed:
            return None
        missed = 0
        for person in request.everyone:
            missing = ~timetable.idle[person]
            # Who is away cannot come, and only one of them may be busy.
            slots &= timetable.available[person] & ~(missed & missing)
            missed |= missing
        if not slots or any(map(self._is_full, request.everyone)):
            return None
        rooms_needed = []
        for slot in sorted(timetable.calendar.positions(slots), key=lambda one: distance(one, was)):
            self._looks -= 1
            if self._looks <= 0:
                return None
            in_the_way = self._in_the_way(meeting, slot)
            if in_the_way is None or not is_in_order(timetable, meeting, slot):
                continue
            if not in_the_way:
                rooms_needed.append(slot)
            for other in in_the_way:
                gives_way = self._leaves_room_for(request, other, slot) or self._may_send_others(other, slot, request)
                if gives_way and (gave_way := self._shove(meeting, slot, other, was)) is not None:
                    return gave_way
        for slot in rooms_needed:
            if self._looks <= 0:
                return None
            for other in self._movable_at(slot):
                if (
                    self._leaves_room_for(request, other, slot)
                    and (gave_way := self._shove(meeting, slot, other, was)) is not None
                ):
                    return gave_way
        return None

    def _is_full(self, person: int) -> bool:
        """True if somebody has no idle slot and none of their meetings could be held by a delegate in their place."""
        timetable = self._timetable
        if timetable.idle[person] & timetable.ahead:
            return False
        return all(person in timetable.request(other).everyone for other in timetable.busy[person].values())

    def _movable_at(self, slot: int) -> Iterator[int]:
        """The meetings of a slot that may fit elsewhere; each is looked at once, as a repair mostly takes rooms."""
        if slot not in self._movable:
            self._movable[slot] = [], iter(self._timetable.meetings_at(slot, self._looks))
        found, rest = self._movable[slot]
        yield from list(found)
        for other in rest:
            self._looks -= 1
            if self._looks <= 0:
                return
            if self._may_move(other):
                found.append(other)
                yield other

    def _leaves_room_for(self, request: Request, other: int, slot: int) -> bool:
        """True if a meeting is still in the slot and may fit elsewhere, and the request has a place then."""
        timetable = self._timetable
        spot = timetable.spots[other]
        if spot is None or spot.slot != slot:
            return False
        self._looks -= 1
        host = timetable.hosts[spot.place]
        is_of_use = request.places >> spot.place & 1 and (host is None or host in request.hosts)
        return bool(is_of_use or timetable.roomy_slots(request) >> slot & 1) and self._may_move(other)

    def _may_move(self, other: int) -> bool:
        """True if the people of a placed meeting are idle in another slot in which it has a room."""
        timetable = self._timetable
        request, idle = timetable.request(other), timetable.idle
        slots = timetable.roomy_slots(request) & request.slots
        for person in request.everyone:
            slots &= idle[person]
        if slots and request.groups:
            slots &= slots_with_people(timetable, other)
        return slots != 0 and other not in timetable.fixed

    def _may_send_others(self, other: int, slot: int, request: Request) -> bool:
        """True if other delegates of a placed meeting are idle, and there is a room for the request beside it."""
        timetable = self._timetable
        if not timetable.roomy_slots(request) >> slot & 1 or other in timetable.fixed:
            return False
        groups = timetable.request(other).groups
        return any(timetable.idle[one] >> slot & 1 for _, members in groups for one in members)

    def _in_the_way(self, meeting: int, slot: int) -> list[int] | None:
        """The meetings any one of which would have to go for the people's sake; none if only a room is missing.

        None if more than one stands in the way, or somebody is away.
        """
        timetable = self._timetable
        request, idle, bit = timetable.request(meeting), timetable.idle, 1 << slot
        found: set[int] = set()
        for person in request.everyone:
            if not idle[person] & bit:
                if slot not in timetable.busy[person]:
                    return None
                found.add(timetable.busy[person][slot])
        choices: list[int] = list(found)
        for count, members in request.groups:
            missing = count - sum(1 for one in members if idle[one] & bit)
            if missing > 0:
                of_group = [timetable.busy[one][slot] for one in members if slot in timetable.busy[one]]
                if missing > 1 or (choices and not set(choices) & set(of_group)):
                    return None
                choices = [one for one in of_group if one in choices] if choices else of_group
        if len(found) > 1:
            return None
        return [one for one in dict.fromkeys(choices) if one not in timetable.fixed] or (None if choices else [])

    def _shove(self, meeting: int, slot: int, other: int, was: Spot | None) -> GaveWay | None:
        """Places a meeting where another was, if that one finds a place too; otherwise all is as before."""
        timetable = self._timetable
        self._looks -= _A_SHOVE
        old = timetable.unplace(other)
        spot = find_spot(timetable, meeting, slot, was)
        if spot is not None:
            timetable.place(meeting, spot)
            new = find_spot(timetable, other, slot, old) or nearest_spot(timetable, other, old, slot)
            if new is not None:
                timetable.place(other, new)
                if not too_far(timetable, old.people):
                    is_move = new.slot != old.slot or set(new.people) != set(old.people)
                    self.allowed -= is_move and other not in self._hit
                    return GaveWay(other, old)
                timetable.unplace(other)
            timetable.unplace(meeting)
        timetable.place(other, old)
        return None
