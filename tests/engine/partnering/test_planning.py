"""Plans of tiny events against the oracle, and of events that nobody should have made."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from tests.made_events import Json, event, file_bytes
from tests.made_oracle import Oracle
from tests.made_tiny_events import events

from handslag.partnering import BadFormat, Schedule, read_problem, sha256_of
from handslag.partnering.checking import check_schedule
from handslag.partnering.planning import make_plan
from handslag.partnering.stopping import StoppingRule

STEPS = 20_000


def planned(problem: Json, *, steps: int = STEPS, seed: int = 1) -> Schedule:
    """The plan of an event, which the checker passes."""
    data = file_bytes(problem)
    read = read_problem(data)
    plan = make_plan(read, problem_sha256=sha256_of(data), stop=StoppingRule(steps=steps), seed=seed)
    verdict = check_schedule(read, plan, problem_sha256=sha256_of(data))
    assert not verdict.violations
    return plan


def goal_key(problem: Json, figures: dict[str, int]) -> tuple[int, ...]:
    goals = read_problem(file_bytes(problem)).ranked_goals
    return tuple(
        -figures["value"] if goal == "value" else figures["dropped" if goal == "kept" else goal] for goal in goals
    )


def best_key(problem: Json) -> tuple[int, ...] | None:
    """What the goals reach at best; None where no schedule keeps every rule."""
    oracle = Oracle(problem)
    return min((goal_key(problem, oracle.figures(plan)) for plan in oracle.plans()), default=None)


@given(events())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_plan_keeps_every_rule(problem: Json) -> None:
    try:
        read_problem(file_bytes(problem))
    except BadFormat:
        assume(False)
    planned(problem, steps=2_000)


def test_the_made_event_is_planned_at_its_best() -> None:
    from dataclasses import asdict

    problem: Any = event()
    plan = planned(problem)
    assert plan.status == "feasible"
    assert goal_key(problem, asdict(plan.figures)) == best_key(problem)


def test_equal_steps_and_seeds_give_equal_plans() -> None:
    assert planned(event(), seed=7) == planned(event(), seed=7)
