"""Changes and repairs as JSON, and back: every fault told at its place."""

from __future__ import annotations

from typing import Any

from handslag.partnering.bad_format import BadFormat
from handslag.partnering.files.json_text import read_object
from handslag.partnering.files.problem_reading import ProblemShape
from handslag.partnering.files.schedule_reading import needed_choice
from handslag.partnering.files.values import (
    a_list,
    an_id,
    check_keys,
    described,
    ids,
    refuse,
    required,
    some_or_any,
    some_text,
)
from handslag.partnering.files.writing import meeting_members, person_members, place_members
from handslag.partnering.repairing.changes import (
    KIND_OF,
    KINDS,
    Added,
    AreaClosed,
    AreaOpened,
    Change,
    MeetingCancelled,
    NoShow,
    PersonAway,
    PersonBack,
    TimePassed,
)

CHANGES_FORMAT = "handslag-changes/1"

_PERSON_KEYS = frozenset({"kind", "person", "slots", "since"})
_AREA_KEYS = frozenset({"kind", "places", "zone", "slots", "since"})


def change_members(change: Change) -> dict[str, Any]:
    """A change as JSON has it; what is not given is left out."""
    kind = {"kind": KIND_OF[type(change)]}
    if isinstance(change, Added):
        return kind | {
            "people": [person_members(one) for one in change.people],
            "meetings": [meeting_members(one) for one in change.meetings],
            "places": [place_members(one) for one in change.places],
        }
    members = {name: getattr(change, name) for name in change.__match_args__}
    return kind | {name: value for name, value in members.items() if value is not None and value != ()}


def read_changes(data: bytes) -> tuple[Change, ...]:
    """The changes of a file, in order. BadFormat, with the place, where it is none."""
    shape = ChangeShape()
    raw = read_object(data, {"changes": shape.change})
    check_keys(raw, frozenset({"format", "changes"}))
    if required(raw, "format") != CHANGES_FORMAT:
        raise BadFormat("format", "other_format", found=described(raw["format"]), expected=CHANGES_FORMAT)
    if type(required(raw, "changes")) is not list:
        refuse("changes", "list", raw["changes"])
    return tuple(raw["changes"])


class ChangeShape:
    """Takes changes one by one, each checked by itself."""

    def __init__(self) -> None:
        self._problem = ProblemShape()
        self._shared: dict[str, str] = {}

    def change(self, raw: Any) -> Change:
        """One change; BadFormat where it is of no kind or lacks something."""
        if type(raw) is not dict:
            refuse("", "object", raw)
        kind = KINDS[needed_choice(raw, "kind", tuple(KINDS))]
        if kind is PersonAway or kind is PersonBack:
            members = check_keys(raw, _PERSON_KEYS)
            return kind(an_id(members, "person"), **self._when(members))
        if kind is AreaClosed or kind is AreaOpened:
            members = check_keys(raw, _AREA_KEYS)
            places = ids(members, "places", self._shared)
            return kind(places, some_text(members, "zone"), **self._when(members))
        if kind is NoShow:
            members = check_keys(raw, frozenset({"kind", "person", "slot"}))
            return NoShow(an_id(members, "person"), an_id(members, "slot"))
        if kind is MeetingCancelled:
            return MeetingCancelled(an_id(check_keys(raw, frozenset({"kind", "meeting"})), "meeting"))
        if kind is TimePassed:
            return TimePassed(an_id(check_keys(raw, frozenset({"kind", "until"})), "until"))
        members = check_keys(raw, frozenset({"kind", "people", "meetings", "places"}))
        shape = self._problem
        return Added(
            people=self._all(members, "people", shape.person),
            meetings=self._all(members, "meetings", shape.meeting),
            places=self._all(members, "places", shape.place),
        )

    def _when(self, members: dict[str, Any]) -> dict[str, Any]:
        slots, since = some_or_any(members, "slots", self._shared), some_text(members, "since", or_empty=False)
        if slots is not None and since is not None:
            raise BadFormat("since", "slots_or_since")
        return {"slots": slots, "since": since}

    def _all(self, members: dict[str, Any], key: str, take: Any) -> tuple[Any, ...]:
        taken = []
        for position, raw in enumerate(a_list(members, key)):
            try:
                taken.append(take(raw))
            except BadFormat as error:
                named = raw.get("id") if isinstance(raw, dict) else None
                raise error.within(f"{key}[{position}]", named) from None
        return tuple(taken)
