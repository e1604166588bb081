"""Fewest breaks, proven: against the oracle that tries every schedule of tiny events."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.example_counts import examples
from tests.made_events import Json, file_bytes
from tests.made_oracle import Oracle
from tests.made_tiny_events import events, events_of_pairs

from handslag.partnering import from_b2bsp, problem_json, read_problem, sha256_of
from handslag.partnering.checking import check_schedule
from handslag.partnering.problem import Held, Problem, Rules, Walk
from handslag.partnering.proving import Progress, applies_to, deciding, prove_breaks, sat
from handslag.partnering.proving.clauses import Clauses
from handslag.partnering.proving.counted import certificate_of_impossible
from handslag.partnering.proving.deciding import Decision
from handslag.partnering.proving.grid import Grid
from handslag.partnering.proving.question import Question
from handslag.partnering.proving.slot_prices import fewest_breaks
from handslag.partnering.schedule import CountingCertificate, Schedule

pytestmark = pytest.mark.usefixtures("ready_planner")

# Four people, seven meetings in six slots of two rooms; p1 cannot be there in the third.
TEXT = """
nBusiness = 4; nMeetings = 7; nTables = 2; nTotalSlots = 6; nMorningSlots = 6;
requested = [|1,2,3, |1,3,3, |1,4,3, |2,3,3, |2,4,3, |3,4,3, |1,2,3|];
forbidden = [{3}, {0}, {0}, {0}];
"""


def prove(problem: Problem, *, seed: int = 1) -> Schedule:
    """The schedule, passed by the checker."""
    sha256 = sha256_of(problem_json(problem))
    schedule = prove_breaks(problem, problem_sha256=sha256, seconds=20, seed=seed)
    verdict = check_schedule(problem, schedule, problem_sha256=sha256, from_sha256=None)
    assert verdict.violations == ()
    return schedule


@st.composite
def events_of_all_meetings(draw: Any) -> Json:
    """Tiny events of all kinds in which every meeting must be placed, nothing held, no walks."""
    problem: Json = draw(events(may_walk=False))
    problem["rules"]["all_meetings"] = True
    problem["goals"] = draw(st.sampled_from([None, ["breaks"], ["value", "moves", "breaks", "place_changes"]]))
    for meeting in problem["meetings"]:
        meeting.update(held=None, frozen=False)
    return problem


def _agrees(problem: Json) -> None:
    parsed = read_problem(file_bytes(problem))
    assert applies_to(parsed)
    oracle = Oracle(problem)
    breaks = [oracle.figures(plan)["breaks"] for plan in oracle.plans()]
    schedule = prove(parsed)
    if breaks:
        assert (schedule.status, schedule.figures.breaks) == ("optimal", min(breaks))
        assert len(schedule.placed) == len(problem["meetings"])
    else:
        assert schedule.status == "infeasible"


@given(events_of_all_meetings())
@settings(max_examples=examples(60), deadline=None)
def test_fewest_breaks_of_any_tiny_event_are_found_and_proven(problem: Json) -> None:
    _agrees(problem)


@given(events_of_pairs())
@settings(max_examples=examples(60), deadline=None)
def test_fewest_breaks_of_pairs_are_found_and_proven(problem: Json) -> None:
    options = [Oracle(problem).options(one) for one in problem["meetings"]]
    size = 1
    for some in options:
        size *= len(some) + 1
    assume(size < 5000)
    _agrees(problem)


def test_counting_proves_what_somebody_cannot_do_without() -> None:
    schedule = prove(from_b2bsp(TEXT))
    assert (schedule.status, schedule.figures.breaks) == ("optimal", 1)
    (certificate,) = schedule.certificates
    assert isinstance(certificate, CountingCertificate)
    assert (certificate.rule, certificate.bound) == ("slot-prices", 1)


def test_a_meeting_that_can_be_nowhere_makes_the_event_impossible() -> None:
    schedule = prove(from_b2bsp(TEXT.replace("{3}, {0}", "{1,2,3,4,5,6}, {0}")))
    assert schedule.status == "infeasible"
    assert [getattr(one, "rule", None) for one in schedule.certificates] == ["no-slot"]


def test_progress_tells_what_is_known_and_ends_with_both_sides_met() -> None:
    told: list[Progress] = []
    prove_breaks(from_b2bsp(TEXT), problem_sha256="0" * 64, seconds=20, progress=told.append)
    assert told[0].breaks is None
    assert (told[-1].breaks, told[-1].bound) == (1, 1)


def test_events_with_announced_meetings_or_walks_or_not_all_meetings_are_for_others() -> None:
    problem = from_b2bsp(TEXT)
    assert applies_to(problem)
    first, *others = problem.meetings
    announced = replace(first, held=Held("s1", "tables", ("p1", "p2")))
    assert not applies_to(replace(problem, meetings=(announced, *others)))
    assert not applies_to(replace(problem, walks=(Walk("A", "B", 5),)))
    assert not applies_to(replace(problem, rules=Rules(all_meetings=False)))


@given(st.one_of(events_of_pairs(), events_of_all_meetings()), st.booleans())
@settings(max_examples=examples(60), deadline=None)
def test_a_question_is_answered_yes_from_the_fewest_breaks_on(problem: Json, counts_people: bool) -> None:
    oracle = Oracle(problem)
    size = 1
    for meeting in problem["meetings"]:
        size *= len(oracle.options(meeting)) + 1
    assume(size < 5000)
    breaks = [oracle.figures(plan)["breaks"] for plan in oracle.plans()]
    grid = Grid(read_problem(file_bytes(problem)))
    assume(certificate_of_impossible(grid) is None)
    for most in (None, *range(5)):
        answer = Question(grid, most, fewest_breaks(grid), counts_people=counts_people).ask(20)
        assert answer.is_possible is (bool(breaks) and (most is None or most >= min(breaks)))
        if answer.found is not None and most is not None:
            assert answer.found.breaks(grid) in set(breaks) & set(range(most + 1))


@pytest.mark.parametrize(("solver", "seed"), [("glucose4", 0), ("kissat404", 3)])
def test_the_process_answers_as_what_is_decided_at_once(
    solver: sat.Solver, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid = Grid(from_b2bsp(TEXT))
    for few in (0, 10_000):
        monkeypatch.setattr(deciding, "_FEW_CLAUSES", few)
        assert Question(grid, 0, [0] * 4, solver=solver, seed=seed).ask(20).is_possible is False
        found = Question(grid, 1, fewest_breaks(grid), solver=solver, seed=seed).ask(20).found
        assert found is not None
        assert found.breaks(grid) == 1


def test_a_question_ends_when_stopped_and_when_time_is_up() -> None:
    pigeons = Clauses()
    holes = [[pigeons.new() for _ in range(13)] for _ in range(14)]
    for one in holes:
        pigeons.add(*one)
    for hole in zip(*holes, strict=True):
        pigeons.add_at_most_one(hole)
    begun = time.monotonic()
    assert Decision(pigeons, "kissat404", seed=1).decide(0.5) is None
    decision = Decision(pigeons, "kissat404", seed=1)
    later = threading.Timer(0.5, decision.stop)
    later.start()
    assert decision.decide(600) is None
    assert time.monotonic() - begun < 60
    assert decision.decide(600) is None


def test_why_nothing_is_placed_is_told_in_swedish_too() -> None:
    problem = from_b2bsp(TEXT.replace("{3}, {0}", "{1,2,3,4,5,6}, {0}"))
    schedule = prove_breaks(problem, problem_sha256="0" * 64, seconds=20, language="sv")
    assert {one.reason for one in schedule.unplaced} == {"alla möten får inte plats tillsammans: det är bevisat"}


def test_it_ends_early_when_asked() -> None:
    # Forty people, each in about ten of two hundred meetings: far from decided at the first look.
    pairs = random.Random(5).sample(list(combinations(range(1, 41), 2)), 200)
    requested = ", ".join(f"|{one},{other},3" for one, other in pairs)
    text = f"""
    nBusiness = 40; nMeetings = 200; nTables = 15; nTotalSlots = 18; nMorningSlots = 18;
    requested = [{requested}|];
    forbidden = [{", ".join(["{0}"] * 40)}];
    """
    schedule = prove_breaks(from_b2bsp(text), problem_sha256="0" * 64, seconds=600, asked=lambda: True)
    assert schedule.run.stopped == "asked"
    assert schedule.run.seconds < 60
