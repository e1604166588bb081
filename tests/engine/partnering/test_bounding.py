"""The bound by prices: true against an oracle, the very number that the checker finds, never worse with more work."""

from __future__ import annotations

import math
import random
from threading import Thread

import numpy as np
import pytest
from hypothesis import assume, given, settings
from tests.example_counts import examples
from tests.made_events import Json, file_bytes
from tests.made_oracle import Oracle
from tests.made_tiny_events import events

from handslag.partnering import BadFormat, Problem, read_problem, read_schedule, schedule_json
from handslag.partnering.bounding import PriceBound
from handslag.partnering.checking.event import Event
from handslag.partnering.checking.prices import price_bound, unknown_in_prices
from handslag.partnering.compiled import compile_event
from handslag.partnering.placing.wanted import Wanted
from handslag.partnering.problem import AnyOf, Meeting, Person, Place, Rules, Side, Slot
from handslag.partnering.schedule import Figures, Prices, Run, Schedule

pytestmark = pytest.mark.usefixtures("ready_planner")


def start(problem: Problem) -> PriceBound:
    return PriceBound(problem, compile_event(problem))


def finished(problem: Problem, steps: int = 20) -> PriceBound:
    """All that can be done about the bound, each step of it looked at."""
    bound = start(problem)
    before = bound.bound
    for _ in range(10_000):
        if bound.is_finished:
            return bound
        assert bound.improve(steps) == bound.bound <= before
        before = bound.bound
    raise AssertionError("never finished")


def recomputed(problem: Problem, prices: Prices) -> int:
    event = Event(problem)
    assert unknown_in_prices(event, prices) is None
    return price_bound(event, prices)


def as_json(prices: Prices) -> Json:
    return {"scale": prices.scale, "people": dict(prices.people), "places": dict(prices.places)}


@settings(max_examples=examples(80), deadline=None)
@given(raw=events())
def test_no_schedule_of_a_tiny_event_is_worth_more_and_the_checker_finds_the_same_bound(raw: Json) -> None:
    try:
        problem = read_problem(file_bytes(raw))
    except BadFormat:
        assume(False)
        raise
    bound = start(problem)
    oracle = Oracle(raw)
    assert recomputed(problem, bound.certificate(0).prices) == bound.bound
    while not bound.is_finished:
        bound.improve(200)
        prices = bound.certificate(0).prices
        assert recomputed(problem, prices) == bound.bound == oracle.price_bound(as_json(prices))
    assert all(oracle.figures(plan)["value"] <= bound.bound for plan in oracle.plans())


def fair(seed: int, *, people: int = 40, meetings: int = 200, slots: int = 8, tables: int = 6) -> Problem:
    """A small event of all kinds of meetings, in which people and tables are short."""
    rng = random.Random(seed)
    times = tuple(Slot(f"t{n}", day=f"d{n % 2}") for n in range(slots))
    names = [slot.id for slot in times]
    guests = tuple(Person(f"p{n}", f"o{n // 4}", tuple(rng.sample(names, rng.randrange(slots)))) for n in range(people))
    places = (
        Place("hall", tables),
        Place("annexe", 2, slots=tuple(names[: slots // 2])),
        Place("booth", 1, host="o1"),
        Place("suite", 1, host="o2", slots=tuple(names[1:])),
    )
    asked = []
    for n in range(meetings):
        chosen = rng.sample(range(people), 7)
        named = [f"p{one}" for one in chosen]
        sides = [Side((named[0],)), Side((named[1],))]
        kind = rng.randrange(4)
        if kind == 1:
            sides[1] = Side((), AnyOf(1, tuple(named[1:4])))
        elif kind == 2:
            sides = [Side((named[0],), AnyOf(2, tuple(named[1:5]))), Side((), AnyOf(1, tuple(named[5:])))]
        own_slots = tuple(rng.sample(names, 3)) if rng.random() < 0.2 else None
        own_places = ("booth", "annexe") if rng.random() < 0.1 else None
        asked.append(Meeting(f"m{n}", tuple(sides), rng.randint(0, 3), own_slots, (), own_places))
    return Problem(times, places, guests, tuple(asked))


@pytest.mark.parametrize("seed", range(6))
def test_prices_of_a_crowded_event_prove_what_they_say_at_every_step(seed: int) -> None:
    problem = fair(seed)
    bound = start(problem)
    everything = bound.bound
    while not bound.is_finished:
        bound.improve(40)
        assert recomputed(problem, bound.certificate(0).prices) == bound.bound
    # Room for eight meetings at a time.
    assert bound.bound < everything
    assert bound.bound <= 3 * 8 * (6 + 2 + 2)


def test_the_bound_of_a_full_person_is_what_the_best_meetings_are_worth() -> None:
    slots = tuple(Slot(f"t{n}", day="1") for n in range(3))
    people = (Person("p"), *(Person(f"q{n}") for n in range(6)))
    meetings = tuple(Meeting(f"m{n}", (Side(("p",)), Side((f"q{n}",))), 1 + n) for n in range(6))
    bound = finished(Problem(slots, (Place("hall", 10),), people, meetings))
    assert bound.bound == 6 + 5 + 4
    prices = bound.certificate(0).prices
    assert (list(prices.people), dict(prices.places)) == (["p"], {})


def test_single_slots_are_priced_where_all_want_the_same_slot() -> None:
    slots = tuple(Slot(f"t{n}", day="1") for n in range(4))
    # Whoever p is to meet is there at one time only.
    people = (Person("p"), *(Person(f"q{n}", unavailable=("t1", "t2", "t3")) for n in range(4)))
    meetings = tuple(Meeting(f"m{n}", (Side(("p",)), Side((f"q{n}",))), 2) for n in range(4))
    bound = finished(Problem(slots, (Place("hall", 10),), people, meetings))
    assert bound.bound == 2
    assert sum(map(len, bound.certificate(0).prices.people.values())) <= 2


def test_more_than_a_word_of_slots_are_told_apart() -> None:
    slots = tuple(Slot(str(n)) for n in range(150))
    people = (Person("a", unavailable=("3",)), *(Person(f"b{n}") for n in range(160)))
    meetings = tuple(Meeting(f"m{n}", (Side(("a",)), Side((f"b{n}",))), 1 + n % 3) for n in range(160))
    bound = finished(Problem(slots, (Place("hall", 2),), people, meetings))
    assert recomputed(Problem(slots, (Place("hall", 2),), people, meetings), bound.certificate(0).prices) == bound.bound
    assert bound.bound == sum(sorted((one.value for one in meetings), reverse=True)[:149])


def test_without_days_and_with_days_named_like_slots_prices_mean_what_they_say() -> None:
    for days in ([None] * 4, ["t1", "t1", "t0", "t0"]):
        slots = tuple(Slot(f"t{n}", day=day) for n, day in enumerate(days))
        people = (Person("p", unavailable=("t3",)), *(Person(f"q{n}") for n in range(9)))
        meetings = tuple(Meeting(f"m{n}", (Side(("p",)), Side((f"q{n}",))), 1 + n % 3) for n in range(9))
        problem = Problem(slots, (Place("hall", 2),), people, meetings)
        bound = finished(problem)
        assert bound.bound == 9
        assert recomputed(problem, bound.certificate(0).prices) == 9


def test_the_same_steps_give_the_same_prices() -> None:
    problem = fair(7)
    one, other = finished(problem), finished(problem)
    assert one.certificate(0) == other.certificate(0)


def test_work_ends_where_the_gap_to_a_known_value_is_small_enough() -> None:
    problem = fair(8)
    best = finished(problem).bound
    bound = start(problem)
    bound.aim(best - 5, gap=6 / best)
    while not bound.is_finished:
        bound.improve(10)
    assert best <= bound.bound
    assert bound.certificate(best - 5).gap <= 6 / best
    held = bound.bound
    assert bound.improve(1000) == held


def test_the_bound_is_improved_in_a_thread_while_it_is_read() -> None:
    bound = start(fair(9))
    first = bound.bound
    worker = Thread(target=lambda: [bound.improve(20) for _ in range(50)])
    worker.start()
    while worker.is_alive():
        assert bound.bound <= first
    worker.join()
    assert bound.bound < first


def test_a_certificate_is_the_same_from_a_file() -> None:
    bound = finished(fair(3))
    certificate = bound.certificate(bound.bound - 2)
    assert certificate.gap == 2 / bound.bound
    schedule = Schedule("0" * 64, None, "feasible", (), (), Figures(), (certificate,), Run(1.0, 1, 1, "0", "steps"))
    assert read_schedule(schedule_json(schedule)).certificates == (certificate,)


SLOTS = (Slot("t0", day="1"), Slot("t1", day="2"))
PAIR = (Person("p"), Person("q"))
MEETING = Meeting("m", (Side(("p",)), Side(("q",))), 3)


@pytest.mark.parametrize(
    ("problem", "bound"),
    [
        (Problem((), (), (), ()), 0),
        (Problem((), (Place("hall"),), PAIR, (MEETING,)), 0),
        (Problem(SLOTS, (), PAIR, (MEETING,)), 0),
        (Problem(SLOTS, (Place("hall"),), PAIR, ()), 0),
        (Problem(SLOTS, (Place("hall"),), PAIR, (MEETING,)), 3),
        (Problem(SLOTS, (Place("hall"),), PAIR, (Meeting("m", MEETING.sides, 0),)), 0),
        (Problem(SLOTS, (Place("hall"),), (Person("p", unavailable=("t0", "t1")), PAIR[1]), (MEETING,)), 0),
        (Problem(SLOTS, (Place("booth", host="elsewhere"),), PAIR, (MEETING,)), 0),
        (
            Problem(SLOTS, (Place("hall", 10**15),), PAIR, tuple(Meeting(f"m{n}", MEETING.sides, 1) for n in range(9))),
            2,
        ),
        (Problem(SLOTS, (Place("hall"),), PAIR, (MEETING,), Rules(move_price=10**12)), 3),
    ],
)
def test_events_with_next_to_nothing_in_them(problem: Problem, bound: int) -> None:
    done = finished(problem)
    assert done.bound == bound
    assert recomputed(problem, done.certificate(0).prices) == bound


def test_the_largest_values_stay_whole_numbers() -> None:
    slots = tuple(Slot(f"t{n}", day="1") for n in range(2))
    people = tuple(Person(f"p{n}") for n in range(3))
    pairs = [(one, other) for one in range(3) for other in range(one)]
    meetings = tuple(
        Meeting(f"m{n}", (Side((f"p{pairs[n % 3][0]}",)), Side((f"p{pairs[n % 3][1]}",))), 1_000_000 - n % 7)
        for n in range(3_000)
    )
    problem = Problem(slots, (Place("hall", 1),), people, meetings)
    bound = finished(problem, 100)
    assert bound.bound == 2_000_000
    assert recomputed(problem, bound.certificate(0).prices) == 2_000_000


@settings(max_examples=examples(80), deadline=None)
@given(raw=events())
def test_a_meeting_is_never_worth_more_than_its_reduced_value_says(raw: Json) -> None:
    try:
        problem = read_problem(file_bytes(raw))
    except BadFormat:
        assume(False)
        raise
    bound = start(problem)
    bound.improve(50)
    oracle, prices = Oracle(raw), as_json(bound.certificate(0).prices)
    reduced = bound.reduced_values().values
    for asked, found in zip(raw["meetings"], reduced.tolist(), strict=True):
        surplus = max(oracle.surpluses(prices, asked), default=-math.inf)
        if not asked.get("held"):
            assert surplus <= found * prices["scale"] + 1e-6


def test_a_crowded_persons_least_meeting_has_no_reduced_value() -> None:
    """Three ask for the one slot of one: the dearest pays what the second would, the others are worth less than that."""
    guests = tuple(Person(f"p{n}") for n in range(4))
    asked = tuple(Meeting(f"m{n}", (Side(("p0",)), Side((f"p{n}",))), value=n) for n in (1, 2, 3))
    bound = finished(Problem((Slot("t"),), (Place("hall", 9),), guests, asked))
    reduced = bound.reduced_values()
    assert bound.bound == 3
    assert reduced.is_priced.tolist() == [True, False, False, False]
    low, middle, high = reduced.values.tolist()
    assert low < 0
    assert middle <= 0 <= high


def test_what_is_tried_first_is_what_an_optimum_would_hold() -> None:
    """Person 0 meets for 1 what could be 3; nobody else is short of time."""
    guests = tuple(Person(f"p{n}") for n in range(5))
    asked = (
        *(Meeting(f"m{n}", (Side(("p0",)), Side((f"p{n}",))), value=n) for n in (1, 2, 3)),
        Meeting("idle", (Side(("p3",)), Side(("p4",))), value=0),
    )
    event = compile_event(Problem((Slot("t"),), (Place("hall", 9),), guests, asked))
    wanted = Wanted(event, np.array([-1.0, 0.0, 1.0, 0.0]), np.array([True, False, False, False, False]))
    nobody = np.zeros(5, dtype=np.bool_)
    assert wanted.meetings(np.array([True, False, False, False]), nobody).tolist() == [1, 2]
    assert wanted.meetings(np.array([False, False, True, False]), nobody).tolist() == []
    idle = np.array([True, False, False, True, True])
    assert wanted.meetings(np.zeros(4, dtype=np.bool_), idle).tolist() == [1, 2]
