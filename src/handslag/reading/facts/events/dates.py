"""The dates of a page as spans of its tokens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from handslag.language.dates import DateMention
from handslag.reading.page import Page

_MOVED = ("flytta", "flytte", "skjut", "moved", "postpone", "resched", "ändra", "changed", "senarelagt", "senarelägg")


class Dated(NamedTuple):
    """A date at tokens `[first, last)` of the page."""

    first: int
    last: int
    mention: DateMention


def dates_of(page: Page, mentions: Sequence[DateMention]) -> list[Dated]:
    """The dates found on the page, in reading order. Of "moved from the 24th to the 25th" the new day alone."""
    if not mentions:
        return []
    # tokens stand in reading order, which is not the order of the text where columns stand abreast
    order = sorted(range(len(page.tokens)), key=lambda i: page.tokens[i].start)
    starts = [page.tokens[i].start for i in order]
    found = []
    for mention in mentions:
        inside = _tokens_inside(page, order, starts, mention)
        if inside and all(page.sentences[page.sentence_of[i]].zone != "furniture" for i in inside[:1]):
            found.append(Dated(inside[0], inside[-1] + 1, _new_day(page, mention)))
    return sorted(found, key=lambda dated: dated.first)


def _tokens_inside(page: Page, order: Sequence[int], starts: Sequence[int], mention: DateMention) -> list[int]:
    k = max(0, bisect_right(starts, mention.core) - 1)
    inside: list[int] = []
    while k < len(order) and starts[k] < mention.end:
        i = order[k]
        if page.tokens[i].end > mention.core and (not inside or i == inside[-1] + 1):
            inside.append(i)
        k += 1
    return inside


def _new_day(page: Page, mention: DateMention) -> DateMention:
    """The end of what looks like a range where something is moved from one day to another."""
    if mention.last is None or mention.last.unit != "day":
        return mention
    before = page.text[max(0, mention.start - 45) : mention.start].lower()
    if any(word in before for word in _MOVED) and any(
        word in page.text[mention.start : mention.end].lower() for word in ("till", "to ")
    ):
        return replace(mention, first=mention.last, last=None, kind="day")
    return mention
