"""How many of somebody's meetings are over when: as literals that go with the slots."""

from __future__ import annotations

from collections.abc import Sequence

from handslag.partnering.proving.clauses import FALSE, TRUE, Clauses


class CountsOverTime:
    """Of somebody who is busy in exactly `meetings` of the slots; `works`: by slot, whether busy."""

    def __init__(self, clauses: Clauses, works: Sequence[int], meetings: int) -> None:
        self._clauses = clauses
        self._works = works
        self._meetings = meetings
        self._literals: dict[tuple[int, int], int] = {}
        for slot, now in enumerate(works):
            for number in range(meetings + 2):
                before, after = self.at_least(number, slot), self.at_least(number, slot + 1)
                more = self.at_least(number + 1, slot + 1)
                clauses.add(-before, after)
                clauses.add(-before, -now, more)
                clauses.add(before, now, -after)
                clauses.add(before, -more)

    def at_least(self, number: int, slots: int) -> int:
        """At least so many meetings are within the first so many slots."""
        if number <= max(0, self._meetings - (len(self._works) - slots)):
            return TRUE
        if number > min(slots, self._meetings):
            return FALSE
        if (number, slots) not in self._literals:
            self._literals[number, slots] = self._clauses.new()
        return self._literals[number, slots]

    def add_no_break_before(self, has_break: int) -> None:
        """Without a break, meetings follow each other from the first to the last: known at once from any part of them."""
        for slot, now in enumerate(self._works):
            for number in range(1, self._meetings):
                self._clauses.add(has_break, -self.at_least(number, slot), self.at_least(number + 1, slot + 1))
            begun, over = self.at_least(1, slot + 1), self.at_least(self._meetings, slot)
            self._clauses.add(has_break, -begun, over, now)
