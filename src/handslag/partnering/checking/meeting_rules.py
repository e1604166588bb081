"""The rules that are about one meeting at a time: its listing, its people, its slot, its place, its order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from handslag.partnering.checking.event import Event, Standing
from handslag.partnering.checking.violations import Violation
from handslag.partnering.problem import Meeting
from handslag.partnering.schedule import Placed, Schedule


def listing_faults(event: Event, schedule: Schedule) -> Iterator[Violation]:
    """Ids that lead nowhere, and meetings that are not in exactly one of placed and unplaced."""
    for position, one in enumerate(schedule.placed):
        here = f"placed[{position}]"
        if one.meeting not in event.meetings:
            yield Violation("unknown-id", {"id": one.meeting, "where": f"{here}.meeting"})
        if one.slot not in event.slot_at:
            yield Violation("unknown-id", {"id": one.slot, "where": f"{here}.slot"})
        if one.place not in event.places:
            yield Violation("unknown-id", {"id": one.place, "where": f"{here}.place"})
        for number, person in enumerate(one.people):
            if person not in event.people:
                yield Violation("unknown-id", {"id": person, "where": f"{here}.people[{number}]"})
    for position, left in enumerate(schedule.unplaced):
        if left.meeting not in event.meetings:
            yield Violation("unknown-id", {"id": left.meeting, "where": f"unplaced[{position}].meeting"})
    times = Counter(one.meeting for one in schedule.placed)
    unplaced = {left.meeting for left in schedule.unplaced}
    for meeting in event.meetings:
        if times[meeting] > 1:
            yield Violation("placed-twice", {"meeting": meeting}, {"times": times[meeting]})
        if meeting in times and meeting in unplaced:
            yield Violation("placed-and-unplaced", {"meeting": meeting})
        if meeting not in times and meeting not in unplaced:
            yield Violation("not-listed", {"meeting": meeting})


def placing_faults(event: Event, standing: Standing) -> Iterator[Violation]:
    """What is wrong with each placed meeting by itself, and with meetings that wait for each other."""
    for one in standing.placed.values():
        meeting = event.meetings[one.meeting]
        yield from attending_faults(meeting, one)
        yield from slot_and_place_faults(event, meeting, one)
        for name in meeting.after:
            earlier = standing.placed.get(name)
            if earlier is not None and event.slot_at[earlier.slot] >= event.slot_at[one.slot]:
                ids = {"meeting": one.meeting, "slot": one.slot, "earlier": name, "earlier_slot": earlier.slot}
                yield Violation("not-after", ids)


def attending_faults(meeting: Meeting, one: Placed) -> Iterator[Violation]:
    """Whether those attend whom the sides ask for, and nobody else."""
    attending = set(one.people)
    named: set[str] = set()
    for position, side in enumerate(meeting.sides):
        named.update(side.all)
        for person in side.all:
            if person not in attending:
                yield Violation("missing-person", {"meeting": meeting.id, "person": person})
        if side.any is not None:
            named.update(side.any.of)
            found = attending.intersection(side.any.of)
            if len(found) != side.any.count:
                ids = {"meeting": meeting.id, "side": f"sides[{position}].any", "people": sorted(found)}
                yield Violation("wrong-any", ids, {"found": len(found), "count": side.any.count})
    for person in one.people:
        if person not in named:
            yield Violation("extra-person", {"meeting": meeting.id, "person": person})


def slot_and_place_faults(event: Event, meeting: Meeting, one: Placed) -> Iterator[Violation]:
    """Whether everybody can come, and whether the meeting may be then and there."""
    ids = {"meeting": meeting.id, "slot": one.slot, "place": one.place}
    for person in one.people:
        if one.slot in event.away.get(person, ()):
            yield Violation("unavailable", {"person": person, "meeting": meeting.id, "slot": one.slot})
    if meeting.slots is not None and one.slot not in meeting.slots:
        yield Violation("slot-not-allowed", {"meeting": meeting.id, "slot": one.slot})
    if meeting.places is not None and one.place not in meeting.places:
        yield Violation("place-not-allowed", {"meeting": meeting.id, "place": one.place})
    hours = event.open[one.place]
    if hours is not None and one.slot not in hours:
        yield Violation("place-closed", ids)
    place = event.places[one.place]
    if not event.has_host(place, one.people):
        yield Violation("not-host", {"meeting": meeting.id, "place": one.place, "host": place.host or ""})


def room_faults(event: Event, standing: Standing) -> Iterator[Violation]:
    """Places with more meetings than rooms, and room numbers that are not there or given twice."""
    numbers: dict[tuple[str, str], dict[int, list[str]]] = {}
    for one in standing.placed.values():
        numbers.setdefault((one.place, one.slot), {}).setdefault(one.number, []).append(one.meeting)
    for (name, slot), by_number in numbers.items():
        count = event.places[name].count
        found = sum(map(len, by_number.values()))
        if found > count:
            meetings = [meeting for meetings in by_number.values() for meeting in meetings]
            ids = {"place": name, "slot": slot, "meetings": meetings}
            yield Violation("place-full", ids, {"found": found, "count": count})
        for number, meetings in by_number.items():
            ids = {"place": name, "slot": slot, "meetings": meetings}
            if number > count:
                yield Violation("number-clash", ids, {"number": number, "count": count}, "above")
            elif len(meetings) > 1:
                yield Violation("number-clash", ids, {"number": number})
