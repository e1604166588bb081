"""The search: waiting meetings are forced in, one after the other, and what makes the plan worse is seldom kept."""

from __future__ import annotations

import numpy as np

from handslag.partnering.compiling import count_bits, kernel, lowest_bit, part
from handslag.partnering.placing.bits import NO_SLOTS, bit
from handslag.partnering.placing.days import count_days
from handslag.partnering.placing.forcing import NEVER, force, force_as_held, price_of
from handslag.partnering.placing.memory import (
    ALL_FROM,
    ALL_TO,
    EVERYONE,
    GROUPS_FROM,
    GROUPS_TO,
    HAS_HELD,
    HELD_POOL,
    HELD_SLOT,
    IS_FIXED,
    IS_RULED,
    LOOSE,
    MAY_STAY,
    MEETINGS,
    SCORE,
    SLOT,
    STEPS,
    WAITING,
    WAITING_COUNT,
    WORDS,
    admissible_slots,
    draw_below,
    draw_share,
    entry,
    idle_slots,
    meeting_row,
    number,
    of_held,
    of_meeting,
    weight_of,
)
from handslag.partnering.placing.settling import (
    begin,
    choose_held,
    enough_idle,
    fitting,
    gain_of,
    keep,
    place,
    remove,
    settle,
    settle_anywhere,
    settle_as_held,
    undo,
)
from handslag.partnering.placing.tidying import tidy

# What `work` is asked to do.
FREEZE, HOLD, FILL, ANNEAL, COUNT_DAYS, TIDY, TIDY_OR_DROP = range(7)
# Slots of which each attempt asks the price.
_SAMPLES = 4
# Of eight times: who had to give way is tried next.
_FOLLOWED = 6


@part
def _few_misses(memory, meeting, word):
    """The slots of a word in which at most one of a meeting's people and groups is missing."""
    row = meeting_row(memory, meeting)
    asked = admissible_slots(memory, meeting, word)
    once = NO_SLOTS
    twice = NO_SLOTS
    for position in range(number(memory, row + ALL_FROM), number(memory, row + ALL_TO)):
        missing = ~idle_slots(memory, entry(memory, EVERYONE, position), word)
        twice |= once & missing
        once |= missing
    for group in range(number(memory, row + GROUPS_FROM), number(memory, row + GROUPS_TO)):
        missing = ~enough_idle(memory, group, word, asked)
        twice |= once & missing
        once |= missing
    return asked & ~twice


@part
def _random_slot(memory, words):
    """A random slot of some words of slots; -1 if there is none."""
    count = len(words)
    first = draw_below(memory, count) if count > 1 else np.int64(0)
    for step in range(count):
        word = (first + step) % count
        slots = words[word]
        if slots != NO_SLOTS:
            wanted = draw_below(memory, count_bits(slots))
            while wanted > 0:
                slots &= slots - np.uint64(1)
                wanted -= 1
            return word * 64 + lowest_bit(slots)
    return np.int64(-1)


@part
def _cheapest_slot(memory, meeting, easy, everything, most, step):
    """Of some random slots, mostly easy ones: what it costs least to force a meeting in, where, and who gives up a room."""
    best, best_slot, best_guest = np.int64(NEVER), np.int64(-1), np.int64(-1)
    # Where rules stand in the way the easy slots may be the wrong ones.
    is_any = memory.sums[IS_RULED] != 0 and step & 1 != 0
    for sample in range(1 if is_any else _SAMPLES):
        is_easy = not is_any and (sample < _SAMPLES - 1 or step & 7 != 0)
        slot = _random_slot(memory, easy) if is_easy else np.int64(-1)
        if slot < 0:
            slot = _random_slot(memory, everything)
        if slot < 0:
            break
        price, guest = price_of(memory, meeting, slot, min(most, best))
        if price < best:
            best, best_slot, best_guest = price, slot, guest
        if best == 0:
            break
    return best, best_slot, best_guest


@part
def _anneal(memory, wanted, steps, heat):
    """So many steps of simulated annealing at one heat, in units of score; each is a link of an ejection chain (Glover 1996).

    What a step may lose is drawn before it, -ln(u) × heat: that is the rule of Metropolis, and what costs more need not be tried.
    Half of the meetings that are tried are of those `wanted`, as long as they wait.
    """
    words = memory.sums[WORDS]
    everything = np.empty(words, dtype=np.uint64)
    easy = np.empty(words, dtype=np.uint64)
    loose = np.empty(64, dtype=np.int64)
    # The meeting that just had to give way, and the slot that it left: it is often tried next, but not back there.
    next_meeting, left_slot = np.int64(-1), np.int64(-1)
    for step in range(steps):
        waiting = memory.sums[WAITING_COUNT]
        memory.sums[STEPS] += 1
        # A quarter of the steps are for what was announced, and all when nothing waits.
        if memory.sums[HAS_HELD] and (waiting == 0 or step & 3 == 0):
            _bring_back(memory, draw_below(memory, memory.sums[MEETINGS]), loose, heat)
            continue
        if waiting == 0:
            break
        if (
            next_meeting >= 0
            and of_meeting(memory, next_meeting, SLOT) < 0
            and draw_below(memory, np.int64(8)) < _FOLLOWED
        ):
            meeting = next_meeting
        else:
            meeting, left_slot = entry(memory, WAITING, draw_below(memory, waiting)), np.int64(-1)
            if len(wanted) and step & 1:
                chosen = wanted[draw_below(memory, len(wanted))]
                if of_meeting(memory, chosen, SLOT) < 0:
                    meeting = chosen
        next_meeting = np.int64(-1)
        allowed = np.int64(-np.log(draw_share(memory)) * heat)
        if settle_anywhere(memory, meeting, np.int64(-1)):
            continue
        most = weight_of(memory, meeting) + allowed
        for word in range(words):
            everything[word] = admissible_slots(memory, meeting, word)
            easy[word] = _few_misses(memory, meeting, word)
        if left_slot >= 0:
            everything[left_slot >> 6] &= ~bit(left_slot)
            easy[left_slot >> 6] &= ~bit(left_slot)
        best, best_slot, best_guest = _cheapest_slot(memory, meeting, easy, everything, most, step)
        if best > most:
            continue
        before = memory.sums[SCORE]
        begin(memory)
        if force(memory, meeting, best_slot, best_guest, loose) and memory.sums[SCORE] >= before - allowed:
            keep(memory)
            left_slot = best_slot
            for position in range(memory.sums[LOOSE]):
                if of_meeting(memory, loose[position], SLOT) < 0:
                    next_meeting = loose[position]
        else:
            undo(memory)


@part
def _bring_back(memory, meeting, loose, heat):
    """A meeting that is not as it was held is forced to be."""
    slot = of_held(memory, meeting, HELD_SLOT)
    if slot < 0 or of_meeting(memory, meeting, IS_FIXED):
        return
    is_placed = of_meeting(memory, meeting, SLOT) >= 0
    if is_placed and gain_of(memory, meeting) == weight_of(memory, meeting):
        return
    allowed = np.int64(-np.log(draw_share(memory)) * heat)
    before = memory.sums[SCORE]
    begin(memory)
    if is_placed:
        remove(memory, meeting)
    if of_meeting(memory, meeting, MAY_STAY):
        is_done = force_as_held(memory, meeting, loose)
    else:
        is_done = settle(memory, meeting, slot)
    if is_done and memory.sums[SCORE] >= before - allowed:
        keep(memory)
    else:
        undo(memory)


@part
def _settle_in_order(memory, order, uses):
    """Places meetings one after the other, each in the fitting slot that is used least so far."""
    for meeting in order:
        if of_meeting(memory, meeting, SLOT) >= 0:
            continue
        best, least = np.int64(-1), np.int64(NEVER)
        for word in range(memory.sums[WORDS]):
            slots = fitting(memory, meeting, word)
            while slots != NO_SLOTS:
                at = lowest_bit(slots)
                slots &= ~bit(at)
                slot = word * 64 + at
                if uses[slot] < least:
                    best, least = slot, uses[slot]
        if best >= 0 and (settle(memory, meeting, best) or settle_anywhere(memory, meeting, best)):
            uses[of_meeting(memory, meeting, SLOT)] += 1


@part
def _settle_frozen(memory, order):
    """Places meetings as they are fixed, whatever the rules say of them: they were checked when they were read."""
    for meeting in order:
        choose_held(memory, meeting)
        place(memory, meeting, of_held(memory, meeting, HELD_SLOT), of_held(memory, meeting, HELD_POOL))


@part
def _settle_held(memory, order):
    """Places waiting meetings as they were held, where nothing must give way."""
    for meeting in order:
        if of_meeting(memory, meeting, SLOT) < 0:
            settle_as_held(memory, meeting)


@kernel
def work(memory, task, order, uses, steps, heat):
    """One piece of work on the plan. All tasks are one function, so that what they share is compiled once.

    `order`: the meetings [n] to place, in turn, or to try first; `uses` [S]: how many meetings each slot was given so far.
    """
    if task == FREEZE:
        _settle_frozen(memory, order)
    elif task == HOLD:
        _settle_held(memory, order)
    elif task == FILL:
        _settle_in_order(memory, order, uses)
    elif task == ANNEAL:
        _anneal(memory, order, steps, heat)
    elif task == COUNT_DAYS:
        count_days(memory)
    elif task == TIDY:
        tidy(memory, steps, heat, np.int64(0))
    elif task == TIDY_OR_DROP:
        tidy(memory, steps, heat, np.int64(1))
