"""The text of a document cut into lines and pieces for a page: what is marked, how deep, and where anchors stand. No database, no HTML."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

# A browser lays out only the blocks in view; neither a line nor a block may grow so long that this helps no more.
LONGEST_LINE = 4000
LONGEST_BLOCK = 60
DEEPEST_SHOWN = 3
# The key of a mark on words that were searched.
ASKED = -1


class Mark(NamedTuple):
    """A stretch `[start, end)` of the text: a passage by its key; with key 0 words in it that decide, to be underlined; ASKED: what was searched."""

    start: int
    end: int
    passage: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters in which no mark begins or ends. `depth` passages lie over them, `passage` is the innermost; `begin` begin here."""

    text: str
    at: int
    depth: int = 0
    decides: bool = False
    passage: int = 0
    begin: tuple[int, ...] = ()
    asked: bool = False

    @property
    def shade(self) -> int:
        """The depth as far as it is shown."""
        return min(self.depth, DEEPEST_SHOWN)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text, or a part of one that is too long."""

    number: int
    start: int
    end: int
    zone: str
    language: str
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive lines of one zone; `continued` where the one before it is of the same zone."""

    zone: str
    lines: list[Line]
    continued: bool = False


def lines_of(text: str, known: Sequence[Sequence[object]], longest: int = LONGEST_LINE) -> list[Line]:
    """The lines of a text with the zones that the reader gave them, long ones in parts (at a space where there is one)."""
    spans = [(int(start), int(end), str(zone), str(language)) for start, end, zone, language in known] or _bare_lines(text)  # fmt: skip
    lines = []
    for number, (begin, end, zone, language) in enumerate(spans, 1):
        start = begin
        while end - start > longest:
            space = text.rfind(" ", start + longest * 3 // 4, start + longest)
            cut = space + 1 if space > 0 else start + longest
            lines.append(Line(number, start, cut, zone, language))
            start = cut
        lines.append(Line(number, start, end, zone, language))
    return lines


def mark_lines(text: str, lines: Sequence[Line], marks: Iterable[Mark]) -> list[Line]:
    """The lines with their pieces. Work grows with the letters and with n log n of the marks, however these overlap."""
    cuts = _cuts(marks)
    marked, at = [], 0
    for line in lines:
        while at < len(cuts) and cuts[at].end <= line.start:
            at += 1
        pieces, here, place = [], at, line.start
        while here < len(cuts) and cuts[here].at < line.end:
            cut = cuts[here]
            start, end = max(cut.at, line.start), min(cut.end, line.end)
            if start > place:
                pieces.append(Piece(text[place:start], place))
            pieces.append(Piece(text[start:end], start, cut.depth, cut.decides, cut.passage, cut.begin if start == cut.at else (), cut.asked))  # fmt: skip
            place = end
            here += 1
        if place < line.end:
            pieces.append(Piece(text[place : line.end], place))
        marked.append(Line(line.number, line.start, line.end, line.zone, line.language, pieces))
    return marked


def blocks_of(lines: Iterable[Line]) -> list[Block]:
    """Consecutive lines of one zone; an empty line stays with the lines before it."""
    zoned, zone = [], ""
    for line in lines:
        zone = line.zone or zone
        zoned.append((zone, line))
    blocks = []
    for zone, group in groupby(zoned, key=lambda pair: pair[0]):
        found = [line for _, line in group]
        parts = range(0, len(found), LONGEST_BLOCK)
        blocks += [Block(zone, found[start : start + LONGEST_BLOCK], start > 0) for start in parts]
    return blocks


def excerpt(text: str, known: Sequence[Sequence[object]], place: tuple[int, int], marks: Iterable[Mark], around: int = 2) -> list[Line]:  # fmt: skip
    """The lines in which a passage stands, with `around` printed lines before and after them."""
    lines = [line for line in lines_of(text, known, longest=600) if text[line.start : line.end].strip()]
    inside = [n for n, line in enumerate(lines) if line.start < place[1] and place[0] < line.end]
    if not inside:
        return []
    near = lines[max(0, inside[0] - around) : inside[-1] + around + 1]
    return mark_lines(text, near, [mark for mark in marks if mark.start < near[-1].end and near[0].start < mark.end])


class _Cut(NamedTuple):
    at: int
    end: int
    depth: int
    decides: bool
    passage: int
    begin: tuple[int, ...]
    asked: bool


def _cuts(marks: Iterable[Mark]) -> list[_Cut]:
    """The marked stretches cut wherever a mark begins or ends, in text order."""
    events = sorted(
        event for mark in set(marks) if mark.end > mark.start for event in ((mark.start, 1, mark), (mark.end, 0, mark))
    )
    open_passages: list[tuple[int, int, int]] = []  # the one that began last, then the shortest, on top
    cuts: list[_Cut] = []
    depth = deciding = asked = last = 0
    begin: list[int] = []
    for offset, begins, mark in events:
        if offset > last and (depth or deciding or asked):
            while open_passages and open_passages[0][1] <= last:
                heapq.heappop(open_passages)
            innermost = open_passages[0][2] if open_passages else 0
            cuts.append(_Cut(last, offset, depth, deciding > 0, innermost, tuple(begin), asked > 0))
            begin = []
        last = offset
        if not mark.passage:
            deciding += 1 if begins else -1
            continue
        if mark.passage == ASKED:
            asked += 1 if begins else -1
            continue
        depth += 1 if begins else -1
        if begins:
            heapq.heappush(open_passages, (-mark.start, mark.end, mark.passage))
            begin.append(mark.passage)
    return cuts


def _bare_lines(text: str) -> list[tuple[int, int, str, str]]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append((start, start + len(line), "", ""))
        start += len(line) + 1
    return found
