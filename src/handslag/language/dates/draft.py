"""A date while it is being read: the page under the reader, and a mention that may still grow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handslag.language.dates.mention import Point
from handslag.language.dates.words import DateWords

_WORD = 40  # characters of a word; what is longer is none


@dataclass(slots=True)
class Draft:
    """A mention in the making; the fields are those of DateMention."""

    start: int
    end: int
    kind: str
    first: Point | None
    last: Point | None = None
    bound: str = ""
    part: str = ""
    rhythm: str = ""
    anchored: bool = False
    borrowed: bool = False
    core: int = -1


@dataclass(slots=True)
class Page:
    """The text as printed, the same in lower case (equal offsets), the language, and where the last mention ended."""

    text: str
    low: str
    language: str
    words: DateWords
    read_to: int = -1

    def word_before(self, position: int) -> str:
        """The lower-case word before `position`, across one or two white-space characters; "" at a line's start."""
        end = position
        while end > 0 and position - end < 2 and self.low[end - 1] in " \t\u00a0\u202f":
            end -= 1
        start = end
        stop = max(0, end - _WORD)
        while start > stop and not self.low[start - 1].isspace():
            start -= 1
        return self.low[start:end].lstrip("([\"”“'’")

    def word_after(self, position: int) -> str:
        """The word as printed right after `position` and a single space, without what follows its letters; "" if none."""
        text = self.text
        if position + 1 >= len(text) or text[position] not in " \u00a0\u202f\n":
            return ""
        end = position + 1
        stop = min(len(text), position + _WORD)
        while end < stop and (text[end].isalpha() or text[end] in "%€$£"):
            end += 1
        return text[position + 1 : end]

    def at_cell_start(self, position: int) -> bool:
        """True at the start of a line or after two blanks or a tab: where a table or a calendar has a new cell."""
        before = self.low[max(0, position - 2) : position]
        return not before or before[-1] in "\n\t|" or (len(before) == 2 and before.isspace()) or before == "| "

    def at_cell_end(self, position: int) -> bool:
        """True at the end of a line or before two blanks, a tab or a colon."""
        after = self.low[position : position + 2]
        return not after or after[0] in "\n\t|:" or (len(after) == 2 and after.isspace()) or after == " |"


def full_year(figures: str) -> int:
    """A year from two or four figures: "26" is 2026, "98" is 1998."""
    year = int(figures)
    if len(figures) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


def day_point(day: int, month: int, year: int | None, weekday: int | None = None) -> Point | None:
    """A day, or None where no calendar has it: 31 June, 29 February 2027."""
    try:
        date(year or 2024, month, day)  # 2024 had a 29 February
    except ValueError:
        return None
    return Point("day", year=year, number=month, day=day, weekday=weekday)
