"""The busy slots of one person: the cheapest pattern, where breaks and slots have prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from handslag.partnering.proving.grid import Grid


class Pattern(NamedTuple):
    """What it costs, and its slots as a bit mask."""

    cost: float
    busy: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of somebody's busy slots: which may be used, how many in all, and how many up to each slot.

    `taken`: the slots of meetings that can be in one only.
    """

    usable: frozenset[int]
    taken: frozenset[int]
    least: int
    most: int
    least_until: tuple[int, ...]
    most_until: tuple[int, ...]


def wanted_of(grid: Grid, person: int) -> Wanted | None:
    """Counted from the person's own meetings; None for somebody who is in none."""
    must = [request.free for request in grid.requests if person in request.everyone]
    may = [
        tuple(slot for slot in request.free if slot not in grid.away[person])
        for request in grid.requests
        if any(person in group.people for group in request.groups)
    ]
    if not must and not may:
        return None
    return Wanted(
        usable=frozenset(slot for slots in (*must, *may) for slot in slots),
        taken=frozenset(slots[0] for slots in must if len(slots) == 1),
        least=len(must),
        most=len(must) + len(may),
        least_until=tuple(sum(bool(slots) and slots[-1] <= at for slots in must) for at in grid.slots),
        most_until=tuple(sum(bool(slots) and slots[0] <= at for slots in (*must, *may)) for at in grid.slots),
    )


def cheapest_pattern(grid: Grid, wanted: Wanted, prices: Sequence[float], a_break: float) -> Pattern | None:
    """The pattern that costs least, its breaks and slots added up; None if there is none."""
    ended = {0: Pattern(0, 0)}
    for day in grid.days:
        # By number of meetings so far: the day not begun, the last slot busy, or the last slot without meeting.
        waiting, busy, resting = ended, dict[int, Pattern](), dict[int, Pattern]()
        for slot in day:
            later_busy: dict[int, Pattern] = {}
            if slot in wanted.usable:
                price, bit = prices[slot], 1 << slot
                for before, extra in ((waiting, price), (busy, price), (resting, price + a_break)):
                    for count, (cost, mask) in before.items():
                        _keep(later_busy, count + 1, Pattern(cost + extra, mask | bit))
            for count, pattern in busy.items():
                _keep(resting, count, pattern)
            least, most = wanted.least_until[slot], min(wanted.most_until[slot], wanted.most)
            waiting = {count: pattern for count, pattern in waiting.items() if least <= count <= most}
            resting = {count: pattern for count, pattern in resting.items() if least <= count <= most}
            busy = {count: pattern for count, pattern in later_busy.items() if least <= count <= most}
            if slot in wanted.taken:
                waiting, resting = {}, {}
        ended = dict(waiting)
        for found in (busy, resting):
            for count, pattern in found.items():
                _keep(ended, count, pattern)
    return min((pattern for count, pattern in ended.items() if wanted.least <= count <= wanted.most), default=None)


def _keep(cheapest: dict[int, Pattern], count: int, pattern: Pattern) -> None:
    if count not in cheapest or pattern.cost < cheapest[count].cost:
        cheapest[count] = pattern
