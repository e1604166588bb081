"""What was announced: frozen meetings stand, and none is dropped that could stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from handslag.partnering.checking.event import Event, Standing, spread
from handslag.partnering.checking.meeting_rules import attending_faults, slot_and_place_faults
from handslag.partnering.checking.people_rules import day_faults
from handslag.partnering.checking.violations import Violation
from handslag.partnering.problem import Held, Meeting
from handslag.partnering.schedule import Placed


def is_move(held: Held, one: Placed) -> bool:
    """True if a meeting is in another slot or with other people than announced."""
    return held.slot != one.slot or set(held.people) != set(one.people)


def is_place_change(held: Held, one: Placed) -> bool:
    """True if a meeting is as announced but for its place."""
    return not is_move(held, one) and held.place != one.place


def frozen_faults(event: Event, standing: Standing) -> Iterator[Violation]:
    """Frozen meetings that do not stand as they were announced."""
    for meeting in event.problem.meetings:
        if meeting.frozen and meeting.held is not None:
            one = standing.placed.get(meeting.id)
            if one is None or is_move(meeting.held, one) or is_place_change(meeting.held, one):
                ids = {"meeting": meeting.id, "slot": meeting.held.slot, "place": meeting.held.place}
                yield Violation("frozen-changed", ids)


def dropped_faults(event: Event, standing: Standing, *, spread_counts: bool) -> Iterator[Violation]:
    """Held meetings that are unplaced although each could be added, as held, to what stands."""
    taken = Counter((one.place, one.slot) for one in standing.placed.values())
    followers: dict[str, list[str]] = {}
    for meeting in event.problem.meetings:
        for earlier in meeting.after:
            followers.setdefault(earlier, []).append(meeting.id)
    for meeting in event.problem.meetings:
        held = meeting.held
        if held is None or meeting.id in standing.placed:
            continue
        if taken[held.place, held.slot] < _rooms(event, held) and _can_be_added(
            event, standing, meeting, held, followers.get(meeting.id, []), spread_counts=spread_counts
        ):
            ids = {"meeting": meeting.id, "slot": held.slot, "place": held.place}
            yield Violation("held-dropped", ids)


def _rooms(event: Event, held: Held) -> int:
    place = event.places.get(held.place)
    return 0 if place is None else place.count


def _can_be_added(
    event: Event, standing: Standing, meeting: Meeting, held: Held, followers: list[str], *, spread_counts: bool
) -> bool:
    if held.slot not in event.slot_at or any(person not in event.people for person in held.people):
        return False
    slot = event.slot_at[held.slot]
    as_held = Placed(meeting.id, held.slot, held.place, 1, held.people)
    if any(attending_faults(meeting, as_held)) or any(slot_and_place_faults(event, meeting, as_held)):
        return False
    placed = standing.placed
    if any(name in placed and event.slot_at[placed[name].slot] >= slot for name in meeting.after):
        return False
    if any(name in placed and event.slot_at[placed[name].slot] <= slot for name in followers):
        return False
    breaks = dict(standing.breaks)
    for person in held.people:
        busy = standing.busy.get(person, {})
        if slot in busy:
            return False
        fuller = {**busy, slot: (meeting.id, held.place)}
        if any(day_faults(event, person, fuller)):
            return False
        breaks[person] = event.breaks(fuller)
    limit = event.problem.rules.max_break_spread
    return limit is None or not spread_counts or spread(breaks) <= limit
