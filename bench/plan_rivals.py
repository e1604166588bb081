"""What others make of an event: tools that place by turns, and a solver for the whole model. Neither gets a hint from the planner."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from ortools.sat.python import cp_model

from handslag.partnering import Meeting, Problem


def has_rules(problem: Problem) -> bool:
    """True if the event has rules that those who place by turns are not asked to keep: what they reach is then too good."""
    limited = any(person.max_per_day is not None or person.max_in_a_row is not None for person in problem.people)
    walks = bool(problem.walks) and problem.rules.walks == "forbid"
    return limited or walks or bool(problem.rules.lunch) or any(meeting.after for meeting in problem.meetings)


# --- by turns ---------------------------------------------------------------------------------------------------------


def first_slot(slots: list[int], _used: Counter[int]) -> int:
    """The first that all have free."""
    return slots[0]


def least_used_slot(slots: list[int], used: Counter[int]) -> int:
    """The one with fewest meetings so far."""
    return min(slots, key=lambda slot: used[slot])


def by_turns(problem: Problem, choose: Callable[[list[int], Counter[int]], int]) -> int:
    """The value of placing the requests one after the other as they came, each where `choose` says. No request gives way."""
    numbered = {slot.id: number for number, slot in enumerate(problem.slots)}
    every = (1 << len(numbered)) - 1
    free = {person.id: every & ~sum(1 << numbered[slot] for slot in set(person.unavailable)) for person in problem.people}  # fmt: skip
    places = _Places(problem, numbered)
    used: Counter[int] = Counter()
    value = 0
    for meeting in problem.meetings:
        common = every if meeting.slots is None else sum(1 << numbered[slot] for slot in set(meeting.slots))
        for side in meeting.sides:
            for name in side.all:
                common &= free[name]
            if side.any is not None:
                common &= _enough([free[name] for name in side.any.of], side.any.count)
        usable = places.of(meeting)
        options = {}
        while common:
            slot = (common & -common).bit_length() - 1
            common &= common - 1
            place = next((one for one in usable if places.room.get((one, slot))), None)
            if place is not None:
                options[slot] = place
                if choose is first_slot:
                    break
        if options:
            slot = choose(list(options), used)
            for name in attending(meeting, lambda one, bit=1 << slot: bool(free[one] & bit)):
                free[name] &= ~(1 << slot)
            places.room[options[slot], slot] -= 1
            used[slot] += 1
            value += meeting.value
    return value


def _enough(masks: list[int], count: int) -> int:
    """The slots in which at least so many are free."""
    reached = [0] * (count + 1)
    for mask in masks:
        for level in range(count, 1, -1):
            reached[level] |= reached[level - 1] & mask
        reached[1] |= mask
    return reached[count]


def attending(meeting: Meeting, is_free: Callable[[str], bool]) -> Iterator[str]:
    """Who comes: all, and the first of those who are free."""
    for side in meeting.sides:
        yield from side.all
        if side.any is not None:
            yield from [name for name in side.any.of if is_free(name)][: side.any.count]


class _Places:
    """The rooms left, and which a meeting may use: its hosts' own first, if they come whoever is chosen."""

    def __init__(self, problem: Problem, numbered: dict[str, int]) -> None:
        self.room = {
            (place.id, numbered[slot]): place.count for place in problem.places for slot in place.slots or numbered
        }
        self.body = {person.id: person.organisation for person in problem.people}
        self.shared = [place.id for place in problem.places if place.host is None]
        self.hosted: dict[str, list[str]] = defaultdict(list)
        for place in problem.places:
            if place.host is not None:
                self.hosted[place.host].append(place.id)

    def of(self, meeting: Meeting) -> list[str]:
        bodies = set()
        for side in meeting.sides:
            bodies |= {self.body[name] for name in side.all}
            if side.any is not None:
                named = {self.body[name] for name in side.any.of}
                bodies |= named if len(named) == 1 else set()
        usable = [place for body in sorted(filter(None, bodies)) for place in self.hosted.get(body, ())] + self.shared
        return usable if meeting.places is None else [place for place in usable if place in meeting.places]


# --- the whole model -----------------------------------------------------------------------------------------------------


class NotBuilt(Exception):
    """The model was not ready when the time was up."""


def by_solver(problem: Problem, seconds: float) -> int:
    """The value CP-SAT reaches on the whole model with two workers, its building included in the time. NotBuilt."""
    end = time.perf_counter() + seconds
    model = _whole_model(problem, end)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.01, end - time.perf_counter())
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    return round(solver.objective_value) if status in {cp_model.OPTIMAL, cp_model.FEASIBLE} else 0


def _whole_model(problem: Problem, end: float) -> cp_model.CpModel:
    """A variable for each meeting and slot, for each choice of a person, and for each place where there are several."""
    model = cp_model.CpModel()
    numbered = {slot.id: number for number, slot in enumerate(problem.slots)}
    away = {person.id: {numbered[slot] for slot in person.unavailable} for person in problem.people}
    places = _Places(problem, numbered)
    of_person: dict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
    of_place: dict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
    variables: list[cp_model.IntVar] = []
    values: list[int] = []
    for number, meeting in enumerate(problem.meetings):
        if number % 64 == 0 and time.perf_counter() > end:
            raise NotBuilt
        usable = places.of(meeting)
        held = []
        for slot in range(len(numbered)) if meeting.slots is None else sorted({numbered[one] for one in meeting.slots}):
            open_ones = [place for place in usable if (place, slot) in places.room]
            if not open_ones or any(slot in away[name] for side in meeting.sides for name in side.all):
                continue
            groups = [(side.any.count, [name for name in side.any.of if slot not in away[name]]) for side in meeting.sides if side.any]  # fmt: skip
            if any(len(names) < count for count, names in groups):
                continue
            is_held = model.new_bool_var("")
            held.append(is_held)
            for side in meeting.sides:
                for name in side.all:
                    of_person[name, slot].append(is_held)
            for count, names in groups:
                for name, one in zip(names, _chosen(model, len(names), count, is_held), strict=True):
                    of_person[name, slot].append(one)
            if len(open_ones) == 1:
                of_place[open_ones[0], slot].append(is_held)
            else:
                for place, one in zip(open_ones, _chosen(model, len(open_ones), 1, is_held), strict=True):
                    of_place[place, slot].append(one)
        model.add_at_most_one(held)
        variables += held
        values += [meeting.value] * len(held)
    for booked in of_person.values():
        model.add_at_most_one(booked)
    for key, booked in of_place.items():
        if len(booked) > places.room[key]:
            model.add(cp_model.LinearExpr.sum(booked) <= places.room[key])
    model.maximize(cp_model.LinearExpr.weighted_sum(variables, values))
    if time.perf_counter() > end:
        raise NotBuilt
    return model


def _chosen(model: cp_model.CpModel, number: int, count: int, is_held: cp_model.IntVar) -> list[cp_model.IntVar]:
    """A variable for each of so many, of whom `count` are chosen if the meeting is held."""
    chosen = [model.new_bool_var("") for _ in range(number)]
    if count == 1:
        model.add_exactly_one(*chosen, ~is_held)
    else:
        model.add(cp_model.LinearExpr.sum(chosen) == count * is_held)
    return chosen
