"""Dates that begin with a figure: 8 oktober, 19–20 Nov, 2026-10-08, 8/10 2026, 18.3.2027, 2027–2030."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from handslag.language.dates.draft import Draft, Page, day_point, full_year
from handslag.language.dates.mention import Point

_FUNCTION_WORDS = frozenset(
    "och and or eller to till är is was var are will ska kommer with med att that när when då som but men har has "
    "had in i på on at of by the a from från för for under between mellan inom via per samt after before unless if om "
    "säger says said than än blev blir går sker finns ser vill kan may might should would ended began onwards".split()
)


def read_figures(page: Page, start: int, end: int) -> list[Draft]:
    """The dates that begin with the figures `low[start:end]`; empty where these are no date."""
    low = page.low
    before = low[start - 1] if start else " "
    if before in ".,:/-" and start > 1 and low[start - 2].isdigit() and page.read_to != start - 1:
        return []
    size = end - start
    if size == 4:
        return _read_year_first(page, start, before)
    if size > 4:
        return _read_compact(page, start, end) if size in {6, 8} else []
    if size > 2 or before in "§#+":
        return []
    following = low[end : end + 1]
    if following == "/":
        return _read_slash(page, start)
    if following == ".":
        drafts = _read_dotted(page, start)
        if drafts:
            return drafts
    return _read_day_first(page, start)


def _read_year_first(page: Page, start: int, before: str) -> list[Draft]:
    low, patterns = page.low, page.words.patterns
    if (
        low[start] not in "12"
        or low[start : start + 2] not in {"19", "20"}
        or (before in "-–+" and not _dash_joins(page, start))
    ):
        return []
    following = low[start + 4 : start + 5]
    if following and following in "-/.":
        if match := patterns["iso"].match(low, start):
            point = day_point(int(match[4]), _month(match[3]), int(match[1])) if _month(match[3]) else None
            return [Draft(start, match.end(), "day", point)] if point else []
        if following == "-" and (match := patterns["year month"].match(low, start)):
            return [Draft(start, match.end(), "month", Point("month", year=int(match[1]), number=int(match[2])))]
    if match := patterns["years"].match(low, start):
        return _read_years(page, match)
    if match := patterns["year week"].match(low, start):
        week = int(match[2])
        return (
            [Draft(start, match.end(), "week", Point("week", year=int(match[1]), number=week))] if 0 < week < 54 else []
        )
    if match := patterns["year part"].match(low, start):
        unit = "quarter" if match[2] == "q" else "half"
        if unit == "quarter" or int(match[3]) < 3:
            return [Draft(start, match.end(), unit, Point(unit, year=int(match[1]), number=int(match[3])))]
    if is_year(page, start):
        return [Draft(start, start + 4, "year", Point("year", year=int(low[start : start + 4])))]
    return []


def _dash_joins(page: Page, start: int) -> bool:
    """True where the dash before a year joins it to a date that has just been read."""
    return page.read_to in {start - 1, start - 2}


def _month(figures: str) -> int:
    return int(figures) if 1 <= int(figures) <= 12 else 0


def _read_years(page: Page, match: re.Match[str]) -> list[Draft]:
    first, last = int(match[1]), match[3]
    final = int(last) if len(last) == 4 else int(match[1][:2] + last)
    if not first < final <= first + 60 or ("/" in match[2] and final != first + 1):
        return []
    if not is_year(page, match.start(), stands_in_range=True):
        return []
    span = Draft(match.start(), match.end(), "range", Point("year", year=first), Point("year", year=final))
    return [span]


def is_year(page: Page, start: int, *, stands_in_range: bool = False) -> bool:
    """True if the four figures at `start` are a year and no amount, number or part of a code."""
    text, low, words = page.text, page.low, page.words
    before = text[start - 1] if start else " "
    if low.startswith("-tal", start + 4):
        return False  # 1990-talet
    if before in "#§€$£_@=+" or (before == " " and start > 1 and _ends_in_group(low, start)):
        return False
    if not stands_in_range:
        after = text[start + 4 : start + 6]
        if (
            after[:1].isalpha()
            or after[:1] in {"%", "_"}
            or (
                len(after) == 2
                and after[0] in ":/-.,"
                and (after[1].isdigit() or (after[0] == ":" and after[1].isalpha()))
            )
        ):
            return False
        if before in "/:.-–" and start > 1 and text[start - 2].isalnum() and not _dash_joins(page, start):
            return False
    previous = page.word_before(start).rstrip(".:,")
    if previous in words.year_names:
        return False
    if stands_in_range or previous in words.year_words:
        return page.word_after(start + 4).lower() not in words.counted or stands_in_range
    if not 1950 <= int(text[start : start + 4]) <= 2080:
        return False
    following = page.word_after(start + 4)
    if not following or text[start + 4 : start + 5] == "\n":
        return True
    return following.lower() not in words.counted and (not following[0].islower() or following in _FUNCTION_WORDS)


def _ends_in_group(low: str, start: int) -> bool:
    """True for the space inside "1 950": one to three figures before it that end no longer number."""
    position = start - 1
    while position > 0 and start - position < 6 and low[position - 1].isdigit():
        position -= 1
    return 1 <= start - 1 - position <= 3 and (position == 0 or low[position - 1] not in "/.-")


def _read_compact(page: Page, start: int, end: int) -> list[Draft]:
    match = page.words.patterns["compact"].match(page.low, start)
    if match is None or match.end() != end:
        return []
    long = len(match[1]) == 4
    labelled = page.word_before(start).rstrip(":.") in page.words.day_before | {
        "datum",
        "date",
        "daterad",
        "dated",
        "per",
    }
    if not labelled and not (long and page.at_cell_start(start) and page.at_cell_end(end)):
        return []
    year = full_year(match[1])
    if not 1990 <= year <= 2060:
        return []
    point = day_point(int(match[3]), int(match[2]), year)
    return [Draft(start, end, "day", point)] if point else []


def _read_slash(page: Page, start: int) -> list[Draft]:
    low, patterns = page.low, page.words.patterns
    if match := patterns["month year"].match(low, start):
        if page.word_before(start).rstrip(".:") in page.words.not_day_before:
            return []
        return [Draft(start, match.end(), "month", Point("month", year=int(match[2]), number=int(match[1])))]
    if match := patterns["american"].match(low, start):
        point = day_point(int(match[2]), int(match[1]), int(match[3]))
        return [Draft(start, match.end(), "day", point)] if point else []
    match = patterns["slash"].match(low, start)
    if match is None:
        return []
    first, second, month = int(match[1]), match[2], int(match[3])
    figures = match[4] or match[5]
    if not figures and not _is_day_and_month(page, start, match.end(), first, month):
        return []
    end = match.end()
    year = full_year(figures) if figures else None
    if match[4] and low[match.start(4) - 1].isspace() and not _closes_year(page, match.end(4)):
        year, end = None, match.start(4) - 1
    return _days(start, end, first, int(second) if second else None, month, year)


def _closes_year(page: Page, end: int) -> bool:
    return page.word_after(end).lower() not in page.words.counted


def _is_day_and_month(page: Page, start: int, end: int, day: int, month: int) -> bool:
    """True where d/m without a year is a day: a fraction, a page or a decision's number looks the same."""
    before = page.word_before(start).rstrip(":,;")
    if before in page.words.not_day_before or page.low[end : end + 1] in {"%", "-", ":"}:
        return False
    in_cell = page.at_cell_start(start) and page.at_cell_end(end) and page.low[end : end + 1] not in {"", "\n"}
    if before in page.words.day_before or before in page.words.weekdays or in_cell:
        return True
    if page.read_to >= start - 5 and page.read_to <= start and page.read_to > 0:
        return True  # the next in a list of days: "13/5, 20/5 och 3/6"
    if page.low[start - 1 : start] == "(":
        return page.language == "sv" and day > 4
    return (
        page.language == "sv" and day > 4 and (day, month) != (24, 7) and page.low[start - 1 : start] in {" ", "\n", ""}
    )


def _read_dotted(page: Page, start: int) -> list[Draft]:
    low, patterns = page.low, page.words.patterns
    if match := patterns["dotted"].match(low, start):
        second = int(match[2]) if match[2] else None
        return _days(start, match.end(), int(match[1]), second, int(match[3]), int(match[4]))
    if page.language == "en" or (match := patterns["dotted short"].match(low, start)) is None:
        return []
    before = page.word_before(start).rstrip(":")
    in_cell = page.at_cell_start(start) and start > 0 and low[start - 1] != "\n" and page.at_cell_end(match.end())
    known = {"undertecknat", "undertecknades", "undertecknad", "daterat", "daterad", "signed"}
    if (
        not in_cell
        and before not in page.words.day_before - {"och", "and"} | known
        and before not in page.words.weekdays
    ):
        return []
    return _days(start, match.end() - (0 if in_cell else 1), int(match[1]), None, int(match[2]), None)


def _read_day_first(page: Page, start: int) -> list[Draft]:
    low, patterns = page.low, page.words.patterns
    if low[start + 1 : start + 3].find("-") >= 0 and (match := patterns["day-month-year"].match(low, start)):
        month = page.words.months[match[2].rstrip(".")]
        return _days(start, match.end(), int(match[1]), None, month, full_year(match[3]))
    match = patterns["days"].match(low, start)
    if match is not None:
        return _read_days(page, match)
    if match := patterns["part year"].match(low, start):
        unit = "quarter" if match[2] == "q" else "half"
        if unit == "quarter" or int(match[1]) < 3:
            return [Draft(start, match.end(), unit, Point(unit, year=full_year(match[3]), number=int(match[1])))]
    if low.find(",", start, start + 6) >= 0 and (match := patterns["day list"].match(low, start)):
        return list(_read_list(page, match))
    return []


def _read_days(page: Page, match: re.Match[str]) -> list[Draft]:
    word = match[4]
    if word.rstrip(".") == "may" and not page.text[match.start(4)].isupper():
        return []
    year, shift = tail_years(page, match, 5)
    end = trimmed_end(page, match, 4, 5)
    drafts = _days(
        match.start(),
        end,
        int(match[1]),
        int(match[3]) if match[3] else None,
        page.words.months[word.rstrip(".")],
        year,
        joined=not match[2] or match[2].strip() not in {"och", "and", "&"},
        first_end=match.end(1),
        second_at=match.start(3),
    )
    if shift is not None:
        for draft in drafts:
            draft.first = replace(draft.first, shift=shift) if draft.first else None
            draft.last = replace(draft.last, shift=shift) if draft.last else None
    return drafts


def tail_years(page: Page, match: re.Match[str], group: int) -> tuple[int | None, int | None]:
    """The printed year and the year counted from the day said, of the three groups of a year tail."""
    if figures := match[group] or match[group + 1]:
        if match[group] and not _closes_year(page, match.end(group)):
            return None, None
        return full_year(figures), None
    if match[group + 2]:
        return None, page.words.year_tails[" ".join(match[group + 2].split())]
    return None, None


def trimmed_end(page: Page, match: re.Match[str], word_group: int, year_group: int) -> int:
    """Where the date ends: the full stop of a whole month name, or an amount after it, is no part of it."""
    if match[year_group] and not _closes_year(page, match.end(year_group)):
        return match.end(word_group)
    if any(match[year_group + i] for i in range(3)):
        return match.end()
    word = match[word_group]
    whole = word.endswith(".") and word[:-1] not in page.words.short_months
    return match.end(word_group) - (1 if whole else 0)


def _days(
    start: int,
    end: int,
    first: int,
    second: int | None,
    month: int,
    year: int | None,
    *,
    joined: bool = True,
    first_end: int = -1,
    second_at: int = -1,
) -> list[Draft]:
    """One day, a range of days within a month, or (not joined, not consecutive) two days that share it."""
    begin = day_point(first, month, year)
    if second is None:
        return [Draft(start, end, "day", begin)] if begin else []
    close = day_point(second, month, year)
    if begin is None or close is None or first == second:
        return []
    if joined or second == first + 1:
        return [Draft(start, end, "range", begin, close)] if first < second else []
    return [Draft(start, first_end, "day", begin), Draft(second_at, end, "day", close)]


def _read_list(page: Page, match: re.Match[str]) -> Iterator[Draft]:
    """10, 11 och 12 juni: each day; in a row they are a range."""
    month = page.words.months[match[3].rstrip(".")]
    year, shift = tail_years(page, match, 4)
    places = [*re.finditer(r"[0-9]+", match[1]), *re.finditer(r"[0-9]+", match[2])]
    days = [int(place[0]) for place in places]
    points = [day_point(day, month, year) for day in days]
    if None in points or days != sorted(set(days)):
        return
    real = [replace(point, shift=shift) for point in points if point]
    end = trimmed_end(page, match, 3, 4)
    if days == list(range(days[0], days[-1] + 1)):
        yield Draft(match.start(), end, "range", real[0], real[-1])
        return
    for i, place in enumerate(places[:-1]):
        yield Draft(match.start() + place.start(), match.start() + place.end(), "day", real[i])
    yield Draft(match.start(2), end, "day", real[-1])
