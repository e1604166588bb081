"""Tellings: the runs of text that can tell of one happening each: a sentence, a heading, a row, an announced headline."""

from __future__ import annotations

from dataclasses import dataclass

from handslag.reading.page import Page, Sentence

# In these zones each line tells for itself, though no full stop parts it from the next.
_LINE_BY_LINE = frozenset(("headline", "teaser", "feed", "member_news", "list", "table", "byline", "caption"))
_GOES_ON = frozenset(
    """och eller i på av för till med från om att den det en ett som vid hos mot under över efter inom and or of the a an in on
    at for to with from by as its their his her into over after & – - , /""".split()
)

_WIDEST_WRAPPED = 110


@dataclass(slots=True)
class Telling:
    """Tokens `[first, last)`, told in `zone`; `headline` is the number of the telling that is the nearest headline above, or -1."""

    number: int
    first: int
    last: int
    sentence: Sentence
    zone: str
    language: str
    headline: int = -1


def tellings_of(page: Page) -> list[Telling]:
    """The tellings of a page outside furniture, in reading order; the cells of a row are one."""
    found: list[Telling] = []
    headline = -1
    full = _full_length(page)
    for sentence in page.sentences:
        if sentence.zone == "furniture":
            continue
        if sentence.is_row and found and found[-1].sentence.is_row and found[-1].sentence.block == sentence.block:
            found[-1].last = sentence.last
            continue
        first = sentence.first
        for last in [*_cuts(page, sentence, full), sentence.last]:
            zone = page.zone_at(page.tokens[first].start) or sentence.zone
            if zone != "furniture":
                found.append(Telling(len(found), first, last, sentence, zone, sentence.language, headline))
                if zone == "headline":
                    headline = len(found) - 1
            first = last
    return found


def _cuts(page: Page, sentence: Sentence, full: float) -> list[int]:
    """The tokens at which a sentence that runs over several lines falls apart."""
    tokens, starts = page.tokens, page.line_starts
    if sentence.is_row or tokens[sentence.last - 1].start < _line_end(starts, sentence.line, len(page.text)):
        return []
    cuts = []
    line = sentence.line
    end = _line_end(starts, line, len(page.text))
    for i in range(sentence.first + 1, sentence.last):
        start = tokens[i].start
        if start >= end or start < starts[line]:
            before, line = line, page.line_at(start)
            end = _line_end(starts, line, len(page.text))
            is_full = page.lines[before].end - page.lines[before].start >= full
            part = page.zones[line] in _LINE_BY_LINE and not is_full
            if (part or page.zones[line] != page.zones[before]) and _begins_anew(tokens[i - 1].form, tokens[i].form):
                cuts.append(i)
    return cuts


def _full_length(page: Page) -> float:
    """The length from which a line of a page that is wrapped at some width may go on in the next line."""
    widest = max(line.end - line.start for line in page.lines)
    return 0.75 * widest if widest <= _WIDEST_WRAPPED else float("inf")


def _line_end(starts: list[int], line: int, length: int) -> int:
    return starts[line + 1] if line + 1 < len(starts) else length + 1


def _begins_anew(before: str, form: str) -> bool:
    return not form[0].islower() and before.lower() not in _GOES_ON and not before.endswith("-")
