"""Live repair: after any chain of changes the checker finds nothing, and nobody suffers without need."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.example_counts import examples
from tests.made_changes import filled, frozen_somewhere, made_change, made_event, nothing_placed
from tests.made_oracle import Oracle

from handslag.partnering import (
    AnyOf,
    BadFormat,
    Meeting,
    Person,
    Place,
    Placed,
    Problem,
    Schedule,
    Side,
    Slot,
    problem_json,
    read_problem,
    read_schedule,
    schedule_json,
    sha256_of,
)
from handslag.partnering.checking import check_schedule
from handslag.partnering.repairing import (
    Added,
    AreaClosed,
    AreaOpened,
    MeetingCancelled,
    NoShow,
    PersonAway,
    PersonBack,
    Plan,
    Repair,
    TimePassed,
    read_changes,
    read_repair,
    repair_json,
)

CHECKOUT = Path(__file__).resolve().parents[3]


def begun(seed: int) -> tuple[random.Random, Problem, Schedule]:
    """An event with an announced schedule that keeps every rule."""
    rng = random.Random(seed)
    problem = made_event(rng)
    return rng, *frozen_somewhere(rng, problem, filled(problem).schedule)


def assert_kept(plan: Plan, base: str) -> None:
    """The checker finds nothing wrong with the plan as it is handed out, through its files."""
    problem, schedule = plan.handed_out()
    data = problem_json(problem)
    stated = read_schedule(schedule_json(schedule))
    verdict = check_schedule(read_problem(data), stated, problem_sha256=sha256_of(data), from_sha256=base)
    assert not verdict.violations, [one.in_language("en") for one in verdict.violations]


def assert_nothing_else_fits(plan: Plan) -> None:
    """No waiting meeting could be added: by the rules as the oracle has them, but for the spread of breaks."""
    problem, schedule = plan.handed_out()
    told = json.loads(problem_json(problem))
    told["rules"]["max_break_spread"] = None
    oracle = Oracle(told)
    placed = {one.meeting: (one.slot, one.place, frozenset(one.people)) for one in schedule.placed}
    assert oracle.keeps_most(placed)
    if problem.rules.max_break_spread is None:
        for left in schedule.unplaced:
            meeting = oracle.meetings[left.meeting]
            assert not any(oracle.keeps_most(placed | {left.meeting: one}) for one in oracle.options(meeting))


@pytest.mark.made_up
@pytest.mark.parametrize("seed", range(examples(300)))
def test_after_any_chain_of_changes_every_rule_is_kept_and_nothing_is_left_out_that_fits(seed: int) -> None:
    rng, problem, schedule = begun(seed)
    base = sha256_of(schedule_json(schedule))
    plan = Plan(problem, schedule, announced_sha256=base, move_price=rng.choice([None, 0, 2]))
    stored, moved = [], 0
    first = plan.snapshot()
    for number in range(8):
        try:
            repair = plan.apply(made_change(rng, *plan.handed_out(), number))
        except BadFormat:
            continue
        stored.append(repair_json(repair))
        moved += repair.moved_unhit
        assert moved <= (52 + 48 * len(stored)) // 100
        assert_kept(plan, base)
        assert_nothing_else_fits(plan)
    end = plan.schedule, plan.version
    plan.restore(first)
    for data in stored:
        plan.replay(read_repair(data))
    assert (plan.schedule, plan.version) == end


# --- one thing at a time ----------------------------------------------------------------------------------------------


def met(name: str, one: str, *others: str, value: int = 1) -> Meeting:
    """Two who meet; of several others any one."""
    other = Side((others[0],)) if len(others) == 1 else Side((), AnyOf(1, others))
    return Meeting(name, (Side((one,)), other), value)


def small(*meetings: Meeting, tables: int = 1, slots: int = 3) -> Problem:
    """An event of an hour or two, with some people who are always there."""
    return Problem(
        slots=tuple(Slot(str(n + 1)) for n in range(slots)),
        places=(Place("hall", tables),),
        people=tuple(Person(name) for name in "abcdefgh"),
        meetings=meetings,
    )


def announced(problem: Problem, *placed: tuple[str, str, str]) -> Plan:
    """A plan with these placed in a slot of the hall: meeting, slot, people."""
    numbers: dict[str, int] = {}
    spots = []
    for name, slot, people in placed:
        numbers[slot] = numbers.get(slot, 0) + 1
        spots.append(Placed(name, slot, "hall", numbers[slot], tuple(people)))
    return Plan(problem, replace(nothing_placed(), placed=tuple(spots)))


def told(repair: Repair) -> list[str]:
    """Each changed placement in few words."""
    return [
        f"{one.meeting} {one.outcome}" + (f" {one.after.slot}" if one.after is not None else "")
        for one in repair.placements
    ]


def test_another_delegate_goes_before_the_meeting_moves() -> None:
    plan = announced(small(met("m", "a", "b", "c")), ("m", "1", "ab"))
    repair = plan.apply(PersonAway("b", slots=("1",)))
    assert told(repair) == ["m people 1"]
    assert repair.placements[0].in_language("en") == "m in 1, hall 1: a, c instead of a, b: b is away"
    assert repair.placements[0].in_language("sv") == "m i 1, hall 1: a, c i stället för a, b: b är borta"


def test_what_is_hit_moves_near_and_is_dropped_only_where_nothing_is_left() -> None:
    plan = announced(small(met("m", "a", "b"), slots=4), ("m", "2", "ab"))
    assert told(plan.apply(PersonAway("a", slots=("1", "2")))) == ["m moved 3"]
    assert told(plan.apply(PersonAway("b", since="3"))) == ["m dropped"]
    assert told(plan.apply(PersonBack("b", slots=("4",)))) == ["m placed 4"]


def test_one_that_was_not_hit_gives_way_where_that_saves_one() -> None:
    plan = announced(small(met("m", "a", "b"), met("n", "c", "d"), slots=2), ("m", "1", "ab"), ("n", "2", "cd"))
    repair = plan.apply(PersonAway("a", slots=("1",)))
    assert sorted(told(repair)) == ["m moved 2", "n moved 1"]
    assert {one.cause for one in repair.placements} == {"away", "gives_way"}


def test_a_busy_person_is_freed_by_another_meeting_that_moves() -> None:
    meetings = met("m", "a", "b"), met("n", "b", "c")
    plan = announced(small(*meetings, tables=2, slots=2), ("m", "1", "ab"), ("n", "2", "bc"))
    assert sorted(told(plan.apply(PersonAway("a", slots=("1",))))) == ["m moved 2", "n moved 1"]


def test_what_is_not_hit_moves_for_fewer_than_one_of_two_changes() -> None:
    meetings = [met(f"{kind}{n}", *pair) for n in range(4) for kind, pair in (("m", "ab"), ("n", "cd"))]
    pairs = [(f"m{n}", str(2 * n + 1), "ab") for n in range(4)] + [(f"n{n}", str(2 * n + 2), "cd") for n in range(4)]
    event = small(*meetings, slots=8)
    event = replace(event, meetings=tuple(replace(one, slots=_two_slots(one.id)) for one in meetings))
    plan = announced(event, *pairs)
    gave_way = [plan.apply(PersonAway("a", slots=(str(2 * n + 1),))).moved_unhit for n in range(4)]
    assert gave_way == [1, 0, 0, 1]


def _two_slots(name: str) -> tuple[str, ...]:
    first = 2 * int(name[1:])
    return str(first + 1), str(first + 2)


def test_one_that_was_hit_goes_on_for_another_that_cannot() -> None:
    meetings = met("m", "a", "b", value=2), replace(met("n", "c", "d"), slots=("1",))
    event = replace(small(*meetings, slots=3), places=(Place("tent", 2), Place("hall", 1)))
    placed = Placed("m", "1", "tent", 1, ("a", "b")), Placed("n", "1", "tent", 2, ("c", "d"))
    repair = Plan(event, replace(nothing_placed(), placed=placed)).apply(AreaClosed(("tent",)))
    assert sorted(told(repair)) == ["m moved 2", "n place 1"]
    assert repair.moved_unhit == 0


def test_what_took_the_place_of_one_that_was_hit_pushes_nobody_away() -> None:
    meetings = (
        replace(met("m", "a", "b", value=2), slots=("1", "3", "5")),
        replace(met("n", "a", "c"), slots=("2", "3", "8")),
        replace(met("k", "a", "d"), slots=("8", "9")),
    )
    plan = announced(small(*meetings, slots=9), ("m", "1", "ab"), ("n", "2", "ac"), ("k", "8", "ad"))
    assert sorted(told(plan.apply(PersonAway("a", slots=("1", "2"))))) == ["m moved 5", "n moved 3"]
    # Nobody is counted as busy where n would have been.
    plan.apply(MeetingCancelled("n"))
    assert told(plan.apply(Added(meetings=(replace(met("x", "a", "c"), slots=("3",)),)))) == ["x placed 3"]


def test_for_a_closed_area_nobody_else_moves() -> None:
    meetings = replace(met("m", "a", "b"), slots=("1",)), met("n", "c", "d")
    event = replace(small(*meetings, slots=2), places=(Place("tent", 1), Place("hall", 1)))
    placed = Placed("m", "1", "tent", 1, ("a", "b")), Placed("n", "1", "hall", 1, ("c", "d"))
    plan = Plan(event, replace(nothing_placed(), placed=placed))
    assert told(plan.apply(AreaClosed(("tent",)))) == ["m dropped"]


def test_a_new_request_moves_others_only_if_it_is_worth_more_than_a_move() -> None:
    event = small(met("n", "c", "d"), slots=2)
    late = Added(people=(Person("x", unavailable=("2",)),), meetings=(met("l", "a", "x", value=3),))
    plan = announced(event, ("n", "1", "cd"))
    assert told(plan.apply(late)) == []
    for price, outcome in ((3, []), (2, ["l placed 1", "n moved 2"])):
        spots = (Placed("n", "1", "hall", 1, ("c", "d")),)
        plan = Plan(event, replace(nothing_placed(), placed=spots), move_price=price)
        assert sorted(told(plan.apply(late))) == outcome


def test_what_has_passed_does_not_change() -> None:
    plan = announced(small(met("m", "a", "b"), met("w", "c", "d"), slots=3), ("m", "1", "ab"))
    plan.apply(TimePassed("3"))
    plan.apply(MeetingCancelled("m"))
    assert [one.slot for one in plan.schedule.placed] == ["3"]
    assert plan.problem.people[0].unavailable == ("1", "2")
    frozen = announced(small(met("m", "a", "b"), slots=2), ("m", "1", "ab"))
    frozen.apply(TimePassed("2"))
    assert frozen.problem.meetings[0].frozen
    assert told(frozen.apply(AreaClosed(("hall",)))) == []


def test_the_slot_of_who_did_not_come_goes_to_the_best_that_waits() -> None:
    meetings = met("m", "a", "b"), met("v", "c", "d"), met("w", "e", "f", value=2)
    plan = announced(small(*meetings, slots=1), ("m", "1", "ab"))
    plan.apply(TimePassed("1"))
    assert told(plan.apply(NoShow("a", "1"))) == ["m dropped", "w placed 1"]


def test_a_closed_area_is_left_for_another_place_in_the_same_slot() -> None:
    event = replace(small(met("m", "a", "b")), places=(Place("hall", 1), Place("tent", 1, "Z")))
    plan = Plan(event, replace(nothing_placed(), placed=(Placed("m", "1", "tent", 1, ("a", "b")),)))
    assert told(plan.apply(AreaClosed(zone="Z"))) == ["m place 1"]
    assert plan.problem.places[1].host == "closed"
    assert told(plan.apply(AreaClosed(("hall",), slots=("1",)))) == ["m moved 2"]
    plan.apply(AreaOpened(zone="Z"))
    assert plan.problem.places[1] == event.places[1]


def test_what_could_not_be_kept_has_a_reason_that_can_be_acted_on() -> None:
    people = tuple(Person(name, max_per_day=1 if name == "e" else None) for name in "abcdef")
    meetings = replace(met("m", "a", "b"), slots=("1",)), met("n", "c", "d"), met("x", "e", "a"), met("y", "e", "f")
    event = replace(small(*meetings, slots=2, tables=2), people=people)
    plan = announced(event, ("m", "1", "ab"), ("n", "2", "cd"), ("x", "2", "ea"))
    plan.apply(PersonAway("b", slots=("1",)))
    assert {one.meeting: one.reason for one in plan.schedule.unplaced} == {
        "m": "there is no slot in which everyone is available and a place is open; would fit if b were also available at one of 1",
        "y": "as many meetings as a day may have, on the day of 1: e",
    }


# --- stored, replayed, refused ----------------------------------------------------------------------------------------


def test_a_repair_is_replayed_on_its_own_version_only() -> None:
    plan = announced(small(met("m", "a", "b")), ("m", "1", "ab"))
    before = plan.snapshot()
    first, second = plan.apply(PersonAway("a", slots=("1",))), plan.apply(PersonAway("a", slots=("2",)))
    assert (first.version, plan.version) == (second.base, second.version)
    plan.restore(before)
    with pytest.raises(BadFormat, match="the repair is for version"):
        plan.replay(second)
    plan.replay(read_repair(repair_json(first)))
    plan.replay(read_repair(repair_json(second)))
    assert plan.version == second.version


@pytest.mark.parametrize(
    ("slot", "place", "number", "words"),
    [("1", "hall", 1, "cannot stand"), ("3", "hall", 1, "it was altered"), ("2", "hall", 2, "cannot stand"),
     ("9", "hall", 1, 'unknown id "9"')],
)  # fmt: skip
def test_an_altered_repair_is_refused_and_nothing_is_changed(slot: str, place: str, number: int, words: str) -> None:
    plan = announced(small(met("m", "a", "b")), ("m", "1", "ab"))
    before = plan.snapshot()
    repair = plan.apply(PersonAway("a", slots=("1",)))
    plan.restore(before)
    as_it_was = plan.schedule
    altered = repair.placements[0]._replace(after=Placed("m", slot, place, number, ("a", "b")))
    with pytest.raises(BadFormat, match=words):
        plan.replay(replace(repair, placements=(altered,)))
    assert plan.schedule == as_it_was
    plan.replay(repair)


def test_a_repair_that_tells_another_past_is_refused() -> None:
    plan = announced(small(met("m", "a", "b")), ("m", "2", "ab"))
    before = plan.snapshot()
    repair = plan.apply(PersonAway("a", slots=("2",)))
    plan.restore(before)
    altered = repair.placements[0]._replace(before=Placed("m", "3", "hall", 1, ("a", "b")))
    with pytest.raises(BadFormat, match=r"placements\[0\].before.*does not stand like this in the plan"):
        plan.replay(replace(repair, placements=(altered,)))
    plan.replay(repair)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ('{"kind": "gone"}', "kind.*expected one of"),
        ('{"kind": "person_away"}', 'the key "person" is missing'),
        ('{"kind": "person_away", "person": "a", "slots": ["1"], "since": "2"}', "either slots or since"),
        ('{"kind": "added", "meetings": [{"id": "m", "sides": []}]}', r"meetings\[0\].sides \(m\)"),
        ("7", "expected an object"),
    ],
)
def test_a_fault_in_a_file_of_changes_is_told_at_its_place(change: str, words: str) -> None:
    with pytest.raises(BadFormat, match=words):
        read_changes(f'{{"format": "handslag-changes/1", "changes": [{change}]}}'.encode())


@pytest.mark.parametrize(
    "change",
    [
        PersonAway("nobody"),
        PersonAway("a", since="9"),
        NoShow("a", "9"),
        AreaClosed(("nowhere",)),
        AreaClosed(),
        AreaOpened(zone="nowhere"),
        MeetingCancelled("none"),
        TimePassed("9"),
        Added(people=(Person("a"),)),
        Added(places=(Place("hall"),)),
        Added(meetings=(met("m", "a", "b"),)),
        Added(meetings=(met("new", "a", "nobody"),)),
        Added(meetings=(met("new", "a", "a"),)),
        Added(meetings=(replace(met("new", "a", "b"), after=("new",)),)),
    ],
    ids=str,
)
def test_a_change_that_does_not_agree_with_the_event_is_refused(change: Added) -> None:
    plan = announced(small(met("m", "a", "b")), ("m", "1", "ab"))
    before = plan.version, plan.schedule
    with pytest.raises(BadFormat):
        plan.apply(change)
    assert (plan.version, plan.schedule) == before


def test_a_schedule_that_the_problem_does_not_allow_is_not_taken_up() -> None:
    with pytest.raises(BadFormat, match=r"placed\[1\] \(n\): the meeting cannot stand"):
        announced(small(met("m", "a", "b"), met("n", "a", "c"), tables=2), ("m", "1", "ab"), ("n", "1", "ac"))


def test_the_documented_lines_of_python_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(CHECKOUT)
    page = (CHECKOUT / "docs" / "planning.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    for block in blocks:
        exec(block, {})  # noqa: S102 # it is our own page
    assert (
        "m9 in mon-1000, hall 1: karin-ek, anders-bergqvist instead of karin-ek, maja-holm" in capsys.readouterr().out
    )
