"""Repairs as JSON, and back."""

from __future__ import annotations

import json
import re
from typing import Any

from handslag.partnering.bad_format import BadFormat
from handslag.partnering.files.json_text import read_object
from handslag.partnering.files.schedule_reading import ScheduleShape
from handslag.partnering.files.values import an_id, check_keys, described, refuse, required
from handslag.partnering.files.writing import placed_members
from handslag.partnering.repairing.change_files import ChangeShape, change_members
from handslag.partnering.repairing.repair import Repair, Replacement
from handslag.partnering.schedule import Placed
from handslag.vocabulary.load import vocabulary

REPAIR_FORMAT = "handslag-repair/1"

_SHA256 = re.compile(r"[0-9a-f]{64}")


def repair_json(repair: Repair) -> bytes:
    """The repair as a file's bytes; reading them gives an equal repair."""
    placements = [
        {"meeting": one.meeting, "before": _placed(one.before), "after": _placed(one.after), "cause": one.cause,
         "ids": one.ids}
        for one in repair.placements
    ]  # fmt: skip
    members = {
        "format": REPAIR_FORMAT,
        "base": repair.base,
        "version": repair.version,
        "change": change_members(repair.change),
        "placements": placements,
    }
    return (json.dumps(members, ensure_ascii=False, indent=1) + "\n").encode()


def read_repair(data: bytes) -> Repair:
    """The repair that a file's bytes are. BadFormat, with the place, where they are none."""
    shape = _RepairShape()
    raw = read_object(data, {"placements": shape.replacement})
    check_keys(raw, frozenset({"format", "base", "version", "change", "placements"}))
    if required(raw, "format") != REPAIR_FORMAT:
        raise BadFormat("format", "other_format", found=described(raw["format"]), expected=REPAIR_FORMAT)
    for key in ("base", "version"):
        if not _SHA256.fullmatch(an_id(raw, key)):
            refuse(key, "sha256", raw[key])
    if type(required(raw, "placements")) is not list:
        refuse("placements", "list", raw["placements"])
    try:
        change = ChangeShape().change(required(raw, "change"))
    except BadFormat as error:
        raise error.within("change") from None
    return Repair(raw["base"], raw["version"], change, tuple(raw["placements"]))


class _RepairShape:
    def __init__(self) -> None:
        self._schedule = ScheduleShape()

    def replacement(self, raw: Any) -> Replacement:
        members = check_keys(raw, frozenset({"meeting", "before", "after", "cause", "ids"}))
        cause, found = an_id(members, "cause"), required(members, "ids")
        if cause not in vocabulary("partnering_texts")["repair_causes"]:
            options = list(vocabulary("partnering_texts")["repair_causes"])
            raise BadFormat("cause", "none_of_the_options", found=described(cause), options=options)
        if type(found) is not dict or any(type(value) is not str for value in found.values()):
            refuse("ids", "object", found)
        meeting = an_id(members, "meeting")
        before, after = (self._placed(members, key, meeting) for key in ("before", "after"))
        return Replacement(meeting, before, after, cause, found)

    def _placed(self, members: dict[str, Any], key: str, meeting: str) -> Placed | None:
        if required(members, key) is None:
            return None
        try:
            placed = self._schedule.placed(members[key])
        except BadFormat as error:
            raise error.within(key) from None
        if placed.meeting != meeting:
            raise BadFormat(f"{key}.meeting", "other_format", found=described(placed.meeting), expected=meeting)
        return placed


def _placed(placed: Placed | None) -> dict[str, Any] | None:
    return None if placed is None else placed_members(placed)
