"""Spans counted from a day (within 30 days, om två veckor, three years ago) and rhythms (varje vår, twice a year)."""

from __future__ import annotations

import re

from handslag.language.dates.draft import Draft, Page
from handslag.language.dates.mention import Point
from handslag.language.dates.words import phrase

# Words that are a part of a name when they have a capital inside a line.
_ALSO_NAMES = frozenset({"daily", "weekly", "monthly", "quarterly", "yearly"})
# How many times a unit comes around, as the contract's rhythm: (count, unit) → word.
_EVERY = {
    (1, "day"): "daily",
    (7, "day"): "weekly",
    (1, "week"): "weekly",
    (1, "month"): "monthly",
    (1, "quarter"): "quarterly",
    (3, "month"): "quarterly",
    (1, "half"): "half-yearly",
    (6, "month"): "half-yearly",
    (2, "quarter"): "half-yearly",
    (1, "year"): "yearly",
    (12, "month"): "yearly",
    (2, "year"): "biennial",
    (24, "month"): "biennial",
}
_TIMES = {
    (1, "year"): "yearly",
    (2, "year"): "half-yearly",
    (4, "year"): "quarterly",
    (12, "year"): "monthly",
    (1, "half"): "half-yearly",
    (1, "quarter"): "quarterly",
    (1, "month"): "monthly",
    (1, "week"): "weekly",
    (1, "day"): "daily",
}


def read_span(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """Within 30 days, inom en månad; in two weeks, om två år; för fyra år sedan."""
    inner = end
    while inner < len(page.low) and inner - end < 2 and page.low[inner].isspace():
        inner += 1
    match = page.words.patterns["number"].match(page.low, inner)
    if match is None or inner == end:
        return []
    count = _count(page, match[1])
    unit = page.words.units[phrase(match[2])]
    if count is None:
        return []
    if word == "för":
        since = page.words.patterns["since"].match(page.low, match.end())
        if since is None:
            return []
        return [Draft(start, since.end(), "relative", Point(unit, offset=-count))]
    closes = match.end()
    if word == "in" and page.low.startswith(("' time", "’ time", "'s time", "’s time"), closes):
        closes = page.low.index("time", closes) + 4
    elif word == "in" and match[1] in {"a", "an"}:
        return []  # "11 per cent in a year" is a rate
    if word in {"within", "inom"}:
        anchored = page.words.patterns["anchor"].match(page.low, closes) is not None
        point = Point(unit, offset=count, towards="exact")
        return [Draft(start, closes, "relative", point, bound="by", anchored=anchored)]
    return [Draft(start, closes, "relative", Point(unit, offset=count, towards="future"))]


def read_ago(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """Three weeks ago: the words before "ago" are read backwards."""
    match = page.words.patterns["ago"].search(page.low, max(0, start - 32, page.read_to), start)
    count = _count(page, match[1]) if match else None
    if match is None or count is None:
        return []
    return [Draft(match.start(), end, "relative", Point(page.words.units[phrase(match[2])], offset=-count))]


def read_rhythm(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """årligen, every two years, kvartalsvis."""
    if word in _ALSO_NAMES and page.text[start].isupper() and page.word_before(start):
        return []  # "PulsePoint Weekly"
    return [Draft(start, end, "rhythm", None, rhythm=page.words.rhythms[word])]


def read_each(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """Varje vår, every Sunday, varannan fredag, every 18 months."""
    low, words = page.low, page.words
    if match := words.patterns["every"].match(low, start):
        counted = match[1] or match[2]
        count = _count(page, counted) if counted else 1
        unit = words.units[phrase(match[3])]
        if count is None:
            return []
        return [Draft(start, match.end(), "rhythm", None, rhythm=_EVERY.get((count, unit), "other"))]
    inner = end
    while inner < len(low) and inner - end < 2 and low[inner].isspace():
        inner += 1
    if inner == end:
        return []
    every_other = word in {"varannan", "varannat", "every other", "every second"}
    if match := words.patterns["weekday"].match(low, inner):
        number, form = words.weekdays[phrase(match[1])]
        if form != "base":
            return []
        return [
            Draft(
                start, match.end(), "rhythm", Point("day", weekday=number), rhythm="other" if every_other else "weekly"
            )
        ]
    for unit, pattern, table in (("season", "season", words.seasons), ("month", "month", words.months)):
        match = words.patterns[pattern].match(low, inner)
        if match and (match[1] != "may" or page.text[inner].isupper()):
            point = Point(unit, number=table[phrase(match[1])])
            return [Draft(start, match.end(), "rhythm", point, rhythm="biennial" if every_other else "yearly")]
    return []


def read_times(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """Twice a year, fyra gånger per år, en gång i månaden."""
    match: re.Match[str] | None = page.words.patterns["times"].match(page.low, start)
    if match is None:
        return []
    unit = {"månaden": "month", "kvartalet": "quarter"}.get(match[2]) or page.words.units[phrase(match[2])]
    rhythm = _TIMES.get((_times(page, word), unit), "other")
    return [Draft(start, match.end(), "rhythm", None, rhythm=rhythm)]


def _times(page: Page, word: str) -> int:
    return page.words.times[word]


def _count(page: Page, printed: str) -> int | None:
    """The number printed: figures (before "(60)"), a number word or an ordinal; None where it is none."""
    words = re.sub(r"\s?\([0-9]+\)$", "", printed)
    if words.isdigit():
        return int(words)
    key = phrase(words)
    return page.words.counts.get(key) or page.words.ordinals.get(key) or _MORE_ORDINALS.get(key)


_MORE_ORDINALS = {"femte": 5, "sjätte": 6, "sjunde": 7, "tionde": 10, "fifth": 5, "sixth": 6}
