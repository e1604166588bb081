"""Whether one more meeting would fit into a plan as it stands, and which rule is against it: asked of single meetings, in plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from handslag.partnering.compiled import NO_LIMIT, CompiledEvent
from handslag.partnering.problem import Problem
from handslag.partnering.standing import Standing


@dataclass(frozen=True, slots=True)
class Against:
    """What is against it: the key of a text, and whom it is about, -1 for nobody in particular."""

    key: str
    person: int = -1


@dataclass(frozen=True, slots=True)
class _Try:
    """A meeting in a slot, with another meeting thought away and a person thought there; -1 for none."""

    meeting: int
    slot: int
    without: int
    there: int
    # False where only whether something is against it is asked.
    why: bool


class DayRules:
    """Asks of a plan that does not change meanwhile."""

    def __init__(self, problem: Problem, plan: Standing) -> None:
        self._event: CompiledEvent = plan.event
        self._idle, self._open, self._busy = plan.idle, plan.open, plan.busy
        self._slots, self._pools = plan.slots, plan.pools
        self._has_spread = problem.rules.max_break_spread is not None
        event = self._event
        # How often it was asked what is against a meeting.
        self.asked = 0
        self._has_order = len(event.earlier) > 0
        self._is_ruled = event.has_limits or event.walks_are_forbidden
        self._days = problem.days
        self._lunch_slots = [event.lunch_slots[first:last] for first, last in zip(event.lunch_start, event.lunch_start[1:], strict=False)]  # fmt: skip
        self._allowed = self._matrices() if self._is_ruled else []

    def allows_somewhere(self, people: list[int], slots: Any) -> Any:
        """For each of these slots: whether everyone's day has room for one more meeting in some zone."""
        if not self._is_ruled:
            return np.ones(len(slots), dtype=np.bool_)
        found = np.zeros(len(slots), dtype=np.bool_)
        for allowed in self._allowed:
            found |= allowed[np.ix_(people, slots)].all(axis=0)
        return found

    def _matrices(self) -> list[Any]:
        """By zone, the last for none: [P, S] whether somebody's day has room for one more meeting in a slot that is free."""
        event = self._event
        busy = self._busy >= 0
        allowed = np.ones(busy.shape, dtype=np.bool_)
        for day in self._days:
            marks = busy[:, list(day)]
            fits = (marks.sum(axis=1) < event.max_per_day)[:, None] & np.ones(len(day), dtype=np.bool_)
            fits &= _runs(marks) + 1 + _runs(marks[:, ::-1])[:, ::-1] <= event.max_in_a_row[:, None]
            allowed[:, list(day)] = fits
        for lunch in self._lunch_slots:
            others = busy[:, lunch].sum(axis=1)[:, None] - busy[:, lunch]
            allowed[:, lunch] &= others < len(lunch) - 1
        if not event.walks_are_forbidden:
            return [allowed] * (len(event.walk) + 1)
        walking = self._walking()
        return [allowed & walking[zone] for zone in range(len(event.walk))] + [allowed]

    def _walking(self) -> Any:
        """[zones, P, S] whether there is time for the walks to and from a meeting in a zone."""
        event = self._event
        zones = len(event.walk)
        # Where everybody's meeting of a slot is, and one zone more for those that have none.
        zone_of = np.append(event.pool_zone, -1)[np.where(self._slots >= 0, self._pools, -1)]
        where = np.append(zone_of, -1)[self._busy]
        fits = np.ones((zones, *self._busy.shape), dtype=np.bool_)
        for day in self._days:
            for line, forwards in ((day, True), (day[::-1], False)):
                last = np.full(event.people, -1)
                for slot in line:
                    there = np.flatnonzero(last >= 0)
                    gap = event.begins[slot] - event.ends[last[there]] if forwards else event.begins[last[there]] - event.ends[slot]  # fmt: skip
                    other = where[there, last[there]]
                    for zone in range(zones):
                        needed = np.where(other >= 0, event.walk[zone, other], -1)
                        fits[zone, there[(needed >= 0) & (gap < needed)], slot] = False
                    last[self._busy[:, slot] >= 0] = slot
        return fits

    def fits(self, meeting: int, slot: int, *, without: int = -1, there: int = -1) -> bool:
        """True if nothing is against it, were `without`, a meeting of this slot, not placed, and the person `there` available."""
        return self._against(_Try(meeting, slot, without, there, why=False)) is None

    def against(self, meeting: int, slot: int) -> Against | None:
        """What is against a meeting in a slot."""
        return self._against(_Try(meeting, slot, -1, -1, why=True))

    def _against(self, one: _Try) -> Against | None:
        self.asked += 1
        if self._has_spread:
            return Against("spread")
        if self._has_order and not self._is_in_order(one):
            return Against("order")
        first: Against | None = None
        for pool, is_sure in self._pools_with_room(one):
            found = self._in_pool(one, pool, is_sure)
            if found is None:
                return None
            first = first or found
        return first or Against("room")

    def _in_pool(self, one: _Try, pool: int, is_sure: bool) -> Against | None:
        event = self._event
        attending = []
        for person in event.all_people[event.all_start[one.meeting] : event.all_start[one.meeting + 1]].tolist():
            against = self._person(one, person, pool)
            if against is not None:
                return against
            attending.append(person)
        host = event.pool_host[pool]
        for group in range(event.group_start[one.meeting], event.group_start[one.meeting + 1]):
            members = event.members[event.member_start[group] : event.member_start[group + 1]].tolist()
            if not is_sure:
                members.sort(key=lambda person: event.organisation[person] != host)
            left = int(event.group_count[group])
            against = None
            for person in members:
                found = self._person(one, person, pool)
                if found is not None and found.key != "busy":
                    against = against or found
                elif found is None:
                    attending.append(person)
                    left -= 1
                    if not left:
                        break
            if left:
                return against or Against("busy")
        if not is_sure and host not in event.organisation[attending]:
            return Against("room")
        return None

    def _pools_with_room(self, one: _Try) -> Iterator[tuple[int, bool]]:
        event = self._event
        word, shift = one.slot >> 6, one.slot & 63
        for entry in range(event.set_start[event.pool_set[one.meeting]], event.set_start[event.pool_set[one.meeting] + 1]):  # fmt: skip
            pool = int(event.set_pools[entry])
            is_left = one.without >= 0 and self._pools[one.without] == pool and self._slots[one.without] == one.slot
            if is_left or int(self._open[pool, word]) >> shift & 1:
                yield pool, bool(event.set_is_sure[entry])

    def _is_in_order(self, one: _Try) -> bool:
        event, slots = self._event, self._slots
        for other in event.earlier[event.earlier_start[one.meeting] : event.earlier_start[one.meeting + 1]].tolist():
            if other != one.without and slots[other] >= one.slot:
                return False
        for other in event.later[event.later_start[one.meeting] : event.later_start[one.meeting + 1]].tolist():
            if other != one.without and 0 <= slots[other] <= one.slot:
                return False
        return True

    # --- one person -----------------------------------------------------------------------------------------------------

    def _person(self, one: _Try, person: int, pool: int) -> Against | None:
        """What is against somebody's coming."""
        is_idle = int(self._idle[person, one.slot >> 6]) >> (one.slot & 63) & 1
        has = int(self._busy[person, one.slot])
        if not is_idle and person != one.there and (has < 0 or has != one.without):
            return Against("busy", person)
        if has >= 0 and has != one.without:
            return Against("busy", person)
        return self._day(one, person, pool) if self._is_ruled else None

    def _day(self, one: _Try, person: int, pool: int) -> Against | None:
        event = self._event
        zone = int(event.pool_zone[pool])
        # Who has the other meeting in this slot has as many as before.
        if self._busy[person, one.slot] >= 0:
            if zone in {-1, self._zone(one.without)} or not event.walks_are_forbidden:
                return None
        elif self._allowed[zone][person, one.slot]:
            return None
        elif not one.why:
            return Against("day", person)
        day = self._days[event.day_of[one.slot]]
        line = self._busy[person, list(day)].tolist()
        met = {slot: meeting for slot, meeting in zip(day, line, strict=True) if meeting not in {-1, one.without}}
        if len(met) >= event.max_per_day[person]:
            return Against("per_day", person)
        if event.max_in_a_row[person] != NO_LIMIT and self._row(day, met, one.slot) > event.max_in_a_row[person]:
            return Against("in_a_row", person)
        if any(one.slot in lunch and met.keys() >= {*lunch.tolist()} - {one.slot} for lunch in self._lunch_slots):
            return Against("lunch", person)
        if event.walks_are_forbidden and self._is_far(met, one.slot, zone):
            return Against("walk", person)
        return None

    def _row(self, day: tuple[int, ...], met: dict[int, int], slot: int) -> int:
        """How many meetings in a row there would be."""
        at = day.index(slot)
        first, last = at, at
        while first > 0 and day[first - 1] in met:
            first -= 1
        while last + 1 < len(day) and day[last + 1] in met:
            last += 1
        return last - first + 1

    def _is_far(self, met: dict[int, int], slot: int, zone: int) -> bool:
        before = max((other for other in met if other < slot), default=-1)
        after = min((other for other in met if other > slot), default=-1)
        return (before >= 0 and self._takes_longer(before, self._zone(met[before]), slot, zone)) or (
            after >= 0 and self._takes_longer(slot, zone, after, self._zone(met[after]))
        )

    def _zone(self, meeting: int) -> int:
        return int(self._event.pool_zone[self._pools[meeting]])

    def _takes_longer(self, slot: int, zone: int, later: int, other: int) -> bool:
        event = self._event
        needed = int(event.walk[zone, other]) if zone >= 0 and other >= 0 else -1
        return needed >= 0 and int(event.begins[later] - event.ends[slot]) < needed


def _runs(marks: Any) -> Any:
    """How many marks there are in a row just before each place."""
    runs = np.zeros(marks.shape, dtype=np.int64)
    for at in range(1, marks.shape[1]):
        runs[:, at] = np.where(marks[:, at - 1], runs[:, at - 1] + 1, 0)
    return runs
