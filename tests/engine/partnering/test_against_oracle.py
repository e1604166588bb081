"""The checker against an oracle that tries every schedule of tiny events."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.example_counts import examples
from tests.made_events import Json, file_bytes, judge
from tests.made_oracle import Oracle, Plan
from tests.made_tiny_events import events

from handslag.partnering import BadFormat, read_problem, read_schedule, sha256_of
from handslag.partnering.checking.event import Event
from handslag.partnering.checking.prices import price_bound
from handslag.partnering.checking.resolving import ask_again
from handslag.partnering.schedule import Prices, gap_between

FIGURES = ("meetings", "value", "dropped", "moves", "place_changes", "far_walks", "breaks", "break_spread", "max_in_a_row")  # fmt: skip


def readable(problem: Json) -> bool:
    """False for events that are refused: frozen meetings that cannot stand."""
    try:
        read_problem(file_bytes(problem))
    except BadFormat as error:
        if error.key.startswith("frozen_"):
            return False
        raise
    return True


def as_json(problem: Json, plan: Plan, figures: dict[str, int], **more: Any) -> Json:
    """A plan of the oracle as a schedule: numbers as they come."""
    taken: dict[tuple[str, str], int] = {}
    placed = []
    for name, (slot, place, people) in plan.items():
        number = taken[slot, place] = taken.get((slot, place), 0) + 1
        placed.append({"meeting": name, "slot": slot, "place": place, "number": number, "people": sorted(people)})
    return {
        "format": "handslag-schedule/1",
        "problem_sha256": sha256_of(file_bytes(problem)),
        "status": "feasible",
        "placed": placed,
        "unplaced": [{"meeting": one["id"], "reason": "-"} for one in problem["meetings"] if one["id"] not in plan],
        "figures": figures,
        "certificates": [],
        "run": {"seconds": 0, "steps": 0, "seed": None, "version": "0", "stopped": "asked"},
        **more,
    }


@st.composite
def events_with_a_plan(draw: Any) -> tuple[Json, Plan]:
    """An event and any schedule: each meeting left out, somewhere it may be by itself, or anywhere."""
    problem: Json = draw(events())
    oracle = Oracle(problem)
    plan: Plan = {}
    for one in problem["meetings"]:
        way = draw(st.integers(0, 9))
        options = oracle.options(one)
        if way == 9:
            people = frozenset(draw(st.sets(st.sampled_from(sorted(oracle.people)), min_size=1, max_size=3)))
            plan[one["id"]] = (
                draw(st.sampled_from(oracle.order)),
                draw(st.sampled_from(sorted(oracle.places))),
                people,
            )
        elif way > 0 and options:
            plan[one["id"]] = draw(st.sampled_from(options))
    return problem, plan


@given(events_with_a_plan())
@settings(max_examples=examples(400))
def test_the_checker_passes_just_what_keeps_every_rule(example: tuple[Json, Plan]) -> None:
    problem, plan = example
    assume(readable(problem))
    oracle = Oracle(problem)
    is_double = any(len(oracle.at(plan, person, slot)) > 1 for person in oracle.people for slot in oracle.order)
    figures = dict.fromkeys(FIGURES, 0) if is_double else oracle.figures(plan)
    found = {one.rule for one in judge(problem, as_json(problem, plan, figures)).violations}
    if is_double:
        assert "double-booked" in found
    else:
        assert "wrong-figure" not in found
        assert (found == set()) == oracle.keeps_all(plan)


@given(events(), st.data())
@settings(max_examples=examples(150))
def test_prices_give_the_bound_of_the_formula_and_no_schedule_beats_it(problem: Json, data: st.DataObject) -> None:
    assume(readable(problem))
    oracle = Oracle(problem)
    scale = data.draw(st.sampled_from([1, 7, 1000, 10**30]))
    keys = st.sampled_from([*oracle.order, "1"])
    tables = st.dictionaries(keys, st.integers(0, 3 * scale), max_size=3)
    prices = {
        "scale": scale,
        "people": data.draw(st.dictionaries(st.sampled_from(sorted(oracle.people)), tables)),
        "places": data.draw(st.dictionaries(st.sampled_from(sorted(oracle.places)), tables)),
    }
    event = Event(read_problem(file_bytes(problem)))
    bound = price_bound(event, Prices(**prices))
    assert bound == oracle.price_bound(prices)
    values = [oracle.figures(plan)["value"] for plan in oracle.plans()]
    assert max(values, default=0) <= bound


def ranked(problem: Json) -> list[str]:
    return list(read_problem(file_bytes(problem)).ranked_goals)


def reached(figures: dict[str, int], goal: str) -> int:
    return figures["dropped" if goal == "kept" else goal]


def best_plans(problem: Json, oracle: Oracle) -> list[tuple[tuple[int, ...], Plan, dict[str, int]]]:
    """All schedules with their figures, the best by the goals first."""
    goals = ranked(problem)
    found = []
    for plan in oracle.plans():
        figures = oracle.figures(plan)
        key = tuple(-reached(figures, goal) if goal == "value" else reached(figures, goal) for goal in goals)
        found.append((key, plan, figures))
    return sorted(found, key=lambda one: one[0])


def claim(goal: str, value: int, bound: int) -> Json:
    gap = gap_between(goal, value, bound)  # type: ignore[arg-type]
    claimed = {"solver": "someone", "version": "1", "question": "better?", "answer": "no"}
    return {"goal": goal, "reached": value, "bound": bound, "gap": gap, "kind": "search", **claimed}


@given(events(may_walk=False), st.data())
@settings(max_examples=examples(80))
def test_claims_are_confirmed_where_they_are_true_and_contradicted_where_not(
    problem: Json, data: st.DataObject
) -> None:
    assume(readable(problem))
    oracle = Oracle(problem)
    plans = best_plans(problem, oracle)
    goals = ranked(problem)
    if not plans:
        nothing = oracle.figures({})
        certificates = [claim(goals[0], reached(nothing, goals[0]), reached(nothing, goals[0]))]
        plan = as_json(problem, {}, nothing, status="infeasible", certificates=certificates)
        expected = {goals[0]: {"confirmed"}}
    else:
        best = plans[0][0]
        key, chosen, figures = data.draw(st.sampled_from(plans[:40]))
        certificates = [claim(goal, reached(figures, goal), reached(figures, goal)) for goal in goals]
        plan = as_json(problem, chosen, figures, certificates=certificates)
        expected = {}
        for position, goal in enumerate(goals):
            rivals = [other[position] for other, _, _ in plans if other[:position] == key[:position]]
            # A better schedule of the model may drop what is held, which the model does not know.
            expected[goal] = {"confirmed"} if min(rivals) == key[position] else {"contradicted", "beyond"}
        assert best <= key
    stated = read_schedule(file_bytes(plan))
    verdict = judge(problem, plan)
    assert {one.rule for one in verdict.violations} <= {"wrong-certificate"}
    for one in verdict.certificates:
        answer, fault = ask_again(read_problem(file_bytes(problem)), stated, verdict.figures, one, seconds=20)
        allowed = expected[one.certificate.goal]
        assert answer in allowed or (answer == "beyond" and any(m["held"] for m in problem["meetings"]))
        assert (fault is not None) == (answer == "contradicted")
