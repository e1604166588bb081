"""Live repair: after any chain of changes the checker finds nothing, and nobody suffers without need."""

from __future__ import annotations

import random

import pytest
from tests.made_changes import filled, frozen_somewhere, made_change, made_event

from handslag.partnering import (
    BadFormat,
    Problem,
    Schedule,
    problem_json,
    read_problem,
    read_schedule,
    schedule_json,
    sha256_of,
)
from handslag.partnering.checking import check_schedule
from handslag.partnering.repairing import Plan, read_repair, repair_json


def begun(seed: int) -> tuple[random.Random, Problem, Schedule]:
    """An event with an announced schedule that keeps every rule."""
    rng = random.Random(seed)
    problem = made_event(rng)
    plan = filled(problem)
    return rng, *frozen_somewhere(rng, problem, plan.schedule)


def assert_kept(plan: Plan, base: str) -> None:
    """The checker finds nothing wrong with the plan as it is handed out, through its files."""
    data = problem_json(plan.problem)
    schedule = read_schedule(schedule_json(plan.schedule))
    verdict = check_schedule(read_problem(data), schedule, problem_sha256=sha256_of(data), from_sha256=base)
    assert not verdict.violations, [one.in_language("en") for one in verdict.violations]


@pytest.mark.parametrize("seed", range(300))
def test_after_any_chain_of_changes_every_rule_is_kept(seed: int) -> None:
    rng, problem, schedule = begun(seed)
    base = sha256_of(schedule_json(schedule))
    plan = Plan(problem, schedule, announced_sha256=base)
    stored = []
    first = plan.snapshot()
    for number in range(8):
        change = made_change(rng, plan.problem, plan.schedule, number)
        try:
            repair = plan.apply(change)
        except BadFormat:
            continue
        stored.append(repair_json(repair))
        assert_kept(plan, base)
    end = plan.schedule, plan.version
    plan.restore(first)
    for data in stored:
        plan.replay(read_repair(data))
    assert (plan.schedule, plan.version) == end
