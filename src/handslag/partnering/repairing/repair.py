"""What a change did to a plan: each placement before and after, and why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from handslag.partnering.repairing.change_files import change_members
from handslag.partnering.repairing.changes import Change
from handslag.partnering.schedule import Placed
from handslag.partnering.wording import sentence

# The cause of what was not hit but had to go for another's sake.
GIVES_WAY = "gives_way"

Outcome = Literal["placed", "dropped", "cancelled", "moved", "people", "place"]


class Replacement(NamedTuple):
    """One meeting's placement before and after (None: not placed); `cause` with `ids` is a text of the vocabulary.

    A tuple, for a closed area makes a thousand of them.
    """

    meeting: str
    before: Placed | None
    after: Placed | None
    cause: str
    ids: Mapping[str, str]

    @property
    def outcome(self) -> Outcome:
        """What became of the meeting: most of all another slot, else other people, else another place."""
        if self.after is None:
            return "cancelled" if self.cause == "cancelled" else "dropped"
        if self.before is None:
            return "placed"
        if self.before.slot != self.after.slot:
            return "moved"
        return "people" if set(self.before.people) != set(self.after.people) else "place"

    def in_language(self, language: str) -> str:
        """One line: what becomes of the meeting, and why."""
        before, after = self.before, self.after
        values: dict[str, object] = {"meeting": self.meeting}
        if before is not None:
            values |= {
                "old_slot": before.slot,
                "old_place": f"{before.place} {before.number}",
                "old_people": before.people,
            }
        if after is not None:
            values |= {"slot": after.slot, "place": f"{after.place} {after.number}", "people": after.people}
        told = sentence("repair_outcomes", self.outcome, values, language)
        return f"{told}: {sentence('repair_causes', self.cause, self.ids, language)}"


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of the plan of version `base` and what followed from it; `version` is that of the plan after it."""

    base: str
    version: str
    change: Change
    placements: tuple[Replacement, ...]

    @property
    def moved_unhit(self) -> int:
        """How many meetings that the change did not hit have another slot or other people now."""
        return sum(one.cause == GIVES_WAY and one.outcome in {"moved", "people"} for one in self.placements)

    def count(self, *outcomes: Outcome) -> int:
        """How many meetings came to one of these ends."""
        return sum(one.outcome in outcomes for one in self.placements)


def version_after(base: str, change: Change, placements: Sequence[Replacement]) -> str:
    """The sum that names a plan by the version before, which tells where everything was, and where what changed is now."""
    # Each meeting once: in any order they say the same.
    gone = sorted([meeting for meeting, _, after, _, _ in placements if after is None])
    rows = sorted([_row(after) for _, _, after, _, _ in placements if after is not None])
    told = json.dumps((base, change_members(change), gone, rows), ensure_ascii=False, check_circular=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _row(placed: Placed) -> tuple[object, ...]:
    return placed.meeting, placed.slot, placed.place, placed.number, placed.people
