"""When each meeting is and who attends; and a schedule made of it."""

from __future__ import annotations

from dataclasses import dataclass

from handslag.partnering.proving.grid import Grid
from handslag.partnering.schedule import Figures, Placed


@dataclass(frozen=True, slots=True)
class Timetable:
    """By meeting: its slot, its people, its place (None: any that has a room left)."""

    slots: tuple[int, ...]
    people: tuple[tuple[int, ...], ...]
    places: tuple[int | None, ...]

    def busy(self) -> dict[int, int]:
        """By person with a meeting: the slots with meetings, as a bit mask."""
        busy: dict[int, int] = {}
        for slot, people in zip(self.slots, self.people, strict=True):
            for person in people:
                busy[person] = busy.get(person, 0) | 1 << slot
        return busy

    def breaks(self, grid: Grid) -> int:
        """All people's breaks added up."""
        return sum(map(grid.breaks, self.busy().values()))

    def break_spread(self, grid: Grid) -> int:
        """The largest number of breaks of anybody with a meeting less the smallest."""
        breaks = [grid.breaks(busy) for busy in self.busy().values()]
        return max(breaks) - min(breaks) if breaks else 0

    def keeps_spread(self, grid: Grid) -> bool:
        """True if the rule about spread holds."""
        limit = grid.problem.rules.max_break_spread
        return limit is None or self.break_spread(grid) <= limit

    def figures(self, grid: Grid) -> Figures:
        """What it reaches."""
        return Figures(
            meetings=len(self.slots),
            value=sum(meeting.value for meeting in grid.problem.meetings),
            breaks=self.breaks(grid),
            break_spread=self.break_spread(grid),
            max_in_a_row=max((_longest_row(grid, busy) for busy in self.busy().values()), default=0),
        )

    def placed(self, grid: Grid) -> tuple[Placed, ...]:
        """Every meeting with its table: tables are given out in the order of places and meetings."""
        taken: dict[tuple[int, int], int] = {}
        placed = []
        problem = grid.problem
        for meeting, (slot, people, chosen) in enumerate(zip(self.slots, self.people, self.places, strict=True)):
            options = grid.places_of(meeting, slot) if chosen is None else [chosen]
            place = next(one for one in options if taken.get((slot, one), 0) < grid.places[one].count)
            number = taken[slot, place] = taken.get((slot, place), 0) + 1
            names = tuple(grid.people[person].id for person in people)
            placed.append(
                Placed(problem.meetings[meeting].id, problem.slots[slot].id, grid.places[place].id, number, names)
            )
        return tuple(placed)


def _longest_row(grid: Grid, busy: int) -> int:
    longest = 0
    for day in grid.days:
        row = 0
        for slot in day:
            row = row + 1 if busy >> slot & 1 else 0
            longest = max(longest, row)
    return longest
