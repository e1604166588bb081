"""Parts of a year: hösten 2027, winter 2026/27, före jul, tredje kvartalet 2025, Q1–Q2, second half of 2026, vecka 24."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handslag.language.dates.draft import Draft, Page, full_year
from handslag.language.dates.figures import tail_years
from handslag.language.dates.mention import Point
from handslag.language.dates.words import phrase

_BEFORE_SEASON: Final = frozenset(
    "in by before after until till since from during the early late mid of for over through throughout this next last "
    "coming following to and före efter innan inför sedan från hela".split()
)
_BEFORE_FEAST: Final = _BEFORE_SEASON | frozenset("at around kring över runt vid senast i på till under och".split())
_BEFORE_HALF: Final = frozenset(
    "in by before after until since from during the for this i under till från efter före".split()
)


def read_season(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """The season `low[start:end]` with its year; one without is a season only in the definite or after a preposition."""
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
        lone = before in {"the", "this", "next", "last"} if word == "fall" else before in _BEFORE_SEASON
    if not lone:
        return []
    return [Draft(start, end, "season", Point("season", number=number), part=part)]


def read_feast(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """The feast `low[start:end]`, with a year or after a preposition: Lucia is a name, too."""
    feast = page.words.feasts[word]
    tail = page.words.patterns["year tail"].match(page.low, end)
    year, shift = tail_years(page, tail, 1) if tail else (None, None)
    before = page.word_before(start)
    if year is None and shift is None and before not in _BEFORE_FEAST and word not in page.words.certain_feasts:
        return []
    if word.startswith("new year") and before in {"a", "happy"}:
        return []
    closes = tail.end() if tail and (year or shift is not None) else end
    if feast == "turn of year" and (turn := page.words.patterns["season year"].match(page.low, end)) and turn[2]:
        year, closes = int(turn[1]), turn.end()  # årsskiftet 2027/2028
    return [Draft(start, closes, "feast", Point("day", year=year, shift=shift, feast=feast))]


def read_ordinal(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """Tredje kvartalet, second half of 2026: the quarter or half that the ordinal `low[start:end]` counts."""
    match = page.words.patterns["ordinal"].match(page.low, start)
    if match is None:
        return _read_first_of_month(page, start, word)
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
        return [
            Draft(start, year.end(), unit, Point(unit, number=number, shift=page.words.year_tails[phrase(year[2])]))
        ]
    if year[3]:
        return [Draft(start, year.end(), unit, Point(unit, number=number))]
    return [Draft(start, year.end(), unit, Point(unit, year=int(year[1]), number=number))]


def _read_first_of_month(page: Page, start: int, word: str) -> list[Draft]:
    """The first of January, den första oktober 2027."""
    match = page.words.patterns["first of month"].match(page.low, start) if word in {"första", "first"} else None
    if match is None:
        return []
    year, shift = tail_years(page, match, 2)
    closes = match.end() if year or shift is not None else match.end(1)
    point = Point("day", year=year, number=page.words.months[match[1]], day=1, shift=shift)
    return [Draft(start, closes, "day", point)]


def read_quarter(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """Q3 2026, kvartal 2, Q1–Q2, H2 2026."""
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
    return before in _BEFORE_HALF or (page.at_cell_start(start) and page.at_cell_end(end))


def read_week(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """Vecka 24, v. 28–31, week 38 of 2026."""
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
    """V. 19, w. 12, v 19; not the party (V), a volt or a version."""
    if page.low[start + 1 : start + 2] == ".":
        return page.text[start].islower() or page.at_cell_start(start)
    return page.language != "en" and page.low[start + 1 : start + 2].isspace() and page.text[start].islower()
