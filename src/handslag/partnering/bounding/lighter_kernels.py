"""Offers without what can cost nothing.

A cell that no more meetings could want than it has room for needs no price. Where somebody of a group costs nothing the
others of it are not wanted, so that more cells become free of charge.
"""

from __future__ import annotations

import numpy as np

from handslag.partnering.bounding.offer_kernels import FREE_OF_CHARGE
from handslag.partnering.compiling import kernel, part


@part
def note(cells, at, end, meeting, seen, begin, meetings):
    """Notes the meeting for those of some cells for which it was not noted."""
    for i in range(at, end):
        cell = cells[i]
        if seen[cell] != meeting:
            seen[cell] = meeting
            if len(meetings):
                meetings[begin[cell]] = meeting
            begin[cell] += 1


@kernel
def list_wanting(tape, start, pattern_start, pattern_cells, begin, meetings):
    """The meetings that could want each cell: how many, into `begin`, or which, where `meetings` has room for them.

    In the second case `begin` tells where each cell's begin, and afterwards where they end.
    """
    seen = np.full(len(begin), -1, np.int64)
    for meeting in range(len(start) - 1):
        at = start[meeting]
        while at < start[meeting + 1]:
            pattern, own = tape[at + 1], tape[at + 2]
            note(pattern_cells, pattern_start[pattern], pattern_start[pattern + 1], meeting, seen, begin, meetings)
            at += 3
            note(tape, at, at + own, meeting, seen, begin, meetings)
            at += own
            groups = tape[at]
            at += 1
            for _ in range(groups):
                members = tape[at + 1]
                at += 2
                note(tape, at, at + members, meeting, seen, begin, meetings)
                at += members


@kernel
def lighten(tape, start, pattern_start, pattern_cells, is_priced):
    """Takes out of the tape, in place, what costs nothing; the tape's new length."""
    patterns = len(pattern_start) - 1
    is_free = np.zeros(patterns, np.bool_)
    is_free[FREE_OF_CHARGE] = True
    for pattern in range(patterns):
        for i in range(pattern_start[pattern], pattern_start[pattern + 1]):
            if not is_priced[pattern_cells[i]]:
                is_free[pattern] = True
    into = 0
    end = start[0]
    for meeting in range(len(start) - 1):
        at, end = end, start[meeting + 1]
        start[meeting] = into
        while at < end:
            is_free_place = is_free[tape[at + 1]]
            own = tape[at + 2]
            for i in range(at + 3, at + 3 + own):
                is_free_place = is_free_place or not is_priced[tape[i]]
            tape[into] = tape[at]
            tape[into + 1] = FREE_OF_CHARGE if is_free_place else tape[at + 1]
            tape[into + 2] = 0 if is_free_place else own
            into += 3
            at += 3
            if not is_free_place:
                for i in range(at, at + own):
                    tape[into] = tape[i]
                    into += 1
            at += own
            groups = tape[at]
            at += 1
            groups_length = into
            into += 1
            kept = 0
            for _ in range(groups):
                count, members = tape[at], tape[at + 1]
                at += 2
                for i in range(at, at + members):
                    if not is_priced[tape[i]]:
                        count -= 1
                if count > 0:
                    kept += 1
                    tape[into] = count
                    length = into + 1
                    into += 2
                    for i in range(at, at + members):
                        if is_priced[tape[i]]:
                            tape[into] = tape[i]
                            into += 1
                    tape[length] = into - length - 1
                at += members
            tape[groups_length] = kept
    start[len(start) - 1] = into
    return into
