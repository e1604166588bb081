"""Whether frozen meetings can stand: each by itself, and together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handslag.partnering.bad_format import BadFormat
from handslag.partnering.problem import Held, Meeting, Person, Place, Problem


def check_frozen(problem: Problem) -> None:
    """BadFormat for a frozen meeting that breaks a rule by itself, and for frozen meetings that clash."""
    frozen = [
        (position, meeting, meeting.held)
        for position, meeting in enumerate(problem.meetings)
        if meeting.frozen and meeting.held is not None
    ]
    if not frozen:
        return
    people = {person.id: person for person in problem.people}
    places = {place.id: place for place in problem.places}
    for position, meeting, held in frozen:
        try:
            _check_alone(meeting, held, people, places)
        except BadFormat as error:
            raise error.within(f"meetings[{position}]", meeting.id) from None
    _check_together(problem, frozen, people, places)


def _check_alone(meeting: Meeting, held: Held, people: Mapping[str, Person], places: Mapping[str, Place]) -> None:
    attending = set(held.people)
    named: set[str] = set()
    for number, side in enumerate(meeting.sides):
        named.update(side.all)
        missing = next((person for person in side.all if person not in attending), None)
        if missing is not None:
            raise BadFormat("held.people", "frozen_without_person", id=missing, side=f"sides[{number}].all")
        if side.any is not None:
            named.update(side.any.of)
            found = len(attending.intersection(side.any.of))
            if found != side.any.count:
                raise BadFormat(
                    "held.people", "frozen_wrong_any", side=f"sides[{number}].any", found=found, count=side.any.count
                )
    place = places[held.place]
    for number, person in enumerate(held.people):
        if person not in named:
            raise BadFormat(f"held.people[{number}]", "frozen_extra_person", id=person)
        if held.slot in people[person].unavailable:
            raise BadFormat(f"held.people[{number}]", "frozen_unavailable", id=person, slot=held.slot)
    if meeting.slots is not None and held.slot not in meeting.slots:
        raise BadFormat("held.slot", "frozen_slot_not_allowed", slot=held.slot)
    if meeting.places is not None and held.place not in meeting.places:
        raise BadFormat("held.place", "frozen_place_not_allowed", place_id=held.place)
    if place.slots is not None and held.slot not in place.slots:
        raise BadFormat("held.place", "frozen_place_closed", place_id=held.place, slot=held.slot)
    if place.host is not None and all(people[person].organisation != place.host for person in held.people):
        raise BadFormat("held.place", "frozen_not_host", place_id=held.place, host=place.host)


def _check_together(
    problem: Problem,
    frozen: Sequence[tuple[int, Meeting, Held]],
    people: Mapping[str, Person],
    places: Mapping[str, Place],
) -> None:
    busy: dict[tuple[str, str], str] = {}
    in_place: dict[tuple[str, str], int] = {}
    slot_order = {slot.id: position for position, slot in enumerate(problem.slots)}
    held_slots = {meeting.id: slot_order[held.slot] for _, meeting, held in frozen}
    slots_of: dict[str, dict[int, int]] = {}
    for position, meeting, held in frozen:
        here = f"meetings[{position}]"
        for person in held.people:
            other = busy.setdefault((person, held.slot), meeting.id)
            if other != meeting.id:
                values = {"id": person, "slot": held.slot, "other": other}
                raise BadFormat(f"{here}.held.people", "frozen_clash", named=meeting.id, **values)
            slots_of.setdefault(person, {})[slot_order[held.slot]] = position
        taken = in_place[held.place, held.slot] = in_place.get((held.place, held.slot), 0) + 1
        if taken > places[held.place].count:
            room = places[held.place].count
            where = {"place_id": held.place, "slot": held.slot}
            raise BadFormat(f"{here}.held.place", "frozen_place_full", named=meeting.id, count=room, **where)
        for earlier in meeting.after:
            if held_slots.get(earlier, -1) >= held_slots[meeting.id]:
                raise BadFormat(f"{here}.after", "frozen_not_after", named=meeting.id, other=earlier)
    _check_limits(problem, slots_of, people)


def _check_limits(problem: Problem, slots_of: Mapping[str, Mapping[int, int]], people: Mapping[str, Person]) -> None:
    """The limits that more meetings can only break more: per day, in a row, lunch."""
    days = problem.days
    slot_order = {slot.id: position for position, slot in enumerate(problem.slots)}
    lunches = [tuple(slot_order[slot] for slot in slots) for slots in problem.rules.lunch]

    def refuse(key: str, person: str, slot: int, **values: object) -> BadFormat:
        position = slots_of[person][slot]
        meeting = problem.meetings[position]
        return BadFormat(f"meetings[{position}].held", key, named=meeting.id, id=person, **values)

    for name, busy in slots_of.items():
        person = people[name]
        for day in days:
            at_work = [slot for slot in day if slot in busy]
            if person.max_per_day is not None and len(at_work) > person.max_per_day:
                raise refuse("frozen_over_per_day", name, at_work[-1], found=len(at_work), limit=person.max_per_day)
            row = 0
            for slot in day:
                row = row + 1 if slot in busy else 0
                if person.max_in_a_row is not None and row > person.max_in_a_row:
                    raise refuse("frozen_over_in_a_row", name, slot, found=row, limit=person.max_in_a_row)
        for lunch in lunches:
            if all(slot in busy for slot in lunch):
                slots = [problem.slots[slot].id for slot in lunch]
                raise refuse("frozen_no_lunch", name, lunch[0], slots=slots)
