"""The problem of an event for the machine: flat arrays, positions for ids, slots as bits of 64-bit words.

Positions are those of the problem's tuples. Bit `slot % 64` of word `slot // 64` stands for a slot. A list of lists is
two arrays, `…_start` and the entries: those of `n` are `entries[start[n] : start[n + 1]]`. Nobody and nothing is -1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handslag.partnering.problem import Held, Meeting, Problem

Numbers = NDArray[np.int32]
Long = NDArray[np.int64]
Words = NDArray[np.uint64]
Flags = NDArray[np.bool_]

NO_LIMIT = 2**31 - 1
_FIRST_DAY = datetime(1, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_TICKS_A_MINUTE = 60_000_000
# Longer walks than this are never done in time; it keeps the ticks within 64 bits.
_LONGEST_WALK = 10**9
# Rows of bits that are unpacked at once.
_CELLS = 8_000_000


@dataclass(frozen=True, slots=True)
class CompiledEvent:
    """An event as arrays. S slots in W words, P people, M meetings, G groups ("any"), K pools of places."""

    slots: int
    words: int
    people: int
    meetings: int

    # --- slots: the day of each, its neighbours within that day (-1 at the ends), its times in microseconds ---------
    days: int
    day_of: Numbers  # [S]
    slot_before: Numbers  # [S]
    slot_after: Numbers  # [S]
    begins: Long  # [S]
    ends: Long  # [S]

    # --- people -----------------------------------------------------------------------------------------------------
    free: Words  # [P, W] where a person is available
    organisation: Numbers  # [P] position among the organisations, -1 for none
    max_per_day: Numbers  # [P] NO_LIMIT for none
    max_in_a_row: Numbers  # [P]

    # --- meetings: who must attend, groups of whom `group_count` attend ---------------------------------------------
    value: Long  # [M]
    all_start: Numbers  # [M + 1]
    all_people: Numbers
    group_start: Numbers  # [M + 1] into the groups
    group_count: Numbers  # [G]
    member_start: Numbers  # [G + 1]
    members: Numbers
    # Slots that the meeting may have, in which everyone of `all` is available, enough of each group are, and one of
    # its places is open. A frozen meeting has the held one only.
    admissible: Words  # [M, W]

    # --- places: those with equal zone, host, hours and requests for them are one pool of rooms ----------------------
    pool_of_place: Numbers  # [places]
    pool_capacity: Numbers  # [K] rooms in a slot in which it is open
    pool_open: Words  # [K, W]
    pool_host: Numbers  # [K] an organisation, -1 for none
    pool_zone: Numbers  # [K] -1 for none
    # The pools that a meeting may use: an own booth first. Where `set_is_sure` is false the pool's host attends only
    # with some choices from the groups.
    pool_set: Numbers  # [M] position of its set
    set_start: Numbers  # [sets + 1]
    set_pools: Numbers
    set_is_sure: Flags

    # --- rules ------------------------------------------------------------------------------------------------------
    # Ticks that it takes from zone to zone, -1 where any time does; empty where no walk is needed.
    walk: Long  # [zones, zones]
    walks_are_forbidden: bool
    # The meetings that a meeting must come after, and those that must come after it.
    earlier_start: Numbers  # [M + 1]
    earlier: Numbers
    later_start: Numbers  # [M + 1]
    later: Numbers
    lunch_start: Numbers  # [lunches + 1]
    lunch_slots: Numbers
    # At most what all meetings together are worth, and one: more makes no difference to which schedule is better.
    move_price: int

    # --- what was announced -----------------------------------------------------------------------------------------
    is_held: Flags  # [M]
    is_frozen: Flags  # [M]
    # True where the meeting, by itself, may still be as it was held.
    may_stay: Flags  # [M]
    held_slot: Numbers  # [M] -1 where nothing is held, or a slot or people that the problem does not have
    held_place: Numbers  # [M] the same of places
    held_pool: Numbers  # [M]
    held_start: Numbers  # [M + 1]
    held_people: Numbers  # those that the problem has

    @property
    def has_limits(self) -> bool:
        """True if somebody's day is limited, or lunch is kept."""
        limited = (self.max_per_day != NO_LIMIT).any() or (self.max_in_a_row != NO_LIMIT).any()
        return bool(limited or len(self.lunch_slots))


def compile_event(problem: Problem) -> CompiledEvent:
    """The arrays of a problem that `files.read_problem` took, or of one that is as correct."""
    return CompiledEvent(**_slots(problem), **_Compiling(problem).arrays())


def who_is_asked(event: CompiledEvent) -> tuple[Numbers, Numbers]:
    """Meetings and, beside each, somebody who attends it or may: a pair for everyone, those with a choice included."""
    meetings = np.arange(event.meetings, dtype=np.int32)
    of_group = np.repeat(meetings, np.diff(event.group_start))
    asking = [np.repeat(meetings, np.diff(event.all_start)), np.repeat(of_group, np.diff(event.member_start))]
    return np.concatenate(asking), np.concatenate([event.all_people, event.members])


def words_for(slots: int) -> int:
    """How many 64-bit words hold a bit for every slot."""
    return max(1, -(-slots // 64))


def _slots(problem: Problem) -> dict[str, Any]:
    count = len(problem.slots)
    day_of, before, after = (np.full(count, -1, dtype=np.int32) for _ in range(3))
    for day, positions in enumerate(problem.days):
        line = np.array(positions, dtype=np.int32)
        day_of[line] = day
        before[line[1:]] = line[:-1]
        after[line[:-1]] = line[1:]
    begins = np.array(
        [0 if one.start is None else (one.start - _FIRST_DAY) // _TICK for one in problem.slots], np.int64
    )
    minutes = np.array([min(one.minutes or 0, _LONGEST_WALK) for one in problem.slots], dtype=np.int64)
    return {
        "slots": count,
        "words": words_for(count),
        "days": len(problem.days),
        "day_of": day_of,
        "slot_before": before,
        "slot_after": after,
        "begins": begins,
        "ends": begins + minutes * _TICKS_A_MINUTE,
    }


class _Compiling:
    """The steps from a problem to its arrays, with the positions of ids that they share."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.slot_at = {slot.id: position for position, slot in enumerate(problem.slots)}
        self.place_at = {place.id: position for position, place in enumerate(problem.places)}
        self.person_at = {person.id: position for position, person in enumerate(problem.people)}
        self.words = words_for(len(problem.slots))
        hosts = [place.host for place in problem.places if place.host is not None]
        names = [person.organisation for person in problem.people if person.organisation is not None]
        self.organisation_at = {name: number for number, name in enumerate(dict.fromkeys(names + hosts))}

    def arrays(self) -> dict[str, Any]:
        found: dict[str, Any] = {"people": len(self.problem.people), "meetings": len(self.problem.meetings)}
        found |= self._people()
        found |= self._attending()
        found |= self._pools(found)
        found |= self._rules()
        found |= self._held(found)
        found["admissible"] = self._admissible(found)
        return found

    # --- people and who attends ---------------------------------------------------------------------------------------

    def _people(self) -> dict[str, Any]:
        people = self.problem.people
        away = self._masks([one.unavailable for one in people])
        organisation = [-1 if one.organisation is None else self.organisation_at[one.organisation] for one in people]
        return {
            "free": self._mask(range(len(self.problem.slots))) & ~away,
            "organisation": _numbers(organisation),
            "max_per_day": _limits(one.max_per_day for one in people),
            "max_in_a_row": _limits(one.max_in_a_row for one in people),
        }

    def _attending(self) -> dict[str, Any]:
        at = self.person_at
        everyone: list[int] = []
        members: list[int] = []
        all_start, group_start, member_start, counts = [0], [0], [0], []
        for meeting in self.problem.meetings:
            for side in meeting.sides:
                if side.all:
                    everyone += [at[name] for name in side.all]
                if side.any is not None:
                    members += [at[name] for name in side.any.of]
                    member_start.append(len(members))
                    counts.append(side.any.count)
            all_start.append(len(everyone))
            group_start.append(len(counts))
        return {
            "value": np.array([one.value for one in self.problem.meetings], dtype=np.int64),
            "all_start": _numbers(all_start),
            "all_people": _numbers(everyone),
            "group_start": _numbers(group_start),
            "group_count": _numbers(counts),
            "member_start": _numbers(member_start),
            "members": _numbers(members),
        }

    # --- places -------------------------------------------------------------------------------------------------------

    def _pools(self, found: Mapping[str, Any]) -> dict[str, Any]:
        asked = list(dict.fromkeys(one.places for one in self.problem.meetings if one.places is not None))
        asked_by: list[list[int]] = [[] for _ in self.problem.places]
        for number, names in enumerate(asked):
            for name in names:
                asked_by[self.place_at[name]].append(number)
        pool_at: dict[Any, int] = {}
        pool_of_place: list[int] = []
        first: list[int] = []
        for position, place in enumerate(self.problem.places):
            hours = None if place.slots is None else frozenset(place.slots)
            key = (place.zone, place.host, hours, tuple(asked_by[position]))
            pool_of_place.append(pool_at.setdefault(key, len(pool_at)))
            if len(pool_at) > len(first):
                first.append(position)
        pools = [self.problem.places[position] for position in first]
        capacity = np.zeros(len(pools), dtype=np.int64)
        counts = [min(one.count, NO_LIMIT) for one in self.problem.places]
        np.add.at(capacity, np.array(pool_of_place, dtype=np.intp), counts)
        zones = self._zones()
        everything = self._mask(range(len(self.problem.slots)))
        opened = [
            everything if one.slots is None else self._mask(self.slot_at[name] for name in one.slots) for one in pools
        ]
        arrays = {
            "pool_of_place": _numbers(pool_of_place),
            "pool_capacity": np.minimum(capacity, NO_LIMIT).astype(np.int32),
            "pool_open": np.array(opened, dtype=np.uint64).reshape(len(pools), self.words),
            "pool_host": _numbers(-1 if one.host is None else self.organisation_at[one.host] for one in pools),
            "pool_zone": _numbers(-1 if one.zone is None else zones.get(one.zone, -1) for one in pools),
        }
        return arrays | self._pool_sets(found, arrays)

    def _pool_sets(self, found: Mapping[str, Any], arrays: Mapping[str, Any]) -> dict[str, Any]:
        """Meetings that may use the same pools share the list of them."""
        hosts = arrays["pool_host"]
        hosted: dict[int, list[int]] = {-1: []}
        for pool, host in enumerate(hosts.tolist()):
            hosted.setdefault(host, []).append(pool)
        free = tuple((pool, True) for pool in hosted[-1])
        is_host = np.zeros(len(self.organisation_at) + 1, dtype=np.bool_)
        is_host[hosts] = True
        is_host[-1] = False
        in_host = is_host[found["organisation"]]
        somebody = _any_of(in_host[found["all_people"]], found["all_start"])
        by_group = _any_of(in_host[found["members"]], found["member_start"])
        somebody |= _any_of(by_group, found["group_start"])
        number_of: dict[tuple[tuple[int, bool], ...], int] = {free: 0}
        pool_set = np.zeros(len(self.problem.meetings), dtype=np.int32)
        limited = np.array([one.places is not None for one in self.problem.meetings], dtype=np.bool_)
        pool_of_place, host_of = arrays["pool_of_place"].tolist(), hosts.tolist()
        for position in np.flatnonzero(somebody | limited):
            pools = self._usable_pools(self.problem.meetings[position], pool_of_place, host_of, hosted)
            pool_set[position] = number_of.setdefault(pools, len(number_of))
        start, entries = _flat(number_of)
        return {
            "pool_set": pool_set,
            "set_start": start,
            "set_pools": _numbers(pool for pool, _ in entries),
            "set_is_sure": np.array([is_sure for _, is_sure in entries], dtype=np.bool_),
        }

    def _usable_pools(
        self, meeting: Meeting, pool_of_place: Sequence[int], hosts: Sequence[int], hosted: Mapping[int, Sequence[int]]
    ) -> tuple[tuple[int, bool], ...]:
        attends = self._organisations(meeting)
        if meeting.places is None:
            return tuple((pool, is_sure) for host, is_sure in attends.items() for pool in hosted.get(host, ())) + tuple(
                (pool, True) for pool in hosted[-1]
            )
        asked = dict.fromkeys(pool_of_place[self.place_at[name]] for name in meeting.places)
        usable = [(pool, hosts[pool] < 0 or attends[hosts[pool]]) for pool in asked if hosts[pool] in (-1, *attends)]
        return tuple(sorted(usable, key=lambda one: hosts[one[0]] < 0))

    def _organisations(self, meeting: Meeting) -> dict[int, bool]:
        """The organisations that may attend, and whether they do whoever is chosen."""
        people = self.problem.people
        attends: dict[int, bool] = {}
        for side in meeting.sides:
            for name in side.all:
                organisation = people[self.person_at[name]].organisation
                if organisation is not None:
                    attends[self.organisation_at[organisation]] = True
            if side.any is not None:
                named = [people[self.person_at[name]].organisation for name in side.any.of]
                for organisation in dict.fromkeys(named):
                    if organisation is not None:
                        others = len(named) - named.count(organisation)
                        position = self.organisation_at[organisation]
                        attends[position] = attends.get(position, False) or others < side.any.count
        return attends

    def _zones(self) -> dict[str, int]:
        """The zones between which a walk has a length."""
        names = [name for walk in self.problem.walks for name in (walk.start, walk.end)]
        return {name: number for number, name in enumerate(dict.fromkeys(names))}

    # --- rules --------------------------------------------------------------------------------------------------------

    def _rules(self) -> dict[str, Any]:
        problem = self.problem
        zones = self._zones()
        walk = np.full((len(zones), len(zones)), -1, dtype=np.int64)
        for way in problem.walks:
            minutes = min(way.minutes, _LONGEST_WALK) * _TICKS_A_MINUTE
            walk[zones[way.start], zones[way.end]] = walk[zones[way.end], zones[way.start]] = minutes
        in_order = [(position, name) for position, one in enumerate(problem.meetings) for name in one.after]
        meeting_at = {one.id: position for position, one in enumerate(problem.meetings)} if in_order else {}
        late = np.array([position for position, _ in in_order], dtype=np.int64)
        early = np.array([meeting_at[name] for _, name in in_order], dtype=np.int64)
        earlier_start, earlier = _grouped(late, early, len(problem.meetings))
        later_start, later = _grouped(early, late, len(problem.meetings))
        lunch_start, lunch_entries = _flat([self.slot_at[name] for name in slots] for slots in problem.rules.lunch)
        worth = sum(one.value for one in problem.meetings)
        return {
            "walk": walk,
            "walks_are_forbidden": bool(len(zones)) and problem.rules.walks == "forbid",
            "earlier_start": earlier_start,
            "earlier": earlier,
            "later_start": later_start,
            "later": later,
            "lunch_start": lunch_start,
            "lunch_slots": _numbers(lunch_entries),
            "move_price": min(problem.rules.move_price, worth + 1),
        }

    def _held(self, found: Mapping[str, Any]) -> dict[str, Any]:
        meetings = self.problem.meetings
        pool_of_place = found["pool_of_place"]
        slot, place, pool = (np.full(len(meetings), -1, dtype=np.int32) for _ in range(3))
        may_stay = np.zeros(len(meetings), dtype=np.bool_)
        people: list[list[int]] = [[]] * len(meetings)
        for position, meeting in enumerate(meetings):
            held = meeting.held
            if held is None:
                continue
            slot[position] = self.slot_at.get(held.slot, -1)
            place[position] = self.place_at.get(held.place, -1)
            if place[position] >= 0:
                pool[position] = pool_of_place[place[position]]
            people[position] = [self.person_at[name] for name in held.people if name in self.person_at]
            if len(people[position]) < len(held.people):
                slot[position] = -1
            may_stay[position] = self._may_stay(meeting, held)
        start, entries = _flat(people)
        return {
            "is_held": np.array([one.held is not None for one in meetings], dtype=np.bool_),
            "is_frozen": np.array([one.frozen for one in meetings], dtype=np.bool_),
            "may_stay": may_stay,
            "held_slot": slot,
            "held_place": place,
            "held_pool": pool,
            "held_start": start,
            "held_people": _numbers(entries),
        }

    def _may_stay(self, meeting: Meeting, held: Held) -> bool:
        problem = self.problem
        known = held.slot in self.slot_at and held.place in self.place_at
        if not known or not all(name in self.person_at for name in held.people):
            return False
        place = problem.places[self.place_at[held.place]]
        people = [problem.people[self.person_at[name]] for name in held.people]
        return (
            is_set_of(meeting, held.people)
            and not any(held.slot in one.unavailable for one in people)
            and (meeting.slots is None or held.slot in meeting.slots)
            and (meeting.places is None or held.place in meeting.places)
            and (place.slots is None or held.slot in place.slots)
            and (place.host is None or any(one.organisation == place.host for one in people))
        )

    # --- slots as bits ------------------------------------------------------------------------------------------------

    def _admissible(self, found: Mapping[str, Any]) -> Words:
        meetings = self.problem.meetings
        free = found["free"]
        allowed = np.repeat(self._mask(range(len(self.problem.slots)))[None], len(meetings), axis=0)
        limited = [position for position, one in enumerate(meetings) if one.slots is not None]
        allowed[limited] = self._masks([meetings[position].slots or () for position in limited])
        if len(found["all_people"]):
            _and_into(allowed, free[found["all_people"]], found["all_start"])
        groups = len(found["group_count"])
        if groups:
            enough = _or_rows(free[found["members"]], found["member_start"])
            for group in np.flatnonzero(found["group_count"] > 1):
                rows = found["members"][found["member_start"][group] : found["member_start"][group + 1]]
                enough[group] = self._enough(free[rows], int(found["group_count"][group]))
            _and_into(allowed, enough, found["group_start"])
        opened = found["pool_open"][found["set_pools"]]
        allowed &= _or_rows(opened, found["set_start"])[found["pool_set"]]
        for position in np.flatnonzero(found["is_frozen"]):
            allowed[position] &= self._mask([int(found["held_slot"][position])])
        return allowed

    def _enough(self, rows: Words, count: int) -> Words:
        """Where at least `count` of these rows have their bit."""
        enough = np.empty(self.words, dtype=np.uint64)
        width = max(1, _CELLS // (64 * len(rows)))
        for first in range(0, self.words, width):
            part = rows[:, first : first + width]
            marks = unpacked(part, 64 * part.shape[1]).sum(axis=0, dtype=np.int32) >= count
            enough[first : first + width] = np.packbits(marks, bitorder="little").view("<u8").astype(np.uint64)
        return enough

    def _mask(self, slots: Iterable[int]) -> Words:
        marks = np.zeros(self.words * 64, dtype=np.bool_)
        marks[list(slots)] = True
        return np.packbits(marks, bitorder="little").view("<u8").astype(np.uint64)

    def _masks(self, names: Sequence[Sequence[str]]) -> Words:
        """A row of bits for each list of slots."""
        masks = np.zeros((len(names), self.words), dtype=np.uint64)
        at = self.slot_at
        rows = np.repeat(np.arange(len(names)), [len(one) for one in names])
        slots = np.array([at[name] for one in names for name in one], dtype=np.int64)
        bits = np.left_shift(np.uint64(1), (slots & 63).astype(np.uint64))
        np.bitwise_or.at(masks, (rows, slots >> 6), bits)
        return masks


def is_set_of(meeting: Meeting, people: Sequence[str]) -> bool:
    """True if these people are whom the meeting's sides ask for."""
    attending = set(people)
    asked: set[str] = set()
    for side in meeting.sides:
        asked.update(side.all)
        if side.any is not None:
            chosen = attending.intersection(side.any.of)
            if len(chosen) != side.any.count:
                return False
            asked |= chosen
    return asked == attending


def _numbers(values: Iterable[int]) -> Numbers:
    return np.array(list(values), dtype=np.int32)


def _limits(values: Iterable[int | None]) -> Numbers:
    return _numbers(NO_LIMIT if one is None else min(one, NO_LIMIT) for one in values)


def _flat(lists: Iterable[Sequence[Any]]) -> tuple[Numbers, list[Any]]:
    start = [0]
    entries: list[Any] = []
    for one in lists:
        entries += one
        start.append(len(entries))
    return _numbers(start), entries


def _grouped(keys: Long, values: Long, groups: int) -> tuple[Numbers, Numbers]:
    """The values as lists, one for each key from 0 to below `groups`: their starts and entries."""
    start = np.concatenate([[0], np.cumsum(np.bincount(keys, minlength=groups))])
    return start.astype(np.int32), values[np.argsort(keys, kind="stable")].astype(np.int32)


def unpacked(rows: Words, slots: int) -> NDArray[np.uint8]:
    """Rows of bits as rows of 0 and 1, one for each slot."""
    as_bytes = np.ascontiguousarray(rows.astype("<u8")).view(np.uint8)
    return np.unpackbits(as_bytes, axis=1, bitorder="little")[:, :slots]


def _any_of(flags: Flags, start: Numbers) -> Flags:
    """Whether any flag of each list is set."""
    counts = np.concatenate([[0], np.cumsum(flags)])
    found: Flags = counts[start[1:]] > counts[start[:-1]]
    return found


def _and_into(rows: Words, parts: Words, start: Numbers) -> None:
    filled = np.flatnonzero(start[1:] > start[:-1])
    if len(filled):
        rows[filled] &= np.bitwise_and.reduceat(parts, start[filled], axis=0)


def _or_rows(parts: Words, start: Numbers) -> Words:
    rows = np.zeros((len(start) - 1, parts.shape[1]), dtype=np.uint64)
    filled = np.flatnonzero(start[1:] > start[:-1])
    if len(filled):
        rows[filled] = np.bitwise_or.reduceat(parts, start[filled], axis=0)
    return rows


def memory_for(problem: Problem) -> int:
    """About how many bytes planning takes: what everybody does in every slot above all."""
    slots = len(problem.slots)
    most = min(len(problem.people), len(problem.meetings))
    rooms = sum(place.count for place in problem.places if place.count < most)
    return 10 * slots * (len(problem.people) + rooms) + 40 * words_for(slots) * len(problem.meetings)
