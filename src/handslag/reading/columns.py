"""Two columns of prose printed side by side in flattened text: where they begin, how far they reach."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# Looking back, a run of spaces is tried once and not again from each of its spaces.
_WIDE_GAP: Final = re.compile(r"(?<! ) {3,}(?=\S)")
_LEAST_LINES = 4
_LEAST_COLUMN = 20
# words of a line that has both sides, on average: prose, not a table
_LEAST_WORDS = 5


class Gutters:
    """The gutters of consecutive lines. A gutter at column c is a stretch of lines in which nothing stands right before c.

    Each column's stretch is measured once, so that many lines cost their number times the columns that they suggest.
    """

    def __init__(self, rows: Sequence[str]) -> None:
        self._rows = rows
        self._stretches: dict[int, _Stretch] = {}

    def columns_from(self, first: int) -> tuple[int, int] | None:
        """How many lines from `first` stand in two columns of prose, and where the second starts; None if they do not."""
        content = self._rows[first]
        if "   " not in content:
            return None
        best: tuple[int, int] | None = None
        for gap in _WIDE_GAP.finditer(content):
            column = gap.end()
            if column < _LEAST_COLUMN:
                continue
            stretch = self._stretches.get(column)
            if stretch is None or not stretch.first <= first < stretch.stop:
                stretch = self._stretches[column] = _Stretch(self._rows, first, column)
            count = stretch.stop - first
            if count >= _LEAST_LINES and stretch.is_prose(first) and (best is None or count > best[0]):
                best = (count, column)
        return best


class _Stretch:
    """The lines `[first, stop)` that leave a gutter at `column`, with running counts of those that have both sides."""

    def __init__(self, rows: Sequence[str], first: int, column: int) -> None:
        self.first = first
        self._both = [0]
        self._words = [0]
        for number in range(first, len(rows)):
            row = rows[number]
            both, words = 0, 0
            if len(row) > column:
                if row[column - 2 : column].strip():
                    break
                if not row[column].isspace():
                    left, right = row[:column].strip(), row[column:].strip()
                    if left and right and "   " not in left and "   " not in right:
                        both, words = 1, len(left.split()) + len(right.split())
            self._both.append(self._both[-1] + both)
            self._words.append(self._words[-1] + words)
        self.stop = first + len(self._both) - 1

    def is_prose(self, first: int) -> bool:
        """True if the lines from `first` on look like running text on both sides."""
        both = self._both[-1] - self._both[first - self.first]
        words = self._words[-1] - self._words[first - self.first]
        return 2 * both >= self.stop - first and words >= _LEAST_WORDS * both
