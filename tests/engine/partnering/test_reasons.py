"""Why a meeting is left out: each claim of tiny events against the oracle, and the words."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from tests.example_counts import examples
from tests.made_events import Json, file_bytes, meeting
from tests.made_oracle import Option, Oracle, Plan
from tests.made_tiny_events import events

from handslag.partnering import BadFormat, Meeting, Person, Place, Problem, Schedule, Side, Slot, read_problem
from handslag.partnering.compiled import compile_event
from handslag.partnering.delivering import deliver
from handslag.partnering.placing import Search, score_goals
from handslag.partnering.reasons import Reason, Reasons, reason_words

pytestmark = pytest.mark.usefixtures("ready_planner")


def searched(problem: Json, *, blocks: int = 1) -> tuple[Problem, Search, Plan]:
    """What a search makes of an event, as the oracle has it."""
    read = read_problem(file_bytes(problem))
    event = compile_event(read)
    search = Search(event, score_goals(event, read.ranked_goals, all_meetings=False), seed=1)
    search.start()
    for _ in range(blocks):
        search.improve(0.9)
    plan = {one.meeting: (one.slot, one.place, frozenset(one.people)) for one in deliver(read, search, "en").placed}
    return read, search, plan


class Claims:
    """What is claimed of one meeting, asked of the oracle."""

    def __init__(self, problem: Json, plan: Plan, name: str) -> None:
        self.problem, self.plan, self.name = problem, plan, name
        self.oracle = Oracle(problem)

    def can(self, slot: str, *, without: str | None = None, there: str | None = None, tables: int = 0) -> bool:
        """True if the meeting can be added in the slot, one meeting gone, one person there, or with more tables."""
        problem = copy.deepcopy(self.problem)
        for person in problem["people"]:
            if person["id"] == there:
                person["unavailable"] = [one for one in person.get("unavailable") or () if one != slot]
        for place in problem["places"]:
            place["count"] = (place.get("count") or 1) + tables
        oracle = Oracle(problem)
        plan = {name: one for name, one in self.plan.items() if name != without}
        options: list[Option] = oracle.options(oracle.meetings[self.name])
        return any(oracle.keeps_most(plan | {self.name: one}) for one in options if one[0] == slot)

    def free_for(self, slot: str) -> bool:
        """True if enough people are free in the slot, whatever the places."""
        busy = {person for when, _, people in self.plan.values() if when == slot for person in people}
        away = {name for name, one in self.oracle.people.items() if slot in (one.get("unavailable") or ())}
        return any(not people & (busy | away) for people in self.oracle.groups(self.oracle.meetings[self.name]))

    def full(self, person: str) -> bool:
        away = self.oracle.people[person].get("unavailable") or ()
        return all(slot in away or self.oracle.at(self.plan, person, slot) for slot in self.oracle.order)

    def never_there(self, person: str) -> bool:
        return set(self.oracle.order) <= set(self.oracle.people[person].get("unavailable") or ())


def hold(claims: Claims, read: Problem, reason: Reason) -> bool:
    """True if what the reason says first is so."""
    slots, people = [read.slots[one].id for one in reason.slots], [read.people[one].id for one in reason.people]
    asked = claims.oracle.meetings[claims.name].get("slots") or claims.oracle.order
    if reason.key in {"full", "none_of_group"}:
        return bool(people) and all(map(claims.full, people))
    if reason.key == "never_there":
        return bool(people) and all(map(claims.never_there, people))
    if reason.key == "never_together":
        return not any(Claims(claims.problem, {}, claims.name).free_for(slot) for slot in claims.oracle.order)
    if reason.key == "no_slot_at_all":
        return not claims.oracle.options(claims.oracle.meetings[claims.name])
    if reason.key == "no_common_slot":
        return not any(map(claims.free_for, claims.oracle.order))
    if reason.key == "no_common_slot_of_those":
        return not any(claims.free_for(slot) and claims.can(slot) for slot in asked)
    if reason.key == "fits":
        return claims.can(slots[0])
    if reason.key == "rule_spread":
        # Whether it fits is left open, and the oracle's `keeps_most` does not ask how breaks differ.
        return bool(slots) and all(map(claims.free_for, slots))
    return bool(slots) and all(claims.free_for(slot) and not claims.can(slot) for slot in slots)


@given(events(most_meetings=8))
@settings(max_examples=examples(1_000), suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_every_claim_of_a_reason_is_true(problem: Json) -> None:
    try:
        read_problem(file_bytes(problem))
    except BadFormat:
        assume(False)
    read, search, plan = searched(problem)
    reasons = dict(Reasons(read, search).all())
    assert {read.meetings[at].id for at in reasons} == {one.id for one in read.meetings} - set(plan)
    for at, reason in reasons.items():
        if read.meetings[at].frozen:
            continue
        claims = Claims(problem, plan, read.meetings[at].id)
        assert hold(claims, read, reason), reason
        if reason.in_the_way is not None:
            other = read.meetings[reason.in_the_way.meeting]
            assert not other.held
            assert claims.can(read.slots[reason.in_the_way.slot].id, without=other.id)
        if reason.away is not None:
            person = read.people[reason.away.person].id
            for slot in reason.away.slots:
                assert not claims.can(read.slots[slot].id)
                assert claims.can(read.slots[slot].id, there=person)


# --- single cases -----------------------------------------------------------------------------------------------------


def words(problem: Json, language: str = "en") -> dict[str, str]:
    read, search, _ = searched(problem)
    delivered: Schedule = deliver(read, search, language)
    return {one.meeting: one.reason for one in delivered.unplaced}


def small(**more: Any) -> Json:
    return {
        "format": "handslag-meetings/1",
        "slots": [{"id": "s0"}, {"id": "s1"}],
        "places": [{"id": "hall", "count": 9}],
        "people": [{"id": f"p{number}"} for number in range(4)],
        **more,
    }


def test_the_cheapest_meeting_in_the_way_is_named_with_its_value() -> None:
    meetings = [meeting("m0", "p0", "p1", value=3), meeting("m1", "p0", "p2", value=2), meeting("m2", "p0", "p3")]
    assert words(small(meetings=meetings)) == {
        "m2": "no free slot left: p0; would fit at s1 if m1 (value 2: p0, p2) gave way"
    }
    assert words(small(meetings=meetings), "sv") == {
        "m2": "inga lediga tider kvar: p0; skulle rymmas s1 om m1 (vikt 2: p0, p2) gav plats"
    }


def test_whose_presence_would_help_is_named_with_the_times() -> None:
    people = [{"id": "p0", "unavailable": ["s0"]}, {"id": "p1", "unavailable": ["s1"]}]
    assert words(small(people=people, meetings=[meeting("m0", "p0", "p1")])) == {
        "m0": "never there at the same time: p0, p1; would fit if p0 were also available at one of s0"
    }


def test_where_tables_are_short_the_times_and_the_cheapest_table_are_named() -> None:
    meetings = [meeting("m0", "p0", "p1", value=3, slots=["s0"]), meeting("m1", "p2", "p3", value=2, slots=["s0"])]
    assert words(small(places=[{"id": "hall", "count": 1}], meetings=meetings)) == {
        "m1": "all tables are taken when everyone is free: s0; would fit at s0 if m0 (value 3: p0, p1) gave way"
    }


def test_a_limit_of_the_day_is_named_with_whose_it_is() -> None:
    people = [{"id": "p0", "max_per_day": 1}, *({"id": f"p{number}"} for number in range(1, 4))]
    meetings = [meeting("m0", "p0", "p1", value=3, slots=["s0"]), meeting("m1", "p0", "p2", slots=["s1"])]
    assert words(small(people=people, meetings=meetings)) == {
        "m1": "as many meetings as a day may have, on the day of s1: p0"
    }


def test_thousands_of_reasons_are_found_by_looking_at_all_together() -> None:
    people = [{"id": f"p{number}"} for number in range(200)]
    meetings = [
        meeting(f"m{one}-{other}", f"p{one}", f"p{other}", value=1 + (one + other) % 3)
        for one in range(200)
        for other in range(one + 1, min(200, one + 40))
    ]
    told = words(small(people=people, meetings=meetings))
    assert len(told) > 6_000
    assert all("would fit at" in reason or reason.count("p") >= 2 for reason in told.values())


def test_a_day_is_named_once_for_its_times_in_a_row() -> None:
    slots = [Slot(f"{day} {clock}", day=day) for day in ("2027-03-09", "2027-03-10") for clock in ("09:00", "09:30")]
    problem = Problem((*slots, Slot("evening")), (Place("hall", 1),), (Person("Åsa"), Person("Bror")),
        (Meeting("m1", (Side(("Åsa",)), Side(("Bror",))), 1),))  # fmt: skip
    words = reason_words(problem, problem.meetings[0], Reason("no_room", (), (0, 1, 2, 3, 4)), "en")
    assert words.endswith(": 2027-03-09 09:00, 09:30, 2027-03-10 09:00, 09:30, evening")
