"""What counting alone shows: that an event is impossible, or fewest breaks; as the certificates of that."""

from __future__ import annotations

from collections.abc import Mapping

from handslag.partnering.problem import Goal
from handslag.partnering.proving.grid import Grid
from handslag.partnering.proving.slot_prices import SCALE, bound_by_slot_prices, fewest_breaks
from handslag.partnering.schedule import CountingCertificate, Figures, gap_between


def certificate_of_impossible(grid: Grid) -> CountingCertificate | None:
    """A meeting that can be nowhere, too few places, or somebody with too few slots; None if there is none."""
    goal = grid.problem.ranked_goals[0]
    for meeting, request in zip(grid.problem.meetings, grid.requests, strict=True):
        if not request.slots:
            return _certificate(goal, 0, 0, "no-slot", {"meeting": meeting.id})
    if sum(grid.rooms) < len(grid.requests):
        numbers = {"open_places": sum(grid.rooms), "meetings": len(grid.requests)}
        return _certificate(goal, 0, 0, "too-few-places", numbers)
    for at, person in enumerate(grid.people):
        slots = 0
        for day in grid.days:
            there = sum(slot not in grid.away[at] for slot in day)
            slots += there if person.max_per_day is None else min(there, person.max_per_day)
        if grid.must[at] > slots:
            needed = {"person": person.id, "meetings": grid.must[at], "slots": slots}
            return _certificate(goal, 0, 0, "too-few-slots", needed)
    return None


class CountedBound:
    """A lower bound on breaks."""

    def __init__(self, grid: Grid) -> None:
        self._prices = bound_by_slot_prices(grid)
        self.fewest = fewest_breaks(grid)
        self._names = [slot.id for slot in grid.problem.slots]

    @property
    def bound(self) -> int:
        """No schedule has fewer breaks."""
        return self._prices.bound

    def certificate(self, reached: int) -> CountingCertificate:
        """Of a schedule that reached so many breaks."""
        if self.bound == 0:
            return _certificate("breaks", reached, 0, "not-negative", {})
        prices = {self._names[slot]: price for slot, price in self._prices.prices.items()}
        return _certificate("breaks", reached, self.bound, "slot-prices", {"scale": SCALE, "prices": prices})


def certificate_of_other_goal(grid: Grid, goal: Goal, figures: Figures) -> CountingCertificate:
    """Of a goal that every schedule with all meetings reaches: all the value, or nothing of what is to be avoided."""
    reached = figures.reached(goal)
    if goal == "value":
        return _certificate(goal, reached, reached, "everything", {"meetings": len(grid.requests)})
    return _certificate(goal, reached, 0, "not-negative", {})


def _certificate(goal: Goal, reached: int, bound: int, rule: str, numbers: Mapping[str, object]) -> CountingCertificate:
    return CountingCertificate(goal, reached, bound, gap_between(goal, reached, bound), rule, numbers)
