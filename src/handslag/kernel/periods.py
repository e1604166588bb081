"""Periods: the dates of the reading contract (`formats/reading.md`), from a day to a season, and rhythms.

A period is a string in one of these forms; what is not in this list is refused:

    2026  2026-10  2026-10-08  2026-W41  2026-Q4  2026-H2  2026-spring|summer|autumn|winter
    a/b (from a to b, both included)   /b (by b)   a/ (from a)      a, b: one of the above
    daily weekly monthly quarterly half-yearly yearly biennial

Weeks are ISO 8601 weeks. Seasons are counted as the Swedish Meteorological Institute counts its months: spring
March–May, summer June–August, autumn September–November, winter December–February; a winter carries the year in which
it begins, so 2026-winter is 2026-12-01 to 2027-02-28. Years run from 0001 to 9998, so that every period has a last day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from handslag.kernel.errors import BadPeriod

RHYTHMS: Final = ("daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "biennial")
SEASONS: Final = ("spring", "summer", "autumn", "winter")
PRECISIONS: Final = ("day", "week", "month", "season", "quarter", "half", "year", "range", "open", "rhythm")

_EXPECTED = (
    "expected e.g. 2026, 2026-10, 2026-10-08, 2026-W41, 2026-Q4, 2026-H2, 2026-autumn, 2026/2028, /2026-10, 2026/"
)
_SIMPLE = re.compile(
    r"([0-9]{4})(?:-(?:([0-9]{2})(?:-([0-9]{2}))?|W([0-9]{2})|Q([1-4])|H([12])|(spring|summer|autumn|winter)))?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A period that follows the grammar: its text, first and last day (None where open or a rhythm), and precision."""

    text: str
    first: date | None
    last: date | None
    precision: str

    def __str__(self) -> str:
        return self.text

    @property
    def is_rhythm(self) -> bool:
        """True for "monthly" and the like, which have no days."""
        return self.precision == "rhythm"


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period:
    """The period that `text` stands for; BadPeriod, naming what was found, where it follows no form of the grammar."""
    if text in RHYTHMS:
        return Period(text, None, None, "rhythm")
    begin, slash, end = text.partition("/")
    if not slash:
        return _parse_simple(text, text)
    if not begin and not end:
        raise BadPeriod(f"{text!r} is a period without any day: {_EXPECTED}")
    first = _parse_simple(begin, text).first if begin else None
    last = _parse_simple(end, text).last if end else None
    if first is None or last is None:
        return Period(text, first, last, "open")
    if last < first:
        raise BadPeriod(f"{text!r} ends ({last}) before it begins ({first}): put the earlier end first")
    return Period(text, first, last, "range")


def first_day(period: str) -> date | None:
    """The first day of a period; None for "/b" and for rhythms. BadPeriod where it is none."""
    return parse_period(period).first


def last_day(period: str) -> date | None:
    """The last day of a period; None for "a/" and for rhythms. BadPeriod where it is none."""
    return parse_period(period).last


def precision(period: str) -> str:
    """How exact a period is: one of PRECISIONS. BadPeriod where it is none."""
    return parse_period(period).precision


def checked_day(text: str) -> str:
    """The text itself, a day as YYYY-MM-DD. BadPeriod for what is none, or a longer or shorter period."""
    if not is_period(text) or precision(text) != "day":
        raise BadPeriod(f"found {text!r}, expected a day as YYYY-MM-DD, e.g. 2026-11-19")
    return text


def is_period(text: str) -> bool:
    """True if `text` follows the grammar."""
    try:
        parse_period(text)
    except BadPeriod:
        return False
    return True


def day_period(day: date) -> str:
    """The period of one day: 2026-10-08."""
    return day.isoformat()


def month_period(year: int, month: int) -> str:
    """The period of a month: 2026-10."""
    return f"{year:04d}-{month:02d}"


def week_period(day: date) -> str:
    """The ISO week in which a day lies: 2026-W41."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def season_of(day: date) -> tuple[int, int]:
    """The season in which a day lies: its year (a winter's: that in which it begins) and number, 1 spring to 4 winter."""
    if day.month <= 2:
        return day.year - 1, 4
    return day.year, day.month // 3


def weeks_in_year(year: int) -> int:
    """52 or 53, by ISO 8601: the 28th of December always lies in the last week."""
    return date(year, 12, 28).isocalendar().week


def _parse_simple(text: str, whole: str) -> Period:
    match = _SIMPLE.fullmatch(text)
    if match is None:
        raise BadPeriod(f"{whole!r} is no period: {_EXPECTED}")
    year = int(match[1])
    if not 1 <= year <= 9998:
        raise BadPeriod(f"{whole!r} has the year {match[1]}: expected 0001 to 9998")
    month, day, week, quarter, half, season = match.groups()[1:]
    try:
        if day:
            first = last = date(year, int(month), int(day))
            return Period(text, first, last, "day")
        if month:
            return Period(text, *_months(year, int(month), 1), "month")
        if week:
            if int(week) > weeks_in_year(year):
                raise ValueError(f"{year} has {weeks_in_year(year)} weeks")
            monday = date.fromisocalendar(year, int(week), 1)
            return Period(text, monday, monday + timedelta(days=6), "week")
    except (ValueError, OverflowError) as error:
        raise BadPeriod(f"{whole!r} is not in the calendar ({error}): check its month, day or week") from None
    if quarter:
        return Period(text, *_months(year, 3 * int(quarter) - 2, 3), "quarter")
    if half:
        return Period(text, *_months(year, 6 * int(half) - 5, 6), "half")
    if season:
        return Period(text, *_months(year, 3 * SEASONS.index(season) + 3, 3), "season")
    return Period(text, date(year, 1, 1), date(year, 12, 31), "year")


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """First and last day of `count` months from a month on."""
    end_year, end_month = year + (month + count - 2) // 12, (month + count - 2) % 12 + 1
    return date(year, month, 1), date(end_year, end_month, monthrange(end_year, end_month)[1])
