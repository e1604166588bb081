"""The rules that few events have: order, limits of a day, lunch, walks. Looked at only where the event has any."""

from __future__ import annotations

import numpy as np

from handslag.partnering.compiling import part
from handslag.partnering.placing.memory import (
    AFTER,
    BEFORE,
    EARLIER,
    EARLIER_FROM,
    LATER,
    LATER_FROM,
    LUNCH_FROM,
    LUNCH_SLOTS,
    LUNCHES,
    MAX_IN_A_ROW,
    MAX_PER_DAY,
    POOL,
    SLOT,
    TIMES,
    WALK,
    WALKS_ARE_FORBIDDEN,
    ZONE,
    ZONES,
    entry,
    meeting_of,
    of_meeting,
    of_person,
    of_pool,
    of_slot,
)


@part
def is_in_order(memory, meeting, slot):
    """True if all that must come earlier is earlier, and what must come later is later."""
    for position in range(of_meeting(memory, meeting, EARLIER_FROM), of_meeting(memory, meeting + 1, EARLIER_FROM)):
        if of_meeting(memory, entry(memory, EARLIER, position), SLOT) >= slot:
            return False
    for position in range(of_meeting(memory, meeting, LATER_FROM), of_meeting(memory, meeting + 1, LATER_FROM)):
        other = of_meeting(memory, entry(memory, LATER, position), SLOT)
        if 0 <= other <= slot:
            return False
    return True


@part
def is_far(memory, slot, zone, later, later_zone):
    """True if there is too little time from one meeting to a later one."""
    if zone < 0 or later_zone < 0:
        return False
    needed = memory.sums[memory.sums[WALK] + zone * memory.sums[ZONES] + later_zone]
    times = memory.sums[TIMES]
    return needed >= 0 and memory.sums[times + 2 * later] - memory.sums[times + 2 * slot + 1] < needed


@part
def zone_of(memory, meeting):
    """The zone in which a placed meeting is, -1 for none."""
    return of_pool(memory, of_meeting(memory, meeting, POOL), ZONE)


@part
def allows(memory, person, slot, zone):
    """True if a person's day has room for one more meeting in a slot and zone: limits, lunch, walks.

    Walks are asked of all pairs of a day, not only of neighbours: so a meeting can be taken out without harm.
    """
    total, in_row = 1, 1
    for direction in (BEFORE, AFTER):
        is_unbroken = True
        other = of_slot(memory, slot, direction)
        while other >= 0:
            meeting = meeting_of(memory, person, other)
            if meeting >= 0:
                total += 1
                in_row += np.int64(is_unbroken)
                if memory.sums[WALKS_ARE_FORBIDDEN]:
                    if direction == BEFORE and is_far(memory, other, zone_of(memory, meeting), slot, zone):
                        return False
                    if direction == AFTER and is_far(memory, slot, zone, other, zone_of(memory, meeting)):
                        return False
            else:
                is_unbroken = False
            other = of_slot(memory, other, direction)
    if total > of_person(memory, person, MAX_PER_DAY) or in_row > of_person(memory, person, MAX_IN_A_ROW):
        return False
    return _keeps_lunch(memory, person, slot)


@part
def _keeps_lunch(memory, person, slot):
    for lunch in range(memory.sums[LUNCHES]):
        is_here = False
        is_kept = False
        for position in range(entry(memory, LUNCH_FROM, lunch), entry(memory, LUNCH_FROM, lunch + 1)):
            other = entry(memory, LUNCH_SLOTS, position)
            if other == slot:
                is_here = True
            elif meeting_of(memory, person, other) < 0:
                is_kept = True
        if is_here and not is_kept:
            return False
    return True
