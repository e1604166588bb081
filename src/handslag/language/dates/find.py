"""Finding every date of a text: where to look, what stands around a date, which dates are one range."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from handslag.language.alternation import lower_same_length
from handslag.language.dates.draft import Draft, Page
from handslag.language.dates.figures import read_figures
from handslag.language.dates.mention import DateMention, Point
from handslag.language.dates.spelled import read_word
from handslag.language.dates.words import date_words, phrase

# Between two dates that are one range: a dash, or "till" and "to".
_JOIN = re.compile(
    r"\s?(?:([-–—])|(till och med|t\.o\.m\.|tom|till|to|until|through|and|och|fram till))\s?(?:den |the )?"
)
_NOT_UNTIL = frozenset("according compared due prior close relative related".split())
_ARTICLE = re.compile(r"(?<!\w)(?:den|the)\s\s?\Z")
_APART = 12  # characters: a governing word nearer than this to the next date belongs to that one
_BORROW_WITHIN = 120  # characters between a date and "not the 21st", which takes its month: about a sentence


def find_dates(
    text: str, language: str, start: int = 0, end: int | None = None, *, check: Callable[[], None] = lambda: None
) -> list[DateMention]:
    """The dates and rhythms printed in `text[start:end]`, in text order, not overlapping; offsets into `text`.

    `language` is "sv", "en" or anything else for mixed text; the words of both languages are always known, it decides
    what is ambiguous ("17/9", "12.3."). Clock times, telephone numbers, paragraphs and amounts are no dates. A year in an
    event's name ("Almedalen 2026") is a mention of kind year. Never raises; nothing is completed: see `resolve`.
    `check` is called as the search goes on: it may raise, to break it off.
    """
    end = len(text) if end is None else max(0, min(end, len(text)))
    start = max(0, min(start, end))
    piece = text[start:end]
    page = Page(piece, lower_same_length(piece), language, date_words())
    drafts = _joined(page, _scan(page, check))
    page.read_to = 0
    for place, draft in enumerate(drafts, 1):
        _add_bound(page, draft, drafts[place].start if place < len(drafts) else len(piece) + _APART)
        page.read_to = draft.end
    _borrow_months(page, drafts)
    return [_mention(draft, start) for draft in drafts if draft.first or draft.rhythm]


def _scan(page: Page, check: Callable[[], None]) -> list[Draft]:
    found: list[Draft] = []
    position = 0
    search = page.words.patterns["trigger"].search
    while match := search(page.low, position):
        check()
        begin, end = match.span()
        drafts = read_figures(page, begin, end) if page.low[begin].isdigit() else read_word(page, begin, end)
        if drafts and drafts[0].start >= max(page.read_to, 0):
            for draft in drafts:
                draft.core = draft.start
            found.extend(drafts)
            page.read_to = position = max(drafts[-1].end, begin + 1)
        else:
            # a phrase that is no date may hold one: "early in" + "in 2027"
            position = end if page.low[begin].isdigit() else _next_word(page.low, begin, end)
    return found


def _next_word(low: str, begin: int, end: int) -> int:
    space = begin
    while space < end and not low[space].isspace():
        space += 1
    return max(space, begin + 1)


def _joined(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Two dates with a dash or "till" between them are one range, unless something is moved from one to the other."""
    joined: list[Draft] = []
    for draft in drafts:
        last = joined[-1] if joined else None
        if last is not None and _is_range(page, last, draft):
            assert last.first is not None
            assert draft.first is not None
            first = _with_year_of(last.first, draft.first)
            last.end, last.kind, last.first, last.last = draft.end, "range", first, draft.first
            continue
        joined.append(draft)
    return joined


def _with_year_of(first: Point, last: Point) -> Point:
    """The first end of a range has the year counted from the day said, if only the last one prints it."""
    if first.year is None and first.shift is None and last.shift is not None and first.weekday is None:
        return replace(first, shift=last.shift)
    return first


def _is_range(page: Page, left: Draft, right: Draft) -> bool:
    if (
        left.last
        or right.last
        or not left.first
        or not right.first
        or left.rhythm
        or right.rhythm
        or left.part
        or right.part
    ):
        return False
    gap = _JOIN.fullmatch(page.low, left.end, right.start)
    if gap is None or not _fit(left.first, right.first):
        return False
    before = phrase(page.low[max(0, left.start - 24) : left.start])
    if before.endswith(" the"):
        before = before[:-4]
    before = before.removesuffix(" den")
    if gap[1]:
        return left.first.unit == right.first.unit
    if gap[2] in {"and", "och"}:
        first, last = left.first, right.first
        if first.unit == last.unit == "year" and first.year and last.year == first.year + 1:
            return True
        return left.first.unit == right.first.unit and before.endswith(("between", "mellan"))
    if gap[2] in {"till", "to"}:
        if not before.endswith(("from", "från", "fr.o.m.", "from and including", "med start")):
            return left.first.unit == "week" or (left.first.unit == right.first.unit and left.first.year is not None)
        return not _is_move(page, left.start)
    return (
        before.endswith(("from", "från", "fr.o.m.", "from and including", "med")) or left.first.unit == right.first.unit
    )


def _fit(first: Point, last: Point) -> bool:
    """True if the two can be the ends of one range: not backwards, and the first not more exact in its year."""
    if first.offset is not None or last.offset is not None or first.feast or (first.weekday and first.day is None):
        return False
    if first.year is not None and last.year is not None:
        return (first.year, first.number or 0, first.day or 0) <= (last.year, last.number or 99, last.day or 99)
    return first.year is None or last.year is not None or first.unit == "year"


def _is_move(page: Page, start: int) -> bool:
    """True after "flyttas från": what follows is an old and a new date."""
    line = page.low.rfind("\n", max(0, start - 90), start) + 1
    return page.words.patterns["moved"].search(page.low, max(line, start - 90), start) is not None


def _add_bound(page: Page, draft: Draft, next_start: int) -> None:
    """Takes the governing word into the mention ("senast den", "by the"), or the article alone.

    A word between two dates governs the second one: "i våras, senast i år".
    """
    if draft.rhythm:
        return
    if not draft.bound and _has_bound(page, draft):
        return
    is_day = draft.first is not None and draft.first.unit == "day" and draft.kind in {"day", "range"}
    if is_day and (article := _ARTICLE.search(page.low, max(page.read_to, draft.start - 5), draft.start)):
        draft.start = article.start()
    after = page.words.patterns["bound after"].match(page.low, draft.end)
    if after and not draft.bound and after.end() + _APART <= next_start:
        draft.bound, draft.end = page.words.bounds_after[phrase(after[1])], after.end()


def _has_bound(page: Page, draft: Draft) -> bool:
    """Takes a governing word that stands before the date; False where there is none or it opens nothing."""
    match = page.words.patterns["bound"].search(page.low, max(page.read_to, draft.start - 48), draft.start)
    if match is None:
        return False
    word = phrase(match[1])
    bound = page.words.bounds[word]
    if bound == "until" and word.startswith("through") and draft.start - match.end(1) > 2:
        return False  # "goes through in November"
    if word == "to" and (draft.start - match.end(1) > 2 or page.word_before(match.start()) in _NOT_UNTIL):
        return False
    if word in {"till", "to", "from", "från"} and _is_move(page, match.start()):
        return False
    if draft.last is None:
        draft.bound = _meant(bound, draft)
    elif bound not in {"from", "to"}:
        draft.bound = bound
    draft.start = match.start()
    return True


def _meant(bound: str, draft: Draft) -> str:
    """Before a feast or a season "till" means by then, before a year until then; before a day it may be a move to it."""
    if bound == "to" and draft.first:
        if draft.first.feast or draft.first.unit == "season":
            return "by"
        if draft.first.unit == "year" or draft.part == "end":
            return "until"
    return bound


def _borrow_months(page: Page, drafts: list[Draft]) -> None:
    """Den 28 september, inte den 21:a: a day without a month takes that of the date before it."""
    known: Draft | None = None
    for draft in drafts:
        point = draft.first
        if point is None or draft.last is not None or point.unit != "day":
            continue
        if point.day is not None and point.number is not None:
            known = draft
        elif point.day is not None and known and known.first and draft.start - known.end < _BORROW_WITHIN:
            if "\n\n" in page.low[known.end : draft.start]:
                continue
            draft.first = replace(point, year=known.first.year, number=known.first.number)
            draft.borrowed = True


def _mention(draft: Draft, offset: int) -> DateMention:
    return DateMention(
        start=draft.start + offset,
        end=draft.end + offset,
        core=max(draft.core, draft.start) + offset,
        kind=draft.kind,
        first=draft.first,
        last=draft.last,
        bound=draft.bound,
        part=draft.part,
        rhythm=draft.rhythm,
        anchored=draft.anchored,
        borrowed=draft.borrowed,
    )
