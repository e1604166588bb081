"""From lines to running text: cells, columns, wrapped paragraphs, and the order in which a person reads them.

Flattened pages put a table's cells side by side with runs of spaces, print two columns abreast, and break paragraphs at
70 characters. A block is a run of text that belongs together: fragments of the page in reading order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from handslag.reading.columns import Gutters

# Looking back, a run of spaces is tried once and not again from each of its spaces.
_GAP = re.compile(r"(?<! )(?: *\t[\t ]*| {2,}(?=\S))")
_ITEM = re.compile(r"\s*(?:[•●▪◦*·‣–—-]\s|\(?(?:\d{1,2}|[a-zåäö]|[ivx]{1,4})[.)]\s|\d+(?:\.\d+)+\.?\s|§\s*\d+)")
# what a tab after it does not make a cell: neither a clock time nor the dash of an empty one
_MARK = re.compile(r"[•●▪◦*·‣]|\(?(?:\d{1,2}|[a-zåäö]|[ivx]{1,4})[.)]|§ ?\d+")
_SENTENCE_END = (".", "!", "?", ":", ";", ".”", '."', ".»", ".)", "…")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text: `[start, end)` without its line feed; `number` counts from 1."""

    number: int
    start: int
    end: int

    @property
    def is_empty(self) -> bool:
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text: fragments `(start, end)` in reading order, and whether they are a row's cells."""

    fragments: tuple[tuple[int, int], ...]
    is_row: bool = False


def lines_of(text: str) -> list[Line]:
    """The lines that partition `text`: every line feed ends one."""
    lines = []
    start = 0
    for number, content in enumerate(text.split("\n"), 1):
        lines.append(Line(number, start, start + len(content)))
        start += len(content) + 1
    return lines


def cells_of(text: str, line: Line) -> list[tuple[int, int]]:
    """The cells of a line: its stretches between tabs or runs of two and more spaces."""
    content = text[line.start : line.end]
    if "  " not in content and "\t" not in content:
        stripped = content.strip()
        if not stripped:
            return []
        lead = line.start + len(content) - len(content.lstrip())
        return [(lead, lead + len(stripped))]
    cells = []
    position = len(content) - len(content.lstrip())
    for gap in _GAP.finditer(content, position):
        if gap.start() > position:
            cells.append((line.start + position, line.start + gap.start()))
        position = gap.end()
    end = len(content.rstrip())
    if end > position:
        cells.append((line.start + position, line.start + end))
    return cells


def blocks_of(text: str, lines: list[Line]) -> list[Block]:
    """The blocks of `text` in reading order: two columns told apart, wrapped paragraphs joined, cells cut."""
    blocks: list[Block] = []
    run: list[Line] = []
    for line in lines:
        if text[line.start : line.end].strip():
            run.append(line)
        elif run:
            blocks.extend(_blocks_of_run(text, run))
            run = []
    if run:
        blocks.extend(_blocks_of_run(text, run))
    return blocks


def _blocks_of_run(text: str, run: list[Line]) -> list[Block]:
    """Blocks of consecutive lines with text."""
    blocks: list[Block] = []
    gutters = Gutters([text[line.start : line.end] for line in run])
    position = 0
    while position < len(run):
        width = gutters.columns_from(position)
        if width:
            count, column = width
            left, right = _split_columns(text, run[position : position + count], column)
            for side in (left, right):
                blocks.extend(Block(tuple(part)) for part in _paragraphs(text, side, is_column=True))
            position += count
        else:
            stop = position + 1
            while stop < len(run) and not gutters.columns_from(stop):
                stop += 1
            blocks.extend(_plain_blocks(text, run[position:stop]))
            position = stop
    return blocks


def _split_columns(text: str, run: list[Line], column: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    left: list[tuple[int, int]] = []
    right: list[tuple[int, int]] = []
    for line in run:
        cut = min(line.start + column, line.end)
        for side, start, end in ((left, line.start, cut), (right, cut, line.end)):
            content = text[start:end]
            if content.strip():
                lead = start + len(content) - len(content.lstrip())
                side.append((lead, lead + len(content.strip())))
    return left, right


def _plain_blocks(text: str, run: list[Line]) -> list[Block]:
    blocks: list[Block] = []
    prose: list[tuple[int, int]] = []
    for line in run:
        cells = cells_of(text, line)
        if len(cells) > 1 and not _is_prose_with_gap(text, cells):
            blocks.extend(Block(tuple(part)) for part in _paragraphs(text, prose))
            prose = []
            blocks.append(Block(tuple(cells), is_row=True))
        elif cells:
            prose.append((cells[0][0], cells[-1][1]))
    blocks.extend(Block(tuple(part)) for part in _paragraphs(text, prose))
    return blocks


def _is_prose_with_gap(text: str, cells: list[tuple[int, int]]) -> bool:
    """True for a sentence with a doubled space, as after a full stop or a list's number."""
    if len(cells) != 2 or cells[1][0] - cells[0][1] > 3:
        return False
    first, gap = text[cells[0][0] : cells[0][1]], text[cells[0][1] : cells[1][0]]
    if "\t" in gap:
        return bool(_MARK.fullmatch(first))
    return bool(_ITEM.fullmatch(first + " ")) or (first.endswith((".", "!", "?")) and len(first) > 40)


def _paragraphs(text: str, fragments: list[tuple[int, int]], is_column: bool = False) -> list[list[tuple[int, int]]]:
    """Joins the lines of wrapped paragraphs; a line that stands for itself stays alone."""
    parts: list[list[tuple[int, int]]] = []
    widest = max((end - start for start, end in fragments), default=0)
    # a list of headlines has no line that begins in lower case, wrapped prose has many
    small = sum(text[start].islower() for start, _ in fragments[1:])
    is_wrapped = is_column or 4 * small >= len(fragments) - 1 > 0
    for fragment in fragments:
        if parts and _continues(text, parts[-1][-1], fragment, widest, is_column, is_wrapped):
            parts[-1].append(fragment)
        else:
            parts.append([fragment])
    return parts


def _continues(
    text: str, before: tuple[int, int], after: tuple[int, int], widest: int, is_column: bool, is_wrapped: bool
) -> bool:
    """True if the line `after` goes on with the paragraph of the line `before`."""
    upper, lower = text[before[0] : before[1]], text[after[0] : after[1]]
    if _ITEM.match(lower) or widest > 160:
        return False
    first, full = lower[0], len(upper) >= 0.72 * widest
    if upper.endswith(("-", "\u00ad")) and first.islower():
        return True
    if is_column and not upper.endswith(_SENTENCE_END):
        return first.islower() or len(upper) >= 0.66 * widest
    if upper.endswith(_SENTENCE_END):
        return (
            is_wrapped
            and len(upper) >= 45
            and full
            and not upper.endswith((":", ";"))
            and len(lower.split()) > 3
            and first.isupper()
        )
    if first.islower() or upper.endswith((",", "–")):
        return len(upper) >= 25
    if not is_wrapped:
        return False
    return len(upper) >= 45 and full and upper[-1].islower() and not _looks_like_a_heading(lower)


def _looks_like_a_heading(line: str) -> bool:
    return len(line) < 40 and not line.endswith(_SENTENCE_END)
