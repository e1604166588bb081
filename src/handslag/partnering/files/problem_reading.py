"""PROBLEM.json to a problem: every fault of form or meaning is told with its place."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import Any, cast

from handslag.partnering.bad_format import BadFormat
from handslag.partnering.files.agreement import check_agreement
from handslag.partnering.files.json_text import read_object
from handslag.partnering.files.values import (
    a_list,
    an_id,
    check_keys,
    choice,
    described,
    first_repeated,
    flag,
    ids,
    needed_whole,
    refuse,
    required,
    some_or_any,
    some_text,
    whole,
)
from handslag.partnering.problem import (
    GOALS,
    LARGEST_VALUE,
    AnyOf,
    Goal,
    Held,
    Meeting,
    Person,
    Place,
    Problem,
    Rules,
    Side,
    Slot,
    Walk,
)

PROBLEM_FORMAT = "handslag-meetings/1"

_PROBLEM_KEYS = frozenset({"format", "name", "slots", "places", "people", "meetings", "rules", "walks", "goals"})
_SLOT_KEYS = frozenset({"id", "start", "minutes", "day", "half"})
_PLACE_KEYS = frozenset({"id", "count", "zone", "host", "slots"})
_PERSON_KEYS = frozenset({"id", "organisation", "unavailable", "max_per_day", "max_in_a_row"})
_MEETING_KEYS = frozenset({"id", "sides", "value", "slots", "after", "places", "held", "frozen"})
_SIDE_KEYS = frozenset({"all", "any"})
_ANY_KEYS = frozenset({"count", "of"})
_HELD_KEYS = frozenset({"slot", "place", "people"})
_RULES_KEYS = frozenset({"all_meetings", "max_break_spread", "move_price", "lunch", "walks"})
_WALK_KEYS = frozenset({"from", "to", "minutes"})
_LUNCH_KEYS = frozenset({"slots"})

# As the format's schema has it; fromisoformat alone would take weeks and times without a colon.
_START = re.compile(
    r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?"
    r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
)


def sha256_of(data: bytes) -> str:
    """The sum by which a schedule names the file it was made for."""
    return hashlib.sha256(data).hexdigest()


def read_problem(data: bytes) -> Problem:
    """The problem that a file's bytes are. BadFormat, with the place, where they are none; keys `x_…` are left out."""
    shape = ProblemShape()
    raw = read_object(
        data, {"slots": shape.slot, "places": shape.place, "people": shape.person, "meetings": shape.meeting}
    )
    check_keys(raw, _PROBLEM_KEYS)
    if required(raw, "format") != PROBLEM_FORMAT:
        raise BadFormat("format", "other_format", found=described(raw["format"]), expected=PROBLEM_FORMAT)
    for key in ("slots", "places", "people", "meetings"):
        if type(required(raw, key)) is not list:
            refuse(key, "list", raw[key])
    problem = Problem(
        slots=tuple(raw["slots"]),
        places=tuple(raw["places"]),
        people=tuple(raw["people"]),
        meetings=tuple(raw["meetings"]),
        rules=shape.rules(raw.get("rules")),
        walks=shape.walks(raw),
        goals=_goals(raw),
        name=some_text(raw, "name"),
    )
    check_agreement(problem)
    return problem


class ProblemShape:
    """Takes the parts of a problem one by one, each checked by itself; equal ids become one string."""

    def __init__(self) -> None:
        self._shared: dict[str, str] = {}

    def _id(self, raw: dict[str, Any], key: str = "id") -> str:
        value = an_id(raw, key)
        return self._shared.setdefault(value, value)

    def slot(self, raw: Any) -> Slot:
        members = check_keys(raw, _SLOT_KEYS)
        return Slot(
            id=self._id(members),
            start=_start(members),
            minutes=whole(members, "minutes", 1),
            day=some_text(members, "day", or_empty=False),
            half=some_text(members, "half"),
        )

    def place(self, raw: Any) -> Place:
        members = check_keys(raw, _PLACE_KEYS)
        count = whole(members, "count", 1)
        return Place(
            id=self._id(members),
            count=1 if count is None else count,
            zone=some_text(members, "zone"),
            host=some_text(members, "host"),
            slots=some_or_any(members, "slots", self._shared),
        )

    def person(self, raw: Any) -> Person:
        members = check_keys(raw, _PERSON_KEYS)
        organisation = some_text(members, "organisation")
        return Person(
            id=self._id(members),
            organisation=None if organisation is None else self._shared.setdefault(organisation, organisation),
            unavailable=ids(members, "unavailable", self._shared),
            max_per_day=whole(members, "max_per_day"),
            max_in_a_row=whole(members, "max_in_a_row"),
        )

    def meeting(self, raw: Any) -> Meeting:
        members = check_keys(raw, _MEETING_KEYS)
        name = self._id(members)
        sides = required(members, "sides")
        if type(sides) is not list:
            refuse("sides", "list", sides)
        if len(sides) < 2:
            raise BadFormat("sides", "too_few_sides", found=len(sides))
        taken = []
        for position, side in enumerate(sides):
            try:
                taken.append(self._side(side))
            except BadFormat as error:
                raise error.within(f"sides[{position}]") from None
        value = whole(members, "value", 0, LARGEST_VALUE)
        return Meeting(
            id=name,
            sides=tuple(taken),
            value=1 if value is None else value,
            slots=some_or_any(members, "slots", self._shared),
            after=ids(members, "after", self._shared),
            places=some_or_any(members, "places", self._shared),
            held=self._held(members.get("held")),
            frozen=flag(members, "frozen"),
        )

    def _side(self, raw: Any) -> Side:
        members = check_keys(raw, _SIDE_KEYS)
        everyone = ids(members, "all", self._shared)
        if members.get("any") is None:
            if not everyone:
                raise BadFormat("", "nobody")
            return Side(everyone)
        try:
            return Side(everyone, self._any_of(members["any"]))
        except BadFormat as error:
            raise error.within("any") from None

    def _any_of(self, raw: Any) -> AnyOf:
        members = check_keys(raw, _ANY_KEYS)
        count = needed_whole(members, "count", 1)
        required(members, "of")
        candidates = ids(members, "of", self._shared)
        if len(candidates) < count:
            raise BadFormat("count", "too_few_candidates", count=count, of=len(candidates))
        return AnyOf(count, candidates)

    def _held(self, raw: Any) -> Held | None:
        if raw is None:
            return None
        try:
            members = check_keys(raw, _HELD_KEYS)
            required(members, "people")
            return Held(self._id(members, "slot"), self._id(members, "place"), ids(members, "people", self._shared))
        except BadFormat as error:
            raise error.within("held") from None

    def rules(self, raw: Any) -> Rules:
        if raw is None:
            return Rules()
        try:
            members = check_keys(raw, _RULES_KEYS)
            return Rules(
                all_meetings=flag(members, "all_meetings"),
                max_break_spread=whole(members, "max_break_spread"),
                move_price=whole(members, "move_price") or 0,
                lunch=self._lunch(members),
                walks="count" if choice(members, "walks", ("forbid", "count")) == "count" else "forbid",
            )
        except BadFormat as error:
            raise error.within("rules") from None

    def _lunch(self, rules: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
        taken = []
        for position, raw in enumerate(a_list(rules, "lunch")):
            try:
                members = check_keys(raw, _LUNCH_KEYS)
                required(members, "slots")
                slots = some_or_any(members, "slots", self._shared)
                if slots is None:
                    refuse("slots", "list", None)
            except BadFormat as error:
                raise error.within(f"lunch[{position}]") from None
            taken.append(slots)
        return tuple(taken)

    def walks(self, raw: dict[str, Any]) -> tuple[Walk, ...]:
        taken = []
        for position, walk in enumerate(a_list(raw, "walks")):
            try:
                members = check_keys(walk, _WALK_KEYS)
                taken.append(Walk(self._id(members, "from"), self._id(members, "to"), needed_whole(members, "minutes")))
            except BadFormat as error:
                raise error.within(f"walks[{position}]") from None
        return tuple(taken)


def _start(raw: dict[str, Any]) -> datetime | None:
    text = some_text(raw, "start")
    if text is None:
        return None
    if not _START.fullmatch(text):
        raise BadFormat("start", "expected_start", found=described(text))
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise BadFormat("start", "expected_start", found=described(text)) from None


def _goals(raw: dict[str, Any]) -> tuple[Goal, ...] | None:
    if raw.get("goals") is None:
        return None
    goals = a_list(raw, "goals")
    if not goals:
        raise BadFormat("goals", "no_goals")
    for position, goal in enumerate(goals):
        if type(goal) is not str or goal not in GOALS:
            raise BadFormat(f"goals[{position}]", "none_of_the_options", found=described(goal), options=GOALS)
    if len(set(goals)) < len(goals):
        position, first = first_repeated(goals)
        raise BadFormat(f"goals[{position}]", "repeats", id=goals[position], first=f"goals[{first}]")
    return tuple(cast("list[Goal]", goals))
