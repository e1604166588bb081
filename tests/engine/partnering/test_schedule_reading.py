"""Reading a schedule: its form is judged, with places; whether it keeps the rules is the checker's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.made_events import Json, file_bytes, schedule

import handslag
from handslag.partnering import BadFormat, read_schedule, schedule_json

SCHEMA = Path(handslag.__file__).parent / "formats" / "schedule.schema.json"
PRICES = {"scale": 10, "people": {"p1": {"2": 3, "a1": 0}}, "places": {"hall": {"3": 1}}}
STATED = {"goal": "value", "reached": 8, "bound": 10, "gap": 0.2}


def certificates() -> list[Json]:
    return [
        {**STATED, "kind": "prices", "prices": PRICES},
        {
            **STATED,
            "kind": "counting",
            "rule": "everything",
            "numbers": {"meetings": 7},
            "note": "others may stand here",
        },
        {**STATED, "kind": "search", "solver": "s", "version": "1", "question": "more?", "answer": "no"},
    ]


def certified() -> Json:
    return schedule() | {"certificates": certificates()}


FAULTS: list[tuple[Callable[[Json], object], str, str]] = [
    (lambda plan: plan.update(format="x"), "format", "handslag-schedule/1"),
    (lambda plan: plan.update(colour=1), "colour", "unknown key"),
    (lambda plan: plan.pop("run"), "run", "missing"),
    (lambda plan: plan.update(placed={}), "placed", "expected a list"),
    (lambda plan: plan.update(status="good"), "status", "expected one of optimal"),
    (lambda plan: plan.update(status=None), "status", "found null"),
    (lambda plan: plan.update(status="infeasible"), "placed", "found 6 meetings"),
    (lambda plan: plan.update(problem_sha256="ab"), "problem_sha256", "64 hexadecimal"),
    (lambda plan: plan.update(problem_sha256=None), "problem_sha256", "64 hexadecimal"),
    (lambda plan: plan.update(from_sha256="G" * 64), "from_sha256", "64 hexadecimal"),
    (lambda plan: plan["placed"][2].update(number=0), "placed[2].number (m3)", "expected 1…"),
    (lambda plan: plan["placed"][2].update(number=True), "placed[2].number (m3)", "found true"),
    (lambda plan: plan["placed"][2].update(people=[]), "placed[2].people (m3)", "names nobody"),
    (lambda plan: plan["placed"][2].update(people=["p1", "p1"]), "placed[2].people[1] (m3)", "stands already"),
    (lambda plan: plan["placed"][2].update(people="p1"), "placed[2].people (m3)", "expected a list"),
    (lambda plan: plan["placed"][2].pop("slot"), "placed[2].slot (m3)", "missing"),
    (lambda plan: plan["placed"][2].update(table=1), "placed[2].table (m3)", "unknown key"),
    (lambda plan: plan["unplaced"][0].pop("reason"), "unplaced[0].reason (m7)", "missing"),
    (lambda plan: plan["unplaced"][0].update(reason=None), "unplaced[0].reason (m7)", "expected a text"),
    (lambda plan: plan["unplaced"].append(plan["unplaced"][0]), "unplaced[1].meeting", "stands already"),
    (lambda plan: plan["figures"].pop("moves"), "figures.moves", "missing"),
    (lambda plan: plan["figures"].update(moves=-1), "figures.moves", "expected 0…"),
    (lambda plan: plan["figures"].update(moves=1.0), "figures.moves", "whole number"),
    (lambda plan: plan["figures"].update(luck=1), "figures.luck", "unknown key"),
    (lambda plan: plan["run"].update(seconds="1"), "run.seconds", "expected a number"),
    (lambda plan: plan["run"].update(seconds=-1), "run.seconds", "expected 0…"),
    (lambda plan: plan["run"].update(stopped="bored"), "run.stopped", "expected one of gap"),
    (lambda plan: plan["run"].update(seed=1.5), "run.seed", "whole number"),
    (lambda plan: plan["run"].pop("seed"), "run.seed", "missing"),
    (lambda plan: plan["certificates"].append(5), "certificates[3]", "expected an object"),
    (lambda plan: plan["certificates"][0].update(kind="faith"), "certificates[0].kind", "expected one of prices"),
    (lambda plan: plan["certificates"][0].update(goal="speed"), "certificates[0].goal", "expected one of kept"),
    (lambda plan: plan["certificates"][0].update(goal="breaks"), "certificates[0].goal", "prove the goal value"),
    (lambda plan: plan["certificates"][0].update(bound=9.5), "certificates[0].bound", "whole number"),
    (lambda plan: plan["certificates"][0].update(gap=None), "certificates[0].gap", "expected a number"),
    (lambda plan: plan["certificates"][0].update(gap=-0.1), "certificates[0].gap", "expected 0…"),
    (lambda plan: plan["certificates"][0].pop("prices"), "certificates[0].prices", "missing"),
    (lambda plan: plan["certificates"][0].update(prices=PRICES | {"scale": 0}), "certificates[0].prices.scale", "1…"),
    (
        lambda plan: plan["certificates"][0].update(prices=PRICES | {"people": {"p1": {"2": -3}}}),
        "certificates[0].prices.people.p1.2",
        "expected 0…",
    ),
    (
        lambda plan: plan["certificates"][0].update(prices=PRICES | {"places": {"hall": {"2": 0.5}}}),
        "certificates[0].prices.places.hall.2",
        "whole number",
    ),
    (
        lambda plan: plan["certificates"][0].update(prices=PRICES | {"places": {"hall": 3}}),
        "certificates[0].prices.places.hall",
        "expected an object",
    ),
    (lambda plan: plan["certificates"][1].pop("rule"), "certificates[1].rule", "missing"),
    (lambda plan: plan["certificates"][1].update(numbers=[]), "certificates[1].numbers", "expected an object"),
    (lambda plan: plan["certificates"][2].pop("answer"), "certificates[2].answer", "missing"),
]


@pytest.mark.parametrize(("change", "place", "words"), FAULTS, ids=[f"{n}-{place}" for n, (_, place, _) in enumerate(FAULTS)])  # fmt: skip
def test_a_fault_is_told_with_its_place(change: Callable[[Json], object], place: str, words: str) -> None:
    plan = json.loads(file_bytes(certified()))
    change(plan)
    with pytest.raises(BadFormat) as caught:
        read_schedule(file_bytes(plan))
    assert str(caught.value).startswith(f"{place}: ")
    assert words in str(caught.value)
    assert caught.value.in_language("sv") != str(caught.value)


def test_what_is_written_is_read_again_and_valid() -> None:
    read = read_schedule(file_bytes(certified()))
    written = schedule_json(read)
    assert read_schedule(written) == read
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert list(validator.iter_errors(json.loads(written))) == []
    assert list(validator.iter_errors(certified())) == []


def test_a_schedule_of_nothing_is_read() -> None:
    plan = schedule() | {"placed": [], "status": "infeasible"}
    plan.pop("from_sha256")
    assert read_schedule(file_bytes(plan)).placed == ()
