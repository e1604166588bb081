"""Events of all kinds with what can happen to them, by chance: for the tests of live repair, and what measures it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from handslag.partnering import (
    AnyOf,
    Held,
    Meeting,
    Person,
    Place,
    Placed,
    Problem,
    Rules,
    Schedule,
    Side,
    Slot,
    Walk,
)
from handslag.partnering.problem import Goal
from handslag.partnering.repairing import (
    Added,
    AreaClosed,
    AreaOpened,
    Change,
    MeetingCancelled,
    NoShow,
    PersonAway,
    PersonBack,
    Plan,
    TimePassed,
)
from handslag.partnering.schedule import Figures, Run

_GOALS: tuple[tuple[Goal, ...] | None, ...] = (None, ("value", "moves", "place_changes", "breaks"), ("breaks",))


def made_event(rng: random.Random) -> Problem:
    """Some slots on one to three days, some people and meetings, each rule now and then."""
    days, hours = rng.randint(1, 3), rng.randint(2, 6)
    begin = datetime(2027, 3, 9, 9, tzinfo=timezone(timedelta(hours=1)))
    slots = [
        Slot(f"{day}-{hour}", begin + timedelta(days=day, minutes=30 * hour), 30, str(day))
        for day in range(days)
        for hour in range(hours)
    ]
    names = [slot.id for slot in slots]
    organisations = [f"o{n}" for n in range(rng.randint(2, 4))]
    places = [Place("hall", rng.randint(1, 3), "A", None, _some(rng, names, 0.2))]
    if rng.random() < 0.7:
        places.append(
            Place("booth", rng.randint(1, 2), "B", rng.choice([None, *organisations]), _some(rng, names, 0.3))
        )
    if rng.random() < 0.3:
        places.append(Place("room", 1, rng.choice(["A", None]), None, None))
    is_strict = rng.random() < 0.5
    people = [
        Person(
            f"p{n}",
            rng.choice([*organisations, None]),
            _some(rng, names, 0.3) or (),
            rng.choice([1, 2, 3]) if is_strict and rng.random() < 0.3 else None,
            rng.choice([1, 2, 3]) if is_strict and rng.random() < 0.3 else None,
        )
        for n in range(rng.randint(4, 9))
    ]
    meetings: list[Meeting] = []
    for n in range(rng.randint(2, 16)):
        meetings.append(made_meeting(rng, f"m{n}", people, places, names, meetings))
    return Problem(
        slots=tuple(slots),
        places=tuple(places),
        people=tuple(people),
        meetings=tuple(meetings),
        rules=Rules(
            all_meetings=rng.random() < 0.1,
            max_break_spread=rng.choice([0, 1, 2]) if rng.random() < 0.2 else None,
            move_price=rng.choice([0, 0, 1, 2]),
            lunch=((names[0], names[1]),) if rng.random() < 0.3 else (),
            walks=rng.choice(["forbid", "forbid", "count"]),
        ),
        walks=(Walk("A", "B", rng.choice([5, 40])),) if rng.random() < 0.5 else (),
        goals=rng.choice(_GOALS),
    )


def made_meeting(
    rng: random.Random, name: str, people: list[Person], places: list[Place], slots: list[str], earlier: list[Meeting]
) -> Meeting:
    """Two sides, or three; delegates now and then."""
    chosen = [one.id for one in rng.sample(people, min(len(people), 6))]
    sides = [Side((chosen.pop(),))]
    if rng.random() < 0.5 and len(chosen) >= 3:
        count = rng.randint(1, 2)
        sides.append(Side((), AnyOf(count, tuple(chosen[: rng.randint(count, 3)]))))
        del chosen[:3]
        if rng.random() < 0.2:
            sides[0] = Side((), AnyOf(1, (sides[0].all[0],)))
    else:
        sides.append(Side((chosen.pop(),)))
    if rng.random() < 0.1 and chosen:
        sides.append(Side((chosen.pop(),)))
    return Meeting(
        name,
        tuple(sides),
        rng.randint(0, 3),
        _some(rng, slots, 0.2),
        (rng.choice(earlier).id,) if earlier and rng.random() < 0.15 else (),
        _some(rng, [place.id for place in places], 0.2),
    )


def _some(rng: random.Random, names: list[str], share: float) -> tuple[str, ...] | None:
    if rng.random() >= share:
        return None
    return tuple(name for name in names if rng.random() < 0.6) or (names[0],)


def nothing_placed() -> Schedule:
    """The schedule of an event that nobody has planned."""
    return Schedule("0" * 64, None, "unknown", (), (), Figures(), (), Run(0.0, 0, None, "0", "asked"))


def filled(problem: Problem) -> Plan:
    """A plan made by placing one meeting after the other."""
    plan = Plan(problem, nothing_placed())
    plan.apply(TimePassed(problem.slots[0].id))
    return plan


def made_change(rng: random.Random, problem: Problem, schedule: Schedule, number: int) -> Change:
    """Something that can happen now."""
    slots = [slot.id for slot in problem.slots]
    people = list(problem.people)
    person = rng.choice(people).id
    when: dict[str, Any] = {}
    way = rng.random()
    if way < 0.4:
        when["slots"] = tuple(name for name in slots if rng.random() < 0.4) or (slots[-1],)
    elif way < 0.8:
        when["since"] = rng.choice(slots)
    kind = rng.randrange(9)
    if kind == 0:
        return PersonBack(person, **when)
    if kind == 1 and schedule.placed:
        one = rng.choice(schedule.placed)
        return NoShow(rng.choice(one.people), one.slot)
    if kind == 2 and problem.meetings:
        return MeetingCancelled(rng.choice(problem.meetings).id)
    if kind in (3, 4):
        places = tuple(place.id for place in problem.places if rng.random() < 0.5) or (problem.places[0].id,)
        return AreaClosed(places, **when) if kind == 3 else AreaOpened(places, **when)
    if kind == 5:
        new = [
            Person(f"n{number}-{n}", rng.choice(people).organisation, _some(rng, slots, 0.3) or ()) for n in range(2)
        ]
        meetings: list[Meeting] = []
        for n in range(rng.randint(1, 4)):
            earlier = [*problem.meetings, *meetings]
            meetings.append(made_meeting(rng, f"l{number}-{n}", people + new, list(problem.places), slots, earlier))
        places = [Place(f"tent{number}", 1, None, rng.choice([None, "o1"]))] if rng.random() < 0.3 else []
        return Added(tuple(new), tuple(meetings), tuple(places))
    if kind == 6 and rng.random() < 0.5:
        return TimePassed(rng.choice(slots[: max(1, len(slots) // 2)]))
    return PersonAway(person, **when)


def frozen_somewhere(rng: random.Random, problem: Problem, schedule: Schedule) -> tuple[Problem, Schedule]:
    """The event with some of what is placed held, and frozen now and then."""
    held: dict[str, Placed] = {one.meeting: one for one in schedule.placed if rng.random() < 0.3}
    meetings = tuple(
        replace(
            meeting,
            held=Held(held[meeting.id].slot, held[meeting.id].place, held[meeting.id].people),
            frozen=rng.random() < 0.3,
        )
        if meeting.id in held
        else meeting
        for meeting in problem.meetings
    )
    return replace(problem, meetings=meetings), schedule
