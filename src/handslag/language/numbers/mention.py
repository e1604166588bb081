"""What the number grammar finds: a value in base units with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KINDS: Final = ("money", "percent", "points", "share", "duration", "count")
QUALIFIERS: Final = ("", "nearly", "over", "about", "at least", "at most", "from", "to")
# What a number may be instead of a figure; "" is a figure.
ROLES: Final = (
    *("", "date", "time", "phone", "section", "code", "page", "list", "ordinal", "age", "address", "size", "social"),
    "repeated",  # the figures in "sixty (60) days"
)


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number as printed: `text[start:end]` with its sign, currency, scale and percent ("SEK 4,2 miljoner").

    `value` is in base units (kronor, percent, pieces): an int where it is whole. `unit` is an ISO 4217 code, "percent", or
    "" for a count. `unit_basis` is "inferred" where the unit stands elsewhere ("268 miljoner i stället för 240"), else
    "printed". `kind` is one of KINDS: points are percentage points, a share is a part in words (a third: 33 percent), a
    duration counts days to years. `qualifier` is one of QUALIFIERS, `qualifier_text` its printed words at
    `[qualifier_start, qualifier_end)`, -1 where there are none. The two halves of a range have each other's start in
    `partner`, else -1. `role` is "" for a figure and otherwise tells what the number is instead.
    """

    start: int
    end: int
    value: int | float
    unit: str = ""
    kind: str = "count"
    qualifier: str = ""
    qualifier_text: str = ""
    qualifier_start: int = -1
    qualifier_end: int = -1
    is_word: bool = False
    unit_basis: str = "printed"
    partner: int = -1
    role: str = ""
