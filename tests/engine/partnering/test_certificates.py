"""Certificates: what is proven is computed again, what is claimed is told as a claim, what is wrong is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from tests.example_counts import examples
from tests.made_events import Json, event, file_bytes, judge, meeting, schedule
from tests.made_oracle import Oracle
from tests.made_tiny_events import events

from handslag.partnering import read_problem
from handslag.partnering.bad_format import BadFormat
from handslag.partnering.checking.counting import REGISTER, count_again
from handslag.partnering.checking.event import Event
from handslag.partnering.schedule import Figures, gap_between

NOTHING = dict.fromkeys(schedule()["figures"], 0)


def counting(goal: str, reached: int, bound: int, rule: str, **numbers: Any) -> Json:
    gap = gap_between(goal, reached, bound)  # type: ignore[arg-type]
    return {"goal": goal, "reached": reached, "bound": bound, "gap": gap, "kind": "counting", "rule": rule, "numbers": numbers}  # fmt: skip


def prices(reached: int, bound: int, **tables: Any) -> Json:
    stated = {"scale": 1, "people": {}, "places": {}} | tables
    gap = gap_between("value", reached, bound)
    return {"goal": "value", "reached": reached, "bound": bound, "gap": gap, "kind": "prices", "prices": stated}


def search(goal: str, reached: int, bound: int) -> Json:
    claimed = {"solver": "someone", "version": "1", "question": "fewer?", "answer": "no"}
    return {"goal": goal, "reached": reached, "bound": bound, "gap": 0.0, "kind": "search", **claimed}


def of_rules(problem: Json, plan: Json) -> list[tuple[str, str]]:
    return [(one.rule, one.variant) for one in judge(problem, plan).violations]


@pytest.mark.parametrize(
    "certificate",
    [
        prices(8, 10),
        prices(8, 10, people={"p1": {}}, places={"hall": {"a1": 0}}),
        counting("value", 8, 10, "everything", meetings=7),
        counting("value", 8, 10, "places", open_places=15),
        counting("breaks", 3, 0, "not-negative"),
        counting("kept", 0, 0, "held", impossible=0),
        counting("moves", 0, 0, "held", impossible=0),
    ],
)
def test_a_right_certificate_passes(certificate: Json) -> None:
    verdict = judge(event(), schedule() | {"certificates": [certificate]})
    assert verdict.violations == ()
    assert [one.outcome for one in verdict.certificates] == ["recomputed"]


@pytest.mark.parametrize(
    ("certificate", "variant"),
    [
        (prices(8, 11), "bound"),
        (prices(8, 9), "bound"),
        (prices(8, 10, people={"p1": {"a1": 1}}), "bound"),
        (prices(8, 10, people={"zz": {"a1": 1}}), "stranger"),
        (prices(8, 10, people={"p1": {"zz": 1}}), "stranger"),
        (prices(8, 10, places={"zz": {"2": 1}}), "stranger"),
        (prices(7, 10), "reached"),
        (prices(8, 10) | {"gap": 0.25}, "gap"),
        (prices(8, 10) | {"gap": 0.2000001}, "gap"),
        (prices(8, 10) | {"gap": 0}, "gap"),
        (prices(8, 7) | {"gap": 0.1}, "beyond"),
        (counting("value", 8, 9, "everything", meetings=7), "bound"),
        (counting("value", 8, 10, "everything", meetings=8), "numbers"),
        (counting("value", 8, 10, "everything"), "numbers"),
        (counting("value", 8, 10, "a-feeling"), "argument"),
        (counting("breaks", 3, 0, "everything", meetings=7), "argument"),
        (counting("breaks", 3, 0, "own-slots", people=0), "argument"),
        (counting("value", 8, 8, "no-slot", meeting="m7"), "argument"),
        (counting("breaks", 3, 4, "not-negative") | {"gap": 0.1}, "beyond"),
        (counting("place_changes", 0, 0, "not-negative"), "no-goal"),
        (search("breaks", 2, 2), "reached"),
    ],
)
def test_a_wrong_certificate_is_named(certificate: Json, variant: str) -> None:
    found = of_rules(event(), schedule() | {"certificates": [certificate]})
    assert ("wrong-certificate", variant) in found
    assert {rule for rule, _ in found} == {"wrong-certificate"}


def test_a_bound_as_large_as_may_be_is_no_crash() -> None:
    certificate = {**prices(8, 10), "kind": "search", "bound": 10**99, "gap": 1.0}
    certificate |= {"solver": "s", "version": "1", "question": "", "answer": ""}
    verdict = judge(event(), schedule() | {"certificates": [certificate]})
    assert {one.rule for one in verdict.violations} <= {"wrong-certificate"}


def test_optimal_needs_every_goal_at_its_bound() -> None:
    plan = schedule() | {"status": "optimal", "certificates": [counting("kept", 0, 0, "not-negative")]}
    assert of_rules(event(), plan) == [("wrong-certificate", "optimal")] * 3
    problem = event() | {"goals": ["kept", "moves"]}
    plan["certificates"].append(counting("moves", 0, 0, "not-negative"))
    assert of_rules(problem, plan) == []


def test_a_search_is_told_as_a_claim() -> None:
    verdict = judge(event(), schedule() | {"certificates": [search("breaks", 3, 3)]})
    assert [one.outcome for one in verdict.certificates] == ["claimed"]
    assert verdict.violations == ()


def nothing_fits(**certificate: Any) -> Json:
    plan = schedule() | {"status": "infeasible", "placed": [], "figures": NOTHING | {"dropped": 2}}
    plan["unplaced"] = [{"meeting": f"m{number}", "reason": "nothing fits"} for number in range(1, 8)]
    return plan | {"certificates": [certificate] if certificate else []}


def crowded(**changes: Any) -> Json:
    problem = event() | changes
    problem["rules"] = {"all_meetings": True}
    return problem


@pytest.mark.parametrize(
    ("change", "rule", "numbers"),
    [
        (lambda problem: problem["people"][4].update(max_per_day=1), "too-few-slots", {"person": "p5", "meetings": 3, "slots": 2}),
        (lambda problem: problem["places"].__setitem__(0, {"id": "hall", "slots": ["b2"]}), "too-few-places", {"open_places": 4, "meetings": 7}),
        (lambda problem: problem["people"][4].update(unavailable=["a2", "b1"]), "no-slot", {"meeting": "m2"}),
    ],
)  # fmt: skip
def test_counting_shows_that_nothing_fits(change: Callable[[Json], object], rule: str, numbers: Json) -> None:
    problem = crowded()
    problem["meetings"][3]["frozen"] = False
    assert of_rules(problem, nothing_fits(**counting("value", 0, 0, rule, **numbers))) != []
    change(problem)
    assert of_rules(problem, nothing_fits(**counting("value", 0, 0, rule, **numbers))) == []
    assert of_rules(problem, nothing_fits()) == [("wrong-certificate", "infeasible")]
    wrong = {key: value if isinstance(value, str) else value + 1 for key, value in numbers.items()} | {"more": 1}
    assert ("wrong-certificate", "numbers") in of_rules(problem, nothing_fits(**counting("value", 0, 0, rule, **wrong)))


def test_prices_below_everything_show_that_not_everything_fits() -> None:
    problem = crowded(places=[{"id": "hall"}], goals=["value"])
    problem["slots"] = problem["slots"][:4]
    problem["meetings"] = [meeting(f"m{number}", "p1", "p2", value=2) for number in range(1, 8)]
    plan = nothing_fits(**prices(0, 8, people={"p1": {"2": 2}}))
    plan["figures"] = NOTHING
    assert of_rules(problem, plan) == []
    plan["certificates"] = [prices(0, 14)]
    assert of_rules(problem, plan) == [("wrong-certificate", "infeasible")]


def test_held_meetings_that_cannot_stand_bound_what_is_moved() -> None:
    problem = event()
    problem["people"][1]["unavailable"] = ["b2"]
    plan = schedule()
    plan["placed"][4]["slot"] = "b1"
    plan["placed"][4]["number"] = 2
    plan["figures"] |= {"moves": 1, "value": 7}
    plan["certificates"] = [counting("moves", 1, 1, "held", impossible=1), counting("kept", 0, 0, "held", impossible=0)]
    assert of_rules(problem, plan) == []


@given(events())
@settings(max_examples=examples(200))
def test_no_schedule_beats_what_is_counted(problem: Json) -> None:
    """Every argument of the register, on events of which all schedules are known."""
    try:
        known = read_problem(file_bytes(problem))
    except BadFormat:
        assume(False)
        raise
    event_ = Event(known)
    plans = [Figures(**Oracle(problem).figures(plan)) for plan in Oracle(problem).plans()]
    named = [{"person": one.id} for one in known.people] + [{"meeting": one.id} for one in known.meetings]
    for rule in REGISTER:
        for goal in known.ranked_goals:
            for reached in plans[:20] or [Figures()]:
                for numbers in named:
                    counted = count_again(event_, rule, goal, reached, numbers)
                    if counted is None:
                        continue
                    if counted.bound is None:
                        assert plans == []
                        continue
                    # Those with all earlier goals at what this one reached.
                    before = known.ranked_goals[: known.ranked_goals.index(goal)]
                    rivals = [one for one in plans if all(one.reached(g) == reached.reached(g) for g in before)]
                    for one in rivals:
                        assert one.reached(goal) * (-1 if goal == "value" else 1) >= counted.bound * (-1 if goal == "value" else 1)  # fmt: skip


def test_the_price_of_a_move_is_no_proof_that_not_all_can_be_placed() -> None:
    """One meeting that must move is worth 3 - 1 at most, and yet it can be placed."""
    away = {"slot": "s0", "place": "hall", "people": ["p0", "p1"]}
    problem = {
        "format": "handslag-meetings/1",
        "slots": [{"id": "s0"}, {"id": "s1"}],
        "places": [{"id": "hall"}],
        "people": [{"id": "p0", "unavailable": ["s0"]}, {"id": "p1"}],
        "meetings": [meeting("m0", "p0", "p1", value=3, held=away)],
        "rules": {"all_meetings": True, "move_price": 1},
    }
    nothing = dict.fromkeys(schedule()["figures"], 0) | {"dropped": 1}
    forged = {
        **schedule(),
        "status": "infeasible",
        "placed": [],
        "unplaced": [{"meeting": "m0", "reason": "-"}],
        "figures": nothing,
        "certificates": [prices(0, 2, scale=1, people={}, places={})],
    }
    assert [one.rule for one in judge(problem, forged).violations] == ["wrong-certificate"]


def test_numbers_as_long_as_they_may_be_are_told() -> None:
    most = 10**100 - 1
    problem = event()
    problem["places"][0]["count"] = most
    plan = {**schedule(), "certificates": [prices(8, 9, scale=1, people={}, places={"hall": {"a1": most}})]}
    told = [one.in_language("en") for one in judge(problem, plan).violations]
    assert [one for one in told if one.startswith("wrong-certificate") and str(most)[:50] in one]
