"""Breaks and far walks of people's days, counted as meetings come and go."""

from __future__ import annotations

import numpy as np

from handslag.partnering.compiling import part
from handslag.partnering.placing.memory import (
    AFTER,
    BEFORE,
    BREAK_COST,
    BREAK_LIMIT,
    BREAKS,
    COUNTS_DAYS,
    FAR_WALKS,
    OVER,
    OVER_COST,
    PEOPLE,
    PERSON_BREAKS,
    SCORE,
    SLOTS,
    WALK_COST,
    WALKS_ARE_COUNTED,
    meeting_of,
    of_slot,
)
from handslag.partnering.placing.rules import is_far, zone_of


@part
def _next_busy(memory, person, slot, direction):
    """The nearest slot of the day, before or after, in which a person has a meeting; -1 for none."""
    other = of_slot(memory, slot, direction)
    while other >= 0 and meeting_of(memory, person, other) < 0:
        other = of_slot(memory, other, direction)
    return other


@part
def breaks_added(memory, person, slot):
    """How many breaks more a person has with a meeting in a slot than without."""
    before, after = of_slot(memory, slot, BEFORE), of_slot(memory, slot, AFTER)
    joins = np.int64(before >= 0 and meeting_of(memory, person, before) >= 0)
    joins += np.int64(after >= 0 and meeting_of(memory, person, after) >= 0)
    if joins:
        return np.int64(1) - joins
    is_alone = _next_busy(memory, person, slot, BEFORE) < 0 and _next_busy(memory, person, slot, AFTER) < 0
    return np.int64(0) if is_alone else np.int64(1)


@part
def count_meeting(memory, person, slot, meeting, sign):
    """Counts a person's meeting in a slot as come (1) or gone (-1)."""
    change = breaks_added(memory, person, slot) * sign
    at = memory.sums[PERSON_BREAKS] + person
    limit = memory.sums[BREAK_LIMIT]
    memory.sums[OVER] -= max(0, memory.numbers[at] - limit)
    memory.numbers[at] += change
    memory.sums[OVER] += max(0, memory.numbers[at] - limit)
    memory.sums[BREAKS] += change
    if memory.sums[WALKS_ARE_COUNTED]:
        memory.sums[FAR_WALKS] += sign * _far_walks_added(memory, person, slot, meeting)


@part
def _far_walks_added(memory, person, slot, meeting):
    before, after = _next_busy(memory, person, slot, BEFORE), _next_busy(memory, person, slot, AFTER)
    zone = zone_of(memory, meeting)
    added = np.int64(0)
    if before >= 0:
        before_zone = zone_of(memory, meeting_of(memory, person, before))
        added += np.int64(is_far(memory, before, before_zone, slot, zone))
        if after >= 0:
            after_zone = zone_of(memory, meeting_of(memory, person, after))
            added -= np.int64(is_far(memory, before, before_zone, after, after_zone))
    if after >= 0:
        added += np.int64(is_far(memory, slot, zone, after, zone_of(memory, meeting_of(memory, person, after))))
    return added


@part
def count_days(memory):
    """Begins to count, from what is placed."""
    memory.sums[COUNTS_DAYS] = 1
    memory.sums[BREAKS] = 0
    memory.sums[OVER] = 0
    memory.sums[FAR_WALKS] = 0
    for person in range(memory.sums[PEOPLE]):
        memory.numbers[memory.sums[PERSON_BREAKS] + person] = 0
        # Each meeting as if those after it were not yet there.
        for slot in range(memory.sums[SLOTS]):
            meeting = meeting_of(memory, person, slot)
            if meeting < 0:
                continue
            before = _next_busy(memory, person, slot, BEFORE)
            if before < 0:
                continue
            if before != of_slot(memory, slot, BEFORE):
                memory.numbers[memory.sums[PERSON_BREAKS] + person] += 1
            if memory.sums[WALKS_ARE_COUNTED]:
                before_zone = zone_of(memory, meeting_of(memory, person, before))
                memory.sums[FAR_WALKS] += np.int64(is_far(memory, before, before_zone, slot, zone_of(memory, meeting)))
        breaks = memory.numbers[memory.sums[PERSON_BREAKS] + person]
        memory.sums[BREAKS] += breaks
        memory.sums[OVER] += max(0, breaks - memory.sums[BREAK_LIMIT])


@part
def worth_of_plan(memory):
    """What a plan counts with its breaks and walks."""
    lost = memory.sums[BREAKS] * memory.sums[BREAK_COST] + memory.sums[FAR_WALKS] * memory.sums[WALK_COST]
    return memory.sums[SCORE] - lost - memory.sums[OVER] * memory.sums[OVER_COST]
