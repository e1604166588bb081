"""A solver's claim about breaks asked again in clauses: are there fewer, if everybody named must meet within one day?

For the events of the literature (pairs of people, all meetings, rooms that are alike) a SAT solver (Glucose, by python-sat)
answers in seconds what CP-SAT leaves open. Written for this alone, with the library's ways of counting. The prover may have
asked the same solver: what is independent here is the formula.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence

from pysat.card import CardEnc, EncType
from pysat.solvers import Solver

from handslag.partnering.checking.event import Event
from handslag.partnering.schedule import Placed


def is_plain(event: Event) -> bool:
    """True for events of one day with nothing but pairs, times, order and rooms that are alike and always open."""
    problem = event.problem
    rules = problem.rules
    return (
        rules.all_meetings
        and len(event.days) == 1
        and not rules.lunch
        and all(place.host is None and place.slots is None for place in problem.places)
        and all(person.max_per_day is None and person.max_in_a_row is None for person in problem.people)
        and all(
            meeting.places is None
            and meeting.held is None
            and all(side.any is None for side in meeting.sides)
            and sum(len(side.all) for side in meeting.sides) == 2
            for meeting in problem.meetings
        )
    )


class FewerBreaks:
    """The formula "all meetings, at most `most` breaks" of a plain event; variables are whole numbers from 1.

    Of the rule about spread only this is asked: with fewer breaks than people, nobody has more than the spread. So it allows
    more than the rules do, and "no" stays true.
    """

    def __init__(self, event: Event, most: int) -> None:
        self._event = event
        self._clauses: list[list[int]] = []
        self._last = 0
        self._slots = event.days[0]
        self._at: dict[str, dict[int, int]] = {}
        self._people: dict[str, list[str]] = {}
        self._add_meetings()
        self._add_order()
        self._add_rooms()
        self._add_breaks(most)

    def solve(self, seconds: float) -> list[tuple[Placed, ...]] | None:
        """A schedule that was found, none where there is none, None where time was too short."""
        with Solver(name="glucose4", bootstrap_with=self._clauses) as solver:
            alarm = threading.Timer(seconds, solver.interrupt)
            alarm.start()
            try:
                known = solver.solve_limited(expect_interrupt=True)
            finally:
                alarm.cancel()
            if known is None:
                return None
            return [self._as_placed(frozenset(solver.get_model()))] if known else []

    def _new(self) -> int:
        self._last += 1
        return self._last

    def _add_at_most(self, literals: Sequence[int], most: int) -> None:
        if most < len(literals):
            way = EncType.pairwise if most == 1 and len(literals) < 10 else EncType.seqcounter
            formula = CardEnc.atmost(lits=list(literals), bound=most, top_id=self._last, encoding=way)
            self._last = max(self._last, formula.nv)
            self._clauses += formula.clauses

    def _add_meetings(self) -> None:
        """Each at exactly one time at which both are there."""
        for meeting in self._event.problem.meetings:
            people = [person for side in meeting.sides for person in side.all]
            asked = self._event.slot_at if meeting.slots is None else meeting.slots
            there = [slot for slot in asked if not any(slot in self._event.away[person] for person in people)]
            at = {self._event.slot_at[slot]: self._new() for slot in there}
            self._at[meeting.id], self._people[meeting.id] = at, people
            self._clauses.append(list(at.values()))
            self._add_at_most(list(at.values()), 1)

    def _add_order(self) -> None:
        """Never together with an earlier meeting at the same time or later."""
        for meeting in self._event.problem.meetings:
            for earlier in meeting.after:
                for slot, here in self._at[meeting.id].items():
                    too_late = [there for other, there in self._at[earlier].items() if other >= slot]
                    self._clauses += [[-here, -there] for there in too_late]

    def _add_rooms(self) -> None:
        rooms = sum(place.count for place in self._event.problem.places)
        for slot in self._slots:
            self._add_at_most([at[slot] for at in self._at.values() if slot in at], rooms)

    def _add_breaks(self, most: int) -> None:
        limit = self._event.problem.rules.max_break_spread
        own: dict[str, list[str]] = {}
        for meeting, people in self._people.items():
            for person in people:
                own.setdefault(person, []).append(meeting)
        begins = []
        for meetings in own.values():
            of_person = self._begins(self._busy(meetings), len(meetings))
            if limit is not None and most < len(own):
                self._add_at_most(of_person, limit)
            begins += of_person
        self._add_at_most(begins, most)

    def _busy(self, meetings: Sequence[str]) -> list[int]:
        """By slot: a variable that is true just where one of somebody's meetings is, of which there is one at a time."""
        busy = []
        for slot in self._slots:
            here = [self._at[meeting][slot] for meeting in meetings if slot in self._at[meeting]]
            one = self._new()
            self._clauses += [[-one, *here], *([-other, one] for other in here)]
            self._add_at_most(here, 1)
            busy.append(one)
        return busy

    def _begins(self, busy: Sequence[int], meetings: int) -> list[int]:
        """Variables that are true where a run of meetings begins that is not somebody's first.

        With them goes how many of somebody's meetings are over by when: nobody without a break has to wait for the next.
        """
        add = self._clauses.append
        # over[slots][number]: at least so many within the first so many slots.
        over = [[self._new() for _ in range(meetings + 2)] for _ in range(len(busy) + 1)]
        for slots, row in enumerate(over):
            for number, one in enumerate(row):
                if number == 0 or number <= meetings - (len(busy) - slots):
                    add([one])
                elif number > min(slots, meetings):
                    add([-one])
        has_break = self._new()
        begins = []
        for slot, now in enumerate(busy):
            before, after = over[slot], over[slot + 1]
            for number in range(meetings + 1):
                add([-before[number], after[number]])
                add([-after[number + 1], before[number]])
                add([-before[number], -now, after[number + 1]])
                add([before[number], now, -after[number]])
                if 0 < number < meetings:
                    add([has_break, -before[number], after[number + 1]])
            add([has_break, -after[1], before[meetings], now])
            if slot:
                begin = self._new()
                add([-now, busy[slot - 1], -before[1], begin])
                add([-begin, has_break])
                begins.append(begin)
        add([-has_break, *begins])
        return begins

    def _as_placed(self, true: frozenset[int]) -> tuple[Placed, ...]:
        problem = self._event.problem
        rooms = [(place.id, number + 1) for place in problem.places for number in range(place.count)]
        used: Counter[int] = Counter()
        placed = []
        for meeting, at in self._at.items():
            slot = next(slot for slot, here in at.items() if here in true)
            place, number = rooms[used[slot]]
            used[slot] += 1
            placed.append(Placed(meeting, problem.slots[slot].id, place, number, tuple(self._people[meeting])))
        return tuple(placed)
