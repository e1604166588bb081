"""What the checker has to say: a rule by its name, the ids it is about, the numbers behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handslag.partnering.wording import sentence

# As the format names them, in its order.
RULES = (
    "wrong-problem", "unknown-id", "placed-twice", "placed-and-unplaced", "not-listed", "missing-person", "wrong-any",
    "extra-person", "unavailable", "double-booked", "slot-not-allowed", "place-not-allowed", "place-closed",
    "place-full", "number-clash", "not-host", "not-after", "over-per-day", "over-in-a-row", "no-lunch", "far-walk",
    "break-spread", "frozen-changed", "held-dropped", "not-all-placed", "wrong-figure", "wrong-certificate",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Violation:
    """A violated rule; `variant` chooses between several texts for one rule."""

    rule: str
    ids: Mapping[str, str | Sequence[str]]
    numbers: Mapping[str, Any] = field(default_factory=dict)
    variant: str = ""

    def in_language(self, language: str) -> str:
        """One line: the rule's name, then what breaks it, with every id."""
        key = f"{self.rule}-{self.variant}" if self.variant else self.rule
        return f"{self.rule}: {sentence('rules', key, {**self.ids, **self.numbers}, language)}"
