"""What a plan is worth in one number: the goals in their order, each worth more than what lies below can change in a step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handslag.partnering.compiled import CompiledEvent
from handslag.partnering.problem import Goal

Long = NDArray[np.int64]
# Sums of scores stay below this.
_LARGEST = 2**60


@dataclass(frozen=True, slots=True)
class Scoring:
    """The cost or worth of each thing that a goal counts, in units of score."""

    weight: Long  # [M] of each meeting placed
    move_cost: Long  # [M]
    unit: int  # of a value of 1
    typical: int  # of a meeting as most are
    costs: dict[Goal, int]


def score_goals(event: CompiledEvent, goals: tuple[Goal, ...], *, all_meetings: bool) -> Scoring:
    """The scoring by goals, the most important first. Where value is no goal it is the last."""
    ranked: tuple[Goal, ...] = goals if "value" in goals else (*goals, "value")
    scoring = _with_step(event, ranked, 128, all_meetings)
    for step in (32, 8, 2):
        if int(scoring.weight.astype(object).sum()) + int(scoring.move_cost.astype(object).sum()) < _LARGEST:
            break
        scoring = _with_step(event, ranked, step, all_meetings)
    return scoring


def _with_step(event: CompiledEvent, ranked: tuple[Goal, ...], step: int, all_meetings: bool) -> Scoring:
    has_held = bool(event.is_held.any())
    most = int(event.value.max(initial=1)) + (event.move_price if has_held else 0)
    costs: dict[Goal, int] = {}
    size = 1
    for goal in reversed(ranked):
        if goal in {"kept", "moves", "place_changes"} and not has_held:
            continue
        if goal == "far_walks" and (not len(event.walk) or event.walks_are_forbidden):
            continue
        costs[goal] = size
        size = min(size * step * (max(1, most) if goal == "value" else 1), _LARGEST)
    unit = costs["value"]
    weight = event.value * unit + event.is_held * costs.get("kept", 0)
    if all_meetings:
        weight = weight + size
    move_cost = event.is_held * (event.move_price * unit + costs.get("moves", 0))
    positive = event.value[event.value > 0]
    typical = max(1, round(float(positive.mean()) * unit)) if len(positive) else unit
    return Scoring(weight.astype(np.int64), move_cost.astype(np.int64), unit, typical, costs)
