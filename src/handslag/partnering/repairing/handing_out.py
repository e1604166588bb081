"""A plan that was repaired as the formats have it: the changed problem and its schedule, with figures and reasons."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from handslag import __version__
from handslag.partnering.files import hold_announced, problem_json, sha256_of
from handslag.partnering.problem import Held, Meeting, Person, Place, Problem
from handslag.partnering.repairing.event import Event
from handslag.partnering.repairing.fitting import slots_with_people, spread_of
from handslag.partnering.repairing.timetable import Timetable
from handslag.partnering.schedule import Figures, Placed, Run, Schedule, Status, Unplaced
from handslag.partnering.wording import sentence

# So many slots are named in a reason.
_NAMED = 3


def problem_of(event: Event, timetable: Timetable, announced: Schedule) -> Problem:
    """The problem as changed. What was announced is held; in what has passed nothing is left to plan.

    There who is placed is frozen, and who is idle is unavailable. A place that is closed in every slot has a host to whom
    nobody belongs: an empty list of slots has no meaning in the format.
    """
    changed = Problem(
        slots=event.problem.slots,
        places=tuple(_places(event, timetable)),
        people=tuple(_people(event, timetable)),
        meetings=tuple(_meetings(event, timetable)),
        rules=event.problem.rules,
        walks=event.problem.walks,
        goals=event.problem.goals,
        name=event.problem.name,
    )
    return _with_past(hold_announced(changed, announced), event, timetable)


def _people(event: Event, timetable: Timetable) -> Iterator[Person]:
    calendar = timetable.calendar
    passed = calendar.everything & ~timetable.ahead
    for person, available, idle in zip(event.people, timetable.available, timetable.idle, strict=True):
        away = calendar.everything & ~available | idle & passed
        yield person if away == calendar.bits(person.unavailable) else replace(person, unavailable=calendar.named(away))


def _meetings(event: Event, timetable: Timetable) -> Iterator[Meeting]:
    for at, meeting in enumerate(event.meetings):
        if meeting is None:
            continue
        after = tuple([name for name in meeting.after if name not in event.cancelled])
        is_fixed = meeting.frozen and at in timetable.fixed
        is_as_it_was = (is_fixed, after) == (meeting.frozen, meeting.after)
        yield meeting if is_as_it_was else replace(meeting, frozen=is_fixed, after=after)


def _with_past(problem: Problem, event: Event, timetable: Timetable) -> Problem:
    calendar = timetable.calendar
    if timetable.ahead == calendar.everything:
        return problem
    meetings = []
    for meeting in problem.meetings:
        placed = event.told[event.meeting_at[meeting.id]]
        if placed is None or timetable.ahead >> calendar.at[placed.slot] & 1:
            meetings.append(meeting)
        else:
            meetings.append(replace(meeting, held=Held(placed.slot, placed.place, placed.people), frozen=True))
    return replace(problem, meetings=tuple(meetings))


def _places(event: Event, timetable: Timetable) -> Iterator[Place]:
    calendar = timetable.calendar
    known = {person.organisation for person in event.people} | {place.host for place in event.places}
    nobody = "closed"
    while nobody in known:
        nobody += "-"
    for place, opened in zip(event.places, timetable.opened, strict=True):
        if opened == calendar.bits(place.slots):
            yield place
        elif opened:
            yield replace(place, slots=None if opened == calendar.everything else calendar.named(opened))
        else:
            yield replace(place, slots=None, host=nobody)


def schedule_of(event: Event, timetable: Timetable, problem: Problem, announced_sha256: str, language: str) -> Schedule:
    """The schedule for the problem as handed out."""
    placed, unplaced = [], []
    for meeting in problem.meetings:
        at = event.meeting_at[meeting.id]
        one = event.told[at]
        if one is None:
            unplaced.append(Unplaced(meeting.id, _reason(event, timetable, at, language)))
        else:
            placed.append(one)
    figures = _figures(problem, timetable, placed)
    rules = problem.rules
    is_whole = not (rules.all_meetings and unplaced) and (
        rules.max_break_spread is None or figures.break_spread <= rules.max_break_spread
    )
    status: Status = "feasible" if is_whole else "unknown"
    run = Run(0.0, 0, None, __version__, "asked")
    sha256 = sha256_of(problem_json(problem))
    return Schedule(sha256, announced_sha256, status, tuple(placed), tuple(unplaced), figures, (), run)


def _figures(problem: Problem, timetable: Timetable, placed: list[Placed]) -> Figures:
    held = {meeting.id: meeting.held for meeting in problem.meetings if meeting.held is not None}
    value_of = {meeting.id: meeting.value for meeting in problem.meetings}
    value = moves = changes = stay = 0
    for one in placed:
        value += value_of[one.meeting]
        announced = held.get(one.meeting)
        if announced is None:
            continue
        stay += 1
        if announced.slot != one.slot or set(announced.people) != set(one.people):
            moves += 1
        elif announced.place != one.place:
            changes += 1
    everybody = range(len(timetable.busy))
    met = [timetable.breaks_of(person) for person in everybody if timetable.busy[person]]
    return Figures(
        meetings=len(placed),
        value=value - problem.rules.move_price * moves,
        dropped=len(held) - stay,
        moves=moves,
        place_changes=changes,
        far_walks=_far_walks(timetable) if timetable.calendar.has_walks else 0,
        breaks=sum(met),
        break_spread=spread_of(
            timetable, dict(zip([one for one in everybody if timetable.busy[one]], met, strict=True))
        ),
        max_in_a_row=max((_longest_row(timetable, person) for person in everybody), default=0),
    )


def _longest_row(timetable: Timetable, person: int) -> int:
    busy = timetable.busy[person]
    longest = 0
    for slot in busy:
        if timetable.calendar.before[slot] in busy:
            continue
        row, other = 0, slot
        while other in busy:
            row += 1
            other = timetable.calendar.after[other]
        longest = max(longest, row)
    return longest


def _far_walks(timetable: Timetable) -> int:
    calendar = timetable.calendar
    far = 0
    for busy in timetable.busy:
        for day in calendar.days:
            at_work = [slot for slot in day if slot in busy]
            for slot, later in itertools.pairwise(at_work):
                one, other = timetable.spots[busy[slot]], timetable.spots[busy[later]]
                if one is not None and other is not None:
                    far += calendar.is_far(slot, timetable.zones[one.place], later, timetable.zones[other.place])
    return far


# --- why not ----------------------------------------------------------------------------------------------------------


def _reason(event: Event, timetable: Timetable, meeting: int, language: str) -> str:
    """Why a meeting waits, by what stands in its way first."""
    request, idle = timetable.request(meeting), timetable.idle

    def say(key: str, **values: object) -> str:
        return sentence("unplaced", key, values, language)

    def names(people: tuple[int, ...]) -> list[str]:
        return [event.people[one].id for one in people]

    available = request.slots & timetable.ahead
    for person in request.everyone:
        available &= timetable.available[person]
    if not available:
        return say("no_slot_at_all")
    full = tuple(one for one in request.everyone if not idle[one] & timetable.ahead)
    if full:
        return say("full", people=names(full))
    slots = slots_with_people(timetable, meeting) & timetable.ahead
    if not slots:
        for _, members in request.groups:
            if not any(idle[one] & timetable.ahead for one in members):
                return say("none_of_group", people=names(members))
        return say("no_common_slot", people=names(request.named))
    is_ruled = timetable.has_day_rules or bool(timetable.earlier) or timetable.calendar.break_limit is not None
    positions = timetable.calendar.positions(slots)
    has_room = any(timetable.rooms[slot] & request.places for slot in positions)
    if is_ruled and has_room:
        return say("rules")
    return say("no_room", slots=[event.problem.slots[slot].id for slot in positions[:_NAMED]])
