"""Finding every number of a text, with its unit, its qualifier and its role."""

from __future__ import annotations

from collections.abc import Sequence

from handslag.language.alternation import lower_same_length
from handslag.language.dates import DateMention, find_dates
from handslag.language.numbers.mention import NumberMention
from handslag.language.numbers.ranges import join_numbers
from handslag.language.numbers.read import Draft, Page, read_figures, read_words
from handslag.language.numbers.roles import Dates, role_of
from handslag.language.numbers.shares import read_share
from handslag.language.numbers.words import number_words


def find_numbers(
    text: str,
    language: str,
    start: int = 0,
    end: int | None = None,
    *,
    dates: Sequence[DateMention] | None = None,
    with_roles: bool = False,
) -> list[NumberMention]:
    """The figures printed in `text[start:end]`, in text order, not overlapping; offsets into `text`.

    `language` ("sv", "en", else both) decides the number words and what a comma and a point mean. Numbers that are parts
    of dates, times, telephone numbers, sections, codes and pages are left out, or given with their `role` if
    `with_roles`. `dates`, if at hand, are what `find_dates` found in the same text. A lone "en" or "one" is no number.
    Never raises.
    """
    end = len(text) if end is None else max(0, min(end, len(text)))
    start = max(0, min(start, end))
    piece = text[start:end]
    page = Page(piece, lower_same_length(piece), language, number_words(language if language in {"sv", "en"} else ""))
    known = (
        find_dates(piece, language)
        if dates is None
        else [date for date in dates if start <= date.start and date.end <= end]
    )
    offset = 0 if dates is None else start
    drafts = _scan(page, Dates(known, offset), with_roles=with_roles)
    join_numbers(page, [draft for draft in drafts if draft.role != "date"])
    return [_mention(page, draft, start) for draft in drafts if with_roles or not draft.role]


def _scan(page: Page, dates: Dates, *, with_roles: bool) -> list[Draft]:
    found: list[Draft] = []
    low = page.low
    search = page.words.patterns["trigger"].search
    position = 0
    while match := search(low, position):
        begin, end = match.span()
        position = end
        if low[end - 1].isdigit():
            while not low[begin].isdigit():
                begin += 1
            date_end = dates.end_of(begin)
            if date_end:
                if with_roles:
                    value = int(low[begin:end][:18])
                    found.append(Draft(begin, end, value, value, role="date"))
                else:
                    position = max(end, date_end)
                continue
            draft: Draft | None = read_share(page, begin, end) or read_figures(page, begin)
        else:
            draft = read_share(page, begin, end) or read_words(page, begin, end)
        if draft is None:
            position = _next_word(low, begin, end)
            continue
        if page.last is not None and draft.start < page.last.end:
            continue
        draft.role, part_end = role_of(page, draft, dates, page.last)
        if draft.kind == "count":
            _tell_duration(page, draft)
        _add_qualifier(page, draft)
        found.append(draft)
        page.last = draft
        page.read_to = position = max(draft.end, part_end, begin + 1)
        if draft.role:
            draft.end = max(draft.end, part_end)
    return found


def _next_word(low: str, begin: int, end: int) -> int:
    space = begin
    while space < end and not low[space].isspace():
        space += 1
    return max(space, begin + 1)


def _tell_duration(page: Page, draft: Draft) -> None:
    following = page.word_after(draft.end)
    if following.lower() in page.words.durations or following in {"business", "working", "calendar"}:
        draft.kind = "duration"


def _add_qualifier(page: Page, draft: Draft) -> None:
    """nästan, drygt, at least …: the words right before the number, or right after it ("or more")."""
    if draft.qualifier or draft.role:
        return
    words, low = page.words, page.low
    if words.qualifier_ends and _may_be_qualified(page, draft.start):
        match = words.patterns["qualifier"].search(low, max(0, draft.start - 28), draft.start)
        if match and not (match[1] == "under" and draft.kind == "duration" and page.language != "en"):  # "during"
            key = " ".join(match[1].split())
            draft.qualifier, draft.qualifier_start, draft.qualifier_end = (
                words.qualifiers[key],
                match.start(1),
                match.end(1),
            )
            return
    if match := words.patterns["qualifier after"].match(low, draft.end):
        draft.qualifier = words.qualifiers_after[" ".join(match[1].split())]
        draft.qualifier_start, draft.qualifier_end = match.start(1), match.end(1)


def _may_be_qualified(page: Page, start: int) -> bool:
    """A cheap look at the word before, so that the search is only made where it may find something."""
    before = page.word_before(start, over_line=True)
    if before in {"en", "ett", "a", "an", "totalt", "cirka"}:
        return True
    return (
        before in page.words.qualifier_ends
        or f"{before}." in page.words.qualifier_ends
        or page.low[start - 1 : start] == "~"
    )


def _mention(page: Page, draft: Draft, offset: int) -> NumberMention:
    spanned = draft.qualifier_start >= 0
    return NumberMention(
        start=draft.start + offset,
        end=draft.end + offset,
        value=draft.value,
        unit=draft.unit,
        kind=draft.kind,
        qualifier=draft.qualifier,
        qualifier_text=page.text[draft.qualifier_start : draft.qualifier_end] if spanned else "",
        qualifier_start=draft.qualifier_start + offset if spanned else -1,
        qualifier_end=draft.qualifier_end + offset if spanned else -1,
        is_word=draft.is_word,
        unit_basis=draft.unit_basis,
        partner=draft.partner + offset if draft.partner >= 0 else -1,
        role=draft.role,
    )
