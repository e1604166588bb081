"""The figures of a plan for its organiser: load of the slots, who is full, how small firms fare beside large ones."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from handslag.partnering.problem import Meeting, Problem
from handslag.partnering.schedule import Certificate, Schedule

# Upper ends of the classes of organisations by how many of their people are there.
SIZES = (1, 3, 7)
# Whom and when a reason is about, and what would help.
_REST = re.compile(r"[:;] ")
# A slot is under-used where less than this share of what it could hold is held.
UNDER_USED = 0.5


@dataclass(frozen=True, slots=True)
class SlotLoad:
    """How many meetings a slot holds, and how many it could: the open places, or half of the people who are there."""

    slot: str
    day: str | None
    held: int
    room: int

    @property
    def share(self) -> float:
        """Of what it could hold; 1 where it could hold nothing."""
        return self.held / self.room if self.room else 1.0


@dataclass(frozen=True, slots=True)
class FullPerson:
    """Somebody without a free slot who is wanted in more meetings."""

    person: str
    organisation: str | None
    held: int
    left_out: int


@dataclass(frozen=True, slots=True)
class SizeClass:
    """Organisations with `least` to `most` people (None: any more): how many there are, their requests and those placed."""

    least: int
    most: int | None
    organisations: int
    wanted: int
    placed: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A plan in figures. `full` has those whom most requests were left out for first."""

    name: str | None
    requested: int
    placed: int
    value: int
    value_of_all: int
    proof: Certificate | None
    status: str
    slots: tuple[SlotLoad, ...]
    full: tuple[FullPerson, ...]
    sizes: tuple[SizeClass, ...]
    people: int
    organisations: int
    # How often each first part of a reason was given, the most frequent first.
    causes: tuple[tuple[str, int], ...]

    @property
    def under_used(self) -> tuple[SlotLoad, ...]:
        """The slots that could hold far more."""
        return tuple(slot for slot in self.slots if slot.share < UNDER_USED)


def overview_of(problem: Problem, schedule: Schedule) -> Overview:
    """Counts a schedule that keeps the rules of its problem."""
    placed = {one.meeting: one for one in schedule.placed}
    values = {meeting.id: meeting.value for meeting in problem.meetings}
    proof = next((one for one in schedule.certificates if one.goal == "value"), None)
    return Overview(
        name=problem.name,
        requested=len(problem.meetings),
        placed=len(placed),
        value=schedule.figures.value,
        value_of_all=sum(values.values()),
        proof=proof,
        status=schedule.status,
        slots=tuple(_loads(problem, schedule)),
        full=tuple(_full(problem, schedule)),
        sizes=tuple(_sizes(problem, set(placed))),
        people=len(problem.people),
        organisations=len({person.organisation for person in problem.people if person.organisation}),
        causes=tuple(Counter(_REST.split(one.reason, maxsplit=1)[0] for one in schedule.unplaced).most_common()),
    )


def named_in(meeting: Meeting) -> Iterable[str]:
    """All whom a meeting names: those who must attend and those of whom some do."""
    for side in meeting.sides:
        yield from side.all
        if side.any is not None:
            yield from side.any.of


def _loads(problem: Problem, schedule: Schedule) -> Iterable[SlotLoad]:
    held = Counter(one.slot for one in schedule.placed)
    away = Counter(slot for person in problem.people for slot in set(person.unavailable))
    open_everywhere = sum(place.count for place in problem.places if place.slots is None)
    opened = Counter[str]()
    for place in problem.places:
        for opening in place.slots or ():
            opened[opening] += place.count
    for slot in problem.slots:
        there = (len(problem.people) - away[slot.id]) // 2
        yield SlotLoad(slot.id, slot.day, held[slot.id], min(open_everywhere + opened[slot.id], there))


def _full(problem: Problem, schedule: Schedule) -> Iterable[FullPerson]:
    held = Counter(person for one in schedule.placed for person in one.people)
    unplaced = {one.meeting for one in schedule.unplaced}
    wanted = Counter(name for meeting in problem.meetings if meeting.id in unplaced for side in meeting.sides for name in side.all)  # fmt: skip
    people = {person.id: person for person in problem.people}
    full = [
        FullPerson(name, people[name].organisation, held[name], count)
        for name, count in wanted.items()
        if held[name] + len(people[name].unavailable) >= len(problem.slots)
    ]
    return sorted(full, key=lambda one: (-one.left_out, one.person))


def _sizes(problem: Problem, placed: set[str]) -> Iterable[SizeClass]:
    body_of = {person.id: person.organisation for person in problem.people}
    staff = Counter(body for body in body_of.values() if body)
    wanted: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for meeting in problem.meetings:
        for body in {body_of[name] for name in named_in(meeting)}:
            if body:
                wanted[body] += 1
                held[body] += meeting.id in placed
    classes: dict[int, list[str]] = defaultdict(list)
    for body, people in staff.items():
        classes[sum(people > most for most in SIZES)].append(body)
    for place, most in enumerate((*SIZES, None)):
        bodies = classes.get(place)
        if bodies:
            least = SIZES[place - 1] + 1 if place else 1
            yield SizeClass(least, most, len(bodies), sum(wanted[body] for body in bodies), sum(held[body] for body in bodies))  # fmt: skip
