"""The offers of each meeting: the ways to hold it that differ in price, dominated ones left out.

An offer is a record on one tape of whole numbers: is it as held; its place pattern; how many more places, and their
cells; how many groups, and of each its count, how many cells it has, and these. Those who all attend are a group, too.
"""

from __future__ import annotations

import numpy as np

from handslag.partnering.compiling import kernel, part

# Place patterns that are always there: nothing to pay, and none but the offer's own places.
FREE_OF_CHARGE, ONLY_OWN = 0, 1
FIRST_PATTERN = 2


@part
def has_bit(words, slot):
    """True if the slot's bit is set."""
    return (words[slot >> 6] >> np.uint64(slot & 63)) & np.uint64(1) != 0


@part
def have_common(words, others):
    """True if a bit is set in both."""
    for word in range(len(words)):
        if words[word] & others[word]:
            return True
    return False


@part
def same_cells(rows, begin, end, slot, other, level, class_of):
    """True if each of these rows has one price in both slots."""
    for i in range(begin, end):
        classes = class_of[level[rows[i]]]
        if classes[slot] != classes[other]:
            return False
    return True


@part
def groups_within(begin, end, slot, mask, other, members, free, level, class_of):
    """True if whoever is available in the slot is so in the mask too, at the price of `other`."""
    for i in range(begin, end):
        row = members[i]
        if has_bit(free[row], slot):
            classes = class_of[level[row]]
            if not have_common(free[row], mask) or classes[slot] != classes[other]:
                return False
    return True


@part
def pools_within(begin, end, slot, other, set_pools, pool_open, people, level, class_of):
    """True if every pool of the set that is open in the slot is so in the other, at the same price."""
    for i in range(begin, end):
        pool = set_pools[i]
        if has_bit(pool_open[pool], slot):
            classes = class_of[level[people + pool]]
            if not has_bit(pool_open[pool], other) or classes[slot] != classes[other]:
                return False
    return True


@part
def belongs(rows, begin, end, host, organisation):
    """True if any of these people belongs to the host."""
    for i in range(begin, end):
        if organisation[rows[i]] == host:
            return True
    return False


@part
def joined_cells(tape, at, row, mask, slots, free, first, classes):
    """The cells of a person in the slots of a mask when available, each once; where the tape ends then."""
    begin = at
    for slot in range(slots):
        if has_bit(mask, slot) and has_bit(free[row], slot):
            cell = first[row] + classes[slot]
            is_new = True
            for i in range(begin, at):
                if tape[i] == cell:
                    is_new = False
            if is_new:
                tape[at] = cell
                at += 1
    return at


@part
def write_group(tape, at, rows, begin, end, slot, level, class_of, first):
    """Writes a group of whom all attend; where the tape ends then."""
    tape[at] = end - begin
    tape[at + 1] = end - begin
    at += 2
    for i in range(begin, end):
        tape[at] = first[rows[i]] + class_of[level[rows[i]], slot]
        at += 1
    return at


@kernel
def find_offers(
    begin, tape, start, from_tape,
    level, class_of, first, most_classes,
    all_start, all_people, group_start, group_count, member_start, members, admissible, free, organisation,
    pool_set, set_start, set_pools, set_is_sure, pool_open, pool_host, pattern_of, has_pattern,
    stays, is_frozen, held_slot, held_pool, held_start, held_people,
):  # fmt: skip
    """Writes the offers of the meetings from `begin` on; gives the first whose offers found no room."""
    meetings, words = admissible.shape
    slots = class_of.shape[1]
    people = len(free)
    at = from_tape
    # A row of bits for each kept slot; few are kept, but of a hundred thousand slots all would take a gigabyte.
    mask = np.zeros((min(slots, 64), words), np.uint64)
    kept = np.zeros(slots, np.int64)
    for meeting in range(begin, meetings):
        start[meeting] = at
        from_all, to_all = all_start[meeting], all_start[meeting + 1]
        from_group, to_group = group_start[meeting], group_start[meeting + 1]
        from_member, to_member = member_start[from_group], member_start[to_group]
        pools = pool_set[meeting]
        from_pool, to_pool = set_start[pools], set_start[pools + 1]
        is_sure = True
        for i in range(from_pool, to_pool):
            is_sure = is_sure and set_is_sure[i]
        # Of one person out of many the cheapest decides, whenever: slots need not be told apart.
        is_joining = is_sure and to_group - from_group == 1 and group_count[from_group] == 1
        is_joining = is_joining or (is_sure and to_group == from_group)
        count = 0
        for slot in range(slots):
            if is_frozen[meeting] or not has_bit(admissible[meeting], slot):
                continue
            is_new = True
            for j in range(count):
                other = kept[j]
                if not same_cells(all_people, from_all, to_all, slot, other, level, class_of):
                    continue
                is_same = pattern_of[pools, slot] == pattern_of[pools, other]
                if is_joining:
                    if is_same:
                        mask[j, slot >> 6] |= np.uint64(1) << np.uint64(slot & 63)
                        is_new = False
                        break
                    continue
                if (
                    is_same
                    or pools_within(from_pool, to_pool, slot, other, set_pools, pool_open, people, level, class_of)
                ) and groups_within(from_member, to_member, slot, mask[j], other, members, free, level, class_of):
                    is_new = False
                    break
            if not is_new:
                continue
            kept[count] = slot
            if count == len(mask):
                wider = np.zeros((2 * count, words), np.uint64)
                wider[:count] = mask
                mask = wider
            for word in range(words):
                mask[count, word] = np.uint64(0)
            mask[count, slot >> 6] = np.uint64(1) << np.uint64(slot & 63)
            count += 1
            if not is_joining:
                left = 0
                for j in range(count - 1):
                    other = kept[j]
                    is_within = (
                        same_cells(all_people, from_all, to_all, slot, other, level, class_of)
                        and groups_within(
                            from_member, to_member, other, mask[count - 1], slot, members, free, level, class_of
                        )
                        and pools_within(from_pool, to_pool, other, slot, set_pools, pool_open, people, level, class_of)
                    )
                    if not is_within:
                        kept[left] = kept[j]
                        for word in range(words):
                            mask[left, word] = mask[j, word]
                        left += 1
                kept[left] = slot
                for word in range(words):
                    mask[left, word] = mask[count - 1, word]
                count = left + 1
        # What is written at most; a joined offer may have every cell of every member.
        widest = to_member - from_member
        if is_joining:
            widest *= most_classes
        needed = count * (6 + to_all - from_all + 2 * (to_group - from_group) + widest + to_pool - from_pool)
        needed += 6 + held_start[meeting + 1] - held_start[meeting] + to_pool - from_pool
        if at + needed > len(tape):
            return meeting, at
        for j in range(count):
            slot = kept[j]
            before = at
            tape[at] = 0
            has_place = has_pattern[pattern_of[pools, slot]]
            tape[at + 1] = pattern_of[pools, slot] if has_place else ONLY_OWN
            length = at + 2
            at += 3
            for i in range(from_pool, to_pool):
                pool = set_pools[i]
                if not set_is_sure[i] and has_bit(pool_open[pool], slot):
                    for k in range(from_member, to_member):
                        if organisation[members[k]] == pool_host[pool] and has_bit(free[members[k]], slot):
                            tape[at] = first[people + pool] + class_of[level[people + pool], slot]
                            at += 1
                            break
            tape[length] = at - length - 1
            if not has_place and tape[length] == 0:
                at = before
                continue
            tape[at] = to_group - from_group + 1
            at = write_group(tape, at + 1, all_people, from_all, to_all, slot, level, class_of, first)
            for group in range(from_group, to_group):
                tape[at] = group_count[group]
                length = at + 1
                at += 2
                for i in range(member_start[group], member_start[group + 1]):
                    row = members[i]
                    if is_joining:
                        at = joined_cells(tape, at, row, mask[j], slots, free, first, class_of[level[row]])
                    elif has_bit(free[row], slot):
                        tape[at] = first[row] + class_of[level[row], slot]
                        at += 1
                tape[length] = at - length - 1
        if stays[meeting]:
            slot = held_slot[meeting]
            before = at
            from_held, to_held = held_start[meeting], held_start[meeting + 1]
            tape[at] = 1
            tape[at + 1] = ONLY_OWN
            length = at + 2
            at += 3
            for i in range(from_pool, to_pool):
                pool = set_pools[i]
                if is_frozen[meeting] and pool != held_pool[meeting]:
                    continue
                is_hosted = pool_host[pool] < 0 or belongs(
                    held_people, from_held, to_held, pool_host[pool], organisation
                )
                if is_hosted and has_bit(pool_open[pool], slot):
                    tape[at] = first[people + pool] + class_of[level[people + pool], slot]
                    at += 1
            tape[length] = at - length - 1
            if tape[length] == 0:
                at = before
                continue
            tape[at] = 1
            at = write_group(tape, at + 1, held_people, from_held, to_held, slot, level, class_of, first)
    start[meetings] = at
    return meetings, at
