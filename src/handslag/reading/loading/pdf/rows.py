"""Words on one base line, cut where columns or cells part: the pieces that a page's layout is made of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from handslag.reading.loading.pdf.corridors import cuts_of
from handslag.reading.loading.pdf.words import Word

LIST_MARK = re.compile(r"(?:[•●▪◦■□○‣·*–—-]|\(?(?:\d{1,2}|[a-zåäöA-Z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2})+\.?|§)")
"""What an item of a list begins with."""

_SAME_LINE = 0.35
"""How far base lines may differ, in letter heights: raised and lowered words stay on their line."""


@dataclass(slots=True)
class Piece:
    """Words that stand together on one base line, left to right."""

    words: list[Word]
    left: float = field(init=False)
    right: float = field(init=False)
    base: float = field(init=False)
    size: float = field(init=False)

    def __post_init__(self) -> None:
        first, last = self.words[0], self.words[-1]
        self.left, self.right, self.base = first.left, last.right, first.base
        self.size = max(self.words, key=lambda word: len(word.text)).size  # not that of a bullet or a raised number

    @property
    def is_bold(self) -> bool:
        return all(word.is_bold for word in self.words)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


_LONGEST_INDENT = 5.0
"""How far, in letter heights, an item's text may stand from its mark."""
_MOVED = 0.7
"""A gap across which the file itself jumps, in letter heights, from which it parts columns."""
_STRIKING = 2.2
_STRIKING_ALONE = 4.0
_TIMES = 2.5
_FEW_EDGES = 3
_DOTS = re.compile(r"[.·…]+")
_FEWEST_DOTS = 4

Row = list[Piece]
"""The pieces on one base line, left to right."""


def rows_of(words: Iterable[Word]) -> list[Row]:
    """The rows of words of one direction, top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.base, word.left)):
        if lines and _is_on_line(word, lines[-1]):
            lines[-1].append(word)
        else:
            lines.append([word])
    lines = [_without_shadows(line) for line in lines]
    cuts: dict[int, set[int]] = defaultdict(set)
    for number, position in cuts_of(lines):
        cuts[number].add(position)
    rows = [_pieces_of(line, cuts[number]) for number, line in enumerate(lines)]
    edges = Counter(round(piece.right) for row in rows for piece in row)
    return [[part for piece in row for part in _split_where_striking(piece, edges)] for row in rows]


def rows_from_pieces(pieces: Iterable[Piece]) -> list[Row]:
    """The rows of pieces, top to bottom."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: (piece.base, piece.left)):
        if rows and piece.base - rows[-1][0].base <= _SAME_LINE * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda piece: piece.left)
    return rows


def _is_on_line(word: Word, line: list[Word]) -> bool:
    return word.base - line[0].base <= _SAME_LINE * min(word.size, line[0].size)


def _without_shadows(line: list[Word]) -> list[Word]:
    """The words left to right without leading dots; those printed twice, as for a shadow, once."""
    line = _without_leaders(sorted(line, key=lambda word: word.left))
    return [word for number, word in enumerate(line) if number == 0 or not _is_shadow(word, line[number - 1])]


def _pieces_of(line: Sequence[Word], cuts: set[int]) -> Row:
    """The line cut before the words numbered in `cuts`, and where the file itself jumps to write on farther right."""
    parts = [[line[0]]]
    for number, (before, after) in enumerate(pairwise(line), 1):
        gap = _gap(before, after)
        is_mark = len(parts[-1]) == 1 and gap < _LONGEST_INDENT and LIST_MARK.fullmatch(before.text)
        if not is_mark and (number in cuts or (after.number != before.number + 1 and gap > _MOVED)):
            parts.append([after])
        else:
            parts[-1].append(after)
    return [Piece(part) for part in parts]


def _split_where_striking(piece: Piece, edges: Counter[int]) -> Row:
    """The piece cut at gaps far wider than its others, since in justified text they are all alike.

    `edges` counts the right edges of the page's pieces: a lone gap in a line that ends where many end is justified too.
    """
    gaps = [_gap(before, after) for before, after in pairwise(piece.words)]
    if max(gaps, default=0.0) <= _STRIKING:
        return [piece]
    is_justified = sum(edges[round(piece.right) + near] for near in (-1, 0, 1)) > _FEW_EDGES
    parts = [[piece.words[0]]]
    for number, (word, gap) in enumerate(zip(piece.words[1:], gaps, strict=True)):
        others = gaps[:number] + gaps[number + 1 :]
        usual = median(others) if others else (_STRIKING_ALONE / _TIMES if not is_justified else gap)
        is_mark = number == 0 and gap < _LONGEST_INDENT and LIST_MARK.fullmatch(piece.words[0].text)
        if gap > _STRIKING and gap > _TIMES * usual and not is_mark:
            parts.append([word])
        else:
            parts[-1].append(word)
    return [Piece(part) for part in parts]


def _gap(before: Word, after: Word) -> float:
    """The space between two words, in letter heights."""
    return (after.left - before.right) / max(before.size, after.size)


def _without_leaders(line: list[Word]) -> list[Word]:
    """The words without the rows of dots that lead from an entry of a table of contents to its page number."""
    dots = [bool(_DOTS.fullmatch(word.text)) for word in line]
    if sum(len(word.text) for word, is_dots in zip(line, dots, strict=True) if is_dots) < _FEWEST_DOTS or all(dots):
        return line
    return [word for word, is_dots in zip(line, dots, strict=True) if not is_dots]


def _is_shadow(word: Word, before: Word) -> bool:
    near = 0.2 * word.size
    return word.text == before.text and abs(word.left - before.left) < near and abs(word.right - before.right) < near
