"""The days of people: meetings change their slots among each other until there are few breaks and far walks."""

from __future__ import annotations

import numpy as np

from handslag.partnering.compiling import lowest_bit, part
from handslag.partnering.placing.bits import NO_SLOTS, bit
from handslag.partnering.placing.days import breaks_added, worth_of_plan
from handslag.partnering.placing.forcing import NEVER
from handslag.partnering.placing.memory import (
    ALL_FROM,
    ALL_TO,
    BREAK_COST,
    CAPACITY,
    EVERYONE,
    GROUPS_FROM,
    GROUPS_TO,
    IS_FIXED,
    LEFT,
    MEETINGS,
    MEMBERS,
    MEMBERS_FROM,
    MEMBERS_TO,
    POOL,
    ROOMS,
    ROOMS_FROM,
    SLOT,
    SLOTS,
    STEPS,
    WORDS,
    admissible_slots,
    draw_below,
    draw_share,
    entry,
    group_row,
    idle_slots,
    is_idle,
    meeting_of,
    meeting_row,
    number,
    of_meeting,
    of_pool,
)
from handslag.partnering.placing.settling import begin, enough_idle, fitting, keep, remove, settle, undo

# Meetings of a full room that are asked to change places.
_SAMPLED_GUESTS = 6
# Of very many slots some will do.
_LOOKED_AT = 64


@part
def _breaks_at(memory, row, slot):
    """The breaks that a waiting meeting would add in a slot, with the best delegates."""
    total = np.int64(0)
    for position in range(number(memory, row + ALL_FROM), number(memory, row + ALL_TO)):
        total += breaks_added(memory, entry(memory, EVERYONE, position), slot)
    for group in range(number(memory, row + GROUPS_FROM), number(memory, row + GROUPS_TO)):
        line = group_row(memory, group)
        least = np.int64(2)
        for position in range(number(memory, line + MEMBERS_FROM), number(memory, line + MEMBERS_TO)):
            person = entry(memory, MEMBERS, position)
            if is_idle(memory, person, slot):
                least = min(least, breaks_added(memory, person, slot))
        total += least
    return total


@part
def _settle_neatly(memory, meeting, noise):
    """Places a waiting meeting in a fitting slot with few breaks, up to some noise; tells whether it did."""
    row = meeting_row(memory, meeting)
    best, least, looked = np.int64(-1), np.float64(NEVER), 0
    words = memory.sums[WORDS]
    first_word = draw_below(memory, words)
    for step in range(words):
        if looked >= _LOOKED_AT:
            break
        word = (first_word + step) % words
        slots = fitting(memory, meeting, word)
        while slots != NO_SLOTS:
            at = lowest_bit(slots)
            slots &= ~bit(at)
            slot = word * 64 + at
            looked += 1
            price = np.float64(_breaks_at(memory, row, slot)) + noise * draw_share(memory)
            if price < least:
                best, least = slot, price
    return best >= 0 and settle(memory, meeting, best)


@part
def _people_idle(memory, meeting, word):
    """The slots of a word in which a meeting's people are idle, rooms or not."""
    row = meeting_row(memory, meeting)
    slots = admissible_slots(memory, meeting, word)
    for position in range(number(memory, row + ALL_FROM), number(memory, row + ALL_TO)):
        slots &= idle_slots(memory, entry(memory, EVERYONE, position), word)
    for group in range(number(memory, row + GROUPS_FROM), number(memory, row + GROUPS_TO)):
        slots &= enough_idle(memory, group, word, slots)
    return slots


@part
def _pick(memory, slots, word):
    """A random slot of a word of slots."""
    turn = draw_below(memory, np.int64(64))
    later = slots >> np.uint64(turn)
    return word * 64 + (turn + lowest_bit(later) if later != NO_SLOTS else lowest_bit(slots))


@part
def _exchange_rooms(memory, meeting, slot, pool):
    """A meeting that was just taken out of a slot goes where all rooms are taken, and one from there comes; tells whether."""
    word = draw_below(memory, memory.sums[WORDS])
    slots = _people_idle(memory, meeting, word)
    if slot >> 6 == word:
        slots &= ~bit(slot)
    if slots == NO_SLOTS:
        return False
    other_slot = _pick(memory, slots, word)
    rooms_from, capacity = of_pool(memory, pool, ROOMS_FROM), of_pool(memory, pool, CAPACITY)
    taken = capacity - entry(memory, LEFT, pool * memory.sums[SLOTS] + other_slot)
    if rooms_from < 0 or taken <= 0:
        return False
    for _ in range(_SAMPLED_GUESTS):
        other = entry(memory, ROOMS, rooms_from + other_slot * capacity + draw_below(memory, taken))
        if of_meeting(memory, other, IS_FIXED) or fitting(memory, other, slot >> 6) & bit(slot) == NO_SLOTS:
            continue
        remove(memory, other)
        return settle(memory, meeting, other_slot) and settle(memory, other, slot)
    return False


@part
def _exchange_people(memory, meeting, person, slot, noise):
    """A meeting that was just taken out of a slot goes where one other of the person is, and that one elsewhere."""
    other_slot = draw_below(memory, memory.sums[SLOTS])
    other = meeting_of(memory, person, other_slot)
    if other < 0 or other == meeting or of_meeting(memory, other, IS_FIXED):
        return False
    if admissible_slots(memory, meeting, other_slot >> 6) & bit(other_slot) == NO_SLOTS:
        return False
    remove(memory, other)
    return settle(memory, meeting, other_slot) and _settle_neatly(memory, other, noise)


@part
def tidy(memory, steps, heat, may_drop):
    """So many attempts to move a meeting; `heat`, in breaks: how much worse a plan is kept, and how far from the best slot one may be."""
    meetings = memory.sums[MEETINGS]
    for _ in range(steps):
        memory.sums[STEPS] += 1
        allowed = np.int64(-np.log(draw_share(memory)) * heat * memory.sums[BREAK_COST])
        before = worth_of_plan(memory)
        meeting = draw_below(memory, meetings)
        slot = of_meeting(memory, meeting, SLOT)
        begin(memory)
        if slot < 0:
            if may_drop and _settle_neatly(memory, meeting, heat) and worth_of_plan(memory) >= before:
                keep(memory)
            else:
                undo(memory)
            continue
        if of_meeting(memory, meeting, IS_FIXED):
            keep(memory)
            continue
        pool = of_meeting(memory, meeting, POOL)
        person = _somebody(memory, meeting)
        remove(memory, meeting)
        # Half of the attempts move one meeting, a quarter exchange two of a person, the others two of a room or drop one.
        way = draw_below(memory, np.int64(8))
        if way < 4:
            is_done = _settle_neatly(memory, meeting, heat)
        elif way < 6:
            is_done = _exchange_people(memory, meeting, person, slot, heat)
        elif way < 7 or not may_drop:
            is_done = _exchange_rooms(memory, meeting, slot, pool)
        else:
            is_done = True
        if is_done and worth_of_plan(memory) >= before - allowed:
            keep(memory)
        else:
            undo(memory)


@part
def _somebody(memory, meeting):
    """Somebody who must attend a meeting; of one of choices only, anybody of the first group."""
    row = meeting_row(memory, meeting)
    start, end = number(memory, row + ALL_FROM), number(memory, row + ALL_TO)
    if end > start:
        return entry(memory, EVERYONE, start + draw_below(memory, end - start))
    line = group_row(memory, number(memory, row + GROUPS_FROM))
    start, end = number(memory, line + MEMBERS_FROM), number(memory, line + MEMBERS_TO)
    return entry(memory, MEMBERS, start + draw_below(memory, end - start))
