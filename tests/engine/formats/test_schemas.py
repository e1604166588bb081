"""The JSON Schemas: real outputs are valid, and what the formats forbid is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.made_readings import Page, example

import handslag
from handslag.reading.output import as_json, json_text

FORMATS = Path(handslag.__file__).parent / "formats"
SHA = "0123456789abcdef" * 4


@cache
def validator(name: str) -> Draft202012Validator:
    schema = json.loads((FORMATS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def faults(name: str, value: Any) -> list[str]:
    return [error.json_path for error in validator(name).iter_errors(value)]


def reading() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json_text(as_json(example())))
    return found


def following() -> dict[str, Any]:
    passage = {"document": SHA, "start": 3, "end": 9, "quote": "ska le"}
    heard = {
        "document": SHA,
        "said_on": "2027-02-01",
        "passage": passage,
        "says": "delayed",
        "by": "owner",
        "basis": "printed",
        "certainty": "probable",
        "why": "the same owner says that the same delivery comes later",
    }
    return {
        "format": "handslag-following/1",
        "as_of": "2027-11-20",
        "documents": [
            {"path": "a.txt", "sha256": SHA, "said_on": "2026-11", "said_precision": "month", "language": "sv"},
            {"path": "b.txt", "sha256": SHA[::-1], "said_on": "", "said_precision": "unknown", "language": "en"},
        ],
        "undated": [SHA[::-1]],
        "commitments": [
            {
                "id": "0123456789abcdef",
                "document": SHA,
                "who": "Region Österdalen",
                "what": "leverera en rapport",
                "firmness": "promised",
                "cue": "ska",
                "condition": "",
                "when": "/2027-03",
                "theme": "",
                "evidence": [passage],
                "state": "delayed",
                "due_passed": True,
                "last_heard": "2027-02-01",
                "by": "owner",
                "heard": [heard],
            }
        ],
        "contradictions": [{"a": passage, "b": passage, "what": "two days are given for one delivery"}],
    }


def meetings() -> dict[str, Any]:
    return {
        "format": "handslag-meetings/1",
        "name": "Partnering day",
        "slots": [
            {"id": "1-0900", "start": "2026-11-02T09:00+01:00", "minutes": 30, "day": "1", "half": "morning"},
            {"id": "1-0930", "start": "2026-11-02T09:30+01:00", "minutes": 30, "day": "1", "half": "morning"},
        ],
        "places": [{"id": "hall", "count": 700, "zone": "A", "host": None, "slots": None}],
        "people": [
            {"id": "p1", "organisation": "o1", "unavailable": ["1-0900"], "max_per_day": None, "max_in_a_row": None},
            {"id": "p7"},
            {"id": "p8", "unavailable": []},
            {"id": "p9", "x_note": "anything"},
        ],
        "meetings": [
            {
                "id": "m1",
                "sides": [{"all": ["p1"], "any": {"count": 1, "of": ["p7", "p8"]}}, {"all": ["p9"]}],
                "value": 3,
                "slots": None,
                "after": [],
                "places": None,
                "held": {"slot": "1-0930", "place": "hall", "people": ["p1", "p7", "p9"]},
                "frozen": False,
            }
        ],
        "rules": {"all_meetings": False, "max_break_spread": None, "move_price": None, "lunch": [], "walks": "forbid"},
        "walks": [{"from": "A", "to": "B", "minutes": 8}],
        "goals": ["value", "breaks"],
    }


def schedule() -> dict[str, Any]:
    keys = (
        "meetings",
        "value",
        "dropped",
        "moves",
        "place_changes",
        "far_walks",
        "breaks",
        "break_spread",
        "max_in_a_row",
    )
    prices = {"scale": 1000000, "people": {"p1": {"1": 412000, "2-0930": 7}}, "places": {"hall": {"1": 3}}}
    value = {"goal": "value", "reached": 71234, "bound": 71280, "gap": 0.0006}
    return {
        "format": "handslag-schedule/1",
        "problem_sha256": SHA,
        "from_sha256": None,
        "status": "feasible",
        "placed": [{"meeting": "m1", "slot": "1-0930", "place": "hall", "number": 12, "people": ["p1", "p7", "p9"]}],
        "unplaced": [{"meeting": "m2", "reason": "p3 and p4 have no common free slot"}],
        "figures": dict.fromkeys(keys, 1),
        "certificates": [
            value | {"kind": "prices", "prices": prices},
            value | {"goal": "breaks", "kind": "counting", "rule": "parity", "numbers": {"people": 3}},
            value | {"goal": "moves", "kind": "search", "solver": "x", "version": "1", "question": "?", "answer": "no"},
        ],
        "run": {"seconds": 31.2, "steps": 812000, "seed": 1, "version": "0.1.0", "stopped": "gap"},
    }


def changes() -> dict[str, Any]:
    side = {"all": ["p9"]}
    return {
        "format": "handslag-changes/1",
        "changes": [
            {"kind": "person_away", "person": "p1", "since": "1-0930"},
            {"kind": "person_back", "person": "p1", "slots": ["1-0930"]},
            {"kind": "no_show", "person": "p1", "slot": "1-0930"},
            {
                "kind": "added",
                "people": [{"id": "p9", "organisation": "o9"}],
                "meetings": [{"id": "m9", "sides": [{"all": ["p1"]}, side], "value": 2}],
                "places": [{"id": "tent", "count": 2}],
            },
            {"kind": "area_closed", "places": ["hall"], "zone": "A"},
            {"kind": "area_opened", "zone": "A", "slots": ["1-0930"]},
            {"kind": "meeting_cancelled", "meeting": "m1"},
            {"kind": "time_passed", "until": "1-0930"},
        ],
    }


def repairs() -> dict[str, Any]:
    placed = {"meeting": "m1", "slot": "1-0930", "place": "hall", "number": 1, "people": ["p1", "p9"]}
    return {
        "format": "handslag-repair/1",
        "base": SHA,
        "version": SHA[::-1],
        "change": changes()["changes"][0],
        "placements": [
            {"meeting": "m1", "before": placed, "after": None, "cause": "away", "ids": {"person": "p1"}},
            {"meeting": "m1", "before": None, "after": placed, "cause": "freed", "ids": {}},
        ],
    }


EXAMPLES: dict[str, Callable[[], dict[str, Any]]] = {
    "reading": reading,
    "following": following,
    "meetings": meetings,
    "schedule": schedule,
    "changes": changes,
    "repairs": repairs,
}


def test_every_schema_has_an_example_here() -> None:
    assert {path.name.removesuffix(".schema.json") for path in FORMATS.glob("*.schema.json")} == set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_right_object_is_valid(name: str) -> None:
    assert faults(name, EXAMPLES[name]()) == []


def test_a_reading_without_facts_and_day_is_valid() -> None:
    found = as_json(Page(("furniture", "Meny"), ("", ""), ("furniture", "Kakor"), language="fi").reading())
    assert faults("reading", json.loads(json_text(found))) == []


@pytest.mark.parametrize("name", ["reading", "following"])
def test_unknown_keys_are_ignored_by_readers(name: str) -> None:
    value = EXAMPLES[name]()
    value["added_later"] = value["commitments"][0]["added_later"] = 1
    assert faults(name, value) == []


@pytest.mark.parametrize("name", ["meetings", "schedule", "changes", "repairs"])
def test_unknown_keys_are_errors_unless_they_begin_with_x(name: str) -> None:
    value = EXAMPLES[name]()
    value["x_source"] = {"any": 1}
    assert faults(name, value) == []
    value["source"] = 1
    assert faults(name, value) == ["$"]


CHANGES: list[tuple[str, str, Any]] = [
    ("reading", "format", "handslag-reading/2"),
    ("reading", "document.sha256", "abc"),
    ("reading", "document.said_on", "12 november"),
    ("reading", "document.said_on", ""),
    ("reading", "document.said_basis", "unknown"),
    ("reading", "document.said_precision", "week"),
    ("reading", "text", None),
    ("reading", "lines.0.zone", "sidebar"),
    ("reading", "lines.3.language", "sv"),
    ("reading", "organisations.0.kind", "firm"),
    ("reading", "organisations.0.evidence", []),
    ("reading", "organisations.0.evidence.0.quote", ""),
    ("reading", "organisations.0.zone", "furniture"),
    ("reading", "organisations.0.certainty", "sure"),
    ("reading", "people.0.tense", "past"),
    ("reading", "people.0.id", ""),
    ("reading", "events.0.date", "2026-13"),
    ("reading", "events.0.date", "2026-12-9"),
    ("reading", "events.0.date", "weekly"),
    ("reading", "events.0.status", "postponed"),
    ("reading", "agreements.0.parties", "A;B"),
    ("reading", "agreements.0.status", "signed"),
    ("reading", "figures.0.value", "14 miljoner"),
    ("reading", "figures.0.qualifier", "minst"),
    ("reading", "quotes.0.speaker", 1),
    ("reading", "commitments.0.firmness", "likely"),
    ("reading", "commitments.0.who", "A; B"),
    ("reading", "commitments.0.when", "2026-W54"),
    ("reading", "commitments.0.when", "/"),
    ("reading", "commitments.0.basis", "guessed"),
    ("reading", "commitments.0.theme", "Health Data"),
    ("reading", "signals.0.kind", "scandal"),
    ("following", "as_of", "2026-11"),
    ("following", "commitments.0.state", "failed"),
    ("following", "commitments.0.due_passed", "yes"),
    ("following", "commitments.0.by", "someone"),
    ("following", "commitments.0.heard.0.says", "promised"),
    ("following", "commitments.0.heard.0.basis", ""),
    ("following", "contradictions.0.a.document", "a.txt"),
    ("meetings", "slots.0.start", "2026-11-02T09:00"),
    ("meetings", "slots.0.id", ""),
    ("meetings", "places.0.slots", []),
    ("meetings", "places.0.count", 0),
    ("meetings", "meetings.0.sides", [{"all": ["p1"]}]),
    ("meetings", "meetings.0.value", 1000001),
    ("meetings", "meetings.0.sides.0.any", {"count": 0, "of": ["p7"]}),
    ("meetings", "meetings.0.places", []),
    ("meetings", "rules.walks", "allow"),
    ("meetings", "goals", []),
    ("meetings", "goals", ["value", "value"]),
    ("changes", "format", "handslag-changes/2"),
    ("changes", "changes.0.kind", "gone"),
    ("changes", "changes.0.person", ""),
    ("changes", "changes.0.slots", ["1-0930"]),
    ("changes", "changes.1.slots", []),
    ("changes", "changes.1.until", "1-0930"),
    ("changes", "changes.2.slot", None),
    ("changes", "changes.3.meetings.0.sides", []),
    ("changes", "changes.3.people.0.id", 7),
    ("changes", "changes.4.places", ["hall", "hall"]),
    ("changes", "changes.6.meeting", None),
    ("repairs", "base", "abc"),
    ("repairs", "change.kind", "gone"),
    ("repairs", "placements.0.cause", "bad luck"),
    ("repairs", "placements.0.before.number", 0),
    ("repairs", "placements.0.ids", {"person": 1}),
    ("repairs", "placements", None),
    ("schedule", "status", "good"),
    ("schedule", "status", "infeasible"),
    ("schedule", "placed.0.number", 0),
    ("schedule", "placed.0.people", ["p1", "p1"]),
    ("schedule", "figures.breaks", -1),
    ("schedule", "certificates.0.prices", None),
    ("schedule", "certificates.0.prices.people.p1.1", -1),
    ("schedule", "certificates.1.kind", "search"),
    ("schedule", "run.stopped", "bored"),
]


@pytest.mark.parametrize(("name", "place", "wrong"), CHANGES)
def test_what_the_format_forbids_is_refused(name: str, place: str, wrong: Any) -> None:
    value = deepcopy(EXAMPLES[name]())
    *way, last = [int(part) if part.isdigit() and part != "1" else part for part in place.split(".")]
    target: Any = value
    for part in way:
        target = target[int(part) if isinstance(target, list) else part]
    target[int(last) if isinstance(target, list) else last] = wrong
    assert faults(name, value) != []


def test_a_frozen_meeting_needs_what_it_holds() -> None:
    value = meetings()
    value["meetings"][0]["frozen"] = True
    assert faults("meetings", value) == []
    del value["meetings"][0]["held"]
    assert faults("meetings", value) != []


@pytest.mark.parametrize("name", ["reading", "following"])
def test_a_missing_key_is_refused(name: str) -> None:
    for key in EXAMPLES[name]():
        value = EXAMPLES[name]()
        del value[key]
        assert (faults(name, value) != []) == (key != "dropped"), key
