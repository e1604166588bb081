"""What a search found as a schedule: tables and their numbers, figures, and why the rest is left out."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from handslag.partnering.placing import Search
from handslag.partnering.problem import Problem
from handslag.partnering.reasons import Reason, Reasons, reason_words
from handslag.partnering.schedule import Figures, Placed, Run, Schedule, Status, Unplaced

_NO_RUN = Run(0.0, 0, None, "", "asked")


def deliver(problem: Problem, search: Search, language: str, is_late: Callable[[], bool] = lambda: False) -> Schedule:
    """The schedule of what is placed, without the file's sum and the run's figures; reasons are short where it is late."""
    people = _attending(problem, search)
    rooms = _rooms(problem, search, people)
    placed = tuple(
        Placed(problem.meetings[at].id, problem.slots[slot].id, problem.places[place].id, number, people[at])
        for at, (slot, place, number) in rooms.items()
    )
    unplaced = tuple(_left_out(problem, search, language, is_late))
    figures = _figures(problem, search, rooms, people)
    rules = problem.rules
    is_whole = not (rules.all_meetings and unplaced) and (
        rules.max_break_spread is None or figures.break_spread <= rules.max_break_spread
    )
    status: Status = "feasible" if is_whole else "unknown"
    return Schedule("", None, status, placed, unplaced, figures, (), _NO_RUN)


def _left_out(problem: Problem, search: Search, language: str, is_late: Callable[[], bool]) -> Iterator[Unplaced]:
    """Those that wait, with why; thousands wait for the same people, in the same words."""
    known: dict[Reason, str] = {}
    for at, reason in Reasons(problem, search).all(is_late):
        meeting = problem.meetings[at]
        # Without people it is about the meeting's own.
        words = known.get(reason) if reason.people else None
        if words is None:
            words = reason_words(problem, meeting, reason, language)
            if reason.people:
                known[reason] = words
        yield Unplaced(meeting.id, words)


def _attending(problem: Problem, search: Search) -> dict[int, tuple[str, ...]]:
    """The ids of who attends each placed meeting."""
    chosen = iter(search.chosen.tolist())
    slots = search.slots.tolist()
    ids = [person.id for person in problem.people]
    attending: dict[int, tuple[str, ...]] = {}
    for at, meeting in enumerate(problem.meetings):
        names: list[str] = []
        for side in meeting.sides:
            names += side.all
            if side.any is not None:
                names += [ids[person] for person in itertools.islice(chosen, side.any.count)]
        if slots[at] >= 0:
            attending[at] = tuple(names)
    return attending


# --- tables and their numbers ----------------------------------------------------------------------------------------


def _rooms(problem: Problem, search: Search, people: dict[int, tuple[str, ...]]) -> dict[int, tuple[int, int, int]]:
    """Slot, place and number of each placed meeting; who stays keeps the place that was announced."""
    event = search.event
    places_of: list[list[int]] = [[] for _ in event.pool_capacity]
    for place, pool in enumerate(event.pool_of_place.tolist()):
        places_of[pool].append(place)
    together: dict[tuple[int, int], list[int]] = {}
    slots, pools = search.slots.tolist(), search.pools.tolist()
    for at in people:
        together.setdefault((pools[at], slots[at]), []).append(at)
    found: dict[int, tuple[int, int, int]] = {}
    for (pool, slot), meetings in together.items():
        taken = dict.fromkeys(places_of[pool], 0)
        for at in meetings:
            held = problem.meetings[at].held
            place = int(event.held_place[at])
            if held is None or held.slot != problem.slots[slot].id or place not in taken:
                continue
            if taken[place] < problem.places[place].count and (
                event.is_frozen[at] or set(held.people) == set(people[at])
            ):
                taken[place] += 1
                found[at] = (slot, place, taken[place])
        free = (
            (place, number) for place in taken for number in range(taken[place] + 1, problem.places[place].count + 1)
        )
        for at in meetings:
            if at not in found:
                found[at] = (slot, *next(free))
    return {at: found[at] for at in people}


# --- figures ----------------------------------------------------------------------------------------------------------


def _figures(
    problem: Problem, search: Search, rooms: dict[int, tuple[int, int, int]], people: dict[int, tuple[str, ...]]
) -> Figures:
    event = search.event
    moves = changes = dropped = 0
    for at in np.flatnonzero(event.is_held).tolist():
        held = problem.meetings[at].held
        if held is None or at not in rooms:
            dropped += 1
            continue
        slot, place, _ = rooms[at]
        if held.slot != problem.slots[slot].id or set(held.people) != set(people[at]):
            moves += 1
        elif held.place != problem.places[place].id:
            changes += 1
    busy = search.busy >= 0
    breaks, longest = _breaks(problem, busy)
    met = breaks[busy.any(axis=1)] if busy.size else breaks[:0]
    value = sum(problem.meetings[at].value for at in rooms)
    return Figures(
        meetings=len(rooms),
        value=value - problem.rules.move_price * moves,
        dropped=dropped,
        moves=moves,
        place_changes=changes,
        far_walks=_far_walks(problem, search, rooms) if len(event.walk) else 0,
        breaks=int(breaks.sum()),
        break_spread=int(met.max() - met.min()) if len(met) else 0,
        max_in_a_row=longest,
    )


def _breaks(problem: Problem, busy: Any) -> tuple[Any, int]:
    """The breaks of each person, and the longest run of meetings of anybody."""
    breaks = np.zeros(len(busy), dtype=np.int64)
    longest = 0
    for day in problem.days:
        marks = busy[:, list(day)]
        starts = marks.copy()
        starts[:, 1:] &= ~marks[:, :-1]
        breaks += np.maximum(starts.sum(axis=1) - 1, 0)
        edges = np.diff(np.pad(marks, ((0, 0), (1, 1))).astype(np.int8).ravel())
        runs = np.flatnonzero(edges < 0) - np.flatnonzero(edges > 0)
        longest = max(longest, int(runs.max(initial=0)))
    return breaks, longest


def _far_walks(problem: Problem, search: Search, rooms: dict[int, tuple[int, int, int]]) -> int:
    event, busy = search.event, search.busy
    zones = event.pool_zone
    far = 0
    for day in problem.days:
        for line in busy[:, list(day)].tolist():
            met = [(day[step], meeting) for step, meeting in enumerate(line) if meeting >= 0]
            for (slot, meeting), (later, other) in itertools.pairwise(met):
                zone, other_zone = (int(zones[event.pool_of_place[rooms[one][1]]]) for one in (meeting, other))
                if zone >= 0 and other_zone >= 0:
                    needed = int(event.walk[zone, other_zone])
                    far += needed >= 0 and int(event.begins[later] - event.ends[slot]) < needed
    return far
