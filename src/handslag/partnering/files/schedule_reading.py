"""SCHEDULE.json to a schedule; only its form is judged here, whether it keeps the rules is the checker's work."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, cast

from handslag.partnering.bad_format import BadFormat
from handslag.partnering.files.json_text import read_object
from handslag.partnering.files.values import (
    an_id,
    check_keys,
    choice,
    described,
    first_repeated,
    ids,
    needed_whole,
    refuse,
    required,
    some_text,
    whole,
)
from handslag.partnering.problem import GOALS, MAXIMISED, Goal
from handslag.partnering.schedule import (
    STATUSES,
    STOPPED,
    Certificate,
    CountingCertificate,
    Figures,
    Placed,
    Prices,
    PricesCertificate,
    Run,
    Schedule,
    SearchCertificate,
    Status,
    Stopped,
    Unplaced,
)

SCHEDULE_FORMAT = "handslag-schedule/1"

_SCHEDULE_KEYS = frozenset({
    "format", "problem_sha256", "from_sha256", "status", "placed", "unplaced", "figures", "certificates", "run",
})  # fmt: skip
_PLACED_KEYS = frozenset({"meeting", "slot", "place", "number", "people"})
_UNPLACED_KEYS = frozenset({"meeting", "reason"})
_FIGURES = tuple(field.name for field in fields(Figures))
_RUN_KEYS = frozenset({"seconds", "steps", "seed", "version", "stopped"})
_PRICES_KEYS = frozenset({"scale", "people", "places"})
_KINDS = ("prices", "counting", "search")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_schedule(data: bytes) -> Schedule:
    """The schedule that a file's bytes are. BadFormat, with the place, where they are none; keys `x_…` are left out."""
    shape = ScheduleShape()
    raw = read_object(data, {"placed": shape.placed, "unplaced": _unplaced, "certificates": _certificate})
    check_keys(raw, _SCHEDULE_KEYS)
    if required(raw, "format") != SCHEDULE_FORMAT:
        raise BadFormat("format", "other_format", found=described(raw["format"]), expected=SCHEDULE_FORMAT)
    for key in ("placed", "unplaced", "certificates"):
        if type(required(raw, key)) is not list:
            refuse(key, "list", raw[key])
    required(raw, "status")
    status = cast("Status", needed_choice(raw, "status", STATUSES))
    if status == "infeasible" and raw["placed"]:
        raise BadFormat("placed", "infeasible_places_nothing", found=len(raw["placed"]))
    unplaced = tuple(raw["unplaced"])
    names = [one.meeting for one in unplaced]
    if len(set(names)) < len(names):
        position, first = first_repeated(names)
        raise BadFormat(
            f"unplaced[{position}].meeting", "repeats", id=names[position], first=f"unplaced[{first}].meeting"
        )
    return Schedule(
        problem_sha256=_sha256(raw, "problem_sha256", is_required=True) or "",
        from_sha256=_sha256(raw, "from_sha256", is_required=False),
        status=status,
        placed=tuple(raw["placed"]),
        unplaced=unplaced,
        figures=_figures(required(raw, "figures")),
        certificates=tuple(raw["certificates"]),
        run=_run(required(raw, "run")),
    )


def needed_choice(raw: Mapping[str, Any], key: str, options: tuple[str, ...]) -> str:
    """One of the options; None is none of them."""
    required(raw, key)
    value = choice(raw, key, options)
    if value is None:
        raise BadFormat(key, "none_of_the_options", found="null", options=options)
    return value


class ScheduleShape:
    """Takes placed meetings one by one; equal ids become one string."""

    def __init__(self) -> None:
        self._shared: dict[str, str] = {}

    def placed(self, raw: Any) -> Placed:
        members = check_keys(raw, _PLACED_KEYS)
        meeting, slot, place = (an_id(members, key) for key in ("meeting", "slot", "place"))
        number = needed_whole(members, "number", 1)
        required(members, "people")
        people = ids(members, "people", self._shared)
        if not people:
            raise BadFormat("people", "nobody")
        share = self._shared.setdefault
        return Placed(share(meeting, meeting), share(slot, slot), share(place, place), number, people)


def _unplaced(raw: Any) -> Unplaced:
    members = check_keys(raw, _UNPLACED_KEYS)
    meeting = an_id(members, "meeting")
    required(members, "reason")
    reason = some_text(members, "reason")
    if reason is None:
        refuse("reason", "text", None)
    return Unplaced(meeting, reason)


def _figures(raw: Any) -> Figures:
    try:
        members = check_keys(raw, frozenset(_FIGURES))
        # Less the price of moves, the value may be below nothing.
        return Figures(**{key: needed_whole(members, key, None if key == "value" else 0) for key in _FIGURES})
    except BadFormat as error:
        raise error.within("figures") from None


def _run(raw: Any) -> Run:
    try:
        members = check_keys(raw, _RUN_KEYS)
        required(members, "seed")
        return Run(
            seconds=_number(members, "seconds"),
            steps=needed_whole(members, "steps"),
            seed=whole(members, "seed", None),
            version=an_id(members, "version"),
            stopped=cast("Stopped", needed_choice(members, "stopped", STOPPED)),
        )
    except BadFormat as error:
        raise error.within("run") from None


def _certificate(raw: Any) -> Certificate:
    if type(raw) is not dict:
        refuse("", "object", raw)
    kind = needed_choice(raw, "kind", _KINDS)
    goal = cast("Goal", needed_choice(raw, "goal", GOALS))
    reached, bound = needed_whole(raw, "reached", None), needed_whole(raw, "bound", None)
    gap = _number(raw, "gap")
    if kind == "prices":
        if goal != MAXIMISED:
            raise BadFormat("goal", "prices_are_for_value", found=goal)
        return PricesCertificate(goal, reached, bound, gap, _prices(required(raw, "prices")))
    if kind == "counting":
        numbers = required(raw, "numbers")
        if type(numbers) is not dict:
            refuse("numbers", "object", numbers)
        return CountingCertificate(goal, reached, bound, gap, an_id(raw, "rule"), numbers)
    solver, version, question, answer = (required(raw, key) for key in ("solver", "version", "question", "answer"))
    return SearchCertificate(goal, reached, bound, gap, solver, version, question, answer)


def _prices(raw: Any) -> Prices:
    try:
        members = check_keys(raw, _PRICES_KEYS)
        scale = needed_whole(members, "scale", 1)
        return Prices(scale, _price_table(members, "people"), _price_table(members, "places"))
    except BadFormat as error:
        raise error.within("prices") from None


def _price_table(raw: dict[str, Any], key: str) -> dict[str, dict[str, int]]:
    table = required(raw, key)
    if type(table) is not dict:
        refuse(key, "object", table)
    for name, entries in table.items():
        if type(entries) is not dict:
            refuse(f"{key}.{name}", "object", entries)
        for when, price in entries.items():
            if type(price) is not int:
                refuse(f"{key}.{name}.{when}", "whole", price)
            if price < 0:
                raise BadFormat(f"{key}.{name}.{when}", "out_of_range", found=price, range="0…")
    return table


def _number(raw: dict[str, Any], key: str) -> float:
    """A required number that is not below 0."""
    value = required(raw, key)
    if type(value) is not int and not (type(value) is float and math.isfinite(value)):
        refuse(key, "number", value)
    if value < 0:
        raise BadFormat(key, "out_of_range", found=value, range="0…")
    number: float = value
    return number


def _sha256(raw: dict[str, Any], key: str, *, is_required: bool) -> str | None:
    if is_required:
        required(raw, key)
    value = some_text(raw, key)
    if value is None and not is_required:
        return None
    if value is None or not _SHA256.fullmatch(value):
        refuse(key, "sha256", value)
    return value
