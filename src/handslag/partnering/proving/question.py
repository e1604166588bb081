"""Is there a schedule with so few breaks, and what are fewest? Asked of CP-SAT; the model says what it cannot see itself."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from ortools.sat.python import cp_model

from handslag.partnering.proving.grid import Grid
from handslag.partnering.proving.timetable import Timetable

SOLVER, VERSION = "OR-Tools CP-SAT", version("ortools")

Terms = list[Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, with a schedule (that of fewest breaks, if so); no; or (None) not in time."""

    is_possible: bool | None
    found: Timetable | None = None
    has_fewest: bool = False


class Question:
    """The model; variables are 0 or 1. `most` None: any number of breaks; `fewest`: by person, what nobody goes below."""

    def __init__(self, grid: Grid, most: int | None, fewest: Sequence[int]) -> None:
        self._grid = grid
        # By person with a meeting: breaks as a sum, fewest and (None: not known) most.
        self._breaks: list[tuple[Any, int, int | None]] = []
        self._fewest = fewest
        self._most = most
        self._cp: Any = cp_model.CpModel()
        self._at: list[dict[int, Any]] = []
        self._place: dict[tuple[int, int, int], Any] = {}
        self._attends: dict[tuple[int, int, int], Any] = {}
        self._busy: dict[tuple[int, int], Any] = {}
        self._solver: cp_model.CpSolver | None = None
        self._is_stopped = threading.Event()
        self._add_meetings()
        self._add_order()
        self._add_rooms()
        self._add_people()

    def ask(self, *, seconds: float, seed: int) -> Answer:
        """One worker; `stop` from another thread ends it."""
        return self._solve(self._prepare(seconds, seed))

    def minimise(self, *, seconds: float, seed: int, raised: Callable[[int], None]) -> Answer:
        """A schedule with fewest breaks, from below: `raised` is told of every bound that is proven on the way.

        By unsatisfiable cores, as in MaxSAT: which people cannot all be without (another) break. Measured on the
        published instances with fixed meetings: seconds, where asking for one break more at a time took minutes.
        """
        solver = self._prepare(seconds, seed)
        solver.parameters.optimize_with_core = True
        self._cp.minimize(self._one_by_one())
        most = self._most

        def told(bound: float) -> None:
            whole = math.ceil(bound - 1e-6)
            raised(whole if most is None else min(whole, most + 1))

        solver.best_bound_callback = told
        return self._solve(solver)

    def _prepare(self, seconds: float, seed: int) -> cp_model.CpSolver:
        solver = self._solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(seconds, 0.01)
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        solver.parameters.linearization_level = 0
        return solver

    def _solve(self, solver: cp_model.CpSolver) -> Answer:
        if self._is_stopped.is_set():
            return Answer(None)
        status = solver.solve(self._cp)
        if status == cp_model.INFEASIBLE:
            return Answer(False)
        if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            has_fewest = self._cp.has_objective() and status == cp_model.OPTIMAL
            return Answer(True, self._timetable(solver), has_fewest)
        return Answer(None)

    def stop(self) -> None:
        """Ends what is being asked; nothing more will be."""
        self._is_stopped.set()
        if self._solver is not None:
            self._solver.stop_search()

    def _timetable(self, solver: cp_model.CpSolver) -> Timetable:
        slots = [next(slot for slot, here in at.items() if solver.value(here)) for at in self._at]
        people, places = [], []
        for meeting, (slot, request) in enumerate(zip(slots, self._grid.requests, strict=True)):
            chosen = (one for group in request.groups for one in group.people)
            there = [one for one in chosen if solver.value(self._attends.get((meeting, slot, one), 0))]
            people.append((*request.everyone, *there))
            options = [place for place in range(len(self._grid.places)) if (meeting, slot, place) in self._place]
            places.append(next((one for one in options if solver.value(self._place[meeting, slot, one])), None))
        return Timetable(tuple(slots), tuple(people), tuple(places))

    def _add_meetings(self) -> None:
        attending: dict[tuple[int, int], Terms] = {}
        for meeting, request in enumerate(self._grid.requests):
            at = {slot: self._cp.new_bool_var("") for slot in request.slots}
            self._at.append(at)
            self._cp.add_exactly_one(at.values())
            for slot, here in at.items():
                for person in request.everyone:
                    attending.setdefault((person, slot), []).append(here)
                for group in request.groups:
                    chosen = {
                        one: self._cp.new_bool_var("") for one in group.people if slot not in self._grid.away[one]
                    }
                    self._cp.add(sum(chosen.values()) == group.count * here)
                    for person, one in chosen.items():
                        self._attends[meeting, slot, person] = one
                        attending.setdefault((person, slot), []).append(one)
        for where, terms in attending.items():
            busy = self._busy[where] = self._cp.new_bool_var("")
            self._cp.add_exactly_one([*terms, ~busy])

    def _add_order(self) -> None:
        """Strictly after: by variables that say whether the earlier one is over before a slot."""
        over: dict[int, list[Any]] = {}
        for meeting, request in enumerate(self._grid.requests):
            for earlier in request.earlier:
                if earlier not in over:
                    over[earlier] = self._over(self._at[earlier])
                for slot, here in self._at[meeting].items():
                    self._cp.add_implication(here, over[earlier][slot])

    def _over(self, at: Mapping[int, Any]) -> list[Any]:
        over: list[Any] = []
        for slot in self._grid.slots:
            now = self._cp.new_bool_var("")
            if slot == 0:
                self._cp.add(now == 0)
            else:
                before = [over[-1], *([at[slot - 1]] if slot - 1 in at else [])]
                self._cp.add_exactly_one([*before, ~now])
            over.append(now)
        return over

    def _add_rooms(self) -> None:
        """No more meetings than rooms; of two people each, so that twice as many people are busy."""
        grid = self._grid
        for slot in grid.slots:
            here = [(meeting, at[slot]) for meeting, at in enumerate(self._at) if slot in at]
            if not here:
                continue
            if not grid.has_equal_places:
                self._add_places(slot, here)
            number = self._cp.new_int_var(0, min(grid.rooms[slot], len(here)), "")
            self._cp.add(sum(one for _, one in here) == number)
            if grid.has_pairs_only:
                self._cp.add(sum(busy for (_, at), busy in self._busy.items() if at == slot) == 2 * number)

    def _add_places(self, slot: int, here: Sequence[tuple[int, Any]]) -> None:
        grid = self._grid
        by_place: dict[int, Terms] = {}
        for meeting, one in here:
            there = []
            for place in grid.places_of(meeting, slot):
                in_it = self._place[meeting, slot, place] = self._cp.new_bool_var("")
                there.append(in_it)
                by_place.setdefault(place, []).append(in_it)
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
                    self._cp.add_bool_or([*hosts, ~in_it])
            self._cp.add_exactly_one([*there, ~one])
        for place, terms in by_place.items():
            self._cp.add(sum(terms) <= grid.places[place].count)

    def _add_people(self) -> None:
        grid = self._grid
        by_person: list[tuple[Any, Any]] = []
        limit = grid.problem.rules.max_break_spread
        # With fewer breaks than people somebody has none, and so nobody more than the spread.
        is_spread_a_limit = limit is not None and self._most is not None and self._most < len(+grid.must)
        # What all others need at least is not there for one person.
        spare = None if self._most is None else self._most - sum(self._fewest)
        for person, fewest in enumerate(self._fewest):
            works = {slot: self._busy[person, slot] for slot in grid.slots if (person, slot) in self._busy}
            if not works:
                continue
            self._add_counts(person, works)
            self._add_limits(person, works)
            most = None if spare is None else fewest + spare
            if most is not None and limit is not None and is_spread_a_limit:
                most = min(most, limit)
            breaks = self._add_breaks(person, works, fewest, most)
            self._breaks.append((breaks, fewest, most))
            by_person.append((breaks, works))
        if self._most is not None:
            self._cp.add(sum(breaks for breaks, _, _ in self._breaks) <= self._most)
        if limit is not None and not is_spread_a_limit:
            self._add_spread(limit, by_person)

    def _one_by_one(self) -> Any:
        """All breaks, as variables for somebody's first beyond the fewest, second, and so on: cores are few and short."""
        total: Any = 0
        for breaks, fewest, most in self._breaks:
            total += fewest
            before = None
            for number in range(fewest, len(self._grid.slots) // 2 if most is None else most):
                one = self._cp.new_bool_var("")
                self._cp.add(breaks <= number).only_enforce_if(~one)
                if before is not None:
                    self._cp.add_implication(one, before)
                total += one
                before = one
        return total

    def _add_breaks(self, person: int, works: Mapping[int, Any], fewest: int, most: int | None) -> Any:
        """Somebody's breaks as a sum: slots in which a run of meetings begins, less the days with any."""
        days = self._grid.days
        if len(days) == 1 and self._grid.must[person]:
            begins = self._begins([works.get(slot) for slot in days[0]])
            if most == 0:
                self._cp.add_exactly_one(begins)
                return 0
            self._cp.add(sum(begins) >= fewest + 1)
            if most is not None:
                self._cp.add(sum(begins) <= most + 1)
            return sum(begins) - 1
        breaks: Any = 0
        for day in days:
            own = [works.get(slot) for slot in day]
            begins = self._begins(own)
            if len(begins) > 1:
                is_used = self._cp.new_bool_var("")
                self._cp.add_max_equality(is_used, [one for one in own if one is not None])
                self._cp.add(sum(begins) >= is_used)
                breaks += sum(begins) - is_used
        self._cp.add(breaks >= fewest)
        if most is not None:
            self._cp.add(breaks <= most)
        return breaks

    def _add_counts(self, person: int, works: Mapping[int, Any]) -> None:
        """Of the slots in which some of the meetings must be, so many are busy; of all, just as many as meetings."""
        grid = self._grid
        own = [frozenset(request.slots) for request in grid.requests if person in request.everyone]
        last = len(grid.slots)
        asked = {*own, *(frozenset(range(end)) for end in range(1, last))}
        asked |= {frozenset(range(begin, last)) for begin in range(1, last)}
        for slots in asked:
            least = sum(one <= slots for one in own)
            inside = [busy for slot, busy in works.items() if slot in slots]
            if least and least < len(own):
                self._cp.add(sum(inside) >= least)
        if grid.may[person]:
            self._cp.add(sum(works.values()) >= len(own))
        else:
            self._cp.add(sum(works.values()) == len(own))

    def _add_limits(self, person: int, works: Mapping[int, Any]) -> None:
        grid = self._grid
        limits = grid.people[person]
        for lunch in grid.lunches:
            if all(slot in works for slot in lunch):
                self._cp.add(sum(works[slot] for slot in lunch) <= len(lunch) - 1)
        for day in grid.days:
            if limits.max_per_day is not None:
                self._cp.add(sum(works[slot] for slot in day if slot in works) <= limits.max_per_day)
            if limits.max_in_a_row is not None:
                width = limits.max_in_a_row + 1
                for first in range(len(day) - width + 1):
                    window = day[first : first + width]
                    if all(slot in works for slot in window):
                        self._cp.add(sum(works[slot] for slot in window) <= width - 1)

    def _begins(self, works: Sequence[Any]) -> Terms:
        """The slots of a day in which a run of meetings begins."""
        begins: Terms = []
        before = None
        for one in works:
            if one is not None and before is not None:
                begin = self._cp.new_bool_var("")
                self._cp.add_bool_or([~one, before, begin])
                self._cp.add_implication(begin, one)
                self._cp.add_implication(begin, ~before)
                begins.append(begin)
            elif one is not None:
                begins.append(one)
            before = one
        return begins

    def _add_spread(self, limit: int, by_person: Sequence[tuple[Any, Mapping[int, Any]]]) -> None:
        least = self._cp.new_int_var(0, len(self._grid.slots), "")
        for breaks, works in by_person:
            has_meeting = self._cp.new_bool_var("")
            self._cp.add_max_equality(has_meeting, list(works.values()))
            self._cp.add(breaks >= least).only_enforce_if(has_meeting)
            self._cp.add(breaks <= least + limit).only_enforce_if(has_meeting)
