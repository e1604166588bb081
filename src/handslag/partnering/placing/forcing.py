"""A waiting meeting is forced in: what that costs, and how it is done. Those in its way go elsewhere or wait."""

from __future__ import annotations

import numpy as np

from handslag.partnering.compiling import part
from handslag.partnering.placing.bits import NO_SLOTS, bit
from handslag.partnering.placing.memory import (
    ALL_FROM,
    ALL_TO,
    ASKED,
    ASKED_FROM,
    CAPACITY,
    CHOSEN,
    COUNT,
    DAY,
    EARLIER,
    EARLIER_FROM,
    EVERYONE,
    GROUP_CHOSEN_FROM,
    GROUPS_FROM,
    GROUPS_TO,
    HELD_FROM,
    HELD_PEOPLE,
    HELD_POOL,
    HELD_SLOT,
    HELD_TO,
    HOST,
    IS_FIXED,
    IS_RULED,
    LATER,
    LATER_FROM,
    LEFT,
    LOG_LENGTH,
    LOGGED,
    LOOSE,
    MEMBERS,
    MEMBERS_FROM,
    MEMBERS_TO,
    ORGANISATION,
    POOL,
    POOLS_FROM,
    POOLS_TO,
    ROOMS,
    ROOMS_FROM,
    SLOT,
    SLOTS,
    USABLE,
    WORDS,
    ZONE,
    admissible_slots,
    draw_below,
    entry,
    group_row,
    is_idle,
    meeting_of,
    meeting_row,
    move_cost_of,
    number,
    of_held,
    of_meeting,
    of_person,
    of_pool,
    of_slot,
    open_slots,
    weight_of,
)
from handslag.partnering.placing.rules import allows
from handslag.partnering.placing.settling import (
    enough_idle,
    fitting,
    remove,
    rooms_left,
    settle,
    settle_anywhere,
    settle_as_held,
    swap,
)

NEVER = 1 << 61
_ASKS, _DOES = np.int64(0), np.int64(1)
# Looked at, at most: meetings of a full room, members of a large group, a person's meetings that may fill a slot.
_SAMPLED_ROOMS = 6
_SAMPLED_MEMBERS = 10
_REFILLED = 16
# Entries of the log that are left to whatever follows: beyond them nothing more is filled.
_LOG_KEPT_FREE = 20_000


@part
def send_another(memory, meeting, person, for_meeting, is_done):
    """Whether another of the group can go instead of `person`; where `is_done`, that one goes."""
    row = meeting_row(memory, meeting)
    slot, pool = number(memory, row + SLOT), number(memory, row + POOL)
    host = of_pool(memory, pool, HOST)
    for group in range(number(memory, row + GROUPS_FROM), number(memory, row + GROUPS_TO)):
        line = group_row(memory, group)
        to = number(memory, line + GROUP_CHOSEN_FROM)
        for position in range(to, to + number(memory, line + COUNT)):
            if entry(memory, CHOSEN, position) != person:
                continue
            for step in range(number(memory, line + MEMBERS_FROM), number(memory, line + MEMBERS_TO)):
                other = entry(memory, MEMBERS, step)
                if not is_idle(memory, other, slot) or _is_asked(memory, for_meeting, other):
                    continue
                if host >= 0 and of_person(memory, person, ORGANISATION) == host != of_person(
                    memory, other, ORGANISATION
                ):
                    continue
                if memory.sums[IS_RULED] and not allows(memory, other, slot, of_pool(memory, pool, ZONE)):
                    continue
                if is_done:
                    swap(memory, meeting, position, other)
                return True
            return False
    return False


@part
def _is_asked(memory, meeting, person):
    """True if a meeting needs a person: one of all, or of a group of whom several come."""
    row = meeting_row(memory, meeting)
    for position in range(number(memory, row + ALL_FROM), number(memory, row + ALL_TO)):
        if entry(memory, EVERYONE, position) == person:
            return True
    for group in range(number(memory, row + GROUPS_FROM), number(memory, row + GROUPS_TO)):
        line = group_row(memory, group)
        if number(memory, line + COUNT) > 1:
            for position in range(number(memory, line + MEMBERS_FROM), number(memory, line + MEMBERS_TO)):
                if entry(memory, MEMBERS, position) == person:
                    return True
    return False


# --- what it costs ----------------------------------------------------------------------------------------------------


@part
def _price_of_leaving(memory, meeting, slot):
    """What is lost if a placed meeting leaves its slot."""
    if of_meeting(memory, meeting, IS_FIXED):
        return np.int64(NEVER)
    for word in range(memory.sums[WORDS]):
        slots = fitting(memory, meeting, word)
        if slot >> 6 == word:
            slots &= ~bit(slot)
        if slots != NO_SLOTS:
            return move_cost_of(memory, meeting)
    return weight_of(memory, meeting)


@part
def _price_of_person(memory, person, slot, for_meeting):
    """What is lost if a person becomes idle in a slot."""
    meeting = meeting_of(memory, person, slot)
    if of_meeting(memory, meeting, IS_FIXED):
        return np.int64(NEVER)
    if send_another(memory, meeting, person, for_meeting, _ASKS):
        return move_cost_of(memory, meeting)
    return _price_of_leaving(memory, meeting, slot)


@part
def price_of(memory, meeting, slot, most):
    """About what is lost if a waiting meeting is forced into a slot, and who gives up a room (-1: nobody must)."""
    row = meeting_row(memory, meeting)
    nobody = np.int64(-1)
    price = np.int64(0)
    before = np.int64(-1)
    makes_room = False
    for position in range(number(memory, row + ALL_FROM), number(memory, row + ALL_TO)):
        person = entry(memory, EVERYONE, position)
        other = meeting_of(memory, person, slot)
        if other >= 0 and other != before:
            price += _price_of_person(memory, person, slot, meeting)
            if price > most:
                return price, nobody
            before = other
            makes_room = makes_room or _may_use(memory, row, of_meeting(memory, other, POOL))
    for group in range(number(memory, row + GROUPS_FROM), number(memory, row + GROUPS_TO)):
        if enough_idle(memory, group, slot >> 6, bit(slot)) == NO_SLOTS:
            cheapest, person = cheapest_member(memory, meeting, group, slot, before)
            price += cheapest
            if person < 0 or price > most:
                return price, nobody
            makes_room = makes_room or _may_use(memory, row, of_meeting(memory, meeting_of(memory, person, slot), POOL))
    if makes_room or rooms_left(memory, row, slot >> 6) & bit(slot) != NO_SLOTS:
        return price, nobody
    cheapest, guest = _cheapest_guest(memory, row, slot)
    return price + cheapest, guest


@part
def _may_use(memory, row, pool):
    for position in range(number(memory, row + POOLS_FROM), number(memory, row + POOLS_TO)):
        if entry(memory, USABLE, position) == pool:
            return True
    return False


@part
def cheapest_member(memory, meeting, group, slot, leaving):
    """What it costs least to free a busy member of a group, and whom; looks at some of a large group.

    The meeting `leaving` (-1: none) goes anyhow.
    """
    line = group_row(memory, group)
    start = number(memory, line + MEMBERS_FROM)
    size = number(memory, line + MEMBERS_TO) - start
    turn = draw_below(memory, size)
    best, cheapest, looked = np.int64(-1), np.int64(NEVER), 0
    for step in range(size):
        at = step + turn
        person = entry(memory, MEMBERS, start + (at if at < size else at - size))
        other = meeting_of(memory, person, slot)
        if other < 0 or other == meeting:
            continue
        price = np.int64(0) if other == leaving else _price_of_person(memory, person, slot, meeting)
        looked += 1
        if price < cheapest:
            best, cheapest = person, price
        if cheapest == 0 or looked == _SAMPLED_MEMBERS:
            break
    return cheapest, best


@part
def _cheapest_guest(memory, row, slot):
    """What it costs least to send away one of some meetings in rooms that a meeting may use, and which."""
    best, cheapest = np.int64(-1), np.int64(NEVER)
    for position in range(number(memory, row + POOLS_FROM), number(memory, row + POOLS_TO)):
        pool = entry(memory, USABLE, position)
        if pool < 0 or of_pool(memory, pool, ROOMS_FROM) < 0:
            continue
        capacity = of_pool(memory, pool, CAPACITY)
        taken = capacity - entry(memory, LEFT, pool * memory.sums[SLOTS] + slot)
        if taken <= 0 or entry(memory, LEFT, pool * memory.sums[SLOTS] + slot) > 0:
            continue
        rooms = of_pool(memory, pool, ROOMS_FROM) + slot * capacity
        for _ in range(min(taken, _SAMPLED_ROOMS)):
            other = entry(memory, ROOMS, rooms + draw_below(memory, taken))
            price = _price_of_leaving(memory, other, slot)
            if price < cheapest:
                best, cheapest = other, price
            if cheapest == 0:
                return cheapest, best
    return cheapest, best


# --- how it is done ---------------------------------------------------------------------------------------------------


@part
def _free_person(memory, person, slot, meeting, loose, count):
    """Another goes instead of a person, or the meeting is taken out and noted as loose.

    Returns how many are loose now, -1 where it cannot be.
    """
    other = meeting_of(memory, person, slot)
    if of_meeting(memory, other, IS_FIXED) or count == len(loose) or other == meeting:
        return np.int64(-1)
    if send_another(memory, other, person, meeting, _DOES):
        return count
    return _take_out(memory, other, loose, count)


@part
def _take_out(memory, meeting, loose, count):
    remove(memory, meeting)
    loose[count] = meeting
    return count + 1


@part
def force(memory, meeting, slot, guest, loose):
    """Places a waiting meeting in a slot whatever is in its way, settles anew what was taken out, and fills what came free.

    False where it cannot be; the plan is then half changed.
    """
    row = meeting_row(memory, meeting)
    count = np.int64(0)
    for position in range(number(memory, row + ALL_FROM), number(memory, row + ALL_TO)):
        person = entry(memory, EVERYONE, position)
        if meeting_of(memory, person, slot) >= 0:
            count = _free_person(memory, person, slot, meeting, loose, count)
            if count < 0:
                return False
    for group in range(number(memory, row + GROUPS_FROM), number(memory, row + GROUPS_TO)):
        attempts = number(memory, group_row(memory, group) + COUNT)
        while enough_idle(memory, group, slot >> 6, bit(slot)) == NO_SLOTS:
            attempts -= 1
            if attempts < 0:
                return False
            _, person = cheapest_member(memory, meeting, group, slot, np.int64(-1))
            if person < 0:
                return False
            count = _free_person(memory, person, slot, meeting, loose, count)
            if count < 0:
                return False
    if guest >= 0 and of_meeting(memory, guest, SLOT) == slot:
        if count == len(loose) or of_meeting(memory, guest, IS_FIXED):
            return False
        count = _take_out(memory, guest, loose, count)
    if memory.sums[IS_RULED]:
        zone = _zone_there(memory, row, slot)
        count = _clear_order(memory, meeting, slot, loose, count)
        for position in range(number(memory, row + ALL_FROM), number(memory, row + ALL_TO)):
            count = _clear_day(memory, entry(memory, EVERYONE, position), slot, zone, loose, count)
    if count < 0 or not settle(memory, meeting, slot):
        return False
    _settle_loose(memory, loose, count, slot)
    return True


@part
def force_as_held(memory, meeting, loose):
    """The same of a waiting meeting in the slot and room and with the people that were announced."""
    slot, pool = of_held(memory, meeting, HELD_SLOT), of_held(memory, meeting, HELD_POOL)
    zone = of_pool(memory, pool, ZONE)
    count = np.int64(0)
    for position in range(of_held(memory, meeting, HELD_FROM), of_held(memory, meeting, HELD_TO)):
        person = entry(memory, HELD_PEOPLE, position)
        if meeting_of(memory, person, slot) >= 0:
            count = _free_person(memory, person, slot, meeting, loose, count)
        if memory.sums[IS_RULED]:
            count = _clear_day(memory, person, slot, zone, loose, count)
        if count < 0:
            return False
    if memory.sums[IS_RULED]:
        count = _clear_order(memory, meeting, slot, loose, count)
    if open_slots(memory, pool, slot >> 6) & bit(slot) == NO_SLOTS and 0 <= count < len(loose):
        guest = entry(memory, ROOMS, of_pool(memory, pool, ROOMS_FROM) + slot * of_pool(memory, pool, CAPACITY))
        if of_pool(memory, pool, ROOMS_FROM) < 0 or of_meeting(memory, guest, IS_FIXED):
            return False
        count = _take_out(memory, guest, loose, count)
    if count < 0 or not settle_as_held(memory, meeting):
        return False
    _settle_loose(memory, loose, count, slot)
    return True


@part
def _zone_there(memory, row, slot):
    """The zone of the first room that a meeting finds in a slot."""
    for position in range(number(memory, row + POOLS_FROM), number(memory, row + POOLS_TO)):
        code = entry(memory, USABLE, position)
        pool = code if code >= 0 else ~code
        if open_slots(memory, pool, slot >> 6) & bit(slot) != NO_SLOTS:
            return of_pool(memory, pool, ZONE)
    return np.int64(-1)


@part
def _clear_order(memory, meeting, slot, loose, count):
    """Takes out what would have to be earlier and is not, and what would have to be later."""
    for position in range(of_meeting(memory, meeting, EARLIER_FROM), of_meeting(memory, meeting + 1, EARLIER_FROM)):
        other = entry(memory, EARLIER, position)
        if of_meeting(memory, other, SLOT) >= slot:
            if count < 0 or count == len(loose) or of_meeting(memory, other, IS_FIXED):
                return np.int64(-1)
            count = _take_out(memory, other, loose, count)
    for position in range(of_meeting(memory, meeting, LATER_FROM), of_meeting(memory, meeting + 1, LATER_FROM)):
        other = entry(memory, LATER, position)
        if 0 <= of_meeting(memory, other, SLOT) <= slot:
            if count < 0 or count == len(loose) or of_meeting(memory, other, IS_FIXED):
                return np.int64(-1)
            count = _take_out(memory, other, loose, count)
    return count


@part
def _clear_day(memory, person, slot, zone, loose, count):
    """Takes meetings out of a person's day, any first, until one more is allowed in a slot."""
    slots = memory.sums[SLOTS]
    turn = draw_below(memory, slots)
    for step in range(slots):
        if allows(memory, person, slot, zone):
            return count
        at = step + turn
        other_slot = at if at < slots else at - slots
        other = meeting_of(memory, person, other_slot)
        if (
            other < 0
            or of_slot(memory, other_slot, DAY) != of_slot(memory, slot, DAY)
            or of_meeting(memory, other, IS_FIXED)
        ):
            continue
        if count < 0 or count == len(loose):
            return np.int64(-1)
        count = _take_out(memory, other, loose, count)
    return count


@part
def _settle_loose(memory, loose, count, slot):
    """Those that had to give way go elsewhere, then others fill what they left."""
    memory.sums[LOOSE] = count
    for position in range(count):
        settle_anywhere(memory, loose[position], np.int64(-1))
    for position in range(count):
        _refill_after(memory, loose[position], slot)


@part
def _refill_after(memory, meeting, slot):
    """Waiting meetings take the place of one that left a slot."""
    row = meeting_row(memory, meeting)
    for position in range(number(memory, row + ALL_FROM), number(memory, row + ALL_TO)):
        _refill(memory, entry(memory, EVERYONE, position), slot)
    for group in range(number(memory, row + GROUPS_FROM), number(memory, row + GROUPS_TO)):
        line = group_row(memory, group)
        start, end = number(memory, line + MEMBERS_FROM), number(memory, line + MEMBERS_TO)
        for position in range(start, min(end, start + _SAMPLED_MEMBERS)):
            _refill(memory, entry(memory, MEMBERS, position), slot)


@part
def _refill(memory, person, slot):
    """A waiting meeting of a person takes an idle slot, if one of some can."""
    if not is_idle(memory, person, slot) or memory.sums[LOGGED] > LOG_LENGTH - _LOG_KEPT_FREE:
        return
    start = of_person(memory, person, ASKED_FROM)
    size = of_person(memory, person + 1, ASKED_FROM) - start
    turn = draw_below(memory, size)
    for step in range(min(size, _REFILLED)):
        at = step + turn
        meeting = entry(memory, ASKED, start + (at if at < size else at - size))
        if (
            of_meeting(memory, meeting, SLOT) >= 0
            or admissible_slots(memory, meeting, slot >> 6) & bit(slot) == NO_SLOTS
        ):
            continue
        if settle(memory, meeting, slot):
            return
