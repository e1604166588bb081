"""A solver's claim asked again: is there a schedule that is better than the bound? By a model written for this alone.

For breaks of plain events it is written in clauses (`resolving_breaks`), else for CP-SAT. It leaves out walks and held-dropped,
so "no" holds for the whole problem too; a "yes" counts only if the schedule that comes with it keeps every rule. OR-Tools
(CP-SAT) is imported nowhere else in the checker.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import current_thread, main_thread
from typing import Any, Literal

from ortools.sat.python import cp_model

from handslag.partnering.checking.certificates import Examined
from handslag.partnering.checking.event import Event, Standing
from handslag.partnering.checking.figures import recompute_figures
from handslag.partnering.checking.resolving_breaks import FewerBreaks, is_plain
from handslag.partnering.checking.verdict import check_schedule
from handslag.partnering.checking.violations import Violation
from handslag.partnering.problem import MAXIMISED, Goal, Held, Meeting, Problem
from handslag.partnering.schedule import Figures, Placed, Schedule, SearchCertificate, Unplaced

Answer = Literal["confirmed", "contradicted", "unanswered", "beyond"]

# Meetings times slots; above, the model would not fit a small machine.
_LARGEST = 400_000
_LONGEST_DAY = 40
_WORKERS = 2
_SEED = 1

Terms = list[Any]


def ask_again(
    problem: Problem, schedule: Schedule, figures: Figures, examined: Examined, *, seconds: float
) -> tuple[Answer, Violation | None]:
    """Whether nothing beats the certificate's bound (or, of an infeasible schedule, nothing keeps all rules).

    Confirmed; contradicted, with the fault; unanswered within `seconds`; beyond what can be asked.
    """
    certificate = examined.certificate
    goal = None if schedule.status == "infeasible" else certificate.goal
    if goal is not None and goal != MAXIMISED and certificate.bound <= 0:
        return "confirmed", None
    if len(problem.meetings) * len(problem.slots) > _LARGEST:
        return "beyond", None
    if goal == "far_walks":
        return "beyond", None
    event = Event(problem)
    if goal == "breaks" and is_plain(event):
        found = FewerBreaks(event, certificate.bound - 1).solve(seconds)
        return _answer(problem, schedule, examined, goal, found)
    found = None
    # Two ways of writing breaks, half the time each: which is the faster differs between the published instances.
    # Runs are many where a day is long.
    ways = (True, False) if max(map(len, event.days), default=0) <= _LONGEST_DAY else (False,)
    for by_runs in ways:
        model = _Model(event, by_runs=by_runs)
        if goal is not None:
            ranked = problem.ranked_goals
            for earlier in ranked[: ranked.index(goal)]:
                # The model knows no walks: without this it allows more, and "no" stays true.
                if earlier != "far_walks":
                    model.fix(earlier, figures.reached(earlier))
            model.ask_better(goal, certificate.bound)
        found = model.solve(seconds / len(ways))
        if found is not None:
            break
    return _answer(problem, schedule, examined, goal, found)


def _answer(
    problem: Problem, schedule: Schedule, examined: Examined, goal: Goal | None, found: list[tuple[Placed, ...]] | None
) -> tuple[Answer, Violation | None]:
    """Of the schedules found: none in time, none at all, or one."""
    if found is None:
        return "unanswered", None
    return _judge(problem, schedule, examined, goal, found[0]) if found else ("confirmed", None)


def _judge(
    problem: Problem, schedule: Schedule, examined: Examined, goal: Goal | None, placed: tuple[Placed, ...]
) -> tuple[Answer, Violation | None]:
    """What a schedule found means: a contradiction only if it keeps every rule and earlier goal."""
    event = Event(problem)
    names = {one.meeting for one in placed}
    left = tuple(Unplaced(meeting.id, "") for meeting in problem.meetings if meeting.id not in names)
    better = replace(schedule, status="feasible", placed=placed, unplaced=left, certificates=())
    figures = recompute_figures(event, better, Standing(event, placed))
    better = replace(better, figures=figures)
    verdict = check_schedule(problem, better, problem_sha256=schedule.problem_sha256, from_sha256=schedule.from_sha256)
    ranked = problem.ranked_goals
    earlier = ranked[: ranked.index(goal)] if goal is not None else ()
    reached = schedule.figures
    if verdict.violations or any(figures.reached(one) != reached.reached(one) for one in earlier):
        return "beyond", None
    certificate = examined.certificate
    solver = certificate.solver if isinstance(certificate, SearchCertificate) else ""
    ids = {"certificate": f"certificates[{examined.position}]", "goal": certificate.goal, "solver": str(solver)}
    found = figures.meetings if goal is None else figures.reached(goal)
    return "contradicted", Violation("wrong-certificate", ids, {"found": found}, "contradicted")


class _Model:
    """Meetings by slot and place, chosen people, busy people, breaks: variables are 0 or 1."""

    def __init__(self, event: Event, *, by_runs: bool) -> None:
        self._event = event
        self._by_runs = by_runs
        self._problem = event.problem
        self._cp = cp_model.CpModel()
        self._busy: dict[tuple[str, int], Terms] = {}
        self._at: dict[tuple[str, int], Any] = {}
        self._there: dict[tuple[str, int, str], Any] = {}
        self._attends: dict[tuple[str, int, str], Any] = {}
        self._placed: dict[str, Any] = {}
        self._moved: dict[str, Any] = {}
        self._place_changed: Terms = []
        self._breaks_of: dict[str, tuple[Terms, Terms]] = {}
        for meeting in self._problem.meetings:
            self._add_meeting(meeting)
        for meeting in self._problem.meetings:
            self._add_order(meeting)
            if meeting.held is not None:
                self._add_held(meeting, meeting.held)
        self._add_rooms()
        self._add_days()

    def fix(self, goal: Goal, reached: int) -> None:
        """The goal stays at what it reached."""
        self._cp.add(self._reach(goal) == reached)

    def ask_better(self, goal: Goal, bound: int) -> None:
        """The goal is to be better than a bound."""
        if goal == MAXIMISED:
            self._cp.add(self._reach(goal) >= bound + 1)
        else:
            self._cp.add(self._reach(goal) <= bound - 1)
            if goal == "breaks":
                # Nobody has fewer than none, so nobody alone more than all may have.
                for breaks, _ in self._breaks_of.values():
                    self._cp.add(sum(breaks) <= bound - 1)

    def solve(self, seconds: float) -> list[tuple[Placed, ...]] | None:
        """A schedule that was found, none where there is none, None where time was too short."""
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = _WORKERS
        solver.parameters.random_seed = _SEED
        solver.parameters.linearization_level = 2 if self._by_runs else 0
        status = solver.solve(self._cp)
        # CP-SAT leaves Ctrl-C to the system, which would end this process without a word.
        if current_thread() is main_thread():
            signal.signal(signal.SIGINT, signal.getsignal(signal.SIGINT))
        if status == cp_model.INFEASIBLE:
            return []
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return None
        return [self._as_placed(solver)]

    def _as_placed(self, solver: Any) -> tuple[Placed, ...]:
        placed = []
        numbers: dict[tuple[str, str], int] = {}
        slots = self._problem.slots
        for (name, slot, place), there in self._there.items():
            if not solver.value(there):
                continue
            meeting = self._event.meetings[name]
            people = [person for side in meeting.sides for person in side.all]
            for side in meeting.sides:
                chosen = side.any.of if side.any is not None else ()
                people += [one for one in chosen if solver.value(self._attends.get((name, slot, one), 0))]
            key = (place, slots[slot].id)
            number = numbers[key] = numbers.get(key, 0) + 1
            placed.append(Placed(name, slots[slot].id, place, number, tuple(people)))
        return tuple(placed)

    def _add_meeting(self, meeting: Meeting) -> None:
        """Where it can be: with enough people who are available, in one place that is open and has its host."""
        name = meeting.id
        slots = self._event.slot_at if meeting.slots is None else meeting.slots
        everyone = [person for side in meeting.sides for person in side.all]
        for slot in slots:
            if any(slot in self._event.away[person] for person in everyone):
                continue
            at = self._event.slot_at[slot]
            here = self._at[name, at] = self._cp.new_bool_var("")
            for person in everyone:
                self._busy.setdefault((person, at), []).append(here)
            for side in meeting.sides:
                if side.any is not None:
                    available = [person for person in side.any.of if slot not in self._event.away[person]]
                    attends = [self._cp.new_bool_var("") for _ in available]
                    self._cp.add(sum(attends) == side.any.count * here)
                    for person, one in zip(available, attends, strict=True):
                        self._attends[name, at, person] = one
                        self._busy.setdefault((person, at), []).append(one)
            self._cp.add(sum(self._add_places(meeting, slot, at, everyone)) == here)
        times = [here for (other, _), here in self._of_meeting(name)]
        placed = self._placed[name] = self._cp.new_bool_var("")
        self._cp.add(sum(times) == placed)
        if self._problem.rules.all_meetings or meeting.frozen:
            self._cp.add(placed == 1)

    def _of_meeting(self, name: str) -> list[tuple[tuple[str, int], Any]]:
        slots = range(len(self._problem.slots))
        return [((name, at), self._at[name, at]) for at in slots if (name, at) in self._at]

    def _add_places(self, meeting: Meeting, slot: str, at: int, everyone: Sequence[str]) -> Terms:
        there = []
        for place in self._event.places if meeting.places is None else meeting.places:
            hours = self._event.open[place]
            if hours is not None and slot not in hours:
                continue
            host = self._event.places[place].host
            hosts: Terms = []
            if host is not None and not self._event.has_host(self._event.places[place], everyone):
                hosts = [
                    self._attends[meeting.id, at, person]
                    for side in meeting.sides
                    for person in (side.any.of if side.any is not None else ())
                    if (meeting.id, at, person) in self._attends and self._event.people[person].organisation == host
                ]
                if not hosts:
                    continue
            one = self._there[meeting.id, at, place] = self._cp.new_bool_var("")
            if hosts:
                self._cp.add(sum(hosts) >= one)
            there.append(one)
        return there

    def _add_order(self, meeting: Meeting) -> None:
        """Strictly after, where both are placed: never a later or equal slot of the earlier with this one."""
        for earlier in meeting.after:
            for (_, at), here in self._of_meeting(meeting.id):
                too_late = [there for (_, other), there in self._of_meeting(earlier) if other >= at]
                if too_late:
                    self._cp.add(sum(too_late) + here <= 1)

    def _add_held(self, meeting: Meeting, held: Held) -> None:
        at = self._event.slot_at.get(held.slot, -1)
        asked = [person for side in meeting.sides for person in side.all]
        extra = set(held.people) - set(asked)
        others = [self._attends.get((meeting.id, at, person)) for person in extra]
        can_stay = (
            (meeting.id, at) in self._at and set(asked) <= set(held.people) and all(one is not None for one in others)
        )
        wanted = sum(side.any.count for side in meeting.sides if side.any is not None)
        stays = self._cp.new_bool_var("")
        if can_stay and len(others) == wanted:
            parts: Terms = [self._at[meeting.id, at], *others]
            for part in parts:
                self._cp.add(stays <= part)
            self._cp.add(stays >= sum(parts) - len(parts) + 1)
        else:
            self._cp.add(stays == 0)
        self._moved[meeting.id] = self._placed[meeting.id] - stays
        same_place = self._there.get((meeting.id, at, held.place))
        keeps = self._cp.new_bool_var("")
        if same_place is None:
            self._cp.add(keeps == 0)
        else:
            self._cp.add(keeps <= stays)
            self._cp.add(keeps <= same_place)
            self._cp.add(keeps >= stays + same_place - 1)
        self._place_changed.append(stays - keeps)
        if meeting.frozen:
            self._cp.add(keeps == 1)

    def _add_rooms(self) -> None:
        """No more meetings in a place than rooms."""
        by_room: dict[tuple[int, str], Terms] = {}
        for (_, at, place), there in self._there.items():
            by_room.setdefault((at, place), []).append(there)
        for (_, place), terms in by_room.items():
            self._cp.add(sum(terms) <= self._event.places[place].count)

    def _add_days(self) -> None:
        """One meeting at a time, limits, lunch, and the breaks of everybody who may have a meeting."""
        busy: dict[str, dict[int, Any]] = {}
        for (attendee, at), terms in self._busy.items():
            at_work = self._cp.new_bool_var("")
            self._cp.add(sum(terms) == at_work)
            busy.setdefault(attendee, {})[at] = at_work
        self._add_implied(busy)
        for name, works_at in busy.items():
            person = self._event.people[name]
            for lunch in self._event.lunches:
                if all(at in works_at for at in lunch):
                    self._cp.add(sum(works_at[at] for at in lunch) <= len(lunch) - 1)
            breaks: Terms = []
            for day in self._event.days:
                works: Terms = [works_at.get(at, 0) for at in day]
                if person.max_per_day is not None:
                    self._cp.add(sum(works) <= person.max_per_day)
                if person.max_in_a_row is not None:
                    width = person.max_in_a_row + 1
                    for first in range(len(works) - width + 1):
                        self._cp.add(sum(works[first : first + width]) <= width - 1)
                breaks += self._day_breaks(works)
            self._breaks_of[name] = (breaks, list(works_at.values()))
        self._add_spread()

    def _add_implied(self, busy: Mapping[str, Mapping[int, Any]]) -> None:
        """What follows from the rest and a solver does not see by itself, where each meeting is of two named people.

        In a slot twice as many people are busy as there are meetings, so an even number and at most two a room; where
        everything is placed, a person is busy in as many slots as the person has meetings.
        """
        meetings = self._problem.meetings
        pairs = [[person for side in one.sides for person in side.all] for one in meetings]
        if any(side.any for one in meetings for side in one.sides) or any(len(pair) != 2 for pair in pairs):
            return
        rooms = sum(place.count for place in self._problem.places)
        for at in range(len(self._problem.slots)):
            here = [self._at[meeting.id, at] for meeting in meetings if (meeting.id, at) in self._at]
            at_work = [works_at[at] for works_at in busy.values() if at in works_at]
            number = self._cp.new_int_var(0, min(rooms, len(here)), "")
            self._cp.add(sum(at_work) == 2 * number)
            self._cp.add(sum(here) == number)
        if self._problem.rules.all_meetings:
            times = Counter(person for pair in pairs for person in pair)
            for person, works_at in busy.items():
                self._cp.add(sum(works_at.values()) == times[person])
            self._add_due(busy)

    def _add_due(self, busy: Mapping[str, Mapping[int, Any]]) -> None:
        """Up to a slot somebody has at least the meetings that can be in no later one; from it on, in no earlier one."""
        spans: dict[str, list[tuple[int, int]]] = {}
        for meeting in self._problem.meetings:
            times = [at for (_, at), _ in self._of_meeting(meeting.id)]
            for person in (person for side in meeting.sides for person in side.all) if times else ():
                spans.setdefault(person, []).append((times[0], times[-1]))
        for person, own in spans.items():
            if len(self._event.days) == 1:
                self._cp.add_bool_or(list(busy[person].values()))
            for cut in {last for _, last in own}:
                due = sum(last <= cut for _, last in own)
                self._cp.add(sum(one for at, one in busy[person].items() if at <= cut) >= due)
            for cut in {first for first, _ in own}:
                due = sum(first >= cut for first, _ in own)
                self._cp.add(sum(one for at, one in busy[person].items() if at >= cut) >= due)

    def _day_breaks(self, works: Sequence[Any]) -> Terms:
        """Runs of meetings less one, on a day with any: what is added up is the day's breaks."""
        usable = [one for one in works if not isinstance(one, int)]
        if len(works) < 3 or len(usable) < 2:
            return []
        is_used = self._cp.new_bool_var("")
        self._cp.add_max_equality(is_used, usable)
        return [*(self._runs(works) if self._by_runs else self._rises(works)), -is_used]

    def _rises(self, works: Sequence[Any]) -> Terms:
        """A variable for every slot in which a run begins."""
        rises: Terms = []
        before: Any = 0
        for one in works:
            if not isinstance(one, int):
                rise = self._cp.new_bool_var("")
                self._cp.add(rise >= one - before)
                self._cp.add(rise <= one)
                self._cp.add(rise <= 1 - before)
                rises.append(rise)
            before = one
        return rises

    def _runs(self, works: Sequence[Any]) -> Terms:
        """A variable for every run there may be, from slot to slot: so the linear relaxation sees the breaks."""
        covering: list[Terms] = [[] for _ in works]
        # No two runs touch: at most one covers a slot or begins right after it.
        touching: list[Terms] = [[] for _ in works]
        runs: Terms = []
        for first, begins in enumerate(works):
            if isinstance(begins, int):
                continue
            for last in range(first, len(works)):
                if isinstance(works[last], int):
                    break
                run = self._cp.new_bool_var("")
                runs.append(run)
                for at in range(first, last + 1):
                    covering[at].append(run)
                for at in range(max(0, first - 1), last + 1):
                    touching[at].append(run)
        for one, over, near in zip(works, covering, touching, strict=True):
            if over:
                self._cp.add(sum(over) == one)
            if len(near) > 1:
                self._cp.add_at_most_one(near)
        return runs

    def _add_spread(self) -> None:
        limit = self._problem.rules.max_break_spread
        if limit is None:
            return
        most = len(self._problem.slots)
        least = self._cp.new_int_var(0, most, "")
        for breaks, works in self._breaks_of.values():
            has_meeting = self._cp.new_bool_var("")
            self._cp.add_max_equality(has_meeting, works)
            self._cp.add(sum(breaks) >= least).only_enforce_if(has_meeting)
            self._cp.add(sum(breaks) <= least + limit).only_enforce_if(has_meeting)

    def _reach(self, goal: Goal) -> Any:
        """The figure of a goal as a sum."""
        match goal:
            case "value":
                values = sum(meeting.value * self._placed[meeting.id] for meeting in self._problem.meetings)
                return values - self._problem.rules.move_price * sum(self._moved.values())
            case "kept":
                return sum(1 - self._placed[name] for name in self._moved)
            case "moves":
                return sum(self._moved.values())
            case "place_changes":
                return sum(self._place_changed)
            case "breaks":
                return sum(term for breaks, _ in self._breaks_of.values() for term in breaks)
            case "far_walks":
                raise ValueError("the model knows no walks")
