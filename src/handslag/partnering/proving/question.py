"""Is there a schedule with so few breaks? Asked in clauses, with what a solver does not see by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handslag.partnering.proving import sat
from handslag.partnering.proving.clauses import FALSE, TRUE, Clauses
from handslag.partnering.proving.counts_over_time import CountsOverTime
from handslag.partnering.proving.deciding import Decision
from handslag.partnering.proving.grid import Grid
from handslag.partnering.proving.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, with a schedule; no; or (None) not in time; and who says so."""

    solver: sat.Solver
    is_possible: bool | None
    found: Timetable | None = None


class Question:
    """The formula. `most` None: any number of breaks; `fewest`: by person, what nobody goes below.

    `counts_people`: whether busy people are counted by slot as well as meetings, twice as many. With it Glucose is quick in
    showing that there is no schedule; without, Kissat finds some that no other does (measured on the published instances;
    each is slow at the other's).
    """

    def __init__(
        self,
        grid: Grid,
        most: int | None,
        fewest: Sequence[int],
        *,
        solver: sat.Solver = "glucose4",
        seed: int = 0,
        counts_people: bool = True,
    ) -> None:
        self._solver = solver
        self._grid = grid
        self._fewest = fewest
        self._most = most
        self._clauses = Clauses()
        self._at: list[dict[int, int]] = []
        self._place: dict[tuple[int, int, int], int] = {}
        self._attends: dict[tuple[int, int, int], int] = {}
        # By person: the slots in which there may be a meeting.
        self._busy: dict[int, dict[int, int]] = {}
        self._add_meetings()
        self._add_order()
        self._add_rooms(counts_people=counts_people and grid.has_pairs_only)
        self._add_people()
        self._decision = Decision(self._clauses, solver, seed=seed)

    def ask(self, seconds: float) -> Answer:
        """Ended by `stop` from another thread."""
        decided = self._decision.decide(seconds)
        if decided is None or decided is False:
            return Answer(self._solver, decided)
        return Answer(self._solver, True, self._timetable(decided))

    def stop(self) -> None:
        """Ends what is being asked; nothing more will be."""
        self._decision.stop()

    def _timetable(self, true: frozenset[int]) -> Timetable:
        slots = [next(slot for slot, here in at.items() if here in true) for at in self._at]
        people, places = [], []
        for meeting, (slot, request) in enumerate(zip(slots, self._grid.requests, strict=True)):
            chosen = (one for group in request.groups for one in group.people)
            there = [one for one in chosen if self._attends.get((meeting, slot, one), FALSE) in true]
            people.append((*request.everyone, *there))
            options = [place for place in range(len(self._grid.places)) if (meeting, slot, place) in self._place]
            places.append(next((one for one in options if self._place[meeting, slot, one] in true), None))
        return Timetable(tuple(slots), tuple(people), tuple(places))

    def _add_meetings(self) -> None:
        attending: dict[int, dict[int, list[int]]] = {}
        add = self._clauses.add
        for meeting, request in enumerate(self._grid.requests):
            at = {slot: self._clauses.new() for slot in request.slots}
            self._at.append(at)
            add(*at.values())
            self._clauses.add_at_most_one(list(at.values()))
            for slot, here in at.items():
                for person in request.everyone:
                    attending.setdefault(person, {}).setdefault(slot, []).append(here)
                for group in request.groups:
                    chosen = {one: self._clauses.new() for one in group.people if slot not in self._grid.away[one]}
                    number = [*self._clauses.counted(list(chosen.values()), group.count), FALSE]
                    add(-here, number[group.count - 1])
                    add(-number[group.count])
                    for person, one in chosen.items():
                        add(-one, here)
                        self._attends[meeting, slot, person] = one
                        attending.setdefault(person, {}).setdefault(slot, []).append(one)
        for person, slots in sorted(attending.items()):
            for slot, terms in sorted(slots.items()):
                self._clauses.add_at_most_one(terms)
                self._busy.setdefault(person, {})[slot] = self._clauses.any_of(terms)

    def _add_order(self) -> None:
        """Strictly after: by literals that say whether the earlier one is over before a slot."""
        over: dict[int, list[int]] = {}
        for meeting, request in enumerate(self._grid.requests):
            for earlier in request.earlier:
                if earlier not in over:
                    over[earlier] = self._over(self._at[earlier])
                for slot, here in self._at[meeting].items():
                    self._clauses.add(-here, over[earlier][slot])

    def _over(self, at: Mapping[int, int]) -> list[int]:
        over = [FALSE]
        for slot in self._grid.slots[1:]:
            over.append(self._clauses.any_of((over[-1], at.get(slot - 1, FALSE))))
        return over

    def _add_rooms(self, *, counts_people: bool) -> None:
        """No more meetings than rooms; where each is of two people, an even number of people."""
        grid = self._grid
        for slot in grid.slots:
            here = [(meeting, at[slot]) for meeting, at in enumerate(self._at) if slot in at]
            if not grid.has_equal_places:
                self._add_places(slot, here)
            self._clauses.add_at_most([one for _, one in here], grid.rooms[slot])
            if counts_people:
                busy = [slots[slot] for slots in self._busy.values() if slot in slots]
                number = [*self._clauses.counted(busy, 2 * grid.rooms[slot]), FALSE]
                for odd in range(0, len(number) - 1, 2):
                    self._clauses.add(-number[odd], number[odd + 1])
                if len(busy) > 2 * grid.rooms[slot]:
                    self._clauses.add(-number[2 * grid.rooms[slot]])

    def _add_places(self, slot: int, here: Sequence[tuple[int, int]]) -> None:
        grid = self._grid
        by_place: dict[int, list[int]] = {}
        for meeting, one in here:
            there = []
            for place in grid.places_of(meeting, slot):
                in_it = self._place[meeting, slot, place] = self._clauses.new()
                there.append(in_it)
                by_place.setdefault(place, []).append(in_it)
                self._clauses.add(-in_it, one)
                host = grid.places[place].host
                if host is not None and not any(
                    grid.people[person].organisation == host for person in grid.requests[meeting].everyone
                ):
                    chosen = [person for group in grid.requests[meeting].groups for person in group.people]
                    hosts = [
                        self._attends[meeting, slot, person]
                        for person in chosen
                        if grid.people[person].organisation == host and (meeting, slot, person) in self._attends
                    ]
                    self._clauses.add(-in_it, *hosts)
            self._clauses.add(-one, *there)
            self._clauses.add_at_most_one(there)
        for place, terms in by_place.items():
            self._clauses.add_at_most(terms, grid.places[place].count)

    def _add_people(self) -> None:
        grid = self._grid
        limit = grid.problem.rules.max_break_spread
        # With fewer breaks than people somebody has none, and so nobody more than the spread.
        is_spread_a_limit = limit is not None and self._most is not None and self._most < len(+grid.must)
        # What all others need at least is not there for one person.
        spare = None if self._most is None else self._most - sum(self._fewest)
        every: list[int] = []
        by_person: list[tuple[list[int], int]] = []
        for person, works in self._busy.items():
            fewest = self._fewest[person]
            most = None if spare is None else fewest + spare
            if most is not None and limit is not None and is_spread_a_limit:
                most = min(most, limit)
            self._add_limits(person, works)
            counts = self._add_counts(person, works)
            if most is None and limit is None:
                continue
            breaks = self._add_breaks(counts, works, fewest, most)
            every += breaks
            by_person.append((breaks, self._clauses.any_of(works.values()) if not grid.must[person] else TRUE))
        if self._most is not None:
            for beyond in self._clauses.counted(every, self._most)[self._most :]:
                self._clauses.add(-beyond)
        if limit is not None and not is_spread_a_limit:
            self._add_spread(limit, by_person)

    def _add_breaks(
        self, counts: CountsOverTime | None, works: Mapping[int, int], fewest: int, most: int | None
    ) -> list[int]:
        """Literals "at least 1 break", "at least 2", …: slots in which a run of meetings begins after another of its day."""
        begins: list[int] = []
        for day in self._grid.days:
            begun, before = FALSE, FALSE
            for slot in day:
                now = works.get(slot, FALSE)
                if FALSE not in {begun, now}:
                    begin = self._clauses.new()
                    self._clauses.add(-now, before, -begun, begin)
                    for part in (now, -before, begun):
                        self._clauses.add(-begin, part)
                    begins.append(begin)
                if counts is not None and len(self._grid.days) == 1:
                    begun = counts.at_least(1, slot + 1)
                else:
                    begun = self._clauses.any_of((begun, now))
                before = now
        breaks = self._clauses.counted(begins, len(begins) if most is None else most)
        for number, one in enumerate(breaks):
            if number < fewest:
                self._clauses.add(one)
            if most is not None and number >= most:
                self._clauses.add(-one)
        if counts is not None and len(self._grid.days) == 1:
            counts.add_no_break_before(breaks[0] if breaks else FALSE)
        return breaks if most is None else breaks[:most]

    def _add_counts(self, person: int, works: Mapping[int, int]) -> CountsOverTime | None:
        """Of whoever attends certain meetings only: how many are over when."""
        if self._grid.may[person]:
            return None
        own = [request.slots for request in self._grid.requests if person in request.everyone]
        counts = CountsOverTime(self._clauses, [works.get(slot, FALSE) for slot in self._grid.slots], len(own))
        for slot in self._grid.slots:
            due = sum(slots[-1] <= slot for slots in own)
            if due:
                self._clauses.add(counts.at_least(due, slot + 1))
            early = sum(slots[0] <= slot for slots in own)
            self._clauses.add(-counts.at_least(early + 1, slot + 1))
        return counts

    def _add_limits(self, person: int, works: Mapping[int, int]) -> None:
        grid = self._grid
        limits = grid.people[person]
        for lunch in grid.lunches:
            self._clauses.add(*(-works.get(slot, FALSE) for slot in lunch))
        for day in grid.days:
            own = [works.get(slot, FALSE) for slot in day]
            if limits.max_per_day is not None:
                self._clauses.add_at_most([one for one in own if one != FALSE], limits.max_per_day)
            if limits.max_in_a_row is not None:
                width = limits.max_in_a_row + 1
                for first in range(len(own) - width + 1):
                    self._clauses.add(*(-one for one in own[first : first + width]))

    def _add_spread(self, limit: int, by_person: Sequence[tuple[Sequence[int], int]]) -> None:
        """Whoever has meetings has at least as many breaks as some number, and at most `limit` more."""
        longest = max((len(breaks) for breaks, _ in by_person), default=0)
        least = [self._clauses.new() for _ in range(longest)]
        for more, less in zip(least[1:], least, strict=False):
            self._clauses.add(-more, less)
        for breaks, has_meeting in by_person:
            # Beyond what is counted there are no breaks.
            own = [*breaks, *[FALSE] * (longest - len(breaks))]
            for number, one in enumerate(own):
                self._clauses.add(-has_meeting, -least[number], one)
                if number >= limit:
                    self._clauses.add(-has_meeting, -one, least[number - limit])
