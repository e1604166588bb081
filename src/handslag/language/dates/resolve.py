"""From a printed date to a period of the contract, completed only from the day on which it was said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from handslag.kernel.errors import BadPeriod
from handslag.kernel.periods import (
    SEASONS,
    Period,
    day_period,
    is_period,
    month_period,
    parse_period,
    week_period,
    weeks_in_year,
)
from handslag.language.dates.mention import DateMention, Point

Tense = Literal["past", "future", "unclear"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a mention stands for: `period` is the bare date ("2026-10-10"), `bounded` the same with its open end ("/2026-10-10").

    `basis` is "printed" where nothing was completed, "inferred" where the day said was needed, "" where there is no period.
    Rhythms have their word ("yearly") as period and bounded, printed.
    """

    period: str
    basis: Literal["printed", "inferred", ""]
    bounded: str = ""


NOTHING: Final = Resolved("", "")


def resolve(
    mention: DateMention, said_on: date | None, tense: Tense = "unclear", *, anchor: date | None = None
) -> Resolved:
    """The period of a mention by the contract (`formats/reading.md`, Dates), or NOTHING: never a guess, never an error.

    What lacks a year is completed from `said_on` alone: past → the latest such time that has begun by then, future → the
    earliest that has not ended before it, unclear → nothing. Words that point by themselves ("i torsdags", "next spring")
    overrule the tense. A span counted from something else ("within 30 days of signature") counts from `anchor`.
    """
    if mention.rhythm:
        word = "" if mention.rhythm == "other" else mention.rhythm
        return Resolved(word, "printed", word) if word else NOTHING
    if mention.first is None:
        return NOTHING
    try:
        return _resolve(mention, anchor if mention.anchored else said_on, tense)
    except (OverflowError, BadPeriod):  # a year before 1 or after 9998: as good as unknown
        return NOTHING


def _resolve(mention: DateMention, said_on: date | None, tense: Tense) -> Resolved:
    assert mention.first is not None
    if mention.last is not None:
        return _resolve_range(mention, mention.first, mention.last, said_on, tense)
    period = _period(mention.first, said_on, tense, mention.bound)
    if not period:
        return NOTHING
    printed = mention.first.year is not None and not mention.borrowed
    if mention.part == "end":
        period = day_period(_parsed(period).last or date.min)
    return Resolved(period, "printed" if printed else "inferred", _bounded(period, mention))


def _resolve_range(mention: DateMention, first: Point, last: Point, said_on: date | None, tense: Tense) -> Resolved:
    printed = last.year is not None
    end = _period(last, said_on, tense, "", within_range=first)
    if not end:
        return NOTHING
    end_day = _parsed(end).last
    begin = (
        _period(first, end_day, "past", "")
        if first.year is None and first.shift is None
        else _period(first, said_on, tense, "")
    )
    text = f"{begin}/{end}"
    if not begin or not is_period(text):
        return NOTHING
    return Resolved(text, "printed" if printed else "inferred", text)


def _bounded(period: str, mention: DateMention) -> str:
    """The period with its open end. "Before May" ends on 30 April; before the end of May, on the 31st."""
    if mention.bound in {"by", "until"}:
        return f"/{period}"
    if mention.bound == "from":
        return f"{period}/"
    parsed = _parsed(period)
    assert parsed.first
    assert parsed.last
    if mention.bound == "before":
        if mention.part == "end":
            return f"/{period}"
        return f"/{day_period(parsed.first - timedelta(days=1))}"
    if mention.bound == "after":
        return f"{day_period(parsed.last + timedelta(days=1))}/"
    return period


def _parsed(period: str) -> Period:
    return parse_period(period)


def _period(point: Point, said_on: date | None, tense: Tense, bound: str, within_range: Point | None = None) -> str:
    """The simple period of a point, "" where it cannot be known."""
    if point.year is not None:
        return _in_year(point, point.year, bound)
    if said_on is None:
        return ""
    if point.offset is not None:
        return _counted(point, said_on, tense)
    if point.shift is not None and point.weekday is None:
        return _in_year(point, said_on.year + point.shift, bound)
    if point.weekday is not None and point.day is None:
        return _weekday(point, point.weekday, said_on, tense)
    if point.day is not None and point.number is None:
        return _day_of_some_month(point.day, said_on, tense)
    if point.shift is not None:
        return _in_year(point, said_on.year + point.shift, bound)
    candidates = [
        found for year in range(said_on.year - 5, said_on.year + 6) if (found := _in_year(point, year, bound))
    ]
    if point.unit == "day" and point.number and not point.feast:
        candidates = [c for c in candidates if abs(int(c[:4]) - said_on.year) <= (4 if _is_leap(point) else 2)]
    return _chosen(candidates, said_on, tense, point.towards, begins=within_range)


def _is_leap(point: Point) -> bool:
    return (point.number, point.day) == (2, 29)


def _chosen(candidates: list[str], said_on: date, tense: Tense, towards: str, begins: Point | None = None) -> str:
    """The one of several years' periods, in order of time, that tense or the words themselves choose."""
    periods = [_parsed(candidate) for candidate in candidates]
    if towards == "this":
        current = [p for p in periods if p.first and p.last and p.first <= said_on <= p.last]
        if current:
            return current[0].text
        tense = "past" if tense == "past" else "future"
    if towards == "past":
        before = [p for p in periods if p.last and p.last < said_on]
        return before[-1].text if before else ""
    if towards == "future":
        after = [p for p in periods if p.first and p.first > said_on]
        return after[0].text if after else ""
    if tense == "past":
        begun = [p for p in periods if _begin(p, begins) <= said_on]
        return begun[-1].text if begun else ""
    if tense == "future":
        left = [p for p in periods if p.last and p.last >= said_on]
        return left[0].text if left else ""
    return ""


def _begin(period: Period, begins: Point | None) -> date:
    """The first day of a period, or of the range that ends with it."""
    first = period.first or date.max
    if begins is None or period.last is None:
        return first
    earlier = _period(begins, period.last, "past", "")
    return (_parsed(earlier).first or first) if earlier else first


def _in_year(point: Point, year: int, bound: str) -> str:
    """The point in a given year, "" where that year has no such day or week."""
    if not 1 <= year <= 9998:
        return ""
    if point.feast:
        return day_period(_FEASTS[point.feast](year, bound))
    number = point.number or 0
    if point.unit == "day":
        try:
            return day_period(date(year, number, point.day or 0))
        except ValueError:
            return ""
    if point.unit == "week":
        return f"{year:04d}-W{number:02d}" if 1 <= number <= weeks_in_year(year) else ""
    if point.unit == "month":
        return month_period(year, number)
    if point.unit == "season":
        return f"{year:04d}-{SEASONS[number - 1]}"
    if point.unit in {"quarter", "half"}:
        return f"{year:04d}-{point.unit[0].upper()}{number}"
    return f"{year:04d}"


def _counted(point: Point, said_on: date, tense: Tense) -> str:
    """So many units from the day said: "last month" is that month, "within a month" (exact) that day a month on."""
    offset = point.offset or 0
    if point.towards == "future" and tense != "future":
        return ""  # "om 12 månader", "in two weeks" may be a length of time
    if point.towards == "exact":
        return day_period(_moved(said_on, point.unit, offset))
    day = _moved(said_on, point.unit, offset)
    if point.unit in {"day", "workday"}:
        return day_period(day)
    if point.unit == "week":
        return week_period(day)
    if point.unit == "month":
        return month_period(day.year, day.month)
    if point.unit == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if point.unit == "half":
        # "this half-year" is a half-year, "half a year ago" a month
        return month_period(day.year, day.month) if abs(offset) > 1 else f"{day.year:04d}-H{1 if day.month <= 6 else 2}"
    return f"{day.year:04d}"


_MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def _moved(day: date, unit: str, count: int) -> date:
    """`count` units later; a day that the month lacks becomes its last one (31 January and a month: 28 February)."""
    if unit == "workday":
        return _workdays_later(day, count)
    if unit in {"day", "week"}:
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * _MONTHS[unit]
    year, month = divmod(months, 12)
    if not 1 <= year <= 9998:
        raise OverflowError(f"the year {year} is out of range")
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _workdays_later(day: date, count: int) -> date:
    """So many days later, Saturdays and Sundays left out (public holidays are not known here)."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if day.isoweekday() < 6:
            count += -1 if count > 0 else 1
    return day


def _weekday(point: Point, weekday: int, said_on: date, tense: Tense) -> str:
    """A weekday without a date: "i torsdags" before the day said, "på torsdag" after it, "on Thursday" by the tense."""
    distance = (weekday - said_on.isoweekday()) % 7  # days until the next one, 0 for the day itself
    if point.shift is not None:
        monday = said_on - timedelta(days=said_on.isoweekday() - 1)
        return day_period(monday + timedelta(days=7 * point.shift + weekday - 1))
    if point.towards == "past":
        return day_period(said_on - timedelta(days=(-distance) % 7 or 7))
    if point.towards == "future":
        return day_period(said_on + timedelta(days=distance or 7))
    if point.towards == "this" or tense == "future":
        return day_period(said_on + timedelta(days=distance))
    if tense == "past":
        return day_period(said_on - timedelta(days=(-distance) % 7))
    return ""


def _day_of_some_month(day: int, said_on: date, tense: Tense) -> str:
    """Den 15:e: the nearest such day before or after the day said."""
    found: list[date] = []
    for months in range(-2, 3):
        year, month = divmod(said_on.year * 12 + said_on.month - 1 + months, 12)
        try:
            found.append(date(year, month + 1, day))
        except ValueError:
            continue
    return _chosen([day_period(one) for one in found], said_on, tense, "")


def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm printed in Meeus, Astronomical Algorithms, ch. 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * ell) // 433
    month = (h + ell - 7 * m + 90) // 25
    return date(year, month, (h + ell - 7 * m + 33 * month + 19) % 32)


def midsummer_eve(year: int) -> date:
    """The Friday between 19 and 25 June: Swedish midsommarafton since 1953."""
    june = date(year, 6, 19)
    return june + timedelta(days=(5 - june.isoweekday()) % 7)


def _turn_of_year(year: int, bound: str) -> date:
    """By the turn of the year: its last day; from it: the first day of the next."""
    return date(year + 1, 1, 1) if bound in {"from", "after"} else date(year, 12, 31)


_FEASTS: Final[dict[str, Callable[[int, str], date]]] = {
    "christmas eve": lambda year, _: date(year, 12, 24),
    "christmas day": lambda year, _: date(year, 12, 25),
    "easter": lambda year, _: easter_sunday(year),
    "midsummer eve": lambda year, _: midsummer_eve(year),
    "lucia": lambda year, _: date(year, 12, 13),
    "pentecost": lambda year, _: easter_sunday(year) + timedelta(days=49),
    "walpurgis": lambda year, _: date(year, 4, 30),
    "turn of year": _turn_of_year,
    "new year eve": lambda year, _: date(year, 12, 31),
    "new year day": lambda year, _: date(year, 1, 1),
    "turn of half": lambda year, bound: date(year, 7, 1) if bound in {"from", "after"} else date(year, 6, 30),
}
