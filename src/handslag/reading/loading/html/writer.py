"""Inline text gathered into blocks, with white space as a browser shows it."""

from __future__ import annotations

import re

from handslag.reading.loading.document import Tag
from handslag.reading.loading.html.places import Place
from handslag.reading.loading.sheet import CELL_GAP, Sheet
from handslag.reading.loading.superscripts import raised

_SPACE = re.compile("[ \t\r\n\f]+")
_SPACES = re.compile(" {2,}")
_AROUND_BREAK = re.compile(" ?([\n\t]) ?")
_PARAGRAPH_BREAK = re.compile("\n\n+")
_CELL_MARK = "\x1f"


class BlockWriter:
    """Writes blocks to a sheet: `text` adds to the block at hand, `end_block` closes it, cells stand in one line."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._parts: list[str] = []
        self._tag: Tag = ""
        self._is_preformatted = False
        self._is_empty = True
        self._seam = ""

    def text(self, value: str, place: Place) -> None:
        """Add running text; runs of white space count as one space unless the text is preformatted."""
        value = value.replace(_CELL_MARK, "")
        if not place.is_preformatted:
            value = _SPACE.sub(" ", value)
        if not value:
            return
        if self._is_empty and value.strip():
            self._tag, self._is_preformatted, self._is_empty = place.tag, place.is_preformatted, False
        if self._seam and self._parts and _falls_apart(self._parts[-1][-1], value[0], self._seam):
            self._parts.append(" ")
        self._seam = ""
        self._parts.append(value)

    def seam(self, kind: str) -> None:
        """Note that two elements adjoin here without white space: "links" are always two words, "boxes" if case tells."""
        self._seam = kind

    def line_break(self, place: Place) -> None:
        self._parts.append(" " if place.is_row else "\n")

    def cell(self) -> None:
        """Begin the next cell of a row; the first one begins with `end_block`."""
        self._parts.append(_CELL_MARK)

    def superscript(self, value: str, place: Place) -> None:
        """Add raised text, as far as it is to be read."""
        self.text(raised(value, "".join(self._parts[-3:])[-8:]), place)

    def end_block(self, place: Place | None = None) -> None:
        """Close the block at hand; inside a table's row it only parts two words."""
        self._seam = ""
        if place is not None and place.is_row:
            self._parts.append(" ")
            return
        if not self._parts:
            return
        if not self._is_empty:
            joined = "".join(self._parts)
            if not self._is_preformatted:
                joined = _AROUND_BREAK.sub(r"\1", _SPACES.sub(" ", joined))
            if _CELL_MARK in joined:
                joined = CELL_GAP.join(cell.strip() for cell in joined.split(_CELL_MARK)).rstrip(CELL_GAP)
            for number, block in enumerate(_PARAGRAPH_BREAK.split(joined)):
                if number:
                    self.sheet.gap()
                self.sheet.add(block, self._tag)
        self._parts.clear()
        self._is_empty = True


def _falls_apart(before: str, after: str, kind: str) -> bool:
    if not (before.isalnum() and after.isalnum()):
        return False
    return kind == "links" or (after.isupper() and not before.isupper()) or before.isdigit() != after.isdigit()
