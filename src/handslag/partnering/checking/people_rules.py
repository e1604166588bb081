"""The rules that are about a person's day: one meeting at a time, limits, lunch, walks, breaks."""

from __future__ import annotations

from collections.abc import Iterator

from handslag.partnering.checking.event import Busy, Event, Standing
from handslag.partnering.checking.violations import Violation


def booking_faults(event: Event, standing: Standing) -> Iterator[Violation]:
    """People who are in several meetings in one slot."""
    meetings_at: dict[tuple[str, str], list[str]] = {}
    for one in standing.placed.values():
        for person in one.people:
            meetings_at.setdefault((person, one.slot), []).append(one.meeting)
    for (person, slot), meetings in meetings_at.items():
        if len(meetings) > 1 and person in event.people:
            yield Violation("double-booked", {"person": person, "slot": slot, "meetings": meetings})


def day_faults(event: Event, name: str, busy: Busy) -> Iterator[Violation]:
    """What is wrong with one person's days."""
    person = event.people[name]
    slots = event.problem.slots
    if person.max_per_day is not None:
        for at_work in event.by_day(busy).values():
            if len(at_work) > person.max_per_day:
                ids = {"person": name, "day": slots[at_work[0]].day or "", "meetings": [busy[at][0] for at in at_work]}
                yield Violation("over-per-day", ids, {"found": len(at_work), "limit": person.max_per_day})
    if person.max_in_a_row is not None:
        row = event.longest_row(busy)
        if row > person.max_in_a_row:
            yield Violation("over-in-a-row", {"person": name}, {"found": row, "limit": person.max_in_a_row})
    for missed in event.lunches_missed(busy):
        ids = {
            "person": name,
            "slots": [slots[at].id for at in missed],
            "meetings": [busy[at][0] for at in missed],
        }
        yield Violation("no-lunch", ids)
    if event.problem.rules.walks == "forbid":
        for at, later in event.far_walks(busy):
            meetings, places = zip(busy[at], busy[later], strict=True)
            ids = {
                "person": name,
                "meetings": meetings,
                "slots": (slots[at].id, slots[later].id),
                "places": places,
            }
            yield Violation("far-walk", ids)


def spread_faults(event: Event, standing: Standing) -> Iterator[Violation]:
    """Numbers of breaks that lie too far apart."""
    limit = event.problem.rules.max_break_spread
    if limit is not None and standing.break_spread > limit:
        most = max(standing.breaks, key=standing.breaks.__getitem__)
        least = min(standing.breaks, key=standing.breaks.__getitem__)
        numbers = {
            "most_breaks": standing.breaks[most],
            "least_breaks": standing.breaks[least],
            "limit": limit,
        }
        yield Violation("break-spread", {"most": most, "least": least}, numbers)
