"""Periods of the contract in words, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Final

from handslag.kernel.errors import BadPeriod
from handslag.kernel.periods import parse_period
from handslag.reading.report.wording import Pair, label, same

_MONTHS: Final = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_QUARTERS: Final = {"sv": "första andra tredje fjärde".split(), "en": "first second third fourth".split()}


def period_in_words(text: str) -> Pair:
    """A period as people say it: "senast 8 oktober 2026", "by 8 October 2026"; what is no period, as it stands."""
    try:
        period = parse_period(text)
    except BadPeriod:
        return same(text)
    if period.is_rhythm:
        return label("rhythm", text)
    begin, slash, end = text.partition("/")
    if not slash:
        return _simple(begin, period.precision)
    if not begin:
        by = _simple(end, parse_period(end).precision)
        return Pair(f"senast {by.sv}", f"by {by.en}")
    start = _simple(begin, parse_period(begin).precision)
    if not end:
        return Pair(f"från {start.sv}", f"from {start.en}")
    return _range(begin, end)


def _simple(text: str, precision: str) -> Pair:
    year, part = text[:4], text[5:]
    if precision == "day":
        return _day(date.fromisoformat(text))
    if precision == "month":
        month = int(part) - 1
        return Pair(f"{_MONTHS['sv'][month]} {year}", f"{_MONTHS['en'][month]} {year}")
    if precision == "week":
        return Pair(f"vecka {int(part[1:])} {year}", f"week {int(part[1:])}, {year}")
    if precision == "quarter":
        which = int(part[1:]) - 1
        return Pair(f"{_QUARTERS['sv'][which]} kvartalet {year}", f"{_QUARTERS['en'][which]} quarter of {year}")
    if precision == "half":
        which = int(part[1:]) - 1
        return Pair(f"{_QUARTERS['sv'][which]} halvåret {year}", f"{_QUARTERS['en'][which]} half of {year}")
    if precision == "season":
        season = label("season", part)
        return Pair(f"{season.sv} {year}", f"{season.en} {year}")
    return same(text)


def _day(day: date) -> Pair:
    return Pair(
        f"{day.day}\u00a0{_MONTHS['sv'][day.month - 1]} {day.year}",
        f"{day.day}\u00a0{_MONTHS['en'][day.month - 1]} {day.year}",
    )


def _range(begin: str, end: str) -> Pair:
    """From a to b; what both ends have in common is said once."""
    first, last = parse_period(begin), parse_period(end)
    if first.precision == last.precision == "day" and first.first and last.first:
        one, other = first.first, last.first
        if (one.year, one.month) == (other.year, other.month):
            words = _day(other)
            return Pair(f"{one.day}–{words.sv}", f"{one.day}–{words.en}")
    if first.precision == last.precision == "year":
        return same(f"{begin}–{end}")
    start, stop = _simple(begin, first.precision), _simple(end, last.precision)
    if begin[:4] == end[:4] and first.precision == last.precision and first.precision in {"day", "month"}:
        start = Pair(start.sv[:-5], start.en[:-5])
    between = " – " if first.precision == "day" or " " in start.sv + start.en else "–"
    return Pair(f"{start.sv}{between}{stop.sv}", f"{start.en}{between}{stop.en}")
