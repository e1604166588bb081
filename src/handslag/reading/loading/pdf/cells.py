"""Tables: rows whose pieces stand under one another, and the cells that run over several lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from handslag.reading.loading.pdf.hyphens import joined
from handslag.reading.loading.pdf.rows import Piece, Row
from handslag.reading.loading.sheet import CELL_GAP

_FEWEST_ROWS = 3
_SAME_CELL = 1.25
"""How many times wider than the closest a step between lines may be inside one cell."""


def table_within(rows: Sequence[Row]) -> tuple[int, int]:
    """The first rows `[first, last)` that make a table: several with several pieces, all standing in its columns."""
    first = 0
    while first < len(rows):
        if len(rows[first]) < 2:
            first += 1
            continue
        last = first + 1
        while last < len(rows) and not _ends_before(rows, last) and _stand_in_columns(rows[first : last + 1]):
            last += 1
        while len(rows[last - 1]) < 2 and _is_apart(rows, last - 1):
            last -= 1
        if sum(1 for row in rows[first:last] if len(row) > 1) >= _FEWEST_ROWS:
            return first, last
        first = last
    return 0, 0


def _ends_before(rows: Sequence[Row], number: int) -> bool:
    """True if a row of one piece is a heading, or far below the row before it."""
    row, before = rows[number], rows[number - 1]
    is_larger = row[0].size >= 1.18 * before[0].size
    return len(row) < 2 and (is_larger or row[0].base - before[0].base > 2.5 * row[0].size)


def _is_apart(rows: Sequence[Row], number: int) -> bool:
    """True if a row of one piece at a table's end does not go on with the cell above it."""
    row, before = rows[number], rows[number - 1]
    return row[0].base - before[0].base > 1.5 * row[0].size or row[0].left < before[0].left + row[0].size


def _stand_in_columns(rows: Sequence[Row]) -> bool:
    """True if no piece reaches from one column into another."""
    template = max(rows, key=len)
    lefts = [piece.left for piece in template]
    rights = [piece.right for piece in template]
    for row in rows:
        columns = [_column_of(piece, template) for piece in row]
        if len(set(columns)) < len(columns):
            return False
        for piece, column in zip(row, columns, strict=True):
            lefts[column] = min(lefts[column], piece.left)
            rights[column] = max(rights[column], piece.right)
    return all(right < left for right, left in zip(rights, lefts[1:], strict=False))


def table_lines(rows: Sequence[Row], vocabulary: frozenset[str]) -> list[str]:
    """One line of text for each row of a table; a line of the page that only goes on with cells belongs to its row."""
    template = max(rows, key=len)
    lines = []
    for group in _groups(rows, template):
        cells: list[list[str]] = [[] for _ in template]
        for piece in (piece for row in group for piece in row):
            cells[_column_of(piece, template)].append(piece.text)
        lines.append(CELL_GAP.join(joined(cell, vocabulary) for cell in cells).rstrip(CELL_GAP))
    return lines


def _groups(rows: Sequence[Row], template: Row) -> list[list[Row]]:
    """The page's lines that make one row of the table each."""
    steps = [after[0].base - before[0].base for before, after in pairwise(rows)]
    closest = min((step for step in steps if step > 0), default=0.0)
    closest = max(closest, 1.1 * template[0].size)
    by_space = [[rows[0]]]
    for row, step in zip(rows[1:], steps, strict=True):
        if step <= _SAME_CELL * closest:
            by_space[-1].append(row)
        else:
            by_space.append([row])
    # Space parts the rows if in no group more than one line fills most of the columns: the others go on with a cell.
    if len(by_space) > 1 and all(sum(1 for row in group if _is_full(row, template)) <= 1 for group in by_space):
        return by_space
    groups: list[list[Row]] = []
    for number, row in enumerate(rows):
        starts_left = _column_of(row[0], template) == 0
        is_far = number > 0 and steps[number - 1] > 2.2 * row[0].size
        if not groups or starts_left or is_far or len(row) == len(template):
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups


def _is_full(row: Row, template: Row) -> bool:
    return len(row) >= max(2, 0.6 * len(template))


def _column_of(piece: Piece, template: Row) -> int:
    """The column that a piece stands in: the one it overlaps most, or the nearest."""

    def distance(column: Piece) -> float:
        return max(piece.left, column.left) - min(piece.right, column.right)

    return min(range(len(template)), key=lambda number: distance(template[number]))
