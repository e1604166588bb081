"""Whether the parts of a problem agree: ids that lead somewhere, times in order, no circle of `after`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from handslag.partnering.bad_format import BadFormat
from handslag.partnering.files.frozen import check_frozen
from handslag.partnering.files.values import first_repeated
from handslag.partnering.problem import Meeting, Person, Place, Problem, Slot

_FIRST_DAY = datetime(1, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_TICKS_A_MINUTE = 60_000_000
_SHOWN_CYCLE = 12


def check_agreement(problem: Problem) -> None:
    """BadFormat, with its place, for the first disagreement inside a problem."""
    _check_unique("slots", problem.slots)
    _check_unique("places", problem.places)
    _check_unique("people", problem.people)
    _check_unique("meetings", problem.meetings)
    _check_times(problem.slots)
    known = _Known(problem)
    for position, place in enumerate(problem.places):
        known.check(f"places[{position}].slots", place.id, "slot", place.slots or ())
    for position, person in enumerate(problem.people):
        known.check(f"people[{position}].unavailable", person.id, "slot", person.unavailable)
    for position, meeting in enumerate(problem.meetings):
        _check_meeting(f"meetings[{position}]", meeting, known)
    _check_lunch(problem, known)
    _check_walks(problem)
    _check_order(problem.meetings)
    check_frozen(problem)


class _Known:
    """The ids that the problem has, by what they are of."""

    def __init__(self, problem: Problem) -> None:
        self._ids = {
            "slot": {slot.id for slot in problem.slots},
            "place": {place.id for place in problem.places},
            "person": {person.id for person in problem.people},
            "meeting": {meeting.id for meeting in problem.meetings},
        }

    def check(self, place: str, named: str, kind: str, used: Sequence[str]) -> None:
        """BadFormat for the first of the ids that nothing of its kind has."""
        if not self._ids[kind].issuperset(used):
            position = next(n for n, one in enumerate(used) if one not in self._ids[kind])
            raise BadFormat(f"{place}[{position}]", f"unknown_{kind}", named=named, id=used[position])

    def check_one(self, place: str, named: str, kind: str, used: str) -> None:
        """BadFormat if nothing of its kind has the id."""
        if used not in self._ids[kind]:
            raise BadFormat(place, f"unknown_{kind}", named=named, id=used)


def _check_unique(name: str, things: Sequence[Slot | Place | Person | Meeting]) -> None:
    names = [thing.id for thing in things]
    if len(set(names)) < len(names):
        position, first = first_repeated(names)
        raise BadFormat(f"{name}[{position}].id", "repeats", id=names[position], first=f"{name}[{first}]")


def _check_times(slots: Sequence[Slot]) -> None:
    _check_all_or_none("start", [slot.start is not None for slot in slots])
    _check_all_or_none("day", [slot.day is not None for slot in slots])
    before: Slot | None = None
    ended = 0
    for position, slot in enumerate(slots):
        if slot.start is None:
            return
        begins = (slot.start - _FIRST_DAY) // _TICK
        if before is not None and before.start is not None:
            if begins <= (before.start - _FIRST_DAY) // _TICK:
                raise BadFormat(f"slots[{position}].start", "out_of_order", named=slot.id, before=before.id)
            if begins < ended:
                raise BadFormat(f"slots[{position}].start", "overlaps", named=slot.id, before=before.id)
        ended = begins + (slot.minutes or 0) * _TICKS_A_MINUTE
        before = slot


def _check_all_or_none(key: str, given: Sequence[bool]) -> None:
    if any(given) and not all(given):
        odd = given.index(not given[0])
        with_key, without = (0, odd) if given[0] else (odd, 0)
        raise BadFormat(f"slots[{without}].{key}", "all_or_none", key=key, other=f"slots[{with_key}]")


def _check_meeting(place: str, meeting: Meeting, known: _Known) -> None:
    named: dict[str, str] = {}
    for number, side in enumerate(meeting.sides):
        _check_side(f"{place}.sides[{number}].all", meeting.id, side.all, named, known)
        if side.any is not None:
            _check_side(f"{place}.sides[{number}].any.of", meeting.id, side.any.of, named, known)
    if meeting.slots is not None:
        known.check(f"{place}.slots", meeting.id, "slot", meeting.slots)
    if meeting.places is not None:
        known.check(f"{place}.places", meeting.id, "place", meeting.places)
    if meeting.after:
        known.check(f"{place}.after", meeting.id, "meeting", meeting.after)
    if meeting.held is not None:
        known.check_one(f"{place}.held.slot", meeting.id, "slot", meeting.held.slot)
        known.check_one(f"{place}.held.place", meeting.id, "place", meeting.held.place)
        known.check(f"{place}.held.people", meeting.id, "person", meeting.held.people)
    elif meeting.frozen:
        raise BadFormat(f"{place}.frozen", "frozen_without_held", named=meeting.id)


def _check_side(place: str, meeting: str, people: Iterable[str], named: dict[str, str], known: _Known) -> None:
    """Everybody is known, and named in no other part of the meeting."""
    for position, person in enumerate(people):
        here = f"{place}[{position}]"
        known.check_one(here, meeting, "person", person)
        if person in named:
            raise BadFormat(here, "named_twice", named=meeting, id=person, first=named[person])
        named[person] = here


def _check_lunch(problem: Problem, known: _Known) -> None:
    day_of = {slot.id: slot.day for slot in problem.slots}
    for position, slots in enumerate(problem.rules.lunch):
        place = f"rules.lunch[{position}].slots"
        for number, slot in enumerate(slots):
            known.check_one(f"{place}[{number}]", "", "slot", slot)
            if day_of[slot] != day_of[slots[0]]:
                raise BadFormat(f"{place}[{number}]", "lunch_of_two_days", id=slot, first=slots[0])


def _check_walks(problem: Problem) -> None:
    """A way has one length, and walking needs times."""
    known: dict[frozenset[str], tuple[int, int]] = {}
    for position, walk in enumerate(problem.walks):
        first, minutes = known.setdefault(frozenset((walk.start, walk.end)), (position, walk.minutes))
        if minutes != walk.minutes:
            raise BadFormat(f"walks[{position}].minutes", "two_lengths", found=walk.minutes, first=f"walks[{first}]")
    if problem.walks:
        for number, slot in enumerate(problem.slots):
            if slot.start is None or slot.minutes is None:
                missing = "start" if slot.start is None else "minutes"
                raise BadFormat(f"slots[{number}].{missing}", "walks_need_times", named=slot.id, key=missing)


def _check_order(meetings: Sequence[Meeting]) -> None:
    """BadFormat with the circle, where meetings wait for each other: what can never go first is gone through."""
    position_of = {meeting.id: position for position, meeting in enumerate(meetings)}
    open_earlier = {meeting.id: len(meeting.after) for meeting in meetings if meeting.after}
    followers: dict[str, list[str]] = {}
    for name in open_earlier:
        for earlier in meetings[position_of[name]].after:
            followers.setdefault(earlier, []).append(name)
    ready = [name for name in followers if name not in open_earlier]
    while ready:
        for follower in followers.get(ready.pop(), ()):
            open_earlier[follower] -= 1
            if not open_earlier[follower]:
                del open_earlier[follower]
                ready.append(follower)
    if not open_earlier:
        return
    # Each that is left waits for another that is left: following them comes round.
    path: dict[str, int] = {}
    name = next(meeting.id for meeting in meetings if meeting.id in open_earlier)
    while name not in path:
        path[name] = len(path)
        name = next(earlier for earlier in meetings[position_of[name]].after if earlier in open_earlier)
    circle = [*list(path)[path[name] :], name]
    words = circle if len(circle) <= _SHOWN_CYCLE else [*circle[: _SHOWN_CYCLE - 1], "…", name]
    place = f"meetings[{position_of[name]}].after"
    raise BadFormat(place, "circle", named=name, circle=" → ".join(words), length=len(circle) - 1)
