"""How a timetable is made whole again after a change: what was hit goes elsewhere, and what came free is filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from handslag.partnering.repairing.fitting import enough, find_spot, nearest_spot, too_far
from handslag.partnering.repairing.making_way import GaveWay, MakingWay
from handslag.partnering.repairing.repair import GIVES_WAY
from handslag.partnering.repairing.timetable import Spot, Timetable

_NO_IDS: Mapping[str, str] = {}


class Cause(NamedTuple):
    """Why a placement changed: a key of the vocabulary's `repair_causes`, with ids."""

    key: str
    ids: Mapping[str, str] = _NO_IDS


class Mending:
    """One repair at work. `before` has every meeting that was touched, as it was; `causes` why."""

    def __init__(
        self,
        timetable: Timetable,
        *,
        names: Sequence[str],
        held: Mapping[int, Spot],
        move_price: int | None,
        allowed: int,
        looks: int,
    ) -> None:
        self.timetable = timetable
        self._names = names
        self.before: dict[int, Spot | None] = {}
        self.causes: dict[int, Cause] = {}
        self.hit: dict[int, Spot] = {}
        self._held = held
        self._move_price = move_price
        # By place that was closed: why its meetings had to go.
        self._closed: Mapping[int, Cause] = {}
        self._way = MakingWay(timetable, self.hit, allowed=allowed, looks=looks)

    # --- what was hit ---------------------------------------------------------------------------------------------

    def take_out(self, meetings: Iterable[int], cause: Cause) -> None:
        """These cannot stand any more."""
        for meeting in meetings:
            self.hit[meeting] = self.before[meeting] = self.timetable.unplace(meeting)
            self.causes[meeting] = cause
            self.timetable.fixed.discard(meeting)

    def note_closed(self, hit: Mapping[int, Spot], causes: Mapping[int, Cause]) -> None:
        """These had to go from places that are closed now, each for the cause of its place. An area has a thousand."""
        self.hit.update(hit)
        self.before.update(hit)
        self._closed = causes
        self.timetable.fixed.difference_update(hit)

    def cause_of(self, meeting: int, before: Spot | None) -> Cause:
        """Why a meeting that was touched is not where it was."""
        cause = self.causes.get(meeting)
        if cause is None:
            assert before is not None, "what goes for no cause of its own was at a place that is closed"
            cause = self._closed[before[1]]
        return cause

    def take_out_walkers(self) -> None:
        """Whom what was taken out leaves with too long a walk is hit, too."""
        if self.timetable.calendar.walks_are_forbidden:
            for was in list(self.hit.values()):
                while far := too_far(self.timetable, was.people):
                    self.take_out(far[:1], Cause("walk"))

    def place_again(self) -> None:
        """What was hit: with other delegates or at another place, else in another slot, else in place of one that moves."""
        timetable = self.timetable
        hit, spots, rooms = self.hit, timetable.spots, timetable.rooms
        self._look_at(hit)
        by_value = sorted(hit, key=timetable.values.__getitem__, reverse=True)
        # Rooms and idle people become fewer from here on: what does not fit now is not asked again.
        fitting = self._fitting(by_value)
        for meeting in fitting:
            was = hit[meeting]
            if rooms[was.slot] and self._fitting_slots(meeting) >> was.slot & 1:
                self._place_at(meeting, find_spot(timetable, meeting, was.slot, was))
        for meeting in self._fitting(fitting):
            if self._fitting_slots(meeting):
                self._place_at(meeting, nearest_spot(timetable, meeting, hit[meeting]))
        left = {meeting: hit[meeting] for meeting in by_value if spots[meeting] is None}
        if left:
            for meeting, gave_way in self._way.passed_on(left):
                self._note_pushed_in(meeting, gave_way)
        for meeting in left:
            if not self._way.allowed:
                break
            if spots[meeting] is None:
                self._push_in(meeting)

    def _fitting(self, meetings: Iterable[int]) -> list[int]:
        """Those of these that wait and have such slots. There may be a thousand."""
        timetable = self.timetable
        ready, roomy_at = timetable.ready, timetable.roomy_at
        roomy, ahead = timetable.roomy & timetable.ahead, timetable.ahead
        found = []
        for meeting in meetings:
            slots = ready.get(meeting, 0)
            if slots & roomy:
                found.append(meeting)
            elif slots:
                for host in timetable.request(meeting).hosts:
                    if slots & ahead & roomy_at.get(host, 0):
                        found.append(meeting)
                        break
        return found

    def _fitting_slots(self, meeting: int) -> int:
        """At least all slots in which people were idle when last looked at, and there is a room now."""
        timetable = self.timetable
        return timetable.ready[meeting] & timetable.roomy_slots(timetable.request(meeting))

    def _place_at(self, meeting: int, spot: Spot | None) -> None:
        if spot is not None:
            self.timetable.place(meeting, spot)

    def _push_in(self, meeting: int) -> bool:
        gave_way = self._way.push_in(meeting, self.before.get(meeting))
        if gave_way is not None:
            self._note_pushed_in(meeting, gave_way)
        return gave_way is not None

    def _note_pushed_in(self, meeting: int, gave_way: GaveWay) -> None:
        self.before.setdefault(gave_way.meeting, gave_way.was)
        if gave_way.meeting not in self.hit:
            self.causes.setdefault(gave_way.meeting, Cause(GIVES_WAY, {"other": self._names[meeting]}))
        self.before.setdefault(meeting, None)

    # --- what came free -----------------------------------------------------------------------------------------------

    def fill(self, cause: Cause, wanted: Iterable[int] = ()) -> None:
        """Waiting meetings go where there is room: announced ones first, then by value. `wanted` may push one other away."""
        timetable = self.timetable
        # Only where people came free or a room did something can fit that did not before; with rules of other kinds anywhere.
        is_ruled = timetable.has_day_rules or bool(timetable.earlier) or timetable.calendar.break_limit is not None
        while True:
            freed = -1 if is_ruled else timetable.freed
            asked = list(self._waiting_anew() | {one: None for one, slots in timetable.ready.items() if slots & freed})
            timetable.freed = 0
            self._look_at(asked)
            order = self._fitting(asked)
            order.sort(key=lambda one: (one not in self._held, -timetable.values[one], one))
            placed = 0
            for meeting in order:
                if not self._fitting_slots(meeting):
                    continue
                spot = nearest_spot(timetable, meeting, self.before.get(meeting) or self._held.get(meeting))
                if spot is not None:
                    self.before.setdefault(meeting, None)
                    if meeting not in self.hit:
                        self.causes.setdefault(meeting, cause)
                    timetable.place(meeting, spot)
                    placed += 1
            if not (placed and is_ruled):
                break
        for meeting in wanted:
            if (
                timetable.spots[meeting] is None
                and self._move_price is not None
                and timetable.values[meeting] > self._move_price
                and self._push_in(meeting)
            ):
                self.causes[meeting] = cause

    def _waiting_anew(self) -> dict[int, None]:
        """What began to wait, or waits for people who came free where there is a room."""
        timetable = self.timetable
        spots, requests, idle, came_free = timetable.spots, timetable.requests, timetable.idle, timetable.came_free
        found = timetable.unseen.copy()
        rooms = timetable.roomy_somewhere & timetable.ahead
        slots_of: dict[int, int] = {}
        # Who came free where there is no room is left for later.
        for slot in [one for one in came_free if rooms >> one & 1]:
            for person in came_free.pop(slot):
                slots_of[person] = slots_of.get(person, 0) | 1 << slot
        for person, slots in slots_of.items():
            still = slots & idle[person]
            if not still:
                continue
            # The quick tests first.
            for meeting, other in zip(timetable.named_in[person], timetable.named_with[person], strict=True):
                if spots[meeting] is None and idle[other] & still and requests[meeting] is not None:
                    found[meeting] = None
        return found

    def look_at_all(self) -> None:
        """Looks at all that waits, so that a change has to look only at what it touches, and at what fitted before it."""
        timetable = self.timetable
        self._look_at(list(timetable.unseen))
        timetable.freed = 0
        for meeting in timetable.ready:
            timetable.freed |= self._fitting_slots(meeting)

    def _look_at(self, meetings: Iterable[int]) -> None:
        """Keeps for these, which wait, the slots in which their people are idle together. There may be thousands."""
        timetable = self.timetable
        idle, ready, requests, unseen = timetable.idle, timetable.ready, timetable.requests, timetable.unseen
        for meeting in meetings:
            request = requests[meeting]
            assert request is not None, "a cancelled meeting does not wait"
            slots = request.slots
            for person in request.everyone:
                slots &= idle[person]
            if slots:
                for count, members in request.groups:
                    slots &= enough(idle, count, members, slots)
            if slots:
                ready[meeting] = slots
            elif meeting in ready:
                del ready[meeting]
            if unseen:
                unseen.pop(meeting, None)
