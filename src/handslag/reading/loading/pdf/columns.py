"""The order in which a person reads a page: columns one after the other, tables row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from handslag.reading.loading.pdf.cells import table_within
from handslag.reading.loading.pdf.rows import Piece, Row, rows_from_pieces

_FEWEST_LINES = 3
_PROSE = 18
"""Characters that a line of running text has at least, even in a narrow column."""
_HEADING = 1.18
"""From this many times the usual letter height a line of its own is a heading."""
_MAX_DEPTH = 40


@dataclass(slots=True)
class Band:
    """Rows read one after the other; `right` is how far they might reach, `is_table` if the pieces of a row are cells."""

    rows: list[Row]
    right: float
    is_table: bool = False


def bands_of(rows: Sequence[Row], right: float) -> list[Band]:
    """The rows of a page as bands in reading order; the page's text might reach as far as `right`."""
    return _bands(_pieces(rows), right, 0)


def _pieces(rows: Sequence[Row]) -> list[Piece]:
    return [piece for row in rows for piece in row]


def _bands(pieces: list[Piece], right: float, depth: int) -> list[Band]:
    rows = rows_from_pieces(pieces)
    if depth > _MAX_DEPTH or (_is_one_column(pieces) and all(len(row) == 1 for row in rows)):
        return [Band(rows, right)] if rows else []
    sections = _sections(rows)
    if len(sections) > 1:
        return [band for section in sections for band in _bands(_pieces(section), right, depth + 1)]
    for gutter in _gutters(pieces):
        stretches = _stretches(rows, gutter)
        if any(is_columns for is_columns, _ in stretches):
            found: list[Band] = []
            for is_columns, stretch in stretches:
                inside = _pieces(stretch)
                if is_columns:
                    found += _bands([piece for piece in inside if piece.left < gutter], gutter, depth + 1)
                    found += _bands([piece for piece in inside if piece.left >= gutter], right, depth + 1)
                else:
                    found += _bands(inside, right, depth + 1)
            return found
    return _around_table(rows, right, depth) or _split_at_gap(rows, right, depth)


def _is_one_column(pieces: list[Piece]) -> bool:
    """True if all pieces lie above one another, so that there is nothing to the side of any."""
    return not pieces or max(piece.left for piece in pieces) < min(piece.right for piece in pieces)


def _split_at_gap(rows: list[Row], right: float, depth: int) -> list[Band]:
    """The rows above and below the widest gap apart, since columns may begin there; one band if none is wide."""
    if len(rows) < 2 * _FEWEST_LINES:
        return [Band(rows, right)]
    steps = [after[0].base - before[0].base for before, after in pairwise(rows)]
    usual = median(steps)
    inner = range(1, len(rows) - 1)
    widest = max(inner, key=lambda number: steps[number])
    if steps[widest] < 1.7 * usual:
        return [Band(rows, right)]
    above, below = rows[: widest + 1], rows[widest + 1 :]
    return [*_bands(_pieces(above), right, depth + 1), *_bands(_pieces(below), right, depth + 1)]


def _around_table(rows: list[Row], right: float, depth: int) -> list[Band]:
    """The bands above a table, the table, and those below it; nothing if there is no table."""
    first, last = table_within(rows)
    if first == last:
        return []
    return [
        *_bands(_pieces(rows[:first]), right, depth + 1),
        Band(rows[first:last], right, is_table=True),
        *_bands(_pieces(rows[last:]), right, depth + 1),
    ]


def _sections(rows: list[Row]) -> list[list[Row]]:
    """The rows cut where the whole width is free for longer than between paragraphs, or before a larger heading."""
    if len(rows) < _FEWEST_LINES:
        return [rows]
    usual = median([after[0].base - before[0].base for before, after in pairwise(rows)])
    size = median([row[0].size for row in rows])
    sections = [[rows[0]]]
    for before, after in pairwise(rows):
        step = after[0].base - before[0].base
        is_heading = len(after) == 1 and after[0].size >= _HEADING * size
        above_heading = max(1.9 * size, 1.5 * usual, 1.5 * after[0].size)
        if step > max(3.2 * size, 2.2 * usual) or (is_heading and step > above_heading):
            sections.append([after])
        else:
            sections[-1].append(after)
    joined = [sections[0]]
    for section in sections[1:]:
        if _goes_on_with_left_column(joined[-1], section):
            joined[-1] = joined[-1] + section
        else:
            joined.append(section)
    return joined


def _goes_on_with_left_column(above: list[Row], section: list[Row]) -> bool:
    """True if a section is as wide as the first of the columns above it, of which only the others have ended."""
    right = max(row[-1].right for row in section)
    pieces = _pieces(above)
    for gutter in _gutters(pieces):
        if right <= gutter and any(is_columns for is_columns, _ in _stretches(above, gutter)):
            edge = max((piece.right for piece in pieces if piece.right <= gutter), default=0.0)
            return right >= edge - 2 * section[0][0].size
    return False


def _gutters(pieces: list[Piece]) -> list[float]:
    """Where columns may begin: left edges that several pieces share, with pieces ending to their left. The best first."""
    edges: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if edges and piece.left - edges[-1][0].left < 0.6 * piece.size:
            edges[-1].append(piece)
        else:
            edges.append([piece])
    found: list[tuple[int, float]] = []
    for group in edges[1:]:
        edge = group[0].left - 0.2 * group[0].size
        before = sum(1 for piece in pieces if piece.right <= edge)
        after = sum(1 for piece in pieces if piece.left >= edge)
        across = len(pieces) - before - after
        if len(group) >= _FEWEST_LINES and min(before, after) >= _FEWEST_LINES:
            found.append((min(before, after) - across, edge))
    return [edge for _, edge in sorted(found, reverse=True)[:4]]


def _stretches(rows: list[Row], gutter: float) -> list[tuple[bool, list[Row]]]:
    """Rows top to bottom, cut where pieces cross the gutter; True with those that stand in two columns."""
    found: list[tuple[bool, list[Row]]] = []
    free: list[Row] = []
    for row in rows:
        if any(piece.left < gutter < piece.right for piece in row):
            _close(found, free, gutter)
            free = []
            _append(found, row)
        else:
            free.append(row)
    _close(found, free, gutter)
    return found


def _close(found: list[tuple[bool, list[Row]]], free: list[Row], gutter: float) -> None:
    if free and _are_columns(free, gutter):
        found.append((True, free))
    else:
        for row in free:
            _append(found, row)


def _append(found: list[tuple[bool, list[Row]]], row: Row) -> None:
    if found and not found[-1][0]:
        found[-1][1].append(row)
    else:
        found.append((False, [row]))


def _are_columns(rows: list[Row], gutter: float) -> bool:
    """True if what stands left and right of the gutter are texts of their own, not the cells of a table."""
    left = [piece for row in rows for piece in row if piece.right <= gutter]
    right = [piece for row in rows for piece in row if piece.left >= gutter]
    if min(len(left), len(right)) < _FEWEST_LINES:
        return False
    both = sum(1 for row in rows if row[0].right <= gutter and row[-1].left >= gutter)
    aligned = both / min(_line_count(left), _line_count(right))
    if aligned < 0.5:
        return True
    is_prose = min(median(len(piece.text) for piece in side) for side in (left, right)) >= _PROSE
    return is_prose and not _rows_part_together(rows, gutter)


def _line_count(pieces: list[Piece]) -> int:
    return len(rows_from_pieces(pieces))


def _rows_part_together(rows: list[Row], gutter: float) -> bool:
    """True if wider steps between lines fall at the same heights on both sides, as between the rows of a table."""
    left = _starts_after_gaps([row for row in rows if row[0].right <= gutter])
    right = _starts_after_gaps([row for row in rows if row[-1].left >= gutter])
    shared = sum(1 for start in left if any(abs(start - other) < 3 for other in right))
    return shared >= 2 and shared >= 0.7 * max(len(left), len(right))


def _starts_after_gaps(rows: list[Row]) -> list[float]:
    steps = [after[0].base - before[0].base for before, after in pairwise(rows)]
    if not steps:
        return []
    usual = min(steps) * 1.25
    return [row[0].base for row, step in zip(rows[1:], steps, strict=True) if step > usual]
