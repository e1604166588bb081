"""Dates that begin with a word: mars 2027, torsdag den 3 maj, hösten 2027, tredje kvartalet, vecka 24, nästa år."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from handslag.language.dates.draft import Draft, Page
from handslag.language.dates.figures import read_figures
from handslag.language.dates.mention import Point
from handslag.language.dates.months import read_month, read_weekday
from handslag.language.dates.spans import read_ago, read_each, read_rhythm, read_span, read_times
from handslag.language.dates.words import phrase
from handslag.language.dates.year_parts import read_feast, read_ordinal, read_quarter, read_season, read_week

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


def _read_after_part(page: Page, start: int) -> list[Draft]:
    """The dates that begin exactly at `start`, which is not itself a part ("i början av slutet av …" would never end)."""
    match = page.words.patterns["trigger"].match(page.low, start)
    if match is None or page.words.triggers.get(phrase(match[0])) == "part":
        return []
    if page.low[start].isdigit():
        return read_figures(page, start, match.end())
    return read_word(page, start, match.end())


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
    if (match := words.patterns["trigger"].match(low, inner)) and (feast := words.feasts.get(phrase(match[0]))):
        return [Draft(start, match.end(), "feast", Point("day", feast=feast, towards=direction))]
    if match := words.patterns["unit"].match(low, inner):
        unit = words.units[phrase(match[0])]
        if (
            (before == "the" and word in {"last", "next"})
            or unit in {"day", "workday"}
            or phrase(match[0]) in words.plural_units
        ):
            return []
        offset = {"next": 1, "last": -1, "this": 0}[towards] * (2 if word == "förrförra" else 1)
        return [Draft(start, match.end(), "relative", Point(unit, offset=offset))]
    return []


def _read_part(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """The end of 2026, i mitten av maj, mid-October, early next year, slutet av året."""
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
    drafts = _read_after_part(page, inner)
    if len(drafts) != 1 and word not in {"early", "late", "mid"}:
        month = page.words.patterns["month"].match(low, inner)
        drafts = (
            [Draft(inner, month.end(), "month", Point("month", number=page.words.months[month[1]]))]
            if month and month[1] != "may"
            else []
        )
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
    if word == "i veckan" and page.word_before(start) in {"dag", "dagar", "dagarna", "gånger", "gång", "timmar"}:
        return [Draft(start, end, "rhythm", None, rhythm="other")]
    kind = "season" if point.unit == "season" else "relative"
    if part in {"mid", "end"} and (tail := page.words.patterns["season year"].match(page.low, end)) and tail[1]:
        return [Draft(start, tail.end(), "year", Point("year", year=int(tail[1])), part=part, bound=bound)]
    return [Draft(start, end, kind, point, part=part, bound=bound)]


def _read_article(page: Page, start: int, end: int, word: str) -> list[Draft]:
    """Den 15:e, the 21st: a day of a month that is not printed."""
    match = page.words.patterns["the nth"].match(page.low, start)
    if match is None:
        return []
    return [Draft(start, match.end(), "day", Point("day", day=int(match[1])))]


_READERS: Final[dict[str, Callable[[Page, int, int, str], list[Draft]]]] = {
    "month": read_month,
    "weekday": read_weekday,
    "season": read_season,
    "feast": read_feast,
    "ordinal": read_ordinal,
    "quarter": read_quarter,
    "week": read_week,
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
