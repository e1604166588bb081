"""A bound on breaks by prices of slots: each person pays for breaks and busy slots, and slots hold only so many people.

With any prices, no schedule has fewer breaks than everybody's cheapest pattern costs less what full slots are worth.
The best prices are found by cutting planes (Kelley 1960; column generation, seen from its dual): a linear program over the
patterns seen so far (GLOP), and of everybody the pattern that is cheapest at its prices, until none is new.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from ortools.linear_solver.python import model_builder

from handslag.partnering.proving.grid import Grid
from handslag.partnering.proving.patterns import Wanted, cheapest_pattern, wanted_of

# Of a break; prices are whole numbers.
SCALE = 1_000_000
_MOST_ROUNDS = 400
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class SlotPrices:
    """What comes out, and the prices by slot in 1/SCALE of a break."""

    bound: int
    prices: dict[int, int]


def room_for_people(grid: Grid) -> list[int]:
    """By slot: so many people at most are busy, the largest meetings in the rooms that are open."""
    rooms = []
    for slot in grid.slots:
        sizes = sorted((request.size for request in grid.requests if slot in request.free), reverse=True)
        rooms.append(sum(sizes[: grid.rooms[slot]]))
    return rooms


def bound_by_slot_prices(grid: Grid) -> SlotPrices:
    """The best bound that was found."""
    kinds = Counter(wanted for at in range(len(grid.people)) if (wanted := wanted_of(grid, at)) is not None)
    rooms = room_for_people(grid)
    master = _Master(grid, kinds, rooms)
    prices = [0.0 for _ in grid.slots]
    best = SlotPrices(0, {})
    for _ in range(_MOST_ROUNDS):
        is_new = master.add_cheapest(prices)
        whole = {slot: round(price * SCALE) for slot, price in enumerate(prices) if round(price * SCALE) > 0}
        found = SlotPrices(_bound(grid, kinds, rooms, whole), whole)
        if found.bound > best.bound:
            best = found
        if not is_new:
            break
        reached, prices = master.solve()
        if -(-round(reached * SCALE - SCALE * _NEAR) // SCALE) <= best.bound:
            break
    return best


def fewest_breaks(grid: Grid) -> list[int]:
    """By person: the fewest breaks that the person's own meetings allow."""
    free = [0] * len(grid.slots)
    patterns = [
        None if wanted is None else cheapest_pattern(grid, wanted, free, 1)
        for wanted in (wanted_of(grid, person) for person in range(len(grid.people)))
    ]
    return [0 if pattern is None else int(pattern.cost) for pattern in patterns]


def _bound(grid: Grid, kinds: Counter[Wanted], rooms: list[int], whole: dict[int, int]) -> int:
    prices = [whole.get(slot, 0) for slot in grid.slots]
    total = -sum(price * room for price, room in zip(prices, rooms, strict=True))
    for wanted, number in kinds.items():
        pattern = cheapest_pattern(grid, wanted, prices, SCALE)
        if pattern is not None:
            total += number * int(pattern.cost)
    return max(0, -(-total // SCALE))


class _Master:
    """The linear program: what each kind of person costs at least, and the prices."""

    def __init__(self, grid: Grid, kinds: Counter[Wanted], rooms: list[int]) -> None:
        self._grid = grid
        # Its constructor has no types.
        self._model: Any = model_builder.Model()  # type: ignore[no-untyped-call]
        largest = float(len(grid.slots))
        self._prices = [self._model.new_num_var(0.0, largest, f"price{slot}") for slot in grid.slots]
        self._costs = {wanted: self._model.new_num_var(0.0, 1e6, f"cost{at}") for at, wanted in enumerate(kinds)}
        self._seen: dict[Wanted, set[int]] = {wanted: set() for wanted in kinds}
        everybody = sum(number * self._costs[wanted] for wanted, number in kinds.items())
        full = sum(room * price for room, price in zip(rooms, self._prices, strict=True))
        self._model.maximize(everybody - full)

    def add_cheapest(self, prices: list[float]) -> bool:
        """Adds everybody's cheapest pattern; True if one was new."""
        is_new = False
        for wanted, seen in self._seen.items():
            pattern = cheapest_pattern(self._grid, wanted, prices, 1.0)
            busy = 0 if pattern is None else pattern.busy
            if busy not in seen:
                is_new = True
                seen.add(busy)
                paid = sum(price for slot, price in enumerate(self._prices) if busy >> slot & 1)
                self._model.add(self._costs[wanted] <= paid + self._grid.breaks(busy))
        return is_new

    def solve(self) -> tuple[float, list[float]]:
        """What the best prices so far reach, and the prices."""
        solver = model_builder.Solver("glop")
        solver.solve(self._model)
        return solver.objective_value, [solver.value(price) for price in self._prices]
