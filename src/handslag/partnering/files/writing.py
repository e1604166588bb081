"""Problems and schedules as JSON by their formats: one slot, person, meeting or placement a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from handslag.partnering.files.problem_reading import PROBLEM_FORMAT
from handslag.partnering.files.schedule_reading import SCHEDULE_FORMAT
from handslag.partnering.problem import Meeting, Person, Place, Problem, Slot
from handslag.partnering.schedule import (
    Certificate,
    CountingCertificate,
    Placed,
    PricesCertificate,
    Schedule,
    SearchCertificate,
)

_one_line = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def problem_json(problem: Problem) -> bytes:
    """The problem as a file's bytes; reading them gives an equal problem."""
    rules = problem.rules
    members = {
        "format": PROBLEM_FORMAT,
        "name": problem.name,
        "slots": map(_slot, problem.slots),
        "places": map(place_members, problem.places),
        "people": map(person_members, problem.people),
        "meetings": map(meeting_members, problem.meetings),
        "rules": {
            "all_meetings": rules.all_meetings,
            "max_break_spread": rules.max_break_spread,
            "move_price": rules.move_price,
            "lunch": [{"slots": slots} for slots in rules.lunch],
            "walks": rules.walks,
        },
        "walks": [{"from": walk.start, "to": walk.end, "minutes": walk.minutes} for walk in problem.walks],
        "goals": problem.goals,
    }
    return _object_text(members)


def schedule_json(schedule: Schedule) -> bytes:
    """The schedule as a file's bytes; reading them gives an equal schedule."""
    members = {
        "format": SCHEDULE_FORMAT,
        "problem_sha256": schedule.problem_sha256,
        "from_sha256": schedule.from_sha256,
        "status": schedule.status,
        "placed": map(placed_members, schedule.placed),
        "unplaced": ({"meeting": one.meeting, "reason": one.reason} for one in schedule.unplaced),
        "figures": asdict(schedule.figures),
        "certificates": map(_certificate, schedule.certificates),
        "run": asdict(schedule.run),
    }
    return _object_text(members)


def _object_text(members: Mapping[str, Any]) -> bytes:
    lines = []
    for key, value in members.items():
        if isinstance(value, Iterable) and not isinstance(value, str | list | tuple | dict):
            elements = ",\n  ".join(map(_one_line, value))
            text = f"[\n  {elements}\n ]" if elements else "[]"
        else:
            text = _one_line(value)
        lines.append(f' "{key}": {text}')
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _slot(slot: Slot) -> dict[str, Any]:
    return {
        "id": slot.id,
        "start": None if slot.start is None else slot.start.isoformat(),
        "minutes": slot.minutes,
        "day": slot.day,
        "half": slot.half,
    }


def placed_members(placed: Placed) -> dict[str, Any]:
    """A placement as JSON has it."""
    return {
        "meeting": placed.meeting,
        "slot": placed.slot,
        "place": placed.place,
        "number": placed.number,
        "people": placed.people,
    }


def place_members(place: Place) -> dict[str, Any]:
    """A place as JSON has it."""
    return {"id": place.id, "count": place.count, "zone": place.zone, "host": place.host, "slots": place.slots}


def person_members(person: Person) -> dict[str, Any]:
    """A person as JSON has them."""
    return {
        "id": person.id,
        "organisation": person.organisation,
        "unavailable": person.unavailable,
        "max_per_day": person.max_per_day,
        "max_in_a_row": person.max_in_a_row,
    }


def meeting_members(meeting: Meeting) -> dict[str, Any]:
    """A meeting as JSON has it."""
    held = meeting.held
    return {
        "id": meeting.id,
        "sides": [
            {"all": side.all}
            if side.any is None
            else {"all": side.all, "any": {"count": side.any.count, "of": side.any.of}}
            for side in meeting.sides
        ],
        "value": meeting.value,
        "slots": meeting.slots,
        "after": meeting.after,
        "places": meeting.places,
        "held": None if held is None else {"slot": held.slot, "place": held.place, "people": held.people},
        "frozen": meeting.frozen,
    }


def _certificate(certificate: Certificate) -> dict[str, Any]:
    """`kind` stands before what belongs to it."""
    known = {
        "goal": certificate.goal,
        "reached": certificate.reached,
        "bound": certificate.bound,
        "gap": certificate.gap,
    }
    match certificate:
        case PricesCertificate(prices=prices):
            table = {"scale": prices.scale, "people": prices.people, "places": prices.places}
            return known | {"kind": "prices", "prices": table}
        case CountingCertificate(rule=rule, numbers=numbers):
            return known | {"kind": "counting", "rule": rule, "numbers": numbers}
        case SearchCertificate(solver=solver, version=version, question=question, answer=answer):
            claim = {"solver": solver, "version": version, "question": question, "answer": answer}
            return known | {"kind": "search", **claim}
        case _:
            raise TypeError(f"a certificate of no kind: {certificate!r}")
