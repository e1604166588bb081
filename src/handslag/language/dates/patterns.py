"""The shapes of printed dates, as regular expressions over lower-case text. In all of them a space means SPACE."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from handslag.language.alternation import alternation, spaced

DAY: Final = r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"
NTH: Final = r"(?:st|nd|rd|th|:e|:a|:de)?(?!\w)"
YEAR: Final = r"(?:1[5-9]|20)[0-9][0-9](?![0-9])"  # beside a month or a season also an old one: "September 11, 1862"
DASH: Final = " ?[-–—] ?"
# Before the second half of a range or a list: "19–20", "4 to 6", "10 och 11".
BETWEEN: Final = rf"(?:{DASH}| (?:to|till|and|och|&) )(?:the |den )?"


@dataclass(frozen=True, slots=True)
class Lists:
    """The words that the patterns are made of."""

    months: list[str]
    english_months: list[str]
    weekdays: list[str]
    seasons: list[str]
    ordinals: list[str]
    counts: list[str]
    units: list[str]
    year_tails: list[str]
    times: list[str]
    deictic: list[str]
    bounds: list[str]
    bounds_after: list[str]
    moved: list[str]
    triggers: list[str]


def date_patterns(lists: Lists) -> dict[str, re.Pattern[str]]:
    """All patterns by name; groups are read by number in `figures` and `spelled`."""
    return {
        name: re.compile(spaced(pattern))
        for group in (_figures(lists), _days(lists), _periods(lists), _spans(lists), _context(lists))
        for name, pattern in group.items()
    }


def _figures(lists: Lists) -> dict[str, str]:
    """Dates in figures alone."""
    month = alternation(lists.months)
    return {
        # 2026-10-08, 2026/10/08; not a part of a longer number or code
        "iso": r"((?:19|20)[0-9]{2})([-/.])([0-9]{2})\2([0-9]{2})(?:(?=t[0-9])|(?!\w|[-/.][0-9a-z]))",
        "year month": r"((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])(?!\w|[-/.,:][0-9])",
        "year week": r"((?:19|20)[0-9]{2})[\s-]?w([0-5][0-9])(?!\w)",
        # 2026-Q3, 2026 H2
        "year part": r"((?:19|20)[0-9]{2})[\s-]?([qh])([1-4])(?!\w)",
        # Q3: 3Q25
        "part year": r"([1-4])([qh])[\s/'’-]?((?:20)?[0-9]{2})(?!\w)",
        # 2027–2030, 2026/27
        "years": rf"((?:19|20)[0-9]{{2}})({DASH}|/)((?:19|20)?[0-9]{{2}})(?!\w|[-/.,:][0-9])",
        # 3/12, 17–19/9, 8/10 2026, 26/09/2026
        "slash": rf"({DAY})(?:{DASH}({DAY}))?/(0?[1-9]|1[0-2])(?![0-9])"
        r"(?:(?:[/.-]| )((?:19|20)[0-9]{2})(?!\w)|[/-]([0-9]{2})(?!\w))?(?![\w/])",
        "american": r"(0?[1-9]|1[0-2])/(1[3-9]|2[0-9]|3[01])/((?:19|20)[0-9]{2})(?!\w)",
        # 05/2027
        "month year": r"(0[1-9]|1[0-2])/((?:19|20)[0-9]{2})(?![\w/])",
        # 8.10.2026, 18.–20.3.2027
        "dotted": rf"({DAY})(?:\.?{DASH}({DAY}))?\. ?(0?[1-9]|1[0-2])\. ?({YEAR})(?!\w|[.,/][0-9])",
        "dotted short": rf"({DAY})\.(0?[1-9]|1[0-2])\.(?![0-9])",
        # 30-Oct-25
        "day-month-year": rf"({DAY})-({month})-((?:20|19)?[0-9]{{2}})(?![\w-])",
        # 20261008, 261008
        "compact": r"((?:19|20)?[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?!\w|[-./,:][0-9])",
    }


def _days(lists: Lists) -> dict[str, str]:
    """Days with a month in letters."""
    month = rf"(?:{alternation(lists.months)})(?!\w)\.?"
    english = rf"(?:{alternation(lists.english_months)})(?!\w)\.?"
    tail = _year_tail(lists)
    return {
        # 8 oktober 2026, 19–20 Nov, den 3:e februari, 4 to 6 November
        "days": rf"({DAY}){NTH}\.?(?:({BETWEEN})({DAY}){NTH})?(?: of)? ?({month}){tail}",
        # 10, 11 och 12 juni; bounded, or a column of numbers is gone through anew from each of them
        "day list": rf"({DAY}{NTH}(?:, ?{DAY}{NTH}){{1,30}},?) (?:och|and|samt|&) ({DAY}){NTH}(?: of)? ({month}){tail}",
        # October 10, 2026; Sept 24th; May 30 – June 2
        "month first": rf"({english}) ?({DAY})({NTH})(?:({BETWEEN})(?:({english}) )?({DAY}){NTH})?(?:,? ({YEAR})(?!\w))?",
        # the 21st, den 15:e: only where nothing is counted by it
        "the nth": rf"(?:the|den) ({DAY})(?:st|nd|rd|th|:e|:a|:de)"
        r"(?=\s*(?:[.,;:!?)”\"]|\Z)|\s+(?:at|kl)(?!\w))",
        "year tail": tail,
        "first of month": rf"(?:första|first of) ({alternation(lists.months)})(?!\w){tail}",
        "months": rf"(?:{DASH}|/| (?:till|to|och|and) )({month})",
        # what may stand between a weekday and its day: "Thursday, the 24th", "fre 2026-09-11"
        "before figures": r"(?:[.,]? (?:den |the )?| ?- ?)(?=[0-9a-zå])",
    }


def _periods(lists: Lists) -> dict[str, str]:
    """Weeks, quarters, halves and the years of seasons."""
    tails = alternation(lists.year_tails)
    return {
        "week": r"(?:vecka|veckor|veckorna|v\.?|weeks?|wk|w\.) ?([0-9]{1,2})(?!\w|[.,:][0-9])"
        rf"(?:(?:{DASH}|/| (?:till|to|och|and) )([0-9]{{1,2}})(?!\w))?"
        rf"(?:(?:,? (?:of |i )?|/)({YEAR})(?!\w)|,? ({tails})(?!\w))?",
        "quarter": r"(?:q([1-4])|(?:kvartal|kv\.?) ?([1-4])|h([12]))(?!\w)"
        rf"(?:{DASH}[qh]?([1-4])(?!\w))?(?:(?: |/|,? of | ?-)?({YEAR})(?!\w)|[/'’-]([0-9]{{2}})(?!\w))?",
        "ordinal": rf"({alternation(lists.ordinals)}) "
        r"(?:(kvartalet|kvartal|quarter)|(halvåret|halvan av|half of|half))(?!\w)",
        "of year": rf"(?:,? (?:of |i |av |under )?({YEAR})(?!\w)| (?:of |i |av )?({tails})(?!\w)"
        r"| (?:of |av )?(the year|året)(?!\w))",
        # våren 2027, winter of 2026/27, this autumn
        "season year": rf"(?:(?: of|,|:)? ({YEAR})(?:(?:/|{DASH})((?:20)?[0-9]{{2}}))?(?!\w)| ({tails})(?!\w))",
        "weekday": rf"({alternation(lists.weekdays)})(?!\w)",
        "weekday tail": r" (?:(last)(?= *[.,;:\n]|\Z)|(?:i )?(nästa vecka|förra veckan|denna vecka)|(?:of )?(next week|last week|this week)"
        r")(?!\w)",
        "season": rf"({alternation(lists.seasons)})(?!\w)",
        "month": rf"({alternation(lists.months)})(?!\w)",
    }


def _spans(lists: Lists) -> dict[str, str]:
    """Spans of time and rhythms: a number and a unit."""
    count = rf"(?:[0-9]{{1,3}}|{alternation(lists.counts)})(?:\s\([0-9]{{1,3}}\))?"
    unit = rf"(?:{alternation(lists.units)})(?!\w)"
    nth = alternation([*lists.ordinals, "femte", "sjätte", "sjunde", "tionde", "fifth", "sixth"])
    return {
        "number": rf"({count}) ({unit})",
        "unit": unit,
        "ago": rf"\b({count}) ({unit})\s\s?\Z",
        "since": r" sedan(?!\w)",
        # the span is counted from what follows: "within 30 days of signature"
        "anchor": r" (?:of|from|after|following|before|efter|från|före|räknat)(?!\w)(?! (?:now|today|nu|i dag|idag)(?!\w))",
        # "var" is also "was": "var två år gammal"
        "every": rf"(?:(?:every|each) (?:({count}|{nth}) )?|varje |vart? ({nth}) )({unit})",
        "times": rf"({alternation(lists.times)})(?: (?:per|a|om|i|varje|each|every|in))? "
        rf"({alternation([*lists.units, 'månaden', 'kvartalet'])})(?!\w)",
    }


def _context(lists: Lists) -> dict[str, str]:
    """What stands around a date, and where to look for one at all."""
    return {
        "trigger": rf"\b(?:[0-9]+|(?:{alternation(lists.triggers)})(?!\w))",
        "bound": rf"\b({alternation(lists.bounds)})"
        r"(?: (?:den|the|on|in|i|på|under|vid|at|kl\.? ?[0-9][0-9.:]*|noon|midnight)|:)*\s\s?\Z",
        "bound after": rf"[^\S\n]({alternation(lists.bounds_after)})(?!\w)",
        "moved": rf"\b(?:{alternation(lists.moved)})",
        "deictic": rf"({alternation(lists.deictic)})(?!\w)",
    }


def _year_tail(lists: Lists) -> str:
    """A year after a day or a month, if there is one: ", 2026", "’26", " nästa år". Three groups."""
    return (
        rf"(?:(?:,|,? of|,? in)? ({YEAR})(?!\w|[-./:][0-9]|,[0-9])| ?['’]([0-9]{{2}})(?!\w)"
        rf"|,? ({alternation(lists.year_tails)})(?!\w))?"
    )
