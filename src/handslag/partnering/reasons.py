"""Why a meeting is left out, as an organiser can act on it: who is full, what stands in its way, who would have to be there when.

What is offered is true of the plan as it stands: with just that one meeting gone, or that one person there, it fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from handslag.partnering.compiled import CompiledEvent, Numbers, unpacked
from handslag.partnering.day_rules import DayRules
from handslag.partnering.problem import Meeting, Problem, Slot
from handslag.partnering.standing import Standing
from handslag.partnering.wording import sentence

# Cells (somebody wanted × slot) that are looked at together, and at most; beyond that only what is quick is said.
_TOGETHER, _AT_MOST = 2_000_000, 1_500_000_000
# Of a meeting that nobody may move or cancel. Values go to a million.
_NEVER = 2**30
# So many candidates are tried where the event has rules of a day, and so many slots named.
_TRIED, _NAMED = 4, 3
# Beyond so many waiting meetings, or questions about single ones, a second or so, what would help is no longer sought.
_HELPED, _ASKED = 20_000, 40_000


@dataclass(frozen=True, slots=True)
class InTheWay:
    """It fits in `slot` if only `meeting` is not there."""

    slot: int
    meeting: int


@dataclass(frozen=True, slots=True)
class Away:
    """It fits in any of `slots` if only `person` is there."""

    person: int
    slots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a meeting waits: a text's key, whom and which slots it is about, and what would help."""

    key: str
    people: tuple[int, ...] = ()
    slots: tuple[int, ...] = ()
    in_the_way: InTheWay | None = None
    away: Away | None = None


class Reasons:
    """The reasons for what a plan leaves out."""

    def __init__(self, problem: Problem, plan: Standing) -> None:
        self._problem = problem
        self._event: CompiledEvent = plan.event
        self._idle, self._open, self._busy = plan.idle, plan.open, plan.busy
        self._slots, self._pools = plan.slots, plan.pools
        self._days = DayRules(problem, plan)
        event = self._event
        self._has_idle: list[bool] = np.asarray(self._idle.any(axis=1)).tolist()
        self._is_possible: list[bool] = np.asarray(event.admissible.any(axis=1)).tolist()
        self._everyone = _Lists(event.all_start, event.all_people)
        self._groups = _Lists(event.group_start, np.zeros(0, np.int32))
        self._members = _Lists(event.member_start, event.members)
        self._day_of = event.day_of.tolist()
        self._free: dict[int, int] = {}
        self._there: dict[int, frozenset[int]] = {}
        self._is_ruled = event.has_limits or event.walks_are_forbidden or len(event.earlier) > 0 or problem.rules.max_break_spread is not None  # fmt: skip
        self._slot_ids = np.array([slot.id for slot in problem.slots], dtype=object)
        self._cheapest: dict[tuple[int, int], int] | None = None
        self._told = 0

    def all(self, is_late: Callable[[], bool] = lambda: False) -> Iterator[tuple[int, Reason]]:
        """Each waiting meeting with its reason; once it is late no longer with what would help."""
        event = self._event
        waiting: Any = np.flatnonzero(self._slots < 0)
        named = np.diff(event.all_start) + event.member_start[event.group_start[1:]] - event.member_start[event.group_start[:-1]]  # fmt: skip
        cells = np.cumsum(named[waiting] + 1) * max(1, event.slots)
        if not event.slots or not len(cells) or cells[-1] > _AT_MOST:
            for at in waiting.tolist():
                yield at, self._quick(at) or Reason("crowded")
            return
        for part in np.split(waiting, np.flatnonzero(np.diff(cells // _TOGETHER)) + 1):
            if self._told < _HELPED and not is_late():
                yield from self._of(part, is_late)
            else:
                yield from self._briefly(part)

    def _briefly(self, waiting: Numbers) -> Iterator[tuple[int, Reason]]:
        """Only why; slots are looked at for the few of which nothing simpler tells."""
        quick = [(at, self._quick(at)) for at in waiting.tolist()]
        others = np.array([at for at, reason in quick if reason is None], dtype=waiting.dtype)
        found = dict(self._of(others, lambda: True)) if len(others) else {}
        for at, reason in quick:
            yield at, reason or found[at]

    # --- what stands against many meetings, slot by slot ---------------------------------------------------------------

    def _of(self, waiting: Numbers, is_late: Callable[[], bool]) -> Iterator[tuple[int, Reason]]:
        """Counts for each meeting and slot who lacks, and what the cheapest meeting that keeps one of them is worth."""
        event = self._event
        all_at, all_start = _rows_of(event.all_start, waiting)
        group_at, group_start = _rows_of(event.group_start, waiting)
        member_at, member_start = _rows_of(event.member_start, group_at)
        everyone, members = event.all_people[all_at], event.members[member_at]
        busy, taken = self._states(everyone)
        some_busy, some_taken = self._states(members)
        lacking = event.group_count[group_at][:, None] - _sums((~some_taken).astype(np.int32), member_start)
        np.maximum(lacking, 0, out=lacking)
        needed = _sums(taken.astype(np.int32), all_start) + _sums(lacking, group_start)
        # Members of a group that has enough stand in nobody's way.
        of_short = np.repeat(lacking > 0, np.diff(member_start), axis=0)
        some_busy[~of_short] = _NEVER
        # Where only one lacks there is only one to look at.
        cost = np.maximum(_least(busy, all_start), _least(_least(some_busy, member_start), group_start))
        gone = np.where(taken & (busy == 0), 1, 0), np.where(some_taken & of_short & (some_busy == 0), 1, 0)
        missing = _sums(gone[0], all_start) + _sums(_sums(gone[1], member_start), group_start)
        allowed, roomy, surely = self._rooms(waiting)
        alone = allowed & (needed == 1)
        ready = allowed & (needed == 0)
        # Where a table is free anyway is better, and every meeting is worth nothing at least.
        cost = np.where(alone & (cost > 0), 2 * cost.astype(np.int64) + ~surely, 2 * _NEVER)
        helped = alone & surely & (missing > 0)
        has_help = helped.any(axis=1)
        for row, at in enumerate(waiting.tolist()):
            found = self._quick(at)
            slots = np.flatnonzero(ready[row]) if found is None else np.zeros(0, np.int64)
            if found is None:
                found = self._of_ready(at, slots, roomy[row]) if len(slots) else self._no_common(allowed[row])
            self._told += 1
            if self._told > _HELPED or is_late():
                yield at, found
                continue
            if found.key == "no_room":
                in_the_way = self._cheapest_in(at, slots)
            else:
                in_the_way = None if found.key == "fits" else self._in_the_way(at, cost[row])
            is_sought = has_help[row] and self._days.asked < _ASKED
            away = self._away(at, np.flatnonzero(helped[row])) if is_sought else None
            yield at, Reason(found.key, found.people, found.slots, in_the_way, away)

    def _states(self, people: Numbers) -> tuple[Any, Any]:
        """For each and each slot: what the meeting is worth that they have there, plus one (0: none), and whether they are not idle."""
        event = self._event
        worth = np.append(event.value + 1, 0).astype(np.int32)
        worth[:-1][event.is_held | event.is_frozen] = _NEVER
        return worth[self._busy[people]], unpacked(self._idle[people], event.slots) == 0

    def _rooms(self, waiting: Numbers) -> tuple[Any, Any, Any]:
        """For each meeting and slot: whether it may be then, whether a table is free, whether one is whoever attends."""
        event = self._event
        sets, of_set = np.unique(event.pool_set[waiting], return_inverse=True)
        entry_at, start = _rows_of(event.set_start, sets)
        pools, sure = event.set_pools[entry_at], event.set_is_sure[entry_at]
        everything = np.full(self._open.shape[1], ~np.uint64(0))
        opened = _ors(event.pool_open[pools], start)
        free = _ors(self._open[pools], start)
        surely = _ors(self._open[pools] & np.where(sure[:, None], everything, np.uint64(0)), start)
        allowed, roomy, certain = (unpacked(rows, event.slots).astype(np.bool_)[of_set] for rows in (opened, free, surely))  # fmt: skip
        for row, at in enumerate(waiting.tolist()):
            asked = self._problem.meetings[at].slots
            if asked is not None:
                allowed[row] &= np.isin(self._slot_ids, asked)
        return allowed, roomy, certain

    # --- why --------------------------------------------------------------------------------------------------------------

    def _quick(self, at: int) -> Reason | None:
        """What is known without looking at slots: never there together, or no slot left."""
        if not self._is_possible[at]:
            return self._never(at)
        has_idle, groups = self._has_idle, self._groups
        full = [person for person in self._everyone.of(at) if not has_idle[person]]
        if full:
            return Reason("full", tuple(full))
        for group in range(groups.start[at], groups.start[at + 1]):
            members = self._members.of(group)
            if not any(has_idle[person] for person in members):
                return Reason("none_of_group", tuple(members))
        return None

    def _never(self, at: int) -> Reason:
        """Nobody's meetings are in the way: they are not there at all, not together, or there is no place."""
        event = self._event
        everyone = event.all_people[event.all_start[at] : event.all_start[at + 1]]
        absent = everyone[~event.free[everyone].any(axis=1)]
        if len(absent) and event.slots:
            return Reason("never_there", tuple(absent.tolist()))
        common = np.full(event.words, ~np.uint64(0))
        for person in everyone:
            common &= event.free[person]
        for group in range(event.group_start[at], event.group_start[at + 1]):
            members = event.members[event.member_start[group] : event.member_start[group + 1]]
            common &= np.bitwise_or.reduce(event.free[members], axis=0)
        return Reason("no_slot_at_all" if common.any() or not event.slots else "never_together")

    def _no_common(self, allowed: Any) -> Reason:
        return Reason("no_common_slot" if allowed.all() else "no_common_slot_of_those")

    def _of_ready(self, at: int, slots: Any, roomy: Any) -> Reason:
        """All are free in these slots."""
        open_ones = [slot for slot in slots.tolist() if roomy[slot]]
        if not open_ones:
            return Reason("no_room", (), tuple(slots.tolist()))
        found = None
        likely = self._days.allows_somewhere(self._everyone.of(at), open_ones)
        for slot in open_ones[:1] + [
            slot for slot, is_likely in zip(open_ones[1:], likely[1:], strict=True) if is_likely
        ]:
            against = self._days.against(at, slot)
            if against is None:
                return Reason("fits", (), (slot,))
            found = found or Reason(f"rule_{against.key}", (against.person,) if against.person >= 0 else (), (slot,))
        assert found is not None, "there is a slot that was asked of"
        return found

    # --- what would help ----------------------------------------------------------------------------------------------

    def _in_the_way(self, at: int, cost: Any) -> InTheWay | None:
        """The cheapest meeting that alone keeps one of the people."""
        for _ in range(_TRIED):
            slot = int(cost.argmin())
            if cost[slot] >= 2 * _NEVER - 2 or self._days.asked >= _ASKED:
                return None
            worth = (int(cost[slot]) >> 1) - 1
            for meeting in self._meetings_of(at, slot):
                is_it = self._event.value[meeting] == worth and not self._is_kept(meeting)
                if is_it and self._days.fits(at, slot, without=meeting):
                    return InTheWay(slot, meeting)
            cost[slot] = 2 * _NEVER
        return None

    def _is_kept(self, meeting: int) -> bool:
        return bool(self._event.is_held[meeting] or self._event.is_frozen[meeting])

    def _meetings_of(self, at: int, slot: int) -> Iterator[int]:
        """Those that people of a meeting have in a slot."""
        for person in self._named(at):
            meeting = int(self._busy[person, slot])
            if meeting >= 0:
                yield meeting

    def _cheapest_in(self, at: int, slots: Any) -> InTheWay | None:
        """The cheapest meeting that has one of the tables."""
        if self._cheapest is None:
            self._cheapest = self._cheapest_tables()
        event = self._event
        chosen = range(event.set_start[event.pool_set[at]], event.set_start[event.pool_set[at] + 1])
        pools = [int(event.set_pools[entry]) for entry in chosen if event.set_is_sure[entry]]
        found = [
            (int(event.value[meeting]), slot, meeting)
            for slot in slots.tolist()
            for pool in pools
            if (meeting := self._cheapest.get((pool, slot), -1)) >= 0
        ]
        for _, slot, meeting in sorted(found)[:_TRIED]:
            if self._days.fits(at, slot, without=meeting):
                return InTheWay(slot, meeting)
        return None

    def _cheapest_tables(self) -> dict[tuple[int, int], int]:
        event = self._event
        placed = np.flatnonzero((self._slots >= 0) & ~event.is_held & ~event.is_frozen)
        # The cheapest comes last, and stays.
        placed = placed[np.argsort(-event.value[placed], kind="stable")]
        keys = zip(self._pools[placed].tolist(), self._slots[placed].tolist(), strict=True)
        return dict(zip(keys, placed.tolist(), strict=True))

    def _away(self, at: int, slots: Any) -> Away | None:
        """Whose presence would do, and when: on days on which they are there anyhow, if that helps."""
        best: tuple[int, Away] | None = None
        for person, gone in self._missing(at, sum(1 << slot for slot in slots.tolist())):
            there = self._days_of(person)
            ranked = sorted(_bits_of(gone), key=lambda slot: (self._day_of[slot] not in there, slot))
            good = [slot for slot in ranked[:_NAMED] if not self._is_ruled or self._days.fits(at, slot, there=person)]
            worth = sum(2 if self._day_of[slot] in there else 1 for slot in good)
            if good and (best is None or worth > best[0]):
                best = (worth, Away(person, tuple(sorted(good))))
        return best and best[1]

    def _missing(self, at: int, slots: int) -> Iterator[tuple[int, int]]:
        """Who is not there in which of some slots (as bits); each slot is told of one of them."""
        for person in self._everyone.of(at):
            gone = slots & ~self._free_bits(person)
            slots &= ~gone
            if gone:
                yield person, gone
        for group in range(self._groups.start[at], self._groups.start[at + 1]):
            members = self._members.of(group)
            short = slots & ~self._enough_bits(members, int(self._event.group_count[group]))
            for person in members:
                if not short:
                    break
                gone = short & ~self._free_bits(person)
                short &= ~gone
                slots &= ~gone
                if gone:
                    yield person, gone

    def _free_bits(self, person: int) -> int:
        bits = self._free.get(person)
        if bits is None:
            bits = self._free[person] = _as_number(self._event.free[person])
        return bits

    def _enough_bits(self, members: list[int], count: int) -> int:
        """Where so many of them are idle."""
        at_least = [-1, *(0 for _ in range(count))]
        for person in members:
            idle = _as_number(self._idle[person])
            for many in range(count, 0, -1):
                at_least[many] |= at_least[many - 1] & idle
        return at_least[count]

    def _days_of(self, person: int) -> frozenset[int]:
        there = self._there.get(person)
        if there is None:
            marks = unpacked(self._event.free[person : person + 1], self._event.slots)[0]
            there = self._there[person] = frozenset(self._event.day_of[marks > 0].tolist())
        return there

    def _named(self, at: int) -> Iterator[int]:
        """All whom a meeting names."""
        yield from self._everyone.of(at)
        for group in range(self._groups.start[at], self._groups.start[at + 1]):
            yield from self._members.of(group)


class _Lists:
    """A list of lists as Python has them, which is quicker for a few."""

    def __init__(self, start: Numbers, entries: Numbers) -> None:
        self.start: list[int] = start.tolist()
        self._entries: list[int] = entries.tolist()

    def of(self, row: int) -> list[int]:
        return self._entries[self.start[row] : self.start[row + 1]]


def reason_words(problem: Problem, meeting: Meeting, reason: Reason, language: str) -> str:
    """A reason as the organiser reads it."""
    slots, people = problem.slots, problem.people

    def say(key: str, **values: object) -> str:
        return sentence("unplaced", key, values, language)

    about = [people[one].id for one in reason.people] or list(_sides(meeting))
    parts = [say(reason.key, people=about, slots=_times(slots, reason.slots))]
    if reason.in_the_way is not None:
        other = problem.meetings[reason.in_the_way.meeting]
        parts.append(say("in_the_way", slot=slots[reason.in_the_way.slot].id, meeting=other.id, value=other.value, people=list(_sides(other))))  # fmt: skip
    if reason.away is not None:
        parts.append(say("away", person=people[reason.away.person].id, slots=_times(slots, reason.away.slots)))
    return "; ".join(parts)


def _times(slots: Sequence[Slot], named: Sequence[int]) -> list[str]:
    """The names of slots; a day that begins several in a row is named with the first of them only."""
    names: list[str] = []
    before: str | None = None
    for slot in (slots[one] for one in named):
        begins = slot.day is not None and slot.id.startswith(f"{slot.day} ")
        names.append(slot.id.removeprefix(f"{slot.day} ") if begins and slot.day == before else slot.id)
        before = slot.day if begins else None
    return names


def _sides(meeting: Meeting) -> Iterator[str]:
    for side in meeting.sides:
        yield from side.all
        if side.any is not None:
            yield "/".join(side.any.of[:4]) + ("/…" if len(side.any.of) > 4 else "")


def _bits_of(number: int) -> Iterator[int]:
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


def _as_number(words: Any) -> int:
    """Bits as one number of Python's."""
    return int.from_bytes(words.astype("<u8").tobytes(), "little")


# --- lists of lists -------------------------------------------------------------------------------------------------------


def _rows_of(start: Numbers, rows: Numbers) -> tuple[Any, Any]:
    """The positions of the entries of these rows, and where each row's begin among them."""
    lengths = (start[rows + 1] - start[rows]).astype(np.int64)
    begins = np.concatenate([[0], np.cumsum(lengths)])
    return np.repeat(start[rows] - begins[:-1], lengths) + np.arange(begins[-1]), begins


def _sums(values: Any, start: Any) -> Any:
    """The sum of each list."""
    return _reduced(np.add, values, start, 0)


def _least(values: Any, start: Any) -> Any:
    """The least above 0 of each list, 0 where there is none."""
    found = _reduced(np.minimum, np.where(values > 0, values, _NEVER), start, _NEVER)
    found[found == _NEVER] = 0
    return found


def _ors(values: Any, start: Any) -> Any:
    return _reduced(np.bitwise_or, values, start, 0)


def _reduced(operation: Any, values: Any, start: Any, empty: int) -> Any:
    found = np.full((len(start) - 1, values.shape[1]), empty, dtype=values.dtype)
    filled = np.flatnonzero(start[1:] > start[:-1])
    if len(filled):
        found[filled] = operation.reduceat(values, start[filled], axis=0)
    return found
