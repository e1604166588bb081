"""Single changes of the plan, each with its way back: a meeting is placed, removed, or sends somebody else."""

from __future__ import annotations

import numpy as np

from handslag.partnering.compiling import count_bits, lowest_bit, part
from handslag.partnering.placing.bits import NO_SLOTS, bit
from handslag.partnering.placing.days import breaks_added, count_meeting
from handslag.partnering.placing.memory import (
    ALL_FROM,
    ALL_TO,
    BUSY,
    CAPACITY,
    CHOSEN,
    CHOSEN_FROM,
    CHOSEN_TO,
    COUNT,
    COUNTS_DAYS,
    EVERYONE,
    GROUP_CHOSEN_FROM,
    GROUPS_FROM,
    GROUPS_TO,
    HAS_HELD,
    HELD_FROM,
    HELD_PEOPLE,
    HELD_POOL,
    HELD_SLOT,
    HELD_TO,
    HOST,
    IDLE,
    IS_LOGGED,
    IS_RULED,
    LEFT,
    LOG,
    LOGGED,
    MAY_STAY,
    MEMBERS,
    MEMBERS_FROM,
    MEMBERS_TO,
    OPEN,
    ORGANISATION,
    PLACE_COST,
    POOL,
    POOLS_FROM,
    POOLS_TO,
    ROOM,
    ROOMS,
    ROOMS_FROM,
    SCORE,
    SLOT,
    SLOTS,
    TURN,
    USABLE,
    WAITING,
    WAITING_COUNT,
    WORDS,
    ZONE,
    admissible_slots,
    draw_below,
    entry,
    group_row,
    idle_slots,
    is_idle,
    meeting_of,
    meeting_row,
    move_cost_of,
    number,
    of_held,
    of_meeting,
    of_person,
    of_pool,
    open_slots,
    weight_of,
)
from handslag.partnering.placing.rules import allows, is_in_order

_LARGEST = 1 << 60
# What the log says was done.
_PLACED, _REMOVED, _SWAPPED = np.int64(0), np.int64(1), np.int64(2)


# --- where there is room ----------------------------------------------------------------------------------------------


@part
def fitting(memory, meeting, word):
    """The slots of a word in which a meeting can be placed without touching another."""
    row = meeting_row(memory, meeting)
    slots = admissible_slots(memory, meeting, word)
    for position in range(number(memory, row + ALL_FROM), number(memory, row + ALL_TO)):
        slots &= idle_slots(memory, entry(memory, EVERYONE, position), word)
    if slots == NO_SLOTS:
        return slots
    slots &= rooms_left(memory, row, word)
    for group in range(number(memory, row + GROUPS_FROM), number(memory, row + GROUPS_TO)):
        if slots == NO_SLOTS:
            return slots
        slots &= enough_idle(memory, group, word, slots)
    return slots


@part
def rooms_left(memory, row, word):
    """The slots of a word in which a pool that a meeting may use has a room left."""
    slots = NO_SLOTS
    for position in range(number(memory, row + POOLS_FROM), number(memory, row + POOLS_TO)):
        pool = entry(memory, USABLE, position)
        slots |= open_slots(memory, pool if pool >= 0 else ~pool, word)
    return slots


@part
def enough_idle(memory, group, word, asked):
    """The slots of a word, of those asked for, in which enough of a group are idle."""
    row = group_row(memory, group)
    start, end, count = (
        number(memory, row + MEMBERS_FROM),
        number(memory, row + MEMBERS_TO),
        number(memory, row + COUNT),
    )
    slots = NO_SLOTS
    if count == 1:
        for position in range(start, end):
            slots |= idle_slots(memory, entry(memory, MEMBERS, position), word)
        return slots & asked
    while asked != NO_SLOTS:
        here = bit(lowest_bit(asked))
        asked ^= here
        idle = 0
        for position in range(start, end):
            if idle_slots(memory, entry(memory, MEMBERS, position), word) & here != NO_SLOTS:
                idle += 1
        if idle >= count:
            slots |= here
    return slots


@part
def _count_idle(memory, person):
    total = 0
    for word in range(memory.sums[WORDS]):
        total += count_bits(idle_slots(memory, person, word))
    return total


# --- who attends ------------------------------------------------------------------------------------------------------


@part
def _choose(memory, meeting, slot, zone, host):
    """Fills a meeting's entries in `chosen` with idle members, those with most idle slots first.

    With a `host` (not -1) somebody of that organisation must be among them.
    """
    row = meeting_row(memory, meeting)
    is_ruled = memory.sums[IS_RULED] != 0
    has_host = host < 0
    is_held = memory.sums[HAS_HELD] != 0 and of_held(memory, meeting, HELD_SLOT) == slot
    held_from = memory.sums[HELD_PEOPLE] + of_held(memory, meeting, HELD_FROM)
    held_to = memory.sums[HELD_PEOPLE] + of_held(memory, meeting, HELD_TO)
    for group in range(number(memory, row + GROUPS_FROM), number(memory, row + GROUPS_TO)):
        line = group_row(memory, group)
        start = number(memory, line + MEMBERS_FROM)
        size = number(memory, line + MEMBERS_TO) - start
        to = memory.sums[CHOSEN] + number(memory, line + GROUP_CHOSEN_FROM)
        turn = draw_below(memory, size)
        for place_number in range(number(memory, line + COUNT)):
            best = np.int64(-1)
            most = np.int64(-_LARGEST)
            for step in range(size):
                at = step + turn
                person = entry(memory, MEMBERS, start + (at if at < size else at - size))
                if not is_idle(memory, person, slot):
                    continue
                idle = _count_idle(memory, person)
                if memory.sums[COUNTS_DAYS]:
                    idle -= breaks_added(memory, person, slot) << 30
                if is_held and _is_among(memory, held_from, held_to, person):
                    idle += _LARGEST >> 3
                if not has_host and of_person(memory, person, ORGANISATION) == host:
                    idle += _LARGEST >> 1
                if idle <= most or _is_among(memory, to, to + place_number, person):
                    continue
                if is_ruled and not allows(memory, person, slot, zone):
                    continue
                best, most = person, idle
            if best < 0:
                return False
            memory.numbers[to + place_number] = best
            has_host = has_host or of_person(memory, best, ORGANISATION) == host
    return has_host


@part
def _is_among(memory, start, end, person):
    for position in range(start, end):
        if memory.numbers[position] == person:
            return True
    return False


@part
def gain_of(memory, meeting):
    """What a placed meeting counts: less where it is not as it was held."""
    weight, cost = weight_of(memory, meeting), move_cost_of(memory, meeting)
    if cost == 0:
        return weight
    if not stays(memory, meeting):
        return weight - cost
    is_there = of_meeting(memory, meeting, POOL) == of_held(memory, meeting, HELD_POOL)
    return weight if is_there else weight - memory.sums[PLACE_COST]


@part
def stays(memory, meeting):
    """True if a placed meeting is in the slot and with the people that were announced."""
    row = meeting_row(memory, meeting)
    slot = of_held(memory, meeting, HELD_SLOT)
    start, end = of_held(memory, meeting, HELD_FROM), of_held(memory, meeting, HELD_TO)
    people = number(memory, row + ALL_TO) - number(memory, row + ALL_FROM)
    people += number(memory, row + CHOSEN_TO) - number(memory, row + CHOSEN_FROM)
    if number(memory, row + SLOT) != slot or end - start != people:
        return False
    for position in range(start, end):
        if meeting_of(memory, entry(memory, HELD_PEOPLE, position), slot) != meeting:
            return False
    return True


# --- changes ----------------------------------------------------------------------------------------------------------


@part
def _book(memory, person, slot, meeting):
    memory.numbers[memory.sums[BUSY] + person * memory.sums[SLOTS] + slot] = meeting
    memory.words[memory.sums[IDLE] + person * memory.sums[WORDS] + (slot >> 6)] &= ~bit(slot)
    if memory.sums[COUNTS_DAYS]:
        count_meeting(memory, person, slot, meeting, np.int64(1))


@part
def _release(memory, person, slot, meeting):
    memory.numbers[memory.sums[BUSY] + person * memory.sums[SLOTS] + slot] = -1
    memory.words[memory.sums[IDLE] + person * memory.sums[WORDS] + (slot >> 6)] |= bit(slot)
    if memory.sums[COUNTS_DAYS]:
        count_meeting(memory, person, slot, meeting, np.int64(-1))


@part
def _record(memory, what):
    memory.numbers[memory.sums[LOG] + memory.sums[LOGGED]] = what
    memory.sums[LOGGED] += 1


@part
def place(memory, meeting, slot, pool):
    """Books everyone and a room; who attends of each group stands in `chosen`."""
    row = meeting_row(memory, meeting)
    memory.numbers[row + SLOT] = slot
    memory.numbers[row + POOL] = pool
    for position in range(number(memory, row + ALL_FROM), number(memory, row + ALL_TO)):
        _book(memory, entry(memory, EVERYONE, position), slot, meeting)
    for position in range(number(memory, row + CHOSEN_FROM), number(memory, row + CHOSEN_TO)):
        _book(memory, entry(memory, CHOSEN, position), slot, meeting)
    rooms_from = of_pool(memory, pool, ROOMS_FROM)
    if rooms_from >= 0:
        capacity = of_pool(memory, pool, CAPACITY)
        left = memory.sums[LEFT] + pool * memory.sums[SLOTS] + slot
        room = capacity - number(memory, left)
        memory.numbers[row + ROOM] = room
        memory.numbers[memory.sums[ROOMS] + rooms_from + slot * capacity + room] = meeting
        memory.numbers[left] -= 1
        if memory.numbers[left] == 0:
            memory.words[memory.sums[OPEN] + pool * memory.sums[WORDS] + (slot >> 6)] &= ~bit(slot)
    memory.sums[WAITING_COUNT] -= 1
    last = entry(memory, WAITING, memory.sums[WAITING_COUNT])
    turn = number(memory, row + TURN)
    memory.numbers[memory.sums[WAITING] + turn] = last
    memory.numbers[meeting_row(memory, last) + TURN] = turn
    memory.numbers[row + TURN] = -1
    memory.sums[SCORE] += gain_of(memory, meeting)
    if memory.sums[IS_LOGGED]:
        _record(memory, meeting)
        _record(memory, _PLACED)


@part
def remove(memory, meeting):
    """Takes a placed meeting out; it waits then."""
    memory.sums[SCORE] -= gain_of(memory, meeting)
    row = meeting_row(memory, meeting)
    slot, pool = number(memory, row + SLOT), number(memory, row + POOL)
    start, end = number(memory, row + CHOSEN_FROM), number(memory, row + CHOSEN_TO)
    if memory.sums[IS_LOGGED]:
        for position in range(start, end):
            _record(memory, entry(memory, CHOSEN, position))
        _record(memory, slot)
        _record(memory, pool)
        _record(memory, meeting)
        _record(memory, _REMOVED)
    for position in range(number(memory, row + ALL_FROM), number(memory, row + ALL_TO)):
        _release(memory, entry(memory, EVERYONE, position), slot, meeting)
    for position in range(start, end):
        _release(memory, entry(memory, CHOSEN, position), slot, meeting)
    rooms_from = of_pool(memory, pool, ROOMS_FROM)
    if rooms_from >= 0:
        capacity = of_pool(memory, pool, CAPACITY)
        rooms = memory.sums[ROOMS] + rooms_from + slot * capacity
        left = memory.sums[LEFT] + pool * memory.sums[SLOTS] + slot
        memory.numbers[left] += 1
        last = number(memory, rooms + capacity - number(memory, left))
        room = number(memory, row + ROOM)
        memory.numbers[rooms + room] = last
        memory.numbers[meeting_row(memory, last) + ROOM] = room
        memory.words[memory.sums[OPEN] + pool * memory.sums[WORDS] + (slot >> 6)] |= bit(slot)
    memory.numbers[row + SLOT] = -1
    memory.numbers[row + POOL] = -1
    memory.numbers[row + TURN] = memory.sums[WAITING_COUNT]
    memory.numbers[memory.sums[WAITING] + memory.sums[WAITING_COUNT]] = meeting
    memory.sums[WAITING_COUNT] += 1


@part
def swap(memory, meeting, position, person):
    """Sends `person` instead of who stands at `position` of `chosen`."""
    before = gain_of(memory, meeting)
    slot = of_meeting(memory, meeting, SLOT)
    old = entry(memory, CHOSEN, position)
    _release(memory, old, slot, meeting)
    memory.numbers[memory.sums[CHOSEN] + position] = person
    _book(memory, person, slot, meeting)
    memory.sums[SCORE] += gain_of(memory, meeting) - before
    if memory.sums[IS_LOGGED]:
        _record(memory, old)
        _record(memory, position)
        _record(memory, meeting)
        _record(memory, _SWAPPED)


@part
def begin(memory):
    """From here on changes are logged."""
    memory.sums[LOGGED] = 0
    memory.sums[IS_LOGGED] = 1


@part
def keep(memory):
    """What was changed since `begin` stays."""
    memory.sums[IS_LOGGED] = 0


@part
def undo(memory):
    """Everything is again as at `begin`, but for the order of lists."""
    memory.sums[IS_LOGGED] = 0
    at = memory.sums[LOGGED]
    while at > 0:
        done, meeting = entry(memory, LOG, at - 1), entry(memory, LOG, at - 2)
        at -= 2
        if done == _PLACED:
            remove(memory, meeting)
            continue
        second, first = entry(memory, LOG, at - 1), entry(memory, LOG, at - 2)
        at -= 2
        if done == _SWAPPED:
            swap(memory, meeting, second, first)
            continue
        start, end = of_meeting(memory, meeting, CHOSEN_FROM), of_meeting(memory, meeting, CHOSEN_TO)
        at -= end - start
        for position in range(start, end):
            memory.numbers[memory.sums[CHOSEN] + position] = entry(memory, LOG, at + position - start)
        place(memory, meeting, first, second)
    memory.sums[LOGGED] = 0


# --- placing without touching another ---------------------------------------------------------------------------------


@part
def settle(memory, meeting, slot):
    """Places a waiting meeting in a slot if no rule is broken and nothing must give way; tells whether it did."""
    row = meeting_row(memory, meeting)
    word, here = slot >> 6, bit(slot)
    if admissible_slots(memory, meeting, word) & here == NO_SLOTS:
        return False
    for position in range(number(memory, row + ALL_FROM), number(memory, row + ALL_TO)):
        if not is_idle(memory, entry(memory, EVERYONE, position), slot):
            return False
    is_ruled = memory.sums[IS_RULED] != 0
    if is_ruled and not is_in_order(memory, meeting, slot):
        return False
    if memory.sums[HAS_HELD] and of_held(memory, meeting, HELD_SLOT) == slot and settle_as_held(memory, meeting):
        return True
    if move_cost_of(memory, meeting) > weight_of(memory, meeting) and of_held(memory, meeting, HELD_SLOT) != slot:
        return False
    for position in range(number(memory, row + POOLS_FROM), number(memory, row + POOLS_TO)):
        code = entry(memory, USABLE, position)
        pool = code if code >= 0 else ~code
        if open_slots(memory, pool, word) & here == NO_SLOTS:
            continue
        zone = of_pool(memory, pool, ZONE)
        if is_ruled and not _all_allow(memory, row, slot, zone):
            continue
        if _choose(memory, meeting, slot, zone, np.int64(-1) if code >= 0 else of_pool(memory, pool, HOST)):
            place(memory, meeting, slot, pool)
            return True
    return False


@part
def _all_allow(memory, row, slot, zone):
    for position in range(number(memory, row + ALL_FROM), number(memory, row + ALL_TO)):
        if not allows(memory, entry(memory, EVERYONE, position), slot, zone):
            return False
    return True


@part
def settle_as_held(memory, meeting):
    """Places a waiting meeting as it was held if that breaks no rule; tells whether it did."""
    if not of_meeting(memory, meeting, MAY_STAY):
        return False
    slot, pool = of_held(memory, meeting, HELD_SLOT), of_held(memory, meeting, HELD_POOL)
    if open_slots(memory, pool, slot >> 6) & bit(slot) == NO_SLOTS:
        return False
    zone = of_pool(memory, pool, ZONE)
    is_ruled = memory.sums[IS_RULED] != 0
    if is_ruled and not is_in_order(memory, meeting, slot):
        return False
    for position in range(of_held(memory, meeting, HELD_FROM), of_held(memory, meeting, HELD_TO)):
        person = entry(memory, HELD_PEOPLE, position)
        if not is_idle(memory, person, slot) or (is_ruled and not allows(memory, person, slot, zone)):
            return False
    choose_held(memory, meeting)
    place(memory, meeting, slot, pool)
    return True


@part
def choose_held(memory, meeting):
    """Fills a meeting's entries in `chosen` with those who were to attend."""
    row = meeting_row(memory, meeting)
    start = memory.sums[HELD_PEOPLE] + of_held(memory, meeting, HELD_FROM)
    end = memory.sums[HELD_PEOPLE] + of_held(memory, meeting, HELD_TO)
    for group in range(number(memory, row + GROUPS_FROM), number(memory, row + GROUPS_TO)):
        line = group_row(memory, group)
        to = memory.sums[CHOSEN] + number(memory, line + GROUP_CHOSEN_FROM)
        for position in range(number(memory, line + MEMBERS_FROM), number(memory, line + MEMBERS_TO)):
            person = entry(memory, MEMBERS, position)
            if _is_among(memory, start, end, person):
                memory.numbers[to] = person
                to += 1


@part
def settle_anywhere(memory, meeting, but_slot):
    """Places a waiting meeting in any slot but one where nothing must give way; tells whether it did."""
    words = memory.sums[WORDS]
    if memory.sums[HAS_HELD]:
        held = of_held(memory, meeting, HELD_SLOT)
        if held >= 0 and held != but_slot and settle(memory, meeting, held):
            return True
    turn = draw_below(memory, np.int64(64))
    first_word = draw_below(memory, words) if words > 1 else np.int64(0)
    for step in range(words):
        word = (first_word + step) % words
        slots = fitting(memory, meeting, word)
        if but_slot >= 0 and but_slot >> 6 == word:
            slots &= ~bit(but_slot)
        while slots != NO_SLOTS:
            later = slots >> np.uint64(turn)
            at = turn + lowest_bit(later) if later != NO_SLOTS else lowest_bit(slots)
            if settle(memory, meeting, word * 64 + at):
                return True
            slots &= ~bit(at)
    return False
