"""How a timetable is made whole again after a change: what was hit goes elsewhere, and what came free is filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from handslag.partnering.repairing.fitting import find_spot, is_in_order, slots_with_people, too_far
from handslag.partnering.repairing.timetable import Request, Spot, Timetable

# To move a meeting and find that it was in vain takes as long as so many looks.
_A_SHOVE = 20


class Cause(NamedTuple):
    """Why a placement changed: a key of the vocabulary's `repair_causes`, with ids."""

    key: str
    ids: tuple[tuple[str, str], ...] = ()


class Mending:
    """One repair at work. `before` has every meeting that was touched, as it was; `causes` why."""

    def __init__(
        self,
        timetable: Timetable,
        *,
        names: Sequence[str],
        held: Mapping[int, Spot],
        move_price: int | None,
        looks: int,
    ) -> None:
        self.timetable = timetable
        self._names = names
        self.before: dict[int, Spot | None] = {}
        self.causes: dict[int, Cause] = {}
        self.hit: dict[int, None] = {}
        self._held = held
        self._move_price = move_price
        # Slots and meetings that are looked at to find who can give way; beyond it only what is free is taken.
        self._looks = looks
        # By slot: the meetings that may fit elsewhere, and those not yet looked at.
        self._movable: dict[int, tuple[list[int], Iterator[int]]] = {}

    # --- what was hit ---------------------------------------------------------------------------------------------

    def take_out(self, meetings: Iterable[int], cause: Cause) -> None:
        """These cannot stand any more. Whom that leaves with too long a walk is taken out too."""
        for meeting in meetings:
            if self.timetable.spots[meeting] is not None:
                self._hit(meeting, cause)
        if self.timetable.calendar.walks_are_forbidden:
            for meeting in list(self.hit):
                while far := too_far(self.timetable, (self.before[meeting] or _NOWHERE).people):
                    self._hit(far[0], Cause("walk"))

    def _hit(self, meeting: int, cause: Cause) -> None:
        self.hit[meeting] = None
        self.timetable.fixed.discard(meeting)
        self.before[meeting] = self.timetable.unplace(meeting)
        self.causes[meeting] = cause

    def place_again(self) -> None:
        """What was hit: with other delegates or at another place, else in another slot, else in place of one that moves."""
        timetable = self.timetable
        order = sorted(self.hit, key=lambda one: -timetable.request(one).value)
        for goes_on in (self._stay, self._go_elsewhere, self._push_in):
            order = [meeting for meeting in order if not goes_on(meeting)]

    def _stay(self, meeting: int) -> bool:
        was = self.before[meeting]
        if was is None or not self.timetable.ahead >> was.slot & 1:
            return False
        spot = find_spot(self.timetable, meeting, was.slot, was)
        if spot is not None:
            self.timetable.place(meeting, spot)
        return spot is not None

    def _go_elsewhere(self, meeting: int) -> bool:
        spot = self._nearest_spot(meeting, self.before.get(meeting))
        if spot is not None:
            self._put(meeting, spot, None)
        return spot is not None

    def _nearest_spot(self, meeting: int, was: Spot | None, but: int = -1) -> Spot | None:
        """Of the slots in which a meeting fits, one that adds few breaks, near to where it was."""
        timetable = self.timetable
        slots = self._roomy_slots(timetable.request(meeting))
        if slots:
            slots &= slots_with_people(timetable, meeting)
        if but >= 0:
            slots &= ~(1 << but)
        if not slots:
            return None
        order = timetable.calendar.positions(slots)
        if len(order) > 1:
            everyone = timetable.request(meeting).everyone
            order.sort(key=lambda slot: (self._breaks_added(everyone, slot), _distance(slot, was)))
        for slot in order:
            spot = find_spot(timetable, meeting, slot, was)
            if spot is not None:
                return spot
        return None

    def _breaks_added(self, people: tuple[int, ...], slot: int) -> int:
        calendar = self.timetable.calendar
        before, after, day = calendar.before[slot], calendar.after[slot], calendar.day_bits[calendar.day_of[slot]]
        added = 0
        for person in people:
            busy = self.timetable.busy[person]
            if before in busy or after in busy:
                added += 1 - (before in busy) - (after in busy)
            else:
                added += self.timetable.available[person] & ~self.timetable.idle[person] & day != 0
        return added

    # --- in place of one that moves ---------------------------------------------------------------------------------

    def _push_in(self, meeting: int) -> bool:
        """A waiting meeting goes where one other can give way: it sends somebody else, or goes elsewhere itself."""
        timetable = self.timetable
        request, was = timetable.request(meeting), self.before.get(meeting)
        slots = request.slots & timetable.ahead
        missed = 0
        for person in request.everyone:
            missing = ~timetable.idle[person]
            # Who is away cannot come, and only one of them may be busy.
            slots &= timetable.available[person] & ~(missed & missing)
            missed |= missing
        if not slots or self._looks <= 0 or any(map(self._is_full, request.everyone)):
            return False
        rooms_needed = []
        for slot in sorted(timetable.calendar.positions(slots), key=lambda one: _distance(one, was)):
            self._looks -= 1
            if self._looks <= 0:
                return False
            in_the_way = self._in_the_way(meeting, slot)
            if in_the_way is None or not is_in_order(timetable, meeting, slot):
                continue
            if not in_the_way:
                rooms_needed.append(slot)
            for other in in_the_way:
                gives_way = self._leaves_room_for(request, other, slot) or self._may_send_others(other, slot, request)
                if gives_way and self._shove(meeting, slot, other, was):
                    return True
        for slot in rooms_needed:
            for other in self._movable_at(slot):
                if self._leaves_room_for(request, other, slot) and self._shove(meeting, slot, other, was):
                    return True
        return False

    def _is_full(self, person: int) -> bool:
        """True if somebody has no idle slot and none of their meetings could be held by a delegate in their place."""
        timetable = self.timetable
        if timetable.idle[person] & timetable.ahead:
            return False
        return all(person in timetable.request(other).everyone for other in timetable.busy[person].values())

    def _movable_at(self, slot: int) -> Iterator[int]:
        """The meetings of a slot that may fit elsewhere; each is looked at once, as a repair mostly takes rooms."""
        found, rest = self._movable.setdefault(slot, ([], iter(list(self.timetable.at_slot[slot]))))
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
        timetable = self.timetable
        spot = timetable.spots[other]
        if spot is None or spot.slot != slot:
            return False
        self._looks -= 1
        host = timetable.hosts[spot.place]
        is_of_use = request.places >> spot.place & 1 and (host is None or host in request.hosts)
        return bool(is_of_use or timetable.slots_with_rooms(request) >> slot & 1) and self._may_move(other)

    def _may_move(self, other: int) -> bool:
        """True if the people of a placed meeting are idle in another slot in which it has a room."""
        timetable = self.timetable
        request, idle = timetable.request(other), timetable.idle
        slots = self._roomy_slots(request) & request.slots
        for person in request.everyone:
            slots &= idle[person]
        if slots and request.groups:
            slots &= slots_with_people(timetable, other)
        return slots != 0 and other not in timetable.fixed

    def _may_send_others(self, other: int, slot: int, request: Request) -> bool:
        """True if other delegates of a placed meeting are idle, and there is a room for the request beside it."""
        timetable = self.timetable
        if not timetable.slots_with_rooms(request) >> slot & 1 or other in timetable.fixed:
            return False
        groups = timetable.request(other).groups
        return any(timetable.idle[one] >> slot & 1 for _, members in groups for one in members)

    def _in_the_way(self, meeting: int, slot: int) -> list[int] | None:
        """The meetings any one of which would have to go for the people's sake; none if only a room is missing.

        None if more than one stands in the way.
        """
        timetable = self.timetable
        request, idle, bit = timetable.request(meeting), timetable.idle, 1 << slot
        found: set[int] = set()
        for person in request.everyone:
            if not idle[person] & bit:
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

    def _shove(self, meeting: int, slot: int, other: int, was: Spot | None) -> bool:
        """Places a meeting where another was, if that one finds a place too; otherwise all is as before."""
        timetable = self.timetable
        self._looks -= _A_SHOVE
        old = timetable.unplace(other)
        spot = find_spot(timetable, meeting, slot, was)
        if spot is not None:
            timetable.place(meeting, spot)
            new = find_spot(timetable, other, slot, old) or self._nearest_spot(other, old, slot)
            if new is not None:
                timetable.place(other, new)
                if not too_far(timetable, old.people):
                    self.before.setdefault(other, old)
                    self.causes.setdefault(other, Cause("gives_way", (("other", self._names[meeting]),)))
                    self.before.setdefault(meeting, None)
                    return True
                timetable.unplace(other)
            timetable.unplace(meeting)
        timetable.place(other, old)
        return False

    # --- what came free -----------------------------------------------------------------------------------------------

    def fill(self, cause: Cause, wanted: Iterable[int] = ()) -> None:
        """Waiting meetings go where there is room: announced ones first, then by value. `wanted` may push one other away."""
        timetable = self.timetable
        wanted = set(wanted)
        # Only where people's days have changed or a room came free something can fit that did not before; with rules of
        # other kinds anywhere.
        is_ruled = timetable.has_day_rules or bool(timetable.earlier) or timetable.calendar.break_limit is not None
        while True:
            fitting = self._look_again()
            freed = -1 if is_ruled else timetable.freed
            fitting |= {one: None for one, slots in timetable.ready.items() if slots & freed}
            timetable.freed = 0
            order = [one for one in fitting if timetable.ready[one] & self._roomy_slots(timetable.request(one))]
            order.sort(key=lambda one: (one not in self._held, -timetable.request(one).value, one))
            placed = 0
            for meeting in order:
                spot = self._nearest_spot(meeting, self.before.get(meeting) or self._held.get(meeting))
                if spot is not None:
                    self._put(meeting, spot, cause)
                    placed += 1
                else:
                    self.note_ready(meeting)
            if not (placed and is_ruled):
                break
        for meeting in wanted:
            if (
                timetable.spots[meeting] is None
                and self._move_price is not None
                and timetable.request(meeting).value > self._move_price
                and self._push_in(meeting)
            ):
                self.causes[meeting] = cause

    def _look_again(self) -> dict[int, None]:
        """What waits for people whose days have changed, as far as they are idle together."""
        timetable = self.timetable
        again: dict[int, None] = {}
        # Who is idle only where there is no room is left for later.
        rooms = timetable.roomy_somewhere & timetable.ahead
        for person in [one for one in timetable.changed if timetable.idle[one] & rooms]:
            del timetable.changed[person]
            again |= timetable.waiting_of[person]
        fitting: dict[int, None] = {}
        idle, ready, requests = timetable.idle, timetable.ready, timetable.requests
        for meeting in again:
            # As `note_ready` has it, but for groups, which are looked at last: this is done for thousands.
            request = requests[meeting]
            assert request is not None, "a cancelled meeting does not wait"
            slots = request.slots
            for person in request.everyone:
                slots &= idle[person]
            if slots and request.groups:
                slots = slots_with_people(timetable, meeting)
            if slots:
                ready[meeting] = slots
                fitting[meeting] = None
            elif meeting in ready:
                del ready[meeting]
        return fitting

    def note_ready(self, meeting: int) -> None:
        """Keeps the slots in which a waiting meeting's people are idle."""
        slots = slots_with_people(self.timetable, meeting)
        if slots:
            self.timetable.ready[meeting] = slots
        else:
            self.timetable.ready.pop(meeting, None)

    def _roomy_slots(self, request: Request) -> int:
        """The slots ahead with a room that a meeting may use."""
        timetable = self.timetable
        return (timetable.slots_with_rooms(request) if request.hosts else timetable.roomy) & timetable.ahead

    # --- single changes -----------------------------------------------------------------------------------------------

    def _put(self, meeting: int, spot: Spot, cause: Cause | None) -> None:
        self.before.setdefault(meeting, None)
        if cause is not None:
            self.causes.setdefault(meeting, cause)
        self.timetable.place(meeting, spot)


_NOWHERE = Spot(-1, -1, 0, ())


def _distance(slot: int, was: Spot | None) -> int:
    return 0 if was is None else abs(slot - was.slot)
