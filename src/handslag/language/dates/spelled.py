"""Dates that begin with a word: mars 2027, torsdag den 3 maj, hösten 2027, tredje kvartalet, vecka 24, nästa år."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from handslag.language.dates.draft import Draft, Page, day_point, full_year
from handslag.language.dates.figures import read_figures, tail_years, trimmed_end
from handslag.language.dates.mention import Point
from handslag.language.dates.spans import read_ago, read_each, read_rhythm, read_span, read_times
from handslag.language.dates.words import phrase

_ENGLISH_BEFORE_WEEKDAY = frozenset("on by before until till from since after to through over this late early of and or".split())
_SWEDISH_BEFORE_WEEKDAY = frozenset("på till före innan från senast redan sedan efter och eller".split())
_BEFORE_SEASON = frozenset(
    "in by before after until till since from during the early late mid of for over through throughout this next last "
    "coming following to and under på till i före efter och innan inför sedan från hela".split()
)
_BEFORE_MONTH = _BEFORE_SEASON | {"–", "-", "within", "at", "redan", "mellan", "between", "senast", "around", "kring", "or"}
_BEFORE_FEAST = _BEFORE_SEASON | {"at", "over", "around", "kring", "över", "runt", "vid", "senast", "this", "next", "last", "till"}
# After "i vår" one of these, or no word, tells the spring from the pronoun ("i vår strategi" is "in our strategy").
_AFTER_SPRING = frozenset(
    "och eller men som när då så att med på för av till från under efter innan inför är var blir kommer ska skall har hade "
    "får tar går ser startar öppnar börjar flyttar hålls sker kan vill tänker planerar räknar väntas beräknas".split()
)


def read_word(page: Page, start: int, end: int) -> list[Draft]:
    """The dates that begin with the trigger `low[start:end]`; empty where the words are no date."""
    words = phrase(page.low[start:end])
    kind = page.words.triggers.get(words)
    reader = _READERS.get(kind) if kind else None
    return reader(page, start, end, words) if reader else []


def read_at(page: Page, start: int) -> list[Draft]:
    """The dates that begin exactly at `start`, whatever they begin with."""
    match = page.words.patterns["trigger"].match(page.low, start)
    if match is None:
        return []
    if page.low[start].isdigit():
        return read_figures(page, start, match.end())
    return read_word(page, start, match.end())


def _read_month(page: Page, start: int, end: int, word: str) -> list[Draft]:
    text, low, patterns = page.text, page.low, page.words.patterns
    if word == "may" and not text[start].isupper():
        return []
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
    if word in page.words.short_months:
        return in_cell or (before in _BEFORE_MONTH and not page.text[end : end + 1].isalpha() and not page.word_after(end)[:1].isupper())
    if not page.text[start].isupper():
        return word not in {"may", "march"}
    if word in page.words.risky_months:
        return before in _BEFORE_MONTH or in_cell
    return True


def _read_month_first(page: Page, match: object) -> list[Draft]:
    """October 10, 2026; Nov 4–6; May 30 – June 2: only with an ordinal, a year, a range or an end after the day."""
    import re

    assert isinstance(match, re.Match)
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
    if text[match.end(2) : match.end(2) + 1] in {":", "-", "–", "/", ".", ","} and text[match.end(2) + 1 : match.end(2) + 2].isdigit():
        return []
    if following and (following[0].isupper() or following.lower() in words.counted or following not in _AFTER_DAY):
        return []
    return [Draft(match.start(), match.end(2), "day", replace(point, year=None))]


_AFTER_DAY: Final = frozenset("at in on to from and or by until when for with as is was will we the a it".split())


def _read_weekday(page: Page, start: int, end: int, word: str) -> list[Draft]:
    number, form = page.words.weekdays[word]
    drafts = _read_dated_weekday(page, start, end, number)
    if drafts:
        return drafts
    if form == "short":
        return []
    if form == "past":
        return [Draft(start, end, "weekday", Point("day", weekday=number, towards="past"))]
    point = Point("day", weekday=number)
    tail = page.words.patterns["weekday tail"].match(page.low, end)
    before = page.word_before(start)
    if tail and (tail[1] or tail[2]):
        weeks = {"nästa vecka": 1, "förra veckan": -1, "denna vecka": 0, "next week": 1, "last week": -1, "this week": 0}
        return [Draft(start, tail.end(), "weekday", replace(point, shift=weeks[phrase(tail[1] or tail[2])]))]
    if form == "plural":
        repeats = before in {"på", "on"}
        return [Draft(start, end, "rhythm", point, rhythm="weekly")] if repeats else []
    if form == "genitive" or (form == "definite" and before in _SWEDISH_BEFORE_WEEKDAY | {"under"}):
        return [Draft(start, end, "weekday", point)]
    if word.endswith("dag"):
        if before not in _SWEDISH_BEFORE_WEEKDAY:
            return []
        return [Draft(start, end, "weekday", replace(point, towards="future"))]
    if before in _ENGLISH_BEFORE_WEEKDAY and page.text[start].isupper():
        return [Draft(start, end, "weekday", point)]
    return []


def _read_dated_weekday(page: Page, start: int, end: int, number: int) -> list[Draft]:
    """torsdag den 24:e december, Tue, 19 Aug 2025, fre 2026-09-11: the weekday belongs to the day."""
    gap = page.words.patterns["before figures"].match(page.low, end)
    if gap is None:
        return []
    inner = gap.end()
    if not page.low[inner].isdigit() and page.words.patterns["month"].match(page.low, inner) is None:
        return []
    drafts = read_at(page, inner)
    if not drafts:
        return []
    first = drafts[0]
    if first.first is None or first.first.unit != "day" or first.first.day is None:
        return []
    first.start = start
    first.first = replace(first.first, weekday=number)
    return drafts


def _read_season(page: Page, start: int, end: int, word: str) -> list[Draft]:
    number = page.words.seasons[word]
    part = {"sen": "late", "för": "early"}.get(word[:3], "") if word[:3] in {"sen", "för"} else ""
    match = page.words.patterns["season year"].match(page.low, end)
    if match and match[1] and page.word_after(match.end()).lower() in page.words.counted:
        match = None
    if match and match[3]:
        shift = page.words.year_tails[phrase(match[3])]
        return [Draft(start, match.end(), "season", Point("season", number=number, shift=shift), part=part)]
    if match:
        return [Draft(start, match.end(), "season", Point("season", year=int(match[1]), number=number), part=part)]
    lone = word not in page.words.named_seasons
    if not lone and word.isascii() and page.text[start].islower():
        before = page.word_before(start)
        lone = before in {"the", "this", "next", "last"} if word == "fall" else before in _BEFORE_SEASON - {"i", "på", "till", "och", "under"}
        lone = lone and word not in {"vinter", "sommar"}
    if not lone:
        return []
    return [Draft(start, end, "season", Point("season", number=number), part=part)]


def _read_feast(page: Page, start: int, end: int, word: str) -> list[Draft]:
    feast = page.words.feasts[word]
    tail = page.words.patterns["year tail"].match(page.low, end)
    year, shift = tail_years(page, tail, 1) if tail else (None, None)
    before = page.word_before(start)
    if year is None and shift is None and before not in _BEFORE_FEAST and word not in page.words.certain_feasts:
        return []
    if word.startswith("new year") and before in {"a", "happy"}:
        return []
    closes = tail.end() if tail and (year or shift is not None) else end
    return [Draft(start, closes, "feast", Point("day", year=year, shift=shift, feast=feast))]


def _read_ordinal(page: Page, start: int, end: int, word: str) -> list[Draft]:
    match = page.words.patterns["ordinal"].match(page.low, start)
    if match is None:
        return []
    unit = "quarter" if match[2] else "half"
    number = page.words.ordinals[word]
    if unit == "half":
        number = 2 if word == "sista" else number
        if number > 2 or word == "final":
            return []
    year = page.words.patterns["of year"].match(page.low, match.end())
    if year is None:
        named = match[2] or match[3] == "halvåret"
        return [Draft(start, match.end(), unit, Point(unit, number=number))] if named and match[2] != "kvartal" else []
    if year[1] and page.word_after(year.end(1)).lower() in page.words.counted:
        return [Draft(start, match.end(), unit, Point(unit, number=number))]
    if year[2]:
        return [Draft(start, year.end(), unit, Point(unit, number=number, shift=page.words.year_tails[phrase(year[2])]))]
    if year[3]:
        return [Draft(start, year.end(), unit, Point(unit, number=number))]
    return [Draft(start, year.end(), unit, Point(unit, year=int(year[1]), number=number))]


def _read_quarter(page: Page, start: int, end: int, word: str) -> list[Draft]:
    match = page.words.patterns["quarter"].match(page.low, start)
    if match is None or page.text[start - 1 : start] in {"-", "_", "/"}:
        return []
    unit = "half" if match[3] else "quarter"
    number = int(match[1] or match[2] or match[3])
    figures = match[5] or match[6]
    if unit == "half" and not figures and not _is_lone_half(page, start, match.end()):
        return []
    year = full_year(figures) if figures else None
    point = Point(unit, year=year, number=number)
    if match[4]:
        last = int(match[4])
        if last <= number or (unit == "half" and last > 2):
            return []
        return [Draft(start, match.end(), "range", point, replace(point, number=last))]
    return [Draft(start, match.end(), unit, point)]


def _is_lone_half(page: Page, start: int, end: int) -> bool:
    before = page.word_before(start)
    return before in _BEFORE_MONTH or (page.at_cell_start(start) and page.at_cell_end(end))


def _read_week(page: Page, start: int, end: int, word: str) -> list[Draft]:
    match = page.words.patterns["week"].match(page.low, start)
    if match is None or (word in {"v", "w"} and not _is_short_week(page, start, match.end())):
        return []
    number, last = int(match[1]), int(match[2]) if match[2] else None
    if not 1 <= number <= 53 or (last is not None and not number < last <= 53):
        return []
    if page.low.startswith((" of ", " i behandling"), match.end()) and not match[3]:
        return []
    year = int(match[3]) if match[3] else None
    shift = page.words.year_tails[phrase(match[4])] if match[4] else None
    point = Point("week", year=year, number=number, shift=shift)
    if last is None:
        return [Draft(start, match.end(), "week", point)]
    return [Draft(start, match.end(), "range", point, replace(point, number=last))]


def _is_short_week(page: Page, start: int, end: int) -> bool:
    """v. 19, w. 12, v 19; not the party (V), a volt or a version."""
    if page.low[start + 1 : start + 2] == ".":
        return page.text[start].islower() or page.at_cell_start(start)
    return page.language != "en" and page.low[start + 1 : start + 2].isspace() and page.text[start].islower()


def _read_direction(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """nästa måndag, last spring, this April, next month."""
    words, low = page.words, page.low
    towards = words.directions[word]
    inner = end
    while inner < len(low) and inner - end < 2 and low[inner].isspace():
        inner += 1
    if inner == end:
        return []
    before = page.word_before(start)
    direction = {"next": "future", "last": "past", "this": "this"}[towards]
    if match := words.patterns["weekday"].match(low, inner):
        number, form = words.weekdays[phrase(match[1])]
        if form in {"base", "definite"} and before not in {"the", "varje"}:
            return [Draft(start, match.end(), "weekday", Point("day", weekday=number, towards=direction))]
        return []
    if match := words.patterns["season"].match(low, inner):
        number = words.seasons[phrase(match[1])]
        return [Draft(start, match.end(), "season", Point("season", number=number, towards=direction))]
    if match := words.patterns["month"].match(low, inner):
        if match[1] == "may" and not page.text[inner].isupper():
            return []
        return [Draft(start, match.end(), "month", Point("month", number=words.months[match[1]], towards=direction))]
    if match := words.patterns["unit"].match(low, inner):
        unit = words.units[phrase(match[0])]
        if (before == "the" and word in {"last", "next"}) or unit == "day" or phrase(match[0])[-1] in "sr" and phrase(match[0]) not in {"år"}:
            return []
        offset = {"next": 1, "last": -1, "this": 0}[towards] * (2 if word == "förrförra" else 1)
        return [Draft(start, match.end(), "relative", Point(unit, offset=offset))]
    return []


def _read_part(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """the end of 2026, i mitten av maj, mid-October, early next year, slutet av året."""
    part = page.words.parts[word]
    low = page.low
    inner = end
    while inner < len(low) and inner - end < 2 and (low[inner].isspace() or low[inner] == "-"):
        inner += 1
    if inner == end or (word == "end" and low[end] != "-"):
        return []
    if match := page.words.patterns["deictic"].match(low, inner):
        if part in {"earlier", "later"}:
            return []
        point = page.words.deictic[phrase(match[1])]
        return [Draft(start, match.end(), "relative", point, part=_whole_end(page, start, word, part))]
    if low.startswith("the ", inner):
        inner += 4
    drafts = read_at(page, inner)
    if len(drafts) != 1 and word not in {"early", "late", "mid"}:
        month = page.words.patterns["month"].match(low, inner)
        drafts = [Draft(inner, month.end(), "month", Point("month", number=page.words.months[month[1]]))] if month and month[1] != "may" else []
    if len(drafts) != 1:
        return []
    draft = drafts[0]
    if draft.first is None or draft.last is not None or draft.first.unit == "day" or draft.rhythm:
        return []
    draft.start, draft.part = start, _whole_end(page, start, word, part)
    return [draft]


def _whole_end(page: Page, start: int, word: str, part: str) -> str:
    """A Swedish "slutet av" is a vague end, after a bound ("senast i slutet av maj") it is the last day."""
    if word in page.words.end_of and page.words.patterns["bound"].search(page.low, max(0, start - 40), start):
        return "end"
    return part


def _read_fixed(page: Page, start: int, end: int, word: str) -> list[Draft]:
    point, part, bound = page.words.fixed[word]
    if word == "i vår":
        following = page.word_after(end)
        if following and following not in _AFTER_SPRING and page.text[end] != "\n":
            return []
    kind = "season" if point.unit == "season" else "relative"
    if part in {"mid", "end"} and (tail := page.words.patterns["season year"].match(page.low, end)) and tail[1]:
        return [Draft(start, tail.end(), "year", Point("year", year=int(tail[1])), part=part, bound=bound)]
    return [Draft(start, end, kind, point, part=part, bound=bound)]


def _read_article(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """den 15:e, the 21st: a day of a month that is not printed."""
    match = page.words.patterns["the nth"].match(page.low, start)
    if match is None:
        return []
    return [Draft(start, match.end(), "day", Point("day", day=int(match[1])))]


_READERS: Final[dict[str, Callable[[Page, int, int, str], list[Draft]]]] = {
    "month": _read_month,
    "weekday": _read_weekday,
    "season": _read_season,
    "feast": _read_feast,
    "ordinal": _read_ordinal,
    "quarter": _read_quarter,
    "week": _read_week,
    "direction": _read_direction,
    "part": _read_part,
    "fixed": _read_fixed,
    "article": _read_article,
    "rhythm": read_rhythm,
    "each": read_each,
    "times": read_times,
    "span": read_span,
    "ago": read_ago,
}
