"""The register of counting arguments: each is computed again from the problem, by the name that docs/check.md tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from handslag.partnering.checking.event import Event
from handslag.partnering.checking.meeting_rules import attending_faults, slot_and_place_faults
from handslag.partnering.checking.slot_prices import break_bound
from handslag.partnering.problem import MAXIMISED, Goal, Meeting
from handslag.partnering.schedule import Figures, Placed

Numbers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Counted:
    """What an argument gives: a bound on the goal, or (None) that no schedule keeps all rules; and its numbers."""

    bound: int | None
    numbers: Numbers


# An argument gives None where it does not hold for the goal, the problem or the numbers stated.
Argument = Callable[[Event, Goal, Figures, Numbers], Counted | None]


def count_again(event: Event, rule: str, goal: Goal, reached: Figures, numbers: Numbers) -> Counted | None:
    """The named argument computed again; None if there is no such argument or it does not hold here."""
    argument = REGISTER.get(rule)
    return None if argument is None else argument(event, goal, reached, numbers)


def _not_negative(_event: Event, goal: Goal, _reached: Figures, _numbers: Numbers) -> Counted | None:
    """What is counted is never below 0."""
    return None if goal == MAXIMISED else Counted(0, {})


def _everything(event: Event, goal: Goal, _reached: Figures, _numbers: Numbers) -> Counted | None:
    """More than every meeting cannot be placed."""
    meetings = event.problem.meetings
    if goal != MAXIMISED:
        return None
    return Counted(sum(meeting.value for meeting in meetings), {"meetings": len(meetings)})


def _open_places(event: Event) -> int:
    slots = len(event.problem.slots)
    return sum(place.count * (slots if place.slots is None else len(place.slots)) for place in event.problem.places)


def _places(event: Event, goal: Goal, _reached: Figures, _numbers: Numbers) -> Counted | None:
    """There are no more meetings than open places over all slots: at best the most valuable ones."""
    if goal != MAXIMISED:
        return None
    values = sorted((meeting.value for meeting in event.problem.meetings), reverse=True)
    room = _open_places(event)
    return Counted(sum(values[:room]), {"open_places": room})


def _held(event: Event, goal: Goal, reached: Figures, _numbers: Numbers) -> Counted | None:
    """Held meetings that cannot be placed, or not as held, are dropped, moved or changed in place."""
    held = [meeting for meeting in event.problem.meetings if meeting.held is not None]
    if goal == "kept":
        impossible = sum(not _can_be_somewhere(event, meeting) for meeting in held)
        return Counted(impossible, {"impossible": impossible})
    before = event.problem.ranked_goals
    if goal not in before:
        return None
    before = before[: before.index(goal)]
    if goal == "moves" and "kept" in before:
        gone = sum(not _can_stand(event, meeting, with_place=False) for meeting in held)
        return Counted(max(0, gone - reached.dropped), {"impossible": gone})
    if goal == "place_changes" and {"kept", "moves"} <= set(before):
        gone = sum(not _can_stand(event, meeting, with_place=True) for meeting in held)
        return Counted(max(0, gone - reached.dropped - reached.moves), {"impossible": gone})
    return None


def _can_be_somewhere(event: Event, meeting: Meeting) -> bool:
    """True if there is a slot in which everyone needed is available and some place is open."""
    names = event.places if meeting.places is None else meeting.places
    places = [event.places[name] for name in names]
    for slot in event.slot_at if meeting.slots is None else meeting.slots:
        if any(slot in event.away[person] for side in meeting.sides for person in side.all):
            continue
        there = [
            (side.any.count, [person for person in side.any.of if slot not in event.away[person]])
            for side in meeting.sides
            if side.any is not None
        ]
        if any(len(available) < count for count, available in there):
            continue
        possible = [person for side in meeting.sides for person in side.all]
        possible += [person for _, available in there for person in available]
        for place in places:
            hours = event.open[place.id]
            if (hours is None or slot in hours) and event.has_host(place, possible):
                return True
    return False


def _can_stand(event: Event, meeting: Meeting, *, with_place: bool) -> bool:
    """True if nothing about the meeting itself forbids it as held, with its place or at any."""
    held = meeting.held
    if held is None or held.slot not in event.slot_at or any(person not in event.people for person in held.people):
        return False
    anywhere = tuple(event.places) if meeting.places is None else meeting.places
    for place in (held.place,) if with_place else anywhere:
        if place in event.places:
            as_held = Placed(meeting.id, held.slot, place, 1, held.people)
            if not any(attending_faults(meeting, as_held)) and not any(slot_and_place_faults(event, meeting, as_held)):
                return True
    return False


def _own_slots(event: Event, goal: Goal, _reached: Figures, _numbers: Numbers) -> Counted | None:
    """Each person's own meetings need so many of the person's slots: as few breaks as those slots allow, added up."""
    if goal != "breaks" or not event.problem.rules.all_meetings:
        return None
    must: dict[str, int] = {}
    may: dict[str, int] = {}
    allowed: dict[str, set[int]] = {}
    for meeting in event.problem.meetings:
        slots = {event.slot_at[slot] for slot in (event.slot_at if meeting.slots is None else meeting.slots)}
        for side in meeting.sides:
            for person in side.all:
                must[person] = must.get(person, 0) + 1
                allowed.setdefault(person, set()).update(slots)
            for person in side.any.of if side.any is not None else ():
                may[person] = may.get(person, 0) + 1
                allowed.setdefault(person, set()).update(slots)
    breaks = {
        person: _fewest_breaks(event, person, allowed[person], least, least + may.get(person, 0))
        for person, least in must.items()
    }
    return Counted(sum(breaks.values()), {"people": sum(map(bool, breaks.values()))})


def _fewest_breaks(event: Event, person: str, allowed: set[int], least: int, most: int) -> int:
    """The fewest breaks of somebody with `least` to `most` meetings in the allowed slots; 0 where there are too few."""
    away = event.away[person]
    usable = [[slot in allowed and event.problem.slots[slot].id not in away for slot in day] for day in event.days]
    # By number of meetings so far: the fewest breaks after each day.
    fewest = {0: 0}
    for day in usable:
        # By number of meetings and whether the last slot had one; nobody starts a day with a break.
        idle, busy = dict(fewest), dict[int, int]()
        after_break: dict[int, int] = {}
        for is_usable in day:
            resting = dict(after_break)
            for count, breaks in busy.items():
                resting[count] = min(breaks, resting.get(count, breaks))
            now: dict[int, int] = {}
            if is_usable:
                for count, breaks in (*idle.items(), *busy.items()):
                    now[count + 1] = min(breaks, now.get(count + 1, breaks))
                for count, breaks in after_break.items():
                    now[count + 1] = min(breaks + 1, now.get(count + 1, breaks + 1))
            busy, after_break = now, resting
        for found in (busy, after_break):
            for count, breaks in found.items():
                idle[count] = min(breaks, idle.get(count, breaks))
        fewest = {count: breaks for count, breaks in idle.items() if count <= most}
    return min((breaks for count, breaks in fewest.items() if least <= count <= most), default=0)


def _slot_prices(event: Event, goal: Goal, _reached: Figures, numbers: Numbers) -> Counted | None:
    """By prices of slots, any that are not negative."""
    if goal != "breaks" or not event.problem.rules.all_meetings:
        return None
    bound = break_bound(event, numbers)
    return None if bound is None else Counted(bound, numbers)


def _too_few_places(event: Event, _goal: Goal, _reached: Figures, _numbers: Numbers) -> Counted | None:
    """Every meeting is to be placed, and there are fewer open places than meetings."""
    room, meetings = _open_places(event), len(event.problem.meetings)
    if not event.problem.rules.all_meetings or room >= meetings:
        return None
    return Counted(None, {"open_places": room, "meetings": meetings})


def _too_few_slots(event: Event, _goal: Goal, _reached: Figures, numbers: Numbers) -> Counted | None:
    """Every meeting is to be placed, and somebody has more of them than slots."""
    person = event.people.get(str(numbers.get("person")))
    if person is None or not event.problem.rules.all_meetings:
        return None
    meetings = sum(person.id in side.all for meeting in event.problem.meetings for side in meeting.sides)
    away = event.away[person.id]
    slots = 0
    for day in event.days:
        there = sum(event.problem.slots[slot].id not in away for slot in day)
        slots += there if person.max_per_day is None else min(there, person.max_per_day)
    if meetings <= slots:
        return None
    return Counted(None, {"person": person.id, "meetings": meetings, "slots": slots})


def _no_slot(event: Event, _goal: Goal, _reached: Figures, numbers: Numbers) -> Counted | None:
    """Every meeting is to be placed, and there is one that can be nowhere."""
    meeting = event.meetings.get(str(numbers.get("meeting")))
    if meeting is None or not event.problem.rules.all_meetings or _can_be_somewhere(event, meeting):
        return None
    return Counted(None, {"meeting": meeting.id})


REGISTER: Mapping[str, Argument] = {
    "not-negative": _not_negative,
    "everything": _everything,
    "places": _places,
    "held": _held,
    "own-slots": _own_slots,
    "slot-prices": _slot_prices,
    "too-few-places": _too_few_places,
    "too-few-slots": _too_few_slots,
    "no-slot": _no_slot,
}
