"""What prices prove, and two ways to better ones: subgradient steps, and one cell's best price after another.

`prices`, `capacity` and `scaling` are by cell; of a cell that no offer names the last two are 0. Records of the tape: see
`offer_kernels`.
"""

from __future__ import annotations

import numpy as np

from handslag.partnering.bounding.offer_kernels import FIRST_PATTERN, FREE_OF_CHARGE, ONLY_OWN
from handslag.partnering.compiling import draw_bits, kernel, part

# No price is as high, and a sum of many is still a whole number of 64 bits.
_NEVER = 1 << 61
# Of `state`: the least bound, the step's length, steps without a lower bound, steps.
BEST, LENGTH, WITHOUT, STEPS = range(4)


@part
def cheapest_places(pattern_start, pattern_cells, prices, cheapest):
    """By pattern the lowest price of its places."""
    cheapest[FREE_OF_CHARGE] = 0
    cheapest[ONLY_OWN] = _NEVER
    for pattern in range(FIRST_PATTERN, len(cheapest)):
        cheapest[pattern] = _NEVER
        for i in range(pattern_start[pattern], pattern_start[pattern + 1]):
            cheapest[pattern] = min(cheapest[pattern], prices[pattern_cells[i]])


@part
def least_sum(tape, at, members, count, prices, chosen):
    """The `count` lowest prices of a group together; their cells stand in `chosen` then."""
    filled = 0
    for i in range(at, at + members):
        cell = tape[i]
        if filled < count:
            j = filled
            filled += 1
        elif prices[cell] < prices[chosen[filled - 1]]:
            j = filled - 1
        else:
            continue
        while j > 0 and prices[chosen[j - 1]] > prices[cell]:
            chosen[j] = chosen[j - 1]
            j -= 1
        chosen[j] = cell
    total = prices[chosen[0]]
    for j in range(1, count):
        total += prices[chosen[j]]
    return total


@part
def best_offer(meeting, tape, start, worth, prices, cheapest, chosen):
    """What the meeting is worth more than its best offer costs, and where that stands; 0 and -1 if none is worth it."""
    at, end = start[meeting], start[meeting + 1]
    best = worth[meeting, 0] * 0
    best_at = np.int64(-1)
    while at < end:
        record = at
        place = cheapest[tape[at + 1]]
        own = tape[at + 2]
        at += 3
        for i in range(at, at + own):
            place = min(place, prices[tape[i]])
        left = worth[meeting, tape[record]] - place
        at += own
        groups = tape[at]
        at += 1
        for _ in range(groups):
            count, members = tape[at], tape[at + 1]
            at += 2
            if count == members:
                for i in range(at, at + members):
                    left -= prices[tape[i]]
            elif count == 1:
                least = prices[tape[at]]
                for i in range(at + 1, at + members):
                    least = min(least, prices[tape[i]])
                left -= least
            else:
                left -= least_sum(tape, at, members, count, prices, chosen)
            at += members
        if left > best:
            best = left
            best_at = record
    return best, best_at


@kernel
def total_bound(tape, start, pattern_start, pattern_cells, worth, capacity, prices, most_chosen):
    """B of these prices, in whole numbers."""
    cheapest = np.empty(len(pattern_start) - 1, np.int64)
    cheapest_places(pattern_start, pattern_cells, prices, cheapest)
    chosen = np.empty(most_chosen, np.int32)
    total = np.int64(0)
    for cell in range(len(prices)):
        total += capacity[cell] * prices[cell]
    for meeting in range(len(start) - 1):
        total += best_offer(meeting, tape, start, worth, prices, cheapest, chosen)[0]
    return total


@part
def count_offer(record, tape, pattern_start, pattern_cells, prices, cheapest, chosen, wanted):
    """Counts the cells of which an offer takes one."""
    pattern, own = tape[record + 1], tape[record + 2]
    if pattern != FREE_OF_CHARGE:
        place = -1
        price = cheapest[pattern]
        at = record + 3
        for i in range(at, at + own):
            if prices[tape[i]] < price:
                place = tape[i]
                price = prices[place]
        if place < 0:
            place = pattern_cells[pattern_start[pattern]]
            for i in range(pattern_start[pattern] + 1, pattern_start[pattern + 1]):
                if prices[pattern_cells[i]] < prices[place]:
                    place = pattern_cells[i]
        wanted[place] += 1
    at = record + 3 + own
    groups = tape[at]
    at += 1
    for _ in range(groups):
        count, members = tape[at], tape[at + 1]
        at += 2
        if count == members:
            for i in range(at, at + members):
                wanted[tape[i]] += 1
        elif count == 1:
            cell = tape[at]
            for i in range(at + 1, at + members):
                if prices[tape[i]] < prices[cell]:
                    cell = tape[i]
            wanted[cell] += 1
        else:
            least_sum(tape, at, members, count, prices, chosen)
            for j in range(count):
                wanted[chosen[j]] += 1
        at += members


@part
def copy_prices(prices, into):
    """Prices stand in `into`, too: by a loop, for which numba compiles much less than for a slice."""
    for cell in range(len(prices)):
        into[cell] = prices[cell]


@kernel
def step_down(
    tape, start, pattern_start, pattern_cells, worth, capacity, scaling, prices, best_prices, direction, state,
    most_chosen, steps, target, memory, patience,
):  # fmt: skip
    """Subgradient steps on the Lagrangian dual, as long as the distance to `target` asks (Polyak 1969), shorter where in vain.

    They go along an average of the slopes so far (deflected: Camerini, Fratta and Maffioli 1975), by `scaling` of each cell. In place:
    `prices`, `best_prices` and `direction` by cell, in units of value, and `state`.
    """
    cells = len(prices)
    cheapest = np.empty(len(pattern_start) - 1)
    chosen = np.empty(most_chosen, np.int32)
    wanted = np.empty(cells)
    for _ in range(steps):
        cheapest_places(pattern_start, pattern_cells, prices, cheapest)
        total = 0.0
        for cell in range(cells):
            wanted[cell] = 0.0
            total += capacity[cell] * prices[cell]
        for meeting in range(len(start) - 1):
            left, record = best_offer(meeting, tape, start, worth, prices, cheapest, chosen)
            if record >= 0:
                total += left
                count_offer(record, tape, pattern_start, pattern_cells, prices, cheapest, chosen, wanted)
        is_first = state[STEPS] == 0
        state[STEPS] += 1
        # A ten-millionth is no progress: it would go on for ever.
        if total < state[BEST] * (1.0 - 1e-7):
            state[WITHOUT] = 0
        else:
            state[WITHOUT] += 1
        if total < state[BEST]:
            state[BEST] = total
            copy_prices(prices, best_prices)
        is_back = state[WITHOUT] >= patience
        if is_back:
            state[LENGTH] *= 0.7
            state[WITHOUT] = 0
            copy_prices(best_prices, prices)
        size = 0.0
        for cell in range(cells):
            slope = capacity[cell] - wanted[cell]
            if prices[cell] <= 0.0 and slope > 0.0:
                slope = 0.0
            slope *= scaling[cell]
            direction[cell] = slope if is_first else memory * direction[cell] + (1.0 - memory) * slope
            size += direction[cell] * direction[cell]
        if size < 1e-18:
            # No way is down.
            state[LENGTH] = 0.0
            return
        length = state[LENGTH] * max(state[BEST] - target, 0.0) / size
        for cell in range(cells):
            prices[cell] = max(0.0, prices[cell] - length * direction[cell] * scaling[cell])


@part
def next_random(state):
    """A random number of 31 bits."""
    return np.int64(draw_bits(state) >> np.uint64(33))


@part
def set_price(cell, price, prices, of_cell_start, of_cell, pattern_start, pattern_cells, cheapest):
    """Changes a price and what follows from it."""
    prices[cell] = price
    for j in range(of_cell_start[cell], of_cell_start[cell + 1]):
        pattern = of_cell[j]
        least = prices[pattern_cells[pattern_start[pattern]]]
        for i in range(pattern_start[pattern] + 1, pattern_start[pattern + 1]):
            least = min(least, prices[pattern_cells[i]])
        cheapest[pattern] = least


@kernel
def polish(
    tape, start, pattern_start, pattern_cells, worth, capacity, prices, wanting_start, wanting, of_cell_start, of_cell,
    most_chosen, random, rounds,
):  # fmt: skip
    """Coordinate descent: each cell in turn gets one of its best prices, all others as they are; by how much B became less, in 1/scale.

    With all other prices fixed B is piecewise linear in one: as many meetings as fit pay at least the best price. Where
    that leaves an interval one end is taken by chance: B stays, and others may find a way.
    """
    cells = len(prices)
    cheapest = np.empty(len(pattern_start) - 1, np.int64)
    cheapest_places(pattern_start, pattern_cells, prices, cheapest)
    chosen = np.empty(most_chosen, np.int32)
    gained = np.int64(0)
    order = np.arange(cells)
    most = 0
    for cell in range(cells):
        most = max(most, wanting_start[cell + 1] - wanting_start[cell])
    limits = np.empty(most, np.int64)
    for _ in range(rounds):
        before_round = gained
        for place in range(cells):
            other = place + next_random(random) % (cells - place)
            cell = order[other]
            order[other] = order[place]
            order[place] = cell
            old = prices[cell]
            begin, end = wanting_start[cell], wanting_start[cell + 1]
            if begin == end:
                continue
            # Up to which price each meeting would take it.
            set_price(cell, 0, prices, of_cell_start, of_cell, pattern_start, pattern_cells, cheapest)
            for i in range(begin, end):
                limits[i - begin] = best_offer(wanting[i], tape, start, worth, prices, cheapest, chosen)[0]
            set_price(cell, _NEVER >> 8, prices, of_cell_start, of_cell, pattern_start, pattern_cells, cheapest)
            paying = 0
            worse = capacity[cell] * old
            for i in range(begin, end):
                left = best_offer(wanting[i], tape, start, worth, prices, cheapest, chosen)[0]
                limit = limits[i - begin] - left
                if limit > 0:
                    limits[paying] = limit
                    paying += 1
                    if limit > old:
                        worse += limit - old
            room = capacity[cell]
            low, high = np.int64(0), np.int64(0)
            if paying >= room:
                limits[:paying].sort()
                if paying > room:
                    low = limits[paying - room - 1]
                high = limits[paying - room] if room > 0 else low
            choice = next_random(random) % 3
            new = low if choice == 0 else high if choice == 1 else min(max(old, low), high)
            better = room * new
            for i in range(paying):
                if limits[i] > new:
                    better += limits[i] - new
            gained += worse - better
            set_price(cell, new, prices, of_cell_start, of_cell, pattern_start, pattern_cells, cheapest)
        if gained == before_round:
            break
    return gained
