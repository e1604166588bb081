"""What the search's compiled functions work on: three flat arrays, of which the first tells where everything stands.

One argument of three arrays, and not forty arrays: it is compiled in seconds instead of minutes, and all that is known of
a meeting stands in one line of the processor's cache.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from handslag.partnering.compiled import NO_LIMIT, CompiledEvent, unpacked, who_is_asked
from handslag.partnering.compiling import draw_bits, part
from handslag.partnering.placing.bits import bit

Long = NDArray[np.int64]


def _constants(start: int, end: int) -> list[Any]:
    """Numbers that compiled functions take as any other: for each Python integer they would be compiled anew."""
    return [np.int64(value) for value in range(start, end)]


# --- entries of `sums`: how many there are, where parts begin, what is counted ---------------------------------------
_HEADER = 64
SLOTS, WORDS, PEOPLE, MEETINGS, POOLS, LUNCHES, ZONES = _constants(0, 7)
# Parts of `numbers`.
(
    MEETING_ROWS, GROUP_ROWS, POOL_ROWS, PERSON_ROWS, SLOT_ROWS, HELD_ROWS, EVERYONE, MEMBERS, USABLE, ASKED, EARLIER,
    LATER, LUNCH_FROM, LUNCH_SLOTS, HELD_PEOPLE, CHOSEN, BUSY, LEFT, ROOMS, WAITING, LOG, PERSON_BREAKS,
) = _constants(7, 29)  # fmt: skip
# Parts of `words` and of `sums` themselves.
ADMISSIBLE, IDLE, OPEN, WEIGHT, MOVE_COST, TIMES, WALK = _constants(29, 36)
IS_RULED, WALKS_ARE_FORBIDDEN, WALKS_ARE_COUNTED, HAS_HELD = _constants(36, 40)
# What changes: `score` is what is placed counts; breaks and far walks are kept only while `counts_days` is set.
LOG_LENGTH = 1 << 16
WAITING_COUNT, SCORE, LOGGED, IS_LOGGED, STEPS, COUNTS_DAYS, BREAKS, FAR_WALKS, OVER = _constants(40, 49)
# How many meetings had to give way in the last forced insertion.
LOOSE = np.int64(54)
# What a break, a far walk, a break above the limit of a person, and another place than the held one cost.
BREAK_COST, WALK_COST, OVER_COST, PLACE_COST, BREAK_LIMIT = _constants(49, 54)

# --- columns ----------------------------------------------------------------------------------------------------------
MEETING_WIDTH = 16
(
    ALL_FROM, ALL_TO, GROUPS_FROM, GROUPS_TO, POOLS_FROM, POOLS_TO, CHOSEN_FROM, CHOSEN_TO, IS_FIXED, MAY_STAY,
    EARLIER_FROM, LATER_FROM, SLOT, POOL, ROOM, TURN,
) = _constants(0, 16)  # fmt: skip
MEMBERS_FROM, MEMBERS_TO, COUNT, GROUP_CHOSEN_FROM = _constants(0, 4)
CAPACITY, HOST, ZONE, ROOMS_FROM = _constants(0, 4)
ORGANISATION, ASKED_FROM, MAX_PER_DAY, MAX_IN_A_ROW = _constants(0, 4)
DAY, BEFORE, AFTER = _constants(0, 3)
HELD_SLOT, HELD_POOL, HELD_FROM, HELD_TO = _constants(0, 4)

# A meeting of more people stays where it is: what is undone must fit into the log.
_MOST_PEOPLE = 4_000


class Memory(NamedTuple):
    """Whole numbers, words of bits, and sums with the header; positions and columns are the constants above."""

    numbers: NDArray[np.int32]
    words: NDArray[np.uint64]
    sums: Long


def lay_out(event: CompiledEvent, weight: Long, move_cost: Long, seed: int) -> Memory:
    """An event with nothing placed. A placed meeting counts `weight`, less `move_cost` where it is not as held."""
    sums = np.zeros(_HEADER, dtype=np.int64)
    sums[[SLOTS, WORDS, PEOPLE, MEETINGS, POOLS]] = (
        event.slots, event.words, event.people, event.meetings, len(event.pool_capacity),
    )  # fmt: skip
    sums[[LUNCHES, ZONES]] = len(event.lunch_start) - 1, len(event.walk)
    sums[IS_RULED] = event.has_limits or event.walks_are_forbidden or len(event.earlier) > 0
    sums[[WALKS_ARE_FORBIDDEN, HAS_HELD]] = event.walks_are_forbidden, event.is_held.any()
    sums[WALKS_ARE_COUNTED] = len(event.walk) > 0 and not event.walks_are_forbidden
    sums[BREAK_LIMIT] = NO_LIMIT
    sums[WAITING_COUNT] = event.meetings
    pool_rows, rooms = _pool_rows(event)
    asked_from, asked = _asked(event)
    parts: list[tuple[Any, Any]] = [
        (MEETING_ROWS, _meeting_rows(event)),
        (GROUP_ROWS, _group_rows(event)),
        (POOL_ROWS, pool_rows),
        (PERSON_ROWS, _person_rows(event, asked_from)),
        (SLOT_ROWS, _columns(event.day_of, event.slot_before, event.slot_after, event.day_of)),
        (HELD_ROWS, _columns(event.held_slot, event.held_pool, event.held_start[:-1], event.held_start[1:])),
        (EVERYONE, event.all_people),
        (MEMBERS, event.members),
        (USABLE, np.where(event.set_is_sure, event.set_pools, ~event.set_pools)),
        (ASKED, asked),
        (EARLIER, event.earlier),
        (LATER, event.later),
        (LUNCH_FROM, event.lunch_start),
        (LUNCH_SLOTS, event.lunch_slots),
        (HELD_PEOPLE, event.held_people),
        (CHOSEN, np.full(int(event.group_count.sum()), -1)),
        (BUSY, np.full(event.people * event.slots, -1)),
        (LEFT, _left(event)),
        (ROOMS, np.full(rooms, -1)),
        (WAITING, np.arange(event.meetings)),
        (LOG, np.zeros(LOG_LENGTH)),
        (PERSON_BREAKS, np.zeros(event.people)),
    ]
    numbers = _joined(parts, sums, np.dtype(np.int32))
    is_open = event.pool_open & np.where(event.pool_capacity > 0, ~np.uint64(0), np.uint64(0))[:, None]
    # The first word is the state of the random numbers.
    word_parts: list[tuple[Any, Any]] = [
        (0, [seed]),
        (ADMISSIBLE, event.admissible),
        (IDLE, event.free),
        (OPEN, is_open),
    ]
    words = _joined(word_parts, sums, np.dtype(np.uint64))
    times = np.stack([event.begins, event.ends], axis=1)
    sum_parts: list[tuple[Any, Any]] = [
        (0, sums),
        (WEIGHT, weight),
        (MOVE_COST, move_cost),
        (TIMES, times),
        (WALK, event.walk),
    ]
    position = 0
    for key, values in sum_parts:
        sums[key] = position if key else sums[key]
        position += values.size
    return Memory(numbers, words, np.concatenate([values.ravel() for _, values in sum_parts]))


def _joined(parts: list[tuple[Any, Any]], sums: Long, kind: np.dtype[Any]) -> NDArray[Any]:
    arrays = [np.asarray(values, dtype=kind).ravel() for _, values in parts]
    position = 0
    for (key, _), values in zip(parts, arrays, strict=True):
        if key:
            sums[key] = position
        position += len(values)
    return np.concatenate(arrays)


def _columns(*columns: Any) -> NDArray[np.int32]:
    return np.stack(columns, axis=1).astype(np.int32)


def _meeting_rows(event: CompiledEvent) -> NDArray[np.int32]:
    # One row more than there are meetings: its beginnings are the ends of the last.
    table = np.full((event.meetings + 1, MEETING_WIDTH), -1, dtype=np.int32)
    table[:, EARLIER_FROM], table[:, LATER_FROM] = event.earlier_start, event.later_start
    rows = table[:-1]
    rows[:, ALL_FROM], rows[:, ALL_TO] = event.all_start[:-1], event.all_start[1:]
    rows[:, GROUPS_FROM], rows[:, GROUPS_TO] = event.group_start[:-1], event.group_start[1:]
    rows[:, POOLS_FROM] = event.set_start[event.pool_set]
    rows[:, POOLS_TO] = event.set_start[event.pool_set + 1]
    chosen_from = np.concatenate([[0], np.cumsum(event.group_count)])
    rows[:, CHOSEN_FROM] = chosen_from[event.group_start[:-1]]
    rows[:, CHOSEN_TO] = chosen_from[event.group_start[1:]]
    people = rows[:, ALL_TO] - rows[:, ALL_FROM] + rows[:, CHOSEN_TO] - rows[:, CHOSEN_FROM]
    rows[:, IS_FIXED] = event.is_frozen | (people > _MOST_PEOPLE)
    rows[:, MAY_STAY] = event.may_stay
    rows[:, TURN] = np.arange(event.meetings)
    return table


def _person_rows(event: CompiledEvent, asked_from: NDArray[np.int32]) -> NDArray[np.int32]:
    table = np.zeros((event.people + 1, 4), dtype=np.int32)
    table[:, ASKED_FROM] = asked_from
    table[:-1, ORGANISATION] = event.organisation
    table[:-1, MAX_PER_DAY], table[:-1, MAX_IN_A_ROW] = event.max_per_day, event.max_in_a_row
    return table


def _group_rows(event: CompiledEvent) -> NDArray[np.int32]:
    chosen_from = np.concatenate([[0], np.cumsum(event.group_count)])[:-1]
    return _columns(event.member_start[:-1], event.member_start[1:], event.group_count, chosen_from)


def _pool_rows(event: CompiledEvent) -> tuple[NDArray[np.int32], int]:
    rows = _columns(event.pool_capacity, event.pool_host, event.pool_zone, event.pool_zone)
    most = min(event.meetings, event.people)
    rooms = 0
    for pool, capacity in enumerate(event.pool_capacity.tolist()):
        # Where there is room for all who could meet at once nobody is ever sent away: no list is kept.
        rows[pool, ROOMS_FROM] = rooms if capacity < most else -1
        rooms += capacity * event.slots if capacity < most else 0
    return rows, rooms


def _left(event: CompiledEvent) -> NDArray[np.int32]:
    return unpacked(event.pool_open, event.slots).astype(np.int32) * event.pool_capacity[:, None]


def _asked(event: CompiledEvent) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The meetings of each person, those with a choice included."""
    asked, people = who_is_asked(event)
    counts = np.bincount(people, minlength=event.people)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32), asked[np.argsort(people, kind="stable")]


# --- looking things up: whole numbers are 64 bits wide inside functions, so that each is compiled once ----------------


@part
def number(memory, position):
    """An entry of the whole numbers."""
    return np.int64(memory.numbers[position])


@part
def entry(memory, part_of, position):
    """An entry of a part of the whole numbers."""
    return np.int64(memory.numbers[memory.sums[part_of] + position])


@part
def meeting_row(memory, meeting):
    """Where a meeting's row begins."""
    return memory.sums[MEETING_ROWS] + MEETING_WIDTH * meeting


@part
def group_row(memory, group):
    """Where a group's row begins."""
    return memory.sums[GROUP_ROWS] + 4 * group


@part
def of_meeting(memory, meeting, column):
    """A column of a meeting's row."""
    return np.int64(memory.numbers[memory.sums[MEETING_ROWS] + MEETING_WIDTH * meeting + column])


@part
def of_pool(memory, pool, column):
    """A column of a pool's row."""
    return np.int64(memory.numbers[memory.sums[POOL_ROWS] + 4 * pool + column])


@part
def of_person(memory, person, column):
    """A column of a person's row."""
    return np.int64(memory.numbers[memory.sums[PERSON_ROWS] + 4 * person + column])


@part
def of_slot(memory, slot, column):
    """A column of a slot's row."""
    return np.int64(memory.numbers[memory.sums[SLOT_ROWS] + 4 * slot + column])


@part
def of_held(memory, meeting, column):
    """A column of what is held for a meeting."""
    return np.int64(memory.numbers[memory.sums[HELD_ROWS] + 4 * meeting + column])


@part
def meeting_of(memory, person, slot):
    """The meeting of a person in a slot, -1 for none."""
    return np.int64(memory.numbers[memory.sums[BUSY] + person * memory.sums[SLOTS] + slot])


@part
def admissible_slots(memory, meeting, word):
    """The slots of a word that a meeting may have."""
    return memory.words[memory.sums[ADMISSIBLE] + meeting * memory.sums[WORDS] + word]


@part
def idle_slots(memory, person, word):
    """The slots of a word in which a person is available and has no meeting."""
    return memory.words[memory.sums[IDLE] + person * memory.sums[WORDS] + word]


@part
def is_idle(memory, person, slot):
    """True if a person is available and has no meeting."""
    return (idle_slots(memory, person, slot >> 6) & bit(slot)) != np.uint64(0)


@part
def open_slots(memory, pool, word):
    """The slots of a word in which a pool has a room left."""
    return memory.words[memory.sums[OPEN] + pool * memory.sums[WORDS] + word]


@part
def weight_of(memory, meeting):
    """What a meeting counts when it is placed."""
    return memory.sums[memory.sums[WEIGHT] + meeting]


@part
def move_cost_of(memory, meeting):
    """What a meeting counts less when it is not placed as held."""
    return memory.sums[memory.sums[MOVE_COST] + meeting]


# --- chance -----------------------------------------------------------------------------------------------------------


@part
def draw_below(memory, limit):
    """A random whole number from 0 to below `limit` (at most 2**31)."""
    return np.int64(((draw_bits(memory.words) >> np.uint64(32)) * np.uint64(limit)) >> np.uint64(32))


@part
def draw_share(memory):
    """A random number above 0, at most 1."""
    return (np.float64(draw_bits(memory.words) >> np.uint64(11)) + 1.0) * (1.0 / 9007199254740992.0)
