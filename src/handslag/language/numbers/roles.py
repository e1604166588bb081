"""What a number is when it is no figure: a date, a time, a telephone number, a section, a code, a page."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

from handslag.language.dates import DateMention
from handslag.language.numbers.read import Draft, Page
from handslag.language.numbers.shapes import DURATION_STEM, NEAR, counts_noun, role_by_shape

_AGE_OF_POST = re.compile(r" ?(?:d|h|w|v|t|min|tim|mån)(?=[ \u00a0]*(?:[•·]|\n|\Z))")
_CHAIN = re.compile(r"\s?(?:[-–—,+]|och|and|to|till|&|eller|or)\s?")
# "no two are alike": before a number word these are no labels
_NOT_BEFORE_WORDS = frozenset({"no", "nos", "art", "dir", "ds"})


class Dates:
    """The dates of a text, for asking whether a place lies in one; `offset` is where the text's piece begins."""

    def __init__(self, dates: Sequence[DateMention], offset: int) -> None:
        # "within 30 days" and "om 30 dagar" count days: a figure as well as a time
        spans = [
            (date.start - offset, date.end - offset)
            for date in dates
            if not (date.kind == "relative" and date.first is not None and date.first.towards in {"exact", "future"})
        ]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def end_of(self, position: int) -> int:
        """Where the date ends in which `position` lies; 0 where it lies in none."""
        place = bisect_right(self._starts, position) - 1
        return self._ends[place] if place >= 0 and position < self._ends[place] else 0


def role_of(page: Page, draft: Draft, dates: Dates, last: Draft | None) -> tuple[str, int]:
    """The role of a number ("" for a figure) and where what it is part of ends, at least `draft.end`."""
    if dates.end_of(draft.end - 1) or dates.end_of(draft.start):
        return "date", draft.end
    if draft.is_word:
        if page.low[draft.end : draft.end + 1] == "-" and DURATION_STEM.match(page.low, draft.end):
            draft.kind = "duration"
        return _role_by_words(page, draft), draft.end
    role, end = role_by_shape(page, draft)
    if role or draft.kind != "count":
        return role, max(end, draft.end)
    role = _role_by_words(page, draft) or _role_by_line(page, draft) or _role_by_chain(page, draft, last)
    return role, draft.end


def _role_by_words(page: Page, draft: Draft) -> str:
    words = page.words
    position = draft.figures[0] if not draft.is_word else draft.start
    if draft.kind == "money":
        return ""
    before = page.word_before(position)
    role = words.roles_before.get(before)
    if role == "phone" and len(str(draft.value)) < 3:
        role = None  # "ring two friends"
    if role and not (draft.is_word and (role == "code" or before in _NOT_BEFORE_WORDS)):
        return role
    following = page.word_after(draft.end)
    touches = page.low[position - 1 : position].isspace() and page.low[position - 2 : position - 1].isalnum()
    if touches and before in words.weak_before and draft.kind == "count" and not counts_noun(page, draft.end):
        return "section"
    if draft.is_word:
        return ""
    if (
        before.endswith(words.street_endings)
        and len(before) > 5
        and draft.value < 1000
        and page.text[max(0, position - len(before) - 2) : position].strip()[:1].isupper()
    ):
        return "address"
    lower = following.lower()
    if lower and (role := words.roles_after.get(lower)):
        return "" if role == "social" and lower == "min" and draft.kind != "count" else role
    if following[:1].isupper() and _is_street(page, draft.end):
        return "address"
    if page.low.startswith((" år gammal", " years old", " år gamla"), draft.end):
        return "age"
    return ""


def _is_street(page: Page, end: int) -> bool:
    words = page.text[end : end + 40].split("\n")[0].replace(",", " ").split()[:3]
    return any(word.lower() in {"street", "road", "row", "avenue", "lane", "square"} for word in words)


def _follows_picture(text: str, start: int) -> bool:
    """True after an emoji: what a post's readers have clicked."""
    before = text[max(0, start - 3) : start].rstrip()
    return bool(before) and (before[-1] >= "\u2600" and unicodedata.category(before[-1]) in {"So", "Mn", "Cf"})


def _role_by_line(page: Page, draft: Draft) -> str:
    """A number that opens its line as a list's or a section's, or that is all of it."""
    low, text = page.low, page.text
    start, end = draft.figures
    if _follows_picture(text, start):
        return "social"
    line_start = max(low.rfind("\n", max(0, start - NEAR), start) + 1, start - NEAR)
    opening = low[line_start:start].strip(" \t\u00a0>•*–-(")
    line_end = low.find("\n", end, end + NEAR)
    line_end = min(len(low), end + NEAR) if line_end < 0 else line_end
    rest = text[end:line_end]
    if not opening and draft.start >= start:
        if _AGE_OF_POST.match(low, end):
            return "time"
        if rest[:1] in {".", ")"} and (rest[1:2].isspace() or len(rest) == 1) and end - start <= 3:
            return "list"
        if "." in low[start:end] and rest[:1].isspace() and draft.value < 100 and rest.strip()[:1].isupper():
            return "section"
        in_row = rest[:2] in {"  ", " \t"} or rest[:1] == "\t"
        if in_row and rest.strip()[:1].isupper() and isinstance(draft.value, int) and draft.value < 1000:
            return "list"
        if not rest.strip() and low[line_start:start].strip(" \t") == "":
            return _role_of_lone_number(page, draft, line_start, line_end)
        if re.fullmatch(r"\s\([0-9]{1,3}\)\s*", rest):
            return "page"
    elif not rest.strip() and low[max(line_start, start - 3) : start] == "   " and draft.value < 1000:
        line = text[line_start:start]
        if sum(c.isupper() for c in line) > 2 * sum(c.islower() for c in line):
            return "page"  # the number of a page at the end of its running head
    return ""


def _role_of_lone_number(page: Page, draft: Draft, line_start: int, line_end: int) -> str:
    """A line that is a number: a row's or a page's, unless a label above or the words below it say what it counts."""
    if page.low[draft.figures[0] : draft.figures[1]] != str(draft.value):
        return ""
    above = page.text[max(0, line_start - NEAR) : max(0, line_start - 1)].rpartition("\n")[2].strip()
    below = page.text[line_end + 1 : line_end + 2]
    return "" if above.endswith(":") or below.islower() else "list"


def _role_by_chain(page: Page, draft: Draft, last: Draft | None) -> str:
    """Kl. 13–14, sections 3 and 7, page 1 of 2: the second number is what the first is."""
    if last is None or last.role not in {"time", "section", "page", "phone", "code"}:
        return ""
    gap = page.low[last.end : draft.start]
    if last.role == "page" and gap.strip() in {"av", "of", "("}:
        return "page"
    if gap == " " and page.low[last.start] == "0":
        return last.role  # "no. 000 4410"
    return last.role if _CHAIN.fullmatch(gap) and not counts_noun(page, draft.end) else ""
