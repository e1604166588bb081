"""The argument `slot-prices`, computed again: prices of slots bound the breaks of everybody together, in whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handslag.partnering.checking.event import Event

_Slots = list[tuple[int, ...]]


def break_bound(event: Event, numbers: Mapping[str, Any]) -> int | None:
    """Fewest breaks by these numbers (`scale`, `prices` by slot); None if they are not as docs/check.md has them.

    Everybody's own meetings need so many slots, some of them up to a slot. A person's cheapest such slots, breaks at
    `scale` each and busy slots at their price, cost no more than what the person has in any schedule; so the sum is at
    most breaks × scale + prices × busy people, and no more people are busy in a slot than its rooms' meetings have.
    """
    scale, prices = numbers.get("scale"), numbers.get("prices")
    if (
        not isinstance(scale, int)
        or not _is_whole(scale, 1)
        or not isinstance(prices, Mapping)
        or set(numbers) != {"scale", "prices"}
    ):
        return None
    if not all(slot in event.slot_at and _is_whole(price, 0) for slot, price in prices.items()):
        return None
    price_at: list[int] = [prices.get(slot, 0) for slot in event.slot_at]
    sizes: list[list[int]] = [[] for _ in price_at]
    must: dict[str, _Slots] = {}
    may: dict[str, _Slots] = {}
    for meeting in event.problem.meetings:
        everyone = [person for side in meeting.sides for person in side.all]
        asked = event.slot_at if meeting.slots is None else meeting.slots
        names = [slot for slot in asked if not any(slot in event.away[person] for person in everyone)]
        slots = tuple(sorted(event.slot_at[slot] for slot in names))
        size = len(everyone) + sum(side.any.count for side in meeting.sides if side.any is not None)
        for slot in slots:
            sizes[slot].append(size)
        for person in everyone:
            must.setdefault(person, []).append(slots)
        for side in meeting.sides:
            for person in side.any.of if side.any is not None else ():
                own = sorted(event.slot_at[slot] for slot in names if slot not in event.away[person])
                may.setdefault(person, []).append(tuple(own))
    total = sum(_cheapest(event, price_at, scale, must.get(person, []), may.get(person, [])) for person in event.people)
    for slot, number in enumerate(_rooms(event)):
        total -= price_at[slot] * sum(sorted(sizes[slot], reverse=True)[:number])
    return max(0, -(-total // scale))


def _is_whole(number: Any, least: int) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number >= least


def _rooms(event: Event) -> list[int]:
    """By slot: how many rooms are open."""
    rooms = dict.fromkeys(event.slot_at, 0)
    for place in event.places.values():
        for slot in event.slot_at if place.slots is None else place.slots:
            rooms[slot] += place.count
    return list(rooms.values())


def _cheapest(event: Event, prices: Sequence[int], scale: int, must: _Slots, may: _Slots) -> int:
    """The least that a person's breaks and busy slots can cost; 0 where nothing fits.

    `cost[state][count]`: 0 the day not begun (or its end), 1 the last slot busy, 2 the last slot without meeting.
    """
    usable = {slot for slots in (*must, *may) for slot in slots}
    ended: dict[int, int] = {0: 0}
    for day in event.days:
        fresh, busy, idle = ended, dict[int, int](), dict[int, int]()
        for slot in day:
            least = sum(bool(slots) and slots[-1] <= slot for slots in must)
            most = sum(bool(slots) and slots[0] <= slot for slots in (*must, *may))
            works: dict[int, int] = {}
            if slot in usable:
                for before, extra in ((fresh, 0), (busy, 0), (idle, scale)):
                    for count, cost in before.items():
                        here = cost + extra + prices[slot]
                        works[count + 1] = min(here, works.get(count + 1, here))
            for count, cost in busy.items():
                idle[count] = min(cost, idle.get(count, cost))
            fresh, busy, idle = (
                {n: c for n, c in table.items() if least <= n <= most} for table in (fresh, works, idle)
            )
            # A meeting that can be in no other slot.
            if (slot,) in must:
                fresh, idle = {}, {}
        ended = dict(fresh)
        for table in (busy, idle):
            for count, cost in table.items():
                ended[count] = min(cost, ended.get(count, cost))
    return min((cost for count, cost in ended.items() if count >= len(must)), default=0)
