"""Page heads, page feet and page numbers: rows at a page's edge that come back on other pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from handslag.reading.loading.pdf.rows import Row

_DEEPEST = 3
"""Rows from the edge that a head or foot has at most."""
_NUMBER = re.compile(r"\W*(?:(?:sida|sidan|sid|page|p|s)\b\W*)?(\d{1,4})\W*(?:(?:av|of)?\W*\d{1,4}\W*)?", re.IGNORECASE)
_ALONE = re.compile(r"\W*(?:(?:sida|sid|page)\b\W*1\b.*|1\W*(?:\(1\)|(?:av|of|/)\W*1)|[-–]\W*1\W*[-–])", re.IGNORECASE)
_APART = 1.5
_COUNT = re.compile(r"(?<![\d.,/-])\d{1,4}(?![\d.,/-])")
_FEWEST_LETTERS = 3
_ROMAN = re.compile(r"[ivxl]{1,6}", re.IGNORECASE)


def row_text(row: Row) -> str:
    """The words of a row, with single spaces."""
    return " ".join(piece.text for piece in row)


def edge_counts(pages: Sequence[Sequence[Row]]) -> list[tuple[int, int]]:
    """How many rows at the top and at the bottom of each page are furniture. `pages` have rows from top to bottom."""
    needed = 2 if len(pages) <= 5 else 3
    tops = _depths(pages, needed)
    bottoms = _depths([rows[::-1] for rows in pages], needed)
    return [(top, min(bottom, len(rows) - top)) for top, bottom, rows in zip(tops, bottoms, pages, strict=True)]


def _depths(pages: Sequence[Sequence[Row]], needed: int) -> list[int]:
    """How many rows from the edge inwards, for each page, come back on other pages and stand apart from what follows."""
    edges = [[row_text(row) for row in rows[:_DEEPEST]] for rows in pages]
    pages_of: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page, texts in enumerate(edges):
        for text in texts:
            for key in _keys(text, page):
                pages_of[key].add(page)
    depths = []
    for page, texts in enumerate(edges):
        depth = 0
        while depth < len(texts) and _is_furniture(texts[depth], page, pages_of, needed):
            depth += 1
        while depth and not _stands_apart(pages[page], depth):
            depth -= 1
        depths.append(depth)
    return depths


def _stands_apart(rows: Sequence[Row], depth: int) -> bool:
    """True if there is more than a line's space between the rows up to `depth` and the next one."""
    if depth == len(rows):
        return True
    inner = rows[depth][0]
    return abs(inner.base - rows[depth - 1][0].base) >= _APART * inner.size


def _is_furniture(text: str, page: int, pages_of: dict[tuple[str, int], set[int]], needed: int) -> bool:
    if any(len(pages_of[key]) >= needed for key in _keys(text, page)):
        return True
    return bool(_ALONE.fullmatch(text)) and page == 0


def _keys(text: str, page: int) -> list[tuple[str, int]]:
    """What makes a row the same on other pages: its words, or its words and a number that counts the pages."""
    number = _NUMBER.fullmatch(text)
    if number:
        return [("number", int(number[1]) - page)]
    if _ROMAN.fullmatch(text):
        return [("roman", 0)]
    if sum(letter.isalpha() for letter in text) < _FEWEST_LETTERS:
        return []
    plain = " ".join(text.lower().split())
    keys = [(plain, 0)]
    for found in _COUNT.finditer(plain):
        at_an_end = found.start() == 0 or found.end() == len(plain)
        around = "" if at_an_end else plain[: found.start()] + "#" + plain[found.end() :]
        keys.append((f"counted {around}", int(found[0]) - page))
    return keys
