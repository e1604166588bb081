"""The cells of a worksheet as text, row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.etree import _Element as Element

from handslag.reading.loading.office import local
from handslag.reading.loading.sheet import clean
from handslag.reading.loading.xlsx.number_formats import NumberFormats

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_COLUMN = re.compile(r"[A-Z]{1,3}", re.IGNORECASE)
_BOOLEANS = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}
_WIDEST_GAP = 10
"""Empty cells that are kept between two others: a cell far out to the right gives no row of a thousand tabs."""


def string_of(element: Element) -> str:
    """The text of a shared or an inline string on one line, without the reading aids of Japanese text."""
    parts: list[str] = []
    for inner in element:
        name = local(inner)
        if name == "t":
            parts.append(inner.text or "")
        elif name == "r":
            parts += [text.text or "" for text in inner if local(text) == "t"]
    return _on_one_line("".join(parts))


def _on_one_line(text: str) -> str:
    if "_x" in text:  # how characters are written that XML does not have
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return " ".join(clean(text).split())


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one sheet; `unfilled` counts formulas whose value is not stored."""

    strings: Sequence[str]
    formats: NumberFormats
    hidden: Sequence[tuple[int, int]] = ()
    """The first and last of columns that are not shown."""
    unfilled: int = 0

    def read(self, row: Element) -> list[str]:
        """The texts of a row's shown cells, the first as far right as its column is; [] for an empty row."""
        found: list[str] = []
        column, last = 0, 0
        for cell in row:
            if local(cell) != "c":
                continue
            column = _column_of(cell.get("r", "")) or column + 1
            if any(first <= column <= final for first, final in self.hidden):
                continue
            text = self._text(cell)
            if text:
                found += [""] * min(column - last - 1, _WIDEST_GAP)
                found.append(text)
                last = max(column, last)
        return found

    def _text(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        value, has_formula = "", False
        for inner in cell:
            name = local(inner)
            if name == "v":
                value = inner.text or ""
            elif name == "is":
                return string_of(inner)
            has_formula |= name == "f"
        if not value:
            self.unfilled += has_formula and kind != "str"
            return ""
        if kind == "s":
            number = int(value) if value.isdecimal() and len(value) < 10 else -1
            return self.strings[number] if 0 <= number < len(self.strings) else ""
        if kind == "n":
            return _on_one_line(self.formats.shown(value, cell.get("s", "")))
        if kind == "b":
            return _BOOLEANS.get(value.strip(), "")
        if kind == "d":
            return _on_one_line(value.removesuffix("T00:00:00").replace("T", " ", 1))
        return _on_one_line(value)


def _column_of(place: str) -> int:
    """The number of a place's column ("B7": 2), or 0."""
    letters = _COLUMN.match(place)
    number = 0
    for letter in letters[0].upper() if letters else "":
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
