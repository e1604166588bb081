"""Plans of tiny events against the oracle, and of events that nobody should have made."""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from tests.example_counts import examples
from tests.made_events import Json, event, file_bytes, meeting, schedule, slot
from tests.made_oracle import Oracle
from tests.made_tiny_events import events

from handslag.partnering import BadFormat, Schedule, read_problem, sha256_of
from handslag.partnering.checking import check_schedule
from handslag.partnering.planning import Progress, make_plan, prepare
from handslag.partnering.stopping import StoppingRule

pytestmark = pytest.mark.usefixtures("ready_planner")


def planned(problem: Json, *, steps: int = 20_000, seed: int = 1) -> Schedule:
    """The plan of an event, which the checker passes."""
    data = file_bytes(problem)
    read = read_problem(data)
    plan = make_plan(read, problem_sha256=sha256_of(data), stop=StoppingRule(steps=steps), seed=seed)
    verdict = check_schedule(read, plan, problem_sha256=sha256_of(data))
    assert not verdict.violations
    return plan


def goal_key(problem: Json, figures: dict[str, int]) -> tuple[int, ...]:
    """The figures that the goals are about, in their order, less being better."""
    goals = read_problem(file_bytes(problem)).ranked_goals
    return tuple(
        -figures["value"] if goal == "value" else figures["dropped" if goal == "kept" else goal] for goal in goals
    )


def best_key(problem: Json) -> tuple[int, ...] | None:
    """What the goals reach at best; None where no schedule keeps every rule."""
    oracle = Oracle(problem)
    return min((goal_key(problem, oracle.figures(plan)) for plan in oracle.plans()), default=None)


@given(events())
@settings(
    max_examples=examples(150), suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None
)
def test_a_plan_keeps_every_rule(problem: Json) -> None:
    try:
        read_problem(file_bytes(problem))
    except BadFormat:
        assume(False)
    planned(problem, steps=2_000)


@given(events(most_meetings=2))
@settings(
    max_examples=examples(300), suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None
)
def test_no_plan_of_two_meetings_is_more_valuable(problem: Json) -> None:
    # All but one in 150 events of three meetings are planned at their best in every goal; this is what always holds. Where all
    # must be placed, whether that is possible at all is for the exact part.
    assume(not problem["rules"]["all_meetings"])
    assume("value" in (problem["goals"] or ["value"])[:1] and not any(one["held"] for one in problem["meetings"]))
    best = best_key(problem)
    plan = planned(problem)
    assert best is None or goal_key(problem, asdict(plan.figures))[0] == best[0]


def test_the_made_event_is_planned_as_well_as_by_hand() -> None:
    plan = planned(event())
    assert plan.status == "feasible"
    assert (plan.figures.dropped, plan.figures.value) >= (0, schedule()["figures"]["value"])


def plain(**more: Any) -> Json:
    """An event without rules, of one day with four slots, two tables and four people."""
    hours = ("09:00", "09:30", "10:00", "10:30")
    return {
        "format": "handslag-meetings/1",
        "slots": [slot(f"s{number}", "2", hour) for number, hour in enumerate(hours)],
        "places": [{"id": "hall", "count": 2}],
        "people": [{"id": f"p{number}"} for number in range(4)],
        "meetings": [meeting("m0", "p0", "p1"), meeting("m1", "p2", "p3")],
        **more,
    }


@pytest.mark.parametrize("key", ["slots", "places", "meetings"])
def test_an_event_without_slots_or_places_or_meetings_has_an_empty_plan(key: str) -> None:
    plan = planned(plain(**{key: []}))
    assert not plan.placed
    assert plan.status == "optimal"
    assert all("no slot in which everyone is available" in left.reason for left in plan.unplaced)


def test_what_fits_nowhere_is_left_out_with_a_reason_and_ends_the_search() -> None:
    people = [{"id": f"p{number}", "unavailable": [f"s{slot}" for slot in range(4)]} for number in range(4)]
    plan = planned(plain(people=people))
    assert (len(plan.placed), len(plan.unplaced)) == (0, 2)
    assert plan.run.steps == 0


def test_where_all_must_be_placed_and_prices_refute_it_the_answer_is_infeasible() -> None:
    meetings = [meeting(f"m{number}", "p0", "p1") for number in range(6)]
    plan = planned(plain(meetings=meetings, rules={"all_meetings": True}))
    assert plan.status == "infeasible"
    assert not plan.placed
    assert {left.reason for left in plan.unplaced} == {
        "in the best attempt: no free slot left: p0, p1",
        "fits, but not together with all other meetings",
    }


def test_what_moves_cost_does_not_refute_an_event() -> None:
    """Placed with a move, a meeting is worth less than it would be where it was held: that is no proof of anything."""
    away = {"slot": "s0", "place": "hall", "people": ["p0", "p1"]}
    people = [{"id": "p0", "unavailable": ["s0"]}, *({"id": f"p{number}"} for number in range(1, 4))]
    # Five after each other in four slots: prices do not see it.
    chain = [meeting(f"c{at}", "p2", "p3", after=[f"c{at - 1}"] if at else []) for at in range(4)]
    chain.append(meeting("c4", "p1", "p0", after=["c3"]))
    meetings = [meeting("m0", "p0", "p1", value=9, held=away), *chain]
    plan = planned(plain(people=people, meetings=meetings, rules={"all_meetings": True, "move_price": 2}))
    assert (plan.status, len(plan.unplaced)) == ("unknown", 1)


def test_a_meeting_that_no_place_takes_is_left_out_while_others_are_weighed() -> None:
    """Both the first and the last of the sets of places have none for their meetings."""
    people = [{"id": f"p{number}", "organisation": "o1" if number < 2 else "o2"} for number in range(4)]
    crowd = [meeting(f"m{number}", "p0", "p2", value=1 + number % 3) for number in range(9)]
    for without in ([meeting("n", "p2", "p3"), *crowd], [*crowd, meeting("n", "p2", "p3")]):
        plan = planned(plain(people=people, places=[{"id": "stand", "host": "o1"}], meetings=without))
        assert len(plan.placed) == 4
        assert "n" in {left.meeting for left in plan.unplaced}


def test_limits_beyond_all_measure_are_no_limits() -> None:
    most = 10**99
    people = [{"id": f"p{number}", "max_per_day": most, "max_in_a_row": most} for number in range(4)]
    places = [{"id": "hall", "count": most}]
    plan = planned(plain(people=people, places=places, rules={"max_break_spread": most, "move_price": most}))
    assert (plan.status, len(plan.placed)) == ("optimal", 2)


@pytest.mark.long
def test_two_thousand_delegates_are_a_choice_like_any_other() -> None:
    crowd = [f"d{number}" for number in range(2_000)]
    people = [{"id": name} for name in ("p0", "p1", *crowd)]
    choice = {"all": [], "any": {"count": 3, "of": crowd}}
    meetings = [{"id": f"m{number}", "sides": [{"all": [f"p{number % 2}"]}, choice]} for number in range(10)]
    plan = planned(plain(people=people, meetings=meetings))
    assert len(plan.placed) == 8


@pytest.mark.long
def test_a_hundred_thousand_slots_are_planned() -> None:
    slots = [{"id": f"s{number}"} for number in range(100_000)]
    plan = planned(
        plain(slots=slots, meetings=[meeting(f"m{number}", "p0", "p1") for number in range(12)]), steps=2_000
    )
    assert len(plan.placed) == 12


def test_more_than_a_word_of_slots_are_used_to_the_last() -> None:
    slots = [{"id": f"s{number}"} for number in range(130)]
    plan = planned(plain(slots=slots, meetings=[meeting(f"m{number}", "p0", "p1") for number in range(140)]))
    assert len(plan.placed) == 130
    assert plan.figures.breaks == 0


def test_an_own_stand_relieves_the_hall() -> None:
    people = [{"id": f"p{number}", "organisation": f"o{number}"} for number in range(4)]
    places = [{"id": "hall", "count": 1}, {"id": "stand", "host": "o3"}]
    slots = [{"id": "s0"}]
    plan = planned(plain(slots=slots, people=people, places=places))
    assert {one.meeting: one.place for one in plan.placed} == {"m0": "hall", "m1": "stand"}


def test_a_delegate_is_changed_before_a_meeting_gives_way() -> None:
    choice = {"all": [], "any": {"count": 1, "of": ["p1", "p2"]}}
    meetings = [{"id": "m0", "sides": [{"all": ["p0"]}, choice], "value": 3}, meeting("m1", "p1", "p3")]
    assert len(planned(plain(slots=[{"id": "s0"}], meetings=meetings)).placed) == 2


def test_progress_is_told_and_asking_ends_the_search() -> None:
    told: list[Progress] = []
    data = file_bytes(plain(meetings=[meeting(f"m{number}", "p0", "p1") for number in range(6)]))
    stop = StoppingRule(asked=lambda: len(told) > 0)
    plan = make_plan(read_problem(data), problem_sha256=sha256_of(data), stop=stop, progress=told.append)
    assert plan.run.stopped == "asked"
    assert [one.phase for one in told] == ["placing"]
    assert told[0].value == len(plan.placed) == 4


def test_a_reached_bound_ends_the_search_and_proves_it() -> None:
    plan = planned(plain(meetings=[meeting(f"m{number}", "p0", "p1") for number in range(6)]), steps=10**9)
    assert (plan.run.stopped, len(plan.placed), plan.status) == ("gap", 4, "optimal")
    assert plan.certificates[0].bound == plan.certificates[0].reached


def test_with_a_clock_the_proof_is_made_beside_the_search() -> None:
    data = file_bytes(plain(meetings=[meeting(f"m{number}", "p0", "p1") for number in range(6)]))
    read = read_problem(data)
    prepare()
    stop = StoppingRule(seconds=20.0, clock=time.perf_counter, began=time.perf_counter())
    plan = make_plan(read, problem_sha256=sha256_of(data), stop=stop)
    assert not check_schedule(read, plan, problem_sha256=sha256_of(data)).violations
    assert plan.status == "optimal"


def test_equal_steps_and_seeds_give_equal_plans() -> None:
    problem = plain(meetings=[meeting(f"m{number}", f"p{number % 4}", f"p{(number + 1) % 4}") for number in range(30)])
    one, other = (planned(problem, steps=3_000, seed=7) for _ in range(2))
    assert replace(one, run=other.run) == other
