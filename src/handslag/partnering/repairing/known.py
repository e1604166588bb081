"""Whether a change agrees with the event that it is about: told before anything is altered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handslag.partnering.bad_format import BadFormat
from handslag.partnering.problem import Meeting
from handslag.partnering.repairing.calendar import Calendar
from handslag.partnering.repairing.changes import (
    Added,
    AreaClosed,
    AreaOpened,
    Change,
    MeetingCancelled,
    NoShow,
    PersonAway,
    PersonBack,
    TimePassed,
)
from handslag.partnering.repairing.event import Event


def check_change(change: Change, event: Event, calendar: Calendar) -> None:
    """BadFormat, with the place, for the first id that is not known, or known already where it is to be new."""
    if isinstance(change, Added):
        _check_added(change, event, calendar)
        return
    if isinstance(change, PersonAway | PersonBack | NoShow):
        _check_known("person", "person", [change.person], event.person_at)
    if isinstance(change, MeetingCancelled):
        _check_known("meeting", "meeting", [change.meeting], event.meeting_at)
    if isinstance(change, TimePassed):
        _check_known("until", "slot", [change.until], calendar.at)
    if isinstance(change, NoShow):
        _check_known("slot", "slot", [change.slot], calendar.at)
    if isinstance(change, AreaClosed | AreaOpened):
        _check_known("places", "place", change.places, event.place_at)
        if change.zone is not None and all(place.zone != change.zone for place in event.places):
            raise BadFormat("zone", "unknown_zone", id=change.zone)
        if not change.places and change.zone is None:
            raise BadFormat("places", "nothing_closed")
    if isinstance(change, PersonAway | PersonBack | AreaClosed | AreaOpened):
        _check_known("slots", "slot", change.slots or (), calendar.at)
        _check_known("since", "slot", [] if change.since is None else [change.since], calendar.at)


def _check_known(place: str, kind: str, used: Iterable[str], known: Mapping[str, int]) -> None:
    for name in used:
        if name not in known:
            raise BadFormat(place, f"unknown_{kind}", id=name)


def _check_added(change: Added, event: Event, calendar: Calendar) -> None:
    people, places, meetings = (
        _check_new(key, [one.id for one in new], known)
        for key, new, known in (
            ("people", change.people, event.person_at),
            ("places", change.places, event.place_at),
            ("meetings", change.meetings, event.meeting_at),
        )
    )
    for position, person in enumerate(change.people):
        _check_known(f"people[{position}].unavailable", "slot", person.unavailable, calendar.at)
    for position, place in enumerate(change.places):
        _check_known(f"places[{position}].slots", "slot", place.slots or (), calendar.at)
    for position, meeting in enumerate(change.meetings):
        here = f"meetings[{position}]"
        if meeting.id in event.cancelled:
            raise BadFormat(f"{here}.id", "was_cancelled", id=meeting.id)
        if meeting.held is not None or meeting.frozen:
            raise BadFormat(f"{here}.held", "new_is_not_held", named=meeting.id)
        _check_people(here, meeting, event.person_at, people)
        _check_known(f"{here}.slots", "slot", meeting.slots or (), calendar.at)
        for key, used, known, new in (
            ("places", meeting.places or (), event.place_at, places),
            # Only what stands before it, so that there is no circle.
            ("after", meeting.after, event.meeting_at, {one: at for one, at in meetings.items() if at < position}),
        ):
            for name in used:
                if name not in known and name not in new:
                    raise BadFormat(f"{here}.{key}", f"unknown_{'place' if key == 'places' else 'meeting'}", id=name)


def _check_new(key: str, names: list[str], known: Mapping[str, int]) -> dict[str, int]:
    new: dict[str, int] = {}
    for position, name in enumerate(names):
        if name in known or name in new:
            first = f"{key}[{new[name]}]" if name in new else key
            raise BadFormat(f"{key}[{position}].id", "repeats", id=name, first=first)
        new[name] = position
    return new


def _check_people(here: str, meeting: Meeting, known: Mapping[str, int], new: Mapping[str, int]) -> None:
    named: dict[str, str] = {}
    if len(meeting.sides) < 2:
        raise BadFormat(f"{here}.sides", "too_few_sides", found=len(meeting.sides))
    for number, side in enumerate(meeting.sides):
        place = f"{here}.sides[{number}]"
        if not side.all and side.any is None:
            raise BadFormat(place, "nobody")
        if side.any is not None and not 1 <= side.any.count <= len(side.any.of):
            raise BadFormat(f"{place}.any.count", "too_few_candidates", count=side.any.count, of=len(side.any.of))
        for name in (*side.all, *(side.any.of if side.any is not None else ())):
            if name not in known and name not in new:
                raise BadFormat(place, "unknown_person", named=meeting.id, id=name)
            if name in named:
                raise BadFormat(place, "named_twice", named=meeting.id, id=name, first=named[name])
            named[name] = place
