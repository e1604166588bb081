"""Reading a problem: every fault is told with its place, in two languages; what is sound comes back as it was."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.made_events import Json, event, file_bytes, meeting, schedule

import handslag
from handslag.partnering import (
    AnyOf,
    BadFormat,
    Held,
    Problem,
    Rules,
    Side,
    hold_announced,
    problem_json,
    read_problem,
    read_schedule,
)

SCHEMA = Path(handslag.__file__).parent / "formats" / "meetings.schema.json"
Change = Callable[[Json], object]


def refused(data: bytes) -> BadFormat:
    with pytest.raises(BadFormat) as caught:
        read_problem(data)
    for language in ("sv", "en"):
        assert caught.value.place in caught.value.in_language(language)
    return caught.value


def put(*path: Any) -> Change:
    """Changes the value at a path: `put("meetings", 3, "held", "slot", "zz")`."""

    def change(value: Any) -> None:
        for step in path[:-2]:
            value = value[step]
        value[path[-2]] = path[-1]

    return change


def frozen(number: int, **held: Any) -> Change:
    def change(problem: Json) -> None:
        one = problem["meetings"][number]
        one["held"] = {**(one.get("held") or {}), **held}
        one["frozen"] = True

    return change


def both(*changes: Change) -> Change:
    return lambda problem: [change(problem) for change in changes]


FAULTS: list[tuple[Change, str, str]] = [
    (put("format", "handslag-meetings/2"), "format", "handslag-meetings/1"),
    (lambda problem: problem.pop("format"), "format", "missing"),
    (lambda problem: problem.pop("people"), "people", "missing"),
    (put("slots", None), "slots", "expected a list"),
    (put("meetings", {}), "meetings", "expected a list"),
    (put("colour", 1), "colour", 'unknown key "colour"'),
    (put("name", 5), "name", "expected a text"),
    (put("slots", 0, 7), "slots[0]", "expected an object"),
    (put("slots", 1, "id", ""), "slots[1].id", "not empty"),
    (put("slots", 1, "id", 5), "slots[1].id", "found 5"),
    (put("slots", 1, "id", "a1"), "slots[1].id", "stands already at slots[0]"),
    (put("slots", 1, "colour", 1), "slots[1].colour (a2)", "unknown key"),
    (put("slots", 1, "start", "2026-11-02T09:30"), "slots[1].start (a2)", "offset"),
    (put("slots", 1, "start", "2026-02-30T09:30Z"), "slots[1].start (a2)", "offset"),
    (put("slots", 1, "start", "2026-W45-1T09:30Z"), "slots[1].start (a2)", "offset"),
    (put("slots", 1, "start", None), "slots[1].start", "missing here but given at slots[0]"),
    (put("slots", 1, "day", None), "slots[1].day", "missing here but given at slots[0]"),
    (put("slots", 0, "day", None), "slots[0].day", "missing here but given at slots[1]"),
    (put("slots", 1, "day", ""), "slots[1].day (a2)", "not empty"),
    (put("slots", 1, "start", "2026-11-02T09:00+01:00"), "slots[1].start (a2)", 'after the slot "a1"'),
    (put("slots", 1, "start", "2026-11-02T10:45+02:00"), "slots[2].start (a3)", "before the slot"),
    (put("slots", 1, "start", "2026-11-02T09:20+01:00"), "slots[1].start (a2)", "has ended"),
    (put("slots", 0, "minutes", 31), "slots[1].start (a2)", "has ended"),
    (put("slots", 0, "minutes", 0), "slots[0].minutes (a1)", "expected 1…"),
    (put("slots", 0, "minutes", 30.0), "slots[0].minutes (a1)", "whole number"),
    (put("slots", 0, "minutes", True), "slots[0].minutes (a1)", "found true"),
    (put("slots", 0, "half", 1), "slots[0].half (a1)", "expected a text"),
    (put("places", 0, "count", 0), "places[0].count (hall)", "expected 1…"),
    (put("places", 0, "count", True), "places[0].count (hall)", "found true"),
    (put("places", 1, "id", "hall"), "places[1].id", "stands already"),
    (put("places", 0, "slots", []), "places[0].slots (hall)", "null (any)"),
    (put("places", 0, "slots", ["a1", "zz"]), "places[0].slots[1] (hall)", 'no slot has the id "zz"'),
    (put("places", 0, "slots", ["a1", "a1"]), "places[0].slots[1] (hall)", "stands already at slots[0]"),
    (put("places", 0, "zone", 1), "places[0].zone (hall)", "expected a text"),
    (put("places", 0, "host", ["o1"]), "places[0].host (hall)", "expected a text"),
    (put("people", 2, "id", "p1"), "people[2].id", "stands already at people[0]"),
    (put("people", 2, "unavailable", ["zz"]), "people[2].unavailable[0] (p3)", "no slot"),
    (put("people", 2, "unavailable", ["a1", 3]), "people[2].unavailable[1] (p3)", "found 3"),
    (put("people", 2, "unavailable", "a1"), "people[2].unavailable (p3)", "expected a list"),
    (put("people", 2, "max_per_day", -1), "people[2].max_per_day (p3)", "expected 0…"),
    (put("people", 2, "max_in_a_row", False), "people[2].max_in_a_row (p3)", "found false"),
    (put("people", 2, "organisation", 3), "people[2].organisation (p3)", "expected a text"),
    (put("meetings", 1, "id", "m1"), "meetings[1].id", "stands already at meetings[0]"),
    (put("meetings", 1, "sides", []), "meetings[1].sides (m2)", "at least two"),
    (put("meetings", 1, "sides", [{"all": ["p1"]}]), "meetings[1].sides (m2)", "found 1"),
    (lambda problem: problem["meetings"][1].pop("sides"), "meetings[1].sides (m2)", "missing"),
    (put("meetings", 1, "sides", 1, {"all": []}), "meetings[1].sides[1] (m2)", "names nobody"),
    (put("meetings", 1, "sides", 1, "all", ["p2"]), "meetings[1].sides[1].all[0] (m2)", "sides[0].all[0]"),
    (put("meetings", 1, "sides", 1, "all", ["zz"]), "meetings[1].sides[1].all[0] (m2)", 'no person has the id "zz"'),
    (put("meetings", 0, "sides", 1, "any", "of", ["p1"]), "meetings[0].sides[1].any.of[0] (m1)", "named already"),
    (put("meetings", 0, "sides", 1, "any", "of", []), "meetings[0].sides[1].any.count (m1)", "only 0"),
    (put("meetings", 0, "sides", 1, "any", "of", ["p3", "p3"]), "meetings[0].sides[1].any.of[1] (m1)", "already"),
    (put("meetings", 0, "sides", 1, "any", "of", ["p3", "zz"]), "meetings[0].sides[1].any.of[1] (m1)", "no person"),
    (put("meetings", 0, "sides", 1, "any", "count", 3), "meetings[0].sides[1].any.count (m1)", "names only 2"),
    (put("meetings", 0, "sides", 1, "any", "count", 0), "meetings[0].sides[1].any.count (m1)", "expected 1…"),
    (put("meetings", 0, "sides", 1, "any", "count", None), "meetings[0].sides[1].any.count (m1)", "whole number"),
    (put("meetings", 0, "sides", 1, "any", "some", 1), "meetings[0].sides[1].any.some (m1)", "unknown key"),
    (put("meetings", 0, "sides", 1, "al", []), "meetings[0].sides[1].al (m1)", "unknown key"),
    (put("meetings", 1, "value", -1), "meetings[1].value (m2)", "expected 0…1000000"),
    (put("meetings", 1, "value", 1_000_001), "meetings[1].value (m2)", "expected 0…1000000"),
    (put("meetings", 1, "value", 1.5), "meetings[1].value (m2)", "found 1.5"),
    (put("meetings", 1, "value", True), "meetings[1].value (m2)", "found true"),
    (put("meetings", 1, "slots", []), "meetings[1].slots (m2)", "null (any)"),
    (put("meetings", 1, "slots", ["zz"]), "meetings[1].slots[0] (m2)", "no slot"),
    (put("meetings", 1, "places", []), "meetings[1].places (m2)", "null (any)"),
    (put("meetings", 1, "places", ["hall", "zz"]), "meetings[1].places[1] (m2)", "no place"),
    (put("meetings", 1, "after", ["zz"]), "meetings[1].after[0] (m2)", "no meeting"),
    (put("meetings", 1, "after", ["m2"]), "meetings[1].after (m2)", "circle of 1: m2 → m2"),
    (put("meetings", 0, "after", ["m3"]), "meetings[0].after (m1)", "circle of 2: m1 → m3 → m1"),
    (put("meetings", 1, "frozen", True), "meetings[1].frozen (m2)", 'needs "held"'),
    (put("meetings", 1, "frozen", 1), "meetings[1].frozen (m2)", "true or false"),
    (put("meetings", 4, "held", {"slot": "b2", "place": "hall"}), "meetings[4].held.people (m5)", "missing"),
    (put("meetings", 4, "held", "slot", "zz"), "meetings[4].held.slot (m5)", "no slot"),
    (put("meetings", 4, "held", "place", "zz"), "meetings[4].held.place (m5)", "no place"),
    (put("meetings", 4, "held", "people", ["p6", "zz"]), "meetings[4].held.people[1] (m5)", "no person"),
    (put("meetings", 4, "held", "when", 1), "meetings[4].held.when (m5)", "unknown key"),
    (frozen(3, people=["p3"]), "meetings[3].held.people (m4)", "lacks"),
    (frozen(3, people=["p3", "p6", "p1"]), "meetings[3].held.people[2] (m4)", "no side names"),
    (frozen(0, slot="a1", place="hall", people=["p1"]), "meetings[0].held.people (m1)", "has 0"),
    (frozen(0, slot="a1", place="hall", people=["p1", "p3", "p4"]), "meetings[0].held.people (m1)", "has 2"),
    (frozen(1, slot="a3", place="hall", people=["p2", "p5"]), "meetings[1].held.slot (m2)", "do not allow"),
    (frozen(2, slot="a1", place="hall", people=["p1", "p5"]), "meetings[2].held.people[1] (m3)", "unavailable"),
    (frozen(3, slot="a3"), "meetings[3].held.place (m4)", "closed"),
    (both(put("meetings", 3, "places", ["hall"]), frozen(3)), "meetings[3].held.place (m4)", "do not allow"),
    (put("people", 2, "organisation", "o1"), "meetings[3].held.place (m4)", 'its host "o2"'),
    (frozen(4, slot="a4"), "meetings[4].held.people (m5)", 'already in the frozen meeting "m4"'),
    (
        both(
            put("places", 0, "count", 1),
            frozen(5, slot="b2", place="hall", people=["p4", "p5"]),
            frozen(4),
        ),
        "meetings[5].held.place (m6)",
        "room for",
    ),
    (both(frozen(4), put("meetings", 3, "after", ["m5"])), "meetings[3].after (m4)", "not later"),
    (both(frozen(4), put("people", 5, "max_per_day", 0)), "meetings[3].held (m4)", "at most 0"),
    (both(frozen(4, slot="a3"), put("people", 5, "max_in_a_row", 1)), "meetings[3].held (m4)", "2 in a row"),
    (put("rules", "lunch", [{"slots": ["a4"]}]), "meetings[3].held (m4)", "no lunch"),
    (put("rules", []), "rules", "expected an object"),
    (put("rules", "all_meetings", 1), "rules.all_meetings", "true or false"),
    (put("rules", "max_break_spread", -1), "rules.max_break_spread", "expected 0…"),
    (put("rules", "move_price", -1), "rules.move_price", "expected 0…"),
    (put("rules", "walks", "allow"), "rules.walks", "expected one of forbid, count"),
    (put("rules", "lunch", [{"slots": []}]), "rules.lunch[0].slots", "null (any)"),
    (put("rules", "lunch", [{}]), "rules.lunch[0].slots", "missing"),
    (put("rules", "lunch", [{"slots": None}]), "rules.lunch[0].slots", "expected a list"),
    (put("rules", "lunch", [{"slots": ["a1", "zz"]}]), "rules.lunch[0].slots[1]", "no slot"),
    (put("rules", "lunch", [{"slots": ["a1", "b1"]}]), "rules.lunch[0].slots[1]", "another day"),
    (put("rules", "brunch", []), "rules.brunch", "unknown key"),
    (put("walks", 0, "minutes", -1), "walks[0].minutes", "expected 0…"),
    (put("walks", 0, "to", ""), "walks[0].to", "not empty"),
    (put("walks", 0, "via", "C"), "walks[0].via", "unknown key"),
    (
        lambda problem: problem["walks"].append({"from": "B", "to": "A", "minutes": 9}),
        "walks[1].minutes",
        "walks[0] has another time",
    ),
    (put("slots", 5, "minutes", None), "slots[5].minutes (b2)", "walks need"),
    (put("goals", []), "goals", "at least one"),
    (put("goals", ["value", "speed"]), "goals[1]", "expected one of"),
    (put("goals", ["value", "value"]), "goals[1]", "stands already at goals[0]"),
    (put("goals", "value"), "goals", "expected a list"),
]


@pytest.mark.parametrize(("change", "place", "words"), FAULTS, ids=[f"{n}-{place}" for n, (_, place, _) in enumerate(FAULTS)])  # fmt: skip
def test_a_fault_is_told_with_its_place(change: Change, place: str, words: str) -> None:
    problem = event()
    change(problem)
    told = str(refused(file_bytes(problem)))
    assert told.startswith(f"{place}: ")
    assert words in told


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no JSON object"),
        (b"[]", "no JSON object"),
        (b"7", "no JSON object"),
        (b'{"format": 1', "Expecting '}'"),
        (b'{"slots": [{"id": "a"}', "Expecting ']'"),
        (b'{"slots": [{"id" "a"}]}', "column 18"),
        (b'{"format": "a",}', "property name"),
        (b'{"name": "a"} x', "Extra data"),
        (b'{"name": "\xff"}', "byte 11"),
        (b'\xef\xbb\xbf{"name": "a"}', "byte order mark"),
        (b'{"slots": [{"id": "a", "minutes": NaN}]}', "slots[0]: holds NaN"),
        (b'{"walks": [{"minutes": -Infinity}]}', "walks: holds -Infinity"),
        (b'{"name": "a", "name": "b"}', 'name: the key "name" stands twice'),
        (b'{"slots": [], "slots": []}', 'slots: the key "slots" stands twice'),
        (b'{"people": [{"id": "m"}, {"id": "m", "x_a": [{"a": [], "a": []}]}]}', "people[1].x_a[0]: the key"),
        (b'{"rules": {"lunch": [{"slots": ["a"], "slots": ["a"]}]}}', "rules.lunch[0]: the key"),
        (b'{"name": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"slots": [{"id": "a", "minutes": ' + b"9" * 101 + b"}]}", "slots[0]: holds a whole number"),
        (b'{"slots": [{"x_a": {"b": 1, "b": 1}, "x_b": ' + b"9" * 5000 + b"}]}", "slots[0]: holds a whole number"),
        (b'{"slots": [{"x_a": {"b": 1, "b": 1}, "x_b": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"slots": [{"id": "\\ud800"}]}', "slots[0]: holds a text with half a sign"),
        (b'{"x_\\udfff": 1}', "half a sign"),
    ],
)  # fmt: skip
def test_what_is_no_json_is_told(data: bytes, words: str) -> None:
    assert words in str(refused(data))


def test_what_an_id_holds_does_not_steer_the_terminal() -> None:
    problem = event()
    problem["people"][2]["unavailable"] = ["\x1b[31mred"]
    assert "\x1b" not in str(refused(file_bytes(problem)))


def test_defaults_are_those_of_the_format() -> None:
    problem = read_problem(
        file_bytes({
            "format": "handslag-meetings/1",
            "x_made_by": [1, {"x": None}],
            "slots": [{"id": "a", "x_room": 1}],
            "places": [{"id": "hall", "count": None}],
            "people": [{"id": "p"}, {"id": "q", "unavailable": None}],
            "meetings": [meeting("m", "p", "q", value=None, frozen=None, held=None, after=None)],
        })
    )  # fmt: skip
    (one,) = problem.meetings
    assert (one.value, one.slots, one.places, one.after, one.held, one.frozen) == (1, None, None, (), None, False)
    assert problem.places[0].count == 1
    assert problem.rules == Rules(False, None, 0, (), "forbid")
    assert problem.ranked_goals == ("value", "breaks")
    assert problem.days == ((0,),)


def test_goals_begin_with_what_is_held() -> None:
    problem = event()
    assert read_problem(file_bytes(problem)).ranked_goals == ("kept", "value", "moves", "breaks")
    assert read_problem(file_bytes(problem | {"goals": ["breaks"]})).ranked_goals == ("kept", "breaks")
    assert read_problem(file_bytes(problem | {"goals": ["value", "kept"]})).ranked_goals == ("value", "kept")


def test_the_example_of_the_format_is_read() -> None:
    problem = read_problem(
        b"""{"format": "handslag-meetings/1", "name": "...",
     "slots":    [{"id": "1-0900", "start": "2026-11-02T09:00+01:00", "minutes": 30, "day": "1", "half": "morning"},
                  {"id": "1-0930", "start": "2026-11-02T09:30+01:00", "minutes": 30, "day": "1", "half": "morning"}],
     "places":   [{"id": "hall", "count": 700, "zone": "A", "host": null, "slots": null}],
     "people":   [{"id": "p1", "organisation": "o1", "unavailable": ["1-0900"], "max_per_day": null,
                   "max_in_a_row": null}, {"id": "p7"}, {"id": "p8"}, {"id": "p9"}],
     "meetings": [{"id": "m1", "sides": [{"all": ["p1"], "any": {"count": 1, "of": ["p7", "p8"]}}, {"all": ["p9"]}],
                   "value": 3, "slots": null, "after": [], "places": null,
                   "held": {"slot": "1-0930", "place": "hall", "people": ["p1", "p7", "p9"]}, "frozen": false}],
     "rules":    {"all_meetings": false, "max_break_spread": null, "move_price": null, "lunch": [], "walks": "forbid"},
     "walks":    [{"from": "A", "to": "B", "minutes": 8}],
     "goals":    ["value", "breaks"]}"""
    )
    (one,) = problem.meetings
    assert one.sides == (Side(("p1",), AnyOf(1, ("p7", "p8"))), Side(("p9",)))
    assert one.held == Held("1-0930", "hall", ("p1", "p7", "p9"))
    assert problem.ranked_goals == ("kept", "value", "breaks")


def test_what_is_written_is_read_again_and_valid() -> None:
    problem = read_problem(file_bytes(event()))
    written = problem_json(problem)
    assert read_problem(written) == problem
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert list(validator.iter_errors(json.loads(written))) == []
    assert list(validator.iter_errors(event())) == []


def test_announced_meetings_are_held_unless_something_is_held_for_them() -> None:
    value = event()
    value["meetings"][4]["held"]["slot"] = "b1"
    problem = hold_announced(read_problem(file_bytes(value)), read_schedule(file_bytes(schedule())))
    held = {one.id: one.held for one in problem.meetings}
    assert held["m1"] == Held("a1", "hall", ("p1", "p3"))
    assert held["m5"] == Held("b1", "hall", ("p6", "p2"))
    assert held["m7"] is None


def test_an_announcement_may_name_what_is_gone() -> None:
    value = event()
    value["places"].pop()
    value["meetings"].pop(3)
    announced = read_schedule(file_bytes(schedule()))
    problem = hold_announced(read_problem(file_bytes(value)), announced)
    assert [one.id for one in problem.meetings] == ["m1", "m2", "m3", "m5", "m6", "m7"]


@pytest.mark.parametrize("empty", ["slots", "places", "people", "meetings"])
def test_an_event_may_lack_anything(empty: str) -> None:
    value = event() | {"rules": None, "walks": [], "meetings": []} | {empty: []}
    value["people"] = [{"id": "p"}] if empty != "people" else []
    value["places"] = [{"id": "hall"}] if empty != "places" else []
    assert isinstance(read_problem(file_bytes(value)), Problem)


@pytest.mark.long
def test_a_hundred_thousand_slots_and_a_long_chain_are_read_at_once() -> None:
    value = event() | {"rules": {}, "walks": [], "places": [{"id": "hall"}], "people": [{"id": "p"}, {"id": "q"}]}
    value["slots"] = [{"id": f"s{number}", "day": str(number // 50)} for number in range(100_000)]
    value["meetings"] = [
        meeting(f"m{number}", "p", "q", after=[f"m{number - 1}"] if number else []) for number in range(20_000)
    ]
    began = time.process_time()
    problem = read_problem(file_bytes(value))
    assert len(problem.days) == 2000
    value["meetings"][0]["after"] = ["m19999"]
    assert "circle of 20000" in str(refused(file_bytes(value)))
    assert time.process_time() - began < 30


def test_two_thousand_delegates_of_one_company_are_read_at_once() -> None:
    value = event() | {"rules": {}, "walks": []}
    value["people"] = [{"id": f"p{number}", "organisation": "o1"} for number in range(2001)]
    everybody = [f"p{number}" for number in range(2000)]
    sides = [{"any": {"count": 2, "of": everybody}}, {"all": ["p2000"]}]
    value["meetings"] = [{"id": f"m{number}", "sides": sides} for number in range(50)]
    assert len(read_problem(file_bytes(value)).meetings) == 50


@pytest.mark.long
def test_the_shared_events_are_read_and_written(shared: Path) -> None:
    for name in ("s-1", "m-1", "l-1"):
        path = shared / "bench" / "events" / f"{name}.json.gz"
        problem = read_problem(gzip.decompress(path.read_bytes()))
        assert len(problem.meetings) >= 1500
        if len(problem.meetings) < 20_000:
            assert read_problem(problem_json(problem)) == problem
