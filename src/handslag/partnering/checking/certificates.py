"""Certificates: figures and gaps by their formula, prices and counting computed again, claims told as claims."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from handslag.partnering.checking.counting import count_again
from handslag.partnering.checking.event import Event
from handslag.partnering.checking.violations import Violation
from handslag.partnering.problem import MAXIMISED
from handslag.partnering.schedule import (
    Certificate,
    CountingCertificate,
    Figures,
    PricesCertificate,
    Schedule,
    SearchCertificate,
    gap_between,
)

Outcome = Literal["recomputed", "claimed", "wrong"]


@dataclass(frozen=True, slots=True)
class Examined:
    """A certificate at its position, what came of it, and whether it shows that no schedule keeps all rules."""

    position: int
    certificate: Certificate
    outcome: Outcome
    faults: tuple[Violation, ...]
    refutes: bool = False


def examine_certificates(event: Event, schedule: Schedule, figures: Figures) -> list[Examined]:
    """Every certificate looked at by itself."""
    return [
        _examine(event, schedule, figures, position, certificate)
        for position, certificate in enumerate(schedule.certificates)
    ]


def _examine(event: Event, schedule: Schedule, figures: Figures, position: int, certificate: Certificate) -> Examined:
    faults = list(_stated_faults(event, figures, position, certificate))
    refutes = False
    match certificate:
        case PricesCertificate():
            found, refutes = _price_faults(event, position, certificate)
            faults += found
        case CountingCertificate():
            found, refutes = _counting_faults(event, schedule, figures, position, certificate)
            faults += found
        case _:
            refutes = True
    outcome: Outcome = "wrong" if faults else "claimed" if isinstance(certificate, SearchCertificate) else "recomputed"
    return Examined(position, certificate, outcome, tuple(faults), refutes and not faults)


def _wrong(position: int, certificate: Certificate, variant: str, **numbers: Any) -> Violation:
    ids = {"certificate": f"certificates[{position}]", "goal": certificate.goal}
    return Violation("wrong-certificate", ids, numbers, variant)


def _stated_faults(event: Event, figures: Figures, position: int, certificate: Certificate) -> Iterator[Violation]:
    goal = certificate.goal
    if goal not in event.problem.ranked_goals:
        yield _wrong(position, certificate, "no-goal", goals=event.problem.ranked_goals)
    right = figures.reached(goal)
    if certificate.reached != right:
        yield _wrong(position, certificate, "reached", found=certificate.reached, right=right)
        return
    is_beyond = certificate.bound < right if goal == MAXIMISED else certificate.bound > right
    if is_beyond:
        yield _wrong(position, certificate, "beyond", found=right, bound=certificate.bound)
        return
    gap = gap_between(goal, right, certificate.bound)
    if not math.isclose(gap, certificate.gap, rel_tol=1e-9, abs_tol=1e-12):
        yield _wrong(position, certificate, "gap", found=certificate.gap, right=gap)


def _price_faults(event: Event, position: int, certificate: PricesCertificate) -> tuple[list[Violation], bool]:
    # Slow to import, and needed by nothing else.
    from handslag.partnering.checking.prices import price_bound, unknown_in_prices  # noqa: PLC0415

    stranger = unknown_in_prices(event, certificate.prices)
    if stranger is not None:
        return [_wrong(position, certificate, "stranger", id=stranger)], False
    bound = price_bound(event, certificate.prices)
    if bound != certificate.bound:
        return [_wrong(position, certificate, "bound", found=certificate.bound, right=bound)], False
    return [], event.problem.rules.all_meetings and bound < event.problem.least_value_of_all


def _counting_faults(
    event: Event, schedule: Schedule, figures: Figures, position: int, certificate: CountingCertificate
) -> tuple[list[Violation], bool]:
    rule = certificate.rule
    counted = count_again(event, rule, certificate.goal, figures, certificate.numbers)
    if counted is None or (counted.bound is None and schedule.status != "infeasible"):
        return [_wrong(position, certificate, "argument", rule=rule)], False
    if dict(certificate.numbers) != dict(counted.numbers):
        numbers = ", ".join(f"{name} {value}" for name, value in counted.numbers.items())
        return [_wrong(position, certificate, "numbers", rule=rule, right=numbers or "{}")], False
    # What refutes every schedule bounds nothing: its bound is what was reached.
    bound = figures.reached(certificate.goal) if counted.bound is None else counted.bound
    if bound != certificate.bound:
        return [_wrong(position, certificate, "bound", found=certificate.bound, right=bound)], False
    return [], counted.bound is None


def status_faults(
    event: Event, schedule: Schedule, examined: list[Examined], *, keeps_all: bool
) -> Iterator[Violation]:
    """Whether the status says what the certificates show; `keeps_all`: also every meeting placed, breaks near enough."""
    status = schedule.status
    if status == "optimal":
        proven = {one.certificate.goal for one in examined if one.certificate.bound == one.certificate.reached}
        for goal in event.problem.ranked_goals:
            if goal not in proven:
                yield Violation("wrong-certificate", {"status": status, "goal": goal}, variant="optimal")
    elif status == "infeasible":
        if not any(one.refutes for one in examined):
            yield Violation("wrong-certificate", {"status": status}, variant="infeasible")
    elif status == "unknown" and keeps_all:
        yield Violation("wrong-certificate", {"status": status}, variant="unknown")
