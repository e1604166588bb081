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
_ROMAN = re.compile(r"[ivxl]{1,6}", re.IGNORECASE)


def row_text(row: Row) -> str:
    """The words of a row, with single spaces."""
    return " ".join(piece.text for piece in row)


def edge_counts(pages: Sequence[Sequence[Row]]) -> list[tuple[int, int]]:
    """How many rows at the top and at the bottom of each page are furniture. `pages` have rows from top to bottom."""
    needed = 2 if len(pages) <= 5 else 3
    tops = [[row_text(row) for row in rows[:_DEEPEST]] for rows in pages]
    bottoms = [[row_text(row) for row in rows[::-1][:_DEEPEST]] for rows in pages]
    counts = []
    for top, bottom, rows in zip(_depths(tops, needed), _depths(bottoms, needed), pages, strict=True):
        counts.append((top, min(bottom, len(rows) - top)))
    return counts


def _depths(edges: Sequence[Sequence[str]], needed: int) -> list[int]:
    """How many rows from the edge inwards come back on at least `needed` pages, for each page."""
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
        depths.append(depth)
    return depths


def _is_furniture(text: str, page: int, pages_of: dict[tuple[str, int], set[int]], needed: int) -> bool:
    if any(len(pages_of[key]) >= needed for key in _keys(text, page)):
        return True
    return bool(_ALONE.fullmatch(text)) and page == 0


def _keys(text: str, page: int) -> list[tuple[str, int]]:
    """What makes a row the same on other pages: a number that counts the pages, or its words apart from numbers."""
    number = _NUMBER.fullmatch(text)
    if number:
        return [("number", int(number[1]) - page)]
    if _ROMAN.fullmatch(text):
        return [("roman", 0)]
    ends = re.search(r"^(\d{1,4})\s|\s(\d{1,4})$", text.strip())
    counted = [("counted", int(ends[1] or ends[2]) - page)] if ends else []
    plain = re.sub(r"\d+", "#", " ".join(text.lower().split()))
    return [*counted, (plain, 0)] if sum(letter.isalpha() for letter in plain) >= 3 else []
