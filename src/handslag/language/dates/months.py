"""Months and weekdays: mars 2027, October 10, January–March, torsdag den 3 maj, i torsdags, Thursday last week."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from handslag.language.dates.draft import Draft, Page, day_point
from handslag.language.dates.figures import read_figures, tail_years
from handslag.language.dates.mention import Point
from handslag.language.dates.words import phrase

_ENGLISH_BEFORE_WEEKDAY: Final = frozenset(
    "on by before until till from since after to through over this late early of and or".split()
)
_SWEDISH_BEFORE_WEEKDAY: Final = frozenset("på till före innan från senast redan sedan efter och eller".split())
# A month with a capital letter that may be a name, and one in short form, stand alone only after one of these.
_BEFORE_MONTH: Final = frozenset(
    "in by before after until till since from during the early late mid of for over through throughout this next last "
    "coming following to and under på i före efter och innan inför sedan hela – - within at redan mellan between senast "
    "around kring or".split()
)
_CLEARLY_BEFORE_MONTH: Final = frozenset("in since until during early late mid this next last i under sedan".split())
_NUMBER: Final = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th|:[ae]|\.)?")
_AFTER_DAY: Final = frozenset("at in on to from and or by until when for with as is was will we the a it".split())
_WEEKS: Final = {
    "nästa vecka": 1,
    "förra veckan": -1,
    "denna vecka": 0,
    "next week": 1,
    "last week": -1,
    "this week": 0,
}


def read_month(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """The month `low[start:end]`, or the day or the months that begin with it; empty where it is a verb or a name."""
    text, low, patterns = page.text, page.low, page.words.patterns
    if word == "may" and not text[start].isupper():
        return []
    if _NUMBER.fullmatch(before := page.word_before(start)) and int(re.sub(r"\D", "", before)) <= 31:
        return []  # a day that no calendar has: "31 juni"
    if match := patterns["month first"].match(low, start):
        drafts = _read_month_first(page, match)
        if drafts:
            return drafts
    if low[end : end + 1] == "." and word in page.words.short_months:
        end += 1
    month = page.words.months[word]
    other = patterns["months"].match(low, end)
    if other and other[1].rstrip(".") == "may" and not text[other.start(1)].isupper():
        other = None
    tail = patterns["year tail"].match(low, other.end() if other else end)
    year, shift = tail_years(page, tail, 1) if tail else (None, None)
    closes = tail.end() if tail and (year or shift is not None) else (other.end() if other else end)
    point = Point("month", year=year, number=month, shift=shift)
    if other and (year or shift is not None or "/" in other[0] or any(dash in other[0] for dash in "-–—")):
        second = Point("month", year=year, number=page.words.months[other[1].rstrip(".")], shift=shift)
        return [Draft(start, closes, "range", point, second)]
    if other:  # "mars till maj": two dates that the caller's joining may make one
        closes, point = end, Point("month", number=month)
        tail = patterns["year tail"].match(low, end)
        year, shift = tail_years(page, tail, 1) if tail else (None, None)
    if year or shift is not None or _is_lone_month(page, start, end, word):
        return [Draft(start, closes, "month", point)]
    return []


def _is_lone_month(page: Page, start: int, end: int, word: str) -> bool:
    """True where a month without day and year is one: "May" and "jan" may be a verb, a name or a first name."""
    in_cell = page.at_cell_start(start) and page.at_cell_end(end)
    before = page.word_before(start).strip("(,")
    following = page.word_after(end)
    if word in page.words.short_months:
        after = page.text[end : end + 1]
        return in_cell or (before in _BEFORE_MONTH and not after.isalpha() and not following[:1].isupper())
    if not page.text[start].isupper():
        return word not in {"may", "march"}
    if word in page.words.risky_months:
        is_name = word in {"maj", "mars"} or (following[:1].isupper() and before not in _CLEARLY_BEFORE_MONTH)
        return (before in _BEFORE_MONTH and not is_name) or in_cell
    return True


def _read_month_first(page: Page, match: re.Match[str]) -> list[Draft]:
    """October 10, 2026; Nov 4–6; May 30 – June 2: only with an ordinal, a year, a range or an end after the day."""
    text, words = page.text, page.words
    if match[1].rstrip(".") in {"may", "march"} and not text[match.start(1)].isupper():
        return []
    month, day = words.months[match[1].rstrip(".")], int(match[2])
    year = int(match[7]) if match[7] else None
    end = match.end() if match[7] else (match.end(6) if match[6] else match.end(2))
    if match[6]:
        close_month = words.months[match[5].rstrip(".")] if match[5] else month
        begin, close = day_point(day, month, year), day_point(int(match[6]), close_month, year)
        and_joins = match[4].strip() in {"och", "and", "&"} and not match[5] and int(match[6]) != day + 1
        if begin and close and not and_joins and (close_month, int(match[6])) > (month, day):
            ordinal = text[end : end + 2].lower() in {"st", "nd", "rd", "th"}
            return [Draft(match.start(), end + (2 if ordinal and not match[7] else 0), "range", begin, close)]
        end = match.end(3)
    point = day_point(day, month, year)
    if point is None:
        return []
    if year and not match[6]:
        return [Draft(match.start(), end, "day", point)]
    if match[3]:
        return [Draft(match.start(), match.end(3), "day", point)]
    following = page.word_after(match.end(2))
    if (
        text[match.end(2) : match.end(2) + 1] in {":", "-", "–", "/", ".", ","}
        and text[match.end(2) + 1 : match.end(2) + 2].isdigit()
    ):
        return []
    if following and (following[0].isupper() or following.lower() in words.counted or following not in _AFTER_DAY):
        return []
    return [Draft(match.start(), match.end(2), "day", replace(point, year=None))]


def read_weekday(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """The weekday `low[start:end]`, with the day after it if there is one; empty where nothing says which."""
    number, form = page.words.weekdays[word]
    drafts = _read_dated_weekday(page, start, end, number)
    if drafts or form == "short":
        return drafts
    point = Point("day", weekday=number)
    before = page.word_before(start)
    if form == "plural":
        return [Draft(start, end, "rhythm", point, rhythm="weekly")] if before in {"på", "on"} else []
    if tail := page.words.patterns["weekday tail"].match(page.low, end):
        if tail[1]:  # "on Monday last"
            return [Draft(start, tail.end(1), "weekday", replace(point, towards="past"))]
        return [Draft(start, tail.end(), "weekday", replace(point, shift=_WEEKS[phrase(tail[2] or tail[3])]))]
    towards = _direction_of(page, start, before, word, form)
    return [] if towards is None else [Draft(start, end, "weekday", replace(point, towards=towards))]


def _direction_of(page: Page, start: int, before: str, word: str, form: str) -> str | None:
    """Where a weekday alone points: "past", "future", or "" for what the tense says; None where it is no date."""
    if form == "past":
        return "past"
    if form == "genitive" or (form == "definite" and before in _SWEDISH_BEFORE_WEEKDAY | {"under"}):
        return ""
    if word.endswith("dag"):
        return "future" if before in _SWEDISH_BEFORE_WEEKDAY else None
    return "" if before in _ENGLISH_BEFORE_WEEKDAY and page.text[start].isupper() else None


def _read_dated_weekday(page: Page, start: int, end: int, number: int) -> list[Draft]:
    """Torsdag den 24:e december, Tue, 19 Aug 2025, fre 2026-09-11: the weekday belongs to the day."""
    gap = page.words.patterns["before figures"].match(page.low, end)
    if gap is None:
        return []
    inner = gap.end()
    if page.low[inner].isdigit():
        figures = page.words.patterns["trigger"].match(page.low, inner)
        drafts = read_figures(page, inner, figures.end()) if figures else []
    else:
        month = page.words.patterns["month"].match(page.low, inner)
        drafts = read_month(page, inner, month.end(), month[1]) if month else []
    if not drafts:
        return []
    first = drafts[0]
    if first.first is None or first.first.unit != "day" or first.first.day is None:
        return []
    first.start = start
    first.first = replace(first.first, weekday=number)
    return drafts
