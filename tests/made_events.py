"""A small event with a correct schedule, as JSON has them; tests change copies of it."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from handslag.partnering import read_problem, read_schedule, sha256_of
from handslag.partnering.checking import Verdict, check_schedule

Json = dict[str, Any]


def slot(name: str, day: str, hour: str) -> Json:
    return {"id": name, "start": f"2026-11-0{day}T{hour}+01:00", "minutes": 30, "day": day, "half": "morning"}


def meeting(name: str, one: str, other: str, **more: Any) -> Json:
    return {"id": name, "sides": [{"all": [one]}, {"all": [other]}], **more}


def event() -> Json:
    """Two days, a hall with two tables and a booth with a host, six people, seven meetings."""
    hours = [("a1", "2", "09:00"), ("a2", "2", "09:30"), ("a3", "2", "10:00"), ("a4", "2", "10:30")]
    return {
        "format": "handslag-meetings/1",
        "name": "Åmöte",
        "slots": [slot(*one) for one in [*hours, ("b1", "3", "09:00"), ("b2", "3", "09:30")]],
        "places": [
            {"id": "hall", "count": 2, "zone": "A"},
            {"id": "booth", "count": 1, "zone": "B", "host": "o2", "slots": ["a1", "a2", "a4"]},
        ],
        "people": [
            {"id": "p1", "organisation": "o1"},
            {"id": "p2", "organisation": "o1"},
            {"id": "p3", "organisation": "o2"},
            {"id": "p4", "organisation": "o2"},
            {"id": "p5", "organisation": "o3", "unavailable": ["a1"], "max_per_day": 2, "max_in_a_row": 1},
            {"id": "p6"},
        ],
        "meetings": [
            {"id": "m1", "sides": [{"all": ["p1"]}, {"all": [], "any": {"count": 1, "of": ["p3", "p4"]}}]},
            meeting("m2", "p2", "p5", slots=["a2", "b1"]),
            meeting("m3", "p1", "p5", after=["m1"]),
            meeting(
                "m4",
                "p3",
                "p6",
                places=["booth", "hall"],
                held={"slot": "a4", "place": "booth", "people": ["p3", "p6"]},
                frozen=True,
            ),
            meeting("m5", "p2", "p6", held={"slot": "b2", "place": "hall", "people": ["p6", "p2"]}),
            meeting("m6", "p4", "p5", value=3),
            meeting("m7", "p6", "p1", value=2),
        ],
        "rules": {"max_break_spread": 1, "move_price": 1, "lunch": [{"slots": ["a2", "a3"]}], "walks": "forbid"},
        "walks": [{"from": "A", "to": "B", "minutes": 10}],
    }


def schedule() -> Json:
    """A correct schedule of the event, without certificates."""
    places = [
        ("m1", "a1", "hall", "p1 p3"),
        ("m2", "a2", "hall", "p2 p5"),
        ("m3", "a4", "hall", "p1 p5"),
        ("m4", "a4", "booth", "p3 p6"),
        ("m5", "b2", "hall", "p2 p6"),
        ("m6", "b1", "hall", "p4 p5"),
    ]
    return {
        "format": "handslag-schedule/1",
        "problem_sha256": sha256_of(file_bytes(event())),
        "from_sha256": None,
        "status": "feasible",
        "placed": [
            {"meeting": name, "slot": when, "place": where, "number": 1, "people": people.split()}
            for name, when, where, people in places
        ],
        "unplaced": [{"meeting": "m7", "reason": "p1 and p6 were left for others"}],
        "figures": {
            "meetings": 6,
            "value": 8,
            "dropped": 0,
            "moves": 0,
            "place_changes": 0,
            "far_walks": 0,
            "breaks": 3,
            "break_spread": 1,
            "max_in_a_row": 1,
        },
        "certificates": [],
        "run": {"seconds": 0.5, "steps": 100, "seed": 1, "version": "0", "stopped": "steps"},
    }


def file_bytes(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def judge(problem: Json, plan: Json) -> Verdict:
    """The checker's verdict, with the schedule made for just this problem's file unless it names another."""
    data = file_bytes(problem)
    stated = read_schedule(file_bytes(plan))
    if stated.problem_sha256 == sha256_of(file_bytes(event())):
        stated = replace(stated, problem_sha256=sha256_of(data))
    return check_schedule(read_problem(data), stated, problem_sha256=sha256_of(data))


def with_right_figures(problem: Json, plan: Json) -> Json:
    """The schedule with the figures that come out for it."""
    return {**plan, "figures": asdict(judge(problem, plan).figures)}
