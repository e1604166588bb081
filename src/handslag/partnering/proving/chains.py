"""The annealing's inner loop, compiled: one step moves a meeting and the chain that stands in its way."""

from __future__ import annotations

import numpy as np

from handslag.partnering.compiling import kernel, part

# Of a fault, in `best`: no number of breaks is as bad.
WORST = 1 << 20


@part
def _runs(mask):
    """How many runs of set bits."""
    starts = mask & ~(mask << 1)
    found = 0
    while starts:
        starts &= starts - 1
        found += 1
    return found


@part
def _breaks(busy, days):
    found = 0
    for day in days:
        runs = _runs(busy & day)
        if runs > 1:
            found += runs - 1
    return found


@part
def _cost_of(busy, days, most):
    """Somebody's breaks; those beyond the spread count three times."""
    breaks = _breaks(busy, days)
    return breaks + 2 * max(0, breaks - most)


@part
def _order_faults(slots, begins, others):
    """How many meetings are not after one that they must be after."""
    found = 0
    for meeting in range(len(slots)):
        for at in range(begins[meeting], begins[meeting + 1]):
            found += slots[others[at]] >= slots[meeting]
    return found


@part
def _find_chain(meeting, target, one, other, slots, at, chain, is_in, ends):
    """Its length: who is in the way at the target moves to the source, and so on, from both people; a ring has no ends."""
    source, length = slots[meeting], 1
    chain[0] = meeting
    is_in[meeting] = True
    ends[0] = ends[1] = -1
    for side in range(2):
        person = one[meeting] if side == 0 else other[meeting]
        looked = target
        while True:
            found = at[person, looked]
            if found < 0:
                ends[side] = person
                break
            if is_in[found]:
                return length
            is_in[found] = True
            chain[length] = found
            length += 1
            person = other[found] if one[found] == person else one[found]
            looked = source if looked == target else target
    return length


@part
def _more_slot_faults(chain, slots, source, target, allowed):
    """How many more meetings are in a slot that is not theirs when the chain has changed slots."""
    more = 0
    for this in chain:
        now = slots[this]
        then = target if now == source else source
        more += int(allowed[this, now]) - int(allowed[this, then])
    return more


@part
def _more_full(held, rooms, slot, added, real):
    """How many more meetings have no room when some are added to (or taken from) a slot of the event."""
    if slot >= real:
        return 0
    return max(0, held[slot] + added - rooms[slot]) - max(0, held[slot] - rooms[slot])


@part
def _swap(chain, source, target, one, other, slots, at):
    """The chain changes slots."""
    for this in chain:
        for person in (one[this], other[this]):
            if at[person, slots[this]] == this:
                at[person, slots[this]] = -1
        slots[this] = target if slots[this] == source else source
        at[one[this], slots[this]] = this
        at[other[this], slots[this]] = this


@part
def _count_faults(slots, held, allowed, rooms, real, after_begins, after):
    """Meetings in slots not theirs, without a room, out of order."""
    found = _order_faults(slots, after_begins, after)
    for meeting in range(len(slots)):
        found += not allowed[meeting, slots[meeting]]
    for slot in range(real):
        found += max(0, held[slot] - rooms[slot])
    return found


@kernel
def anneal(
    one, other, allowed, rooms, days, real, most,
    slots, at, held,
    after_begins, after, before_begins, before,
    best, best_slots, steps, hot, cold, fault, seed,
):  # fmt: skip
    """So many steps of simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983), cooling from `hot` to `cold`, in breaks.

    M meetings, P people, C slots (with those beyond the event's): whose they are, `one` and `other` [M]; `allowed` [M, C]; `rooms` [C]; `days`,
    bits of slots; `real` slots are the event's; `most` breaks of one person before they count more. Changed in place: `slots` [M], `at` [P, C]
    the meeting or -1, `held` [C], and, where a better one is found, `best` (its breaks, a fault as WORST) and `best_slots` [M]. What must come
    before each meeting stands in `after` from `after_begins` [M + 1] on, what must come after it in `before`.
    """
    np.random.seed(seed)
    meetings, people, colours = len(one), at.shape[0], at.shape[1]
    busy = np.zeros(people, np.int64)
    cost = 0
    for person in range(people):
        for slot in range(real):
            if at[person, slot] >= 0:
                busy[person] |= 1 << slot
        cost += _cost_of(busy[person], days, most)
    faults = _count_faults(slots, held, allowed, rooms, real, after_begins, after)
    has_order = len(after) > 1 or after_begins[meetings] > 0
    chain = np.empty(meetings, np.int64)
    is_in = np.zeros(meetings, np.bool_)
    ends = np.zeros(2, np.int64)
    heat, cooling = hot, (cold / hot) ** (1.0 / steps)
    for _ in range(steps):
        heat *= cooling
        meeting = np.random.randint(meetings)
        source, target = slots[meeting], np.random.randint(colours)
        # Slots that are not the meeting's are seldom tried: they only help others to change.
        if source == target or (not allowed[meeting, target] and np.random.random() > 0.05):
            continue
        length = _find_chain(meeting, target, one, other, slots, at, chain, is_in, ends)
        is_ring = ends[0] < 0
        moved = 0
        for position in range(length):
            moved += 1 if slots[chain[position]] == source else -1
        more_faults = _more_slot_faults(chain[:length], slots, source, target, allowed)
        if moved != 0:
            more_faults += _more_full(held, rooms, source, -moved, real) + _more_full(held, rooms, target, moved, real)
        if has_order:
            more_faults += _more_order_faults(
                chain[:length], is_in, slots, source, target, after_begins, after, before_begins, before
            )
        more_cost = 0
        flip = 0
        if not is_ring:
            flip = (1 << source if source < real else 0) | (1 << target if target < real else 0)
            for side in range(2):
                person = ends[side]
                more_cost += _cost_of(busy[person] ^ flip, days, most) - _cost_of(busy[person], days, most)
        for position in range(length):
            is_in[chain[position]] = False
        worse = more_faults * fault + more_cost
        if worse > 0 and np.random.random() >= np.exp(-worse / heat):
            continue
        _swap(chain[:length], source, target, one, other, slots, at)
        if not is_ring:
            busy[ends[0]] ^= flip
            busy[ends[1]] ^= flip
        held[source] -= moved
        held[target] += moved
        faults += more_faults
        cost += more_cost
        now = faults * WORST + cost
        if now < best[0]:
            best[0] = now
            best_slots[:] = slots
            if now == 0:
                break


@part
def _more_order_faults(
    chain, is_in, slots, source, target,
    after_begins, after, before_begins, before,
):  # fmt: skip
    """How many more faults of order there are when the chain has changed slots; a pair inside is met from both ends."""
    doubled = 0
    for this in chain:
        now = slots[this]
        then = target if now == source else source
        for place in range(after_begins[this], after_begins[this + 1]):
            one = after[place]
            if is_in[one]:
                doubled += int((target if slots[one] == source else source) >= then) - int(slots[one] >= now)
            else:
                doubled += 2 * (int(slots[one] >= then) - int(slots[one] >= now))
        for place in range(before_begins[this], before_begins[this + 1]):
            one = before[place]
            if is_in[one]:
                doubled += int(then >= (target if slots[one] == source else source)) - int(now >= slots[one])
            else:
                doubled += 2 * (int(then >= slots[one]) - int(now >= slots[one]))
    return doubled // 2
