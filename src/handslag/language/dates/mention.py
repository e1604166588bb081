"""What the date grammar finds: a mention with what is printed, before any calendar is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KINDS: Final = (
    "day",  # a day of a month, with or without year, or of no printed month ("den 15:e")
    "weekday",  # a weekday alone: "på måndag", "on Thursday last week"
    "week",
    "month",
    "quarter",
    "half",
    "season",
    "year",
    "feast",  # Christmas, midsommar, årsskiftet
    "relative",  # counted from the day on which it was said: "i går", "next month", "within 30 days"
    "range",
    "rhythm",
)


@dataclass(frozen=True, slots=True)
class Point:
    """One printed time, of any precision; what is not printed is None.

    `unit` is day, week, month, quarter, half, season or year. `number` counts weeks, months, quarters, halves and seasons
    (1 spring to 4 winter) within a year, and is the month of a day. `offset` counts units from the day on which it was
    said ("last week": week, -1); `shift` counts years in the same way ("in May next year": month 5, shift 1) and, for a
    weekday, weeks ("Thursday last week"). `towards` is the direction that the words themselves give: past, future, this.
    """

    unit: str
    year: int | None = None
    number: int | None = None
    day: int | None = None
    weekday: int | None = None
    offset: int | None = None
    shift: int | None = None
    feast: str = ""
    towards: str = ""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as printed: `text[start:end]` with its governing word ("senast den 3 maj"), from `core` without it.

    `bound` tells whether it is open at one end: by, before, after, from, until, or "to" for a bare "till". `part` is the
    part of the period that is meant (early, mid, late, end, earlier, later). `last` is a range's other end. `rhythm` is a
    word of the contract, or "other". `anchored` is a span counted from something else than the day it was said ("within
    30 days of signature"). `borrowed` is a day whose month is taken from the date before it ("not the 21st").
    """

    start: int
    end: int
    core: int
    kind: str
    first: Point | None
    last: Point | None = None
    bound: str = ""
    part: str = ""
    rhythm: str = ""
    anchored: bool = False
    borrowed: bool = False

    @property
    def year(self) -> int | None:
        """The printed year, of a range the last one; None where none is printed."""
        point = self.last or self.first
        return point.year if point else None

    @property
    def is_full_day(self) -> bool:
        """True for one day printed with its year."""
        point = self.first
        return self.last is None and point is not None and point.unit == "day" and None not in (point.year, point.day)
