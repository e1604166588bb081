"""A text being written block by block, with the tag of each block."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handslag.reading.loading.document import Region, Tag
from handslag.reading.loading.refusal import Refusal

CELL_GAP = "\t"
"""Between the cells of a table row: no running text made here holds a tab, so a row cannot be mistaken for prose."""

_PROSE = 60
"""Characters from which a block reads as a paragraph; shorter ones (name, title, place) stay together as a card."""

_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\uf8ff\ufffe\uffff]+")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029")
_TO_CLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ud800-\uf8ff\ufffe\uffff]")


class Sheet:
    """Blocks in reading order: `add` a block, `gap` before the next one, `text` and `regions` at the end."""

    def __init__(self, max_characters: int) -> None:
        self._parts: list[str] = []
        self._regions: list[Region] = []
        self._length = 0
        self._gap = False
        self._soft_gap = False
        self._last_length = 0
        self._max_characters = max_characters

    def gap(self) -> None:
        """Leave one empty line before the next block; twice is the same as once."""
        self._gap = True

    def paragraph_gap(self) -> None:
        """Leave one empty line if the block before or after is a paragraph, none between the lines of a card."""
        self._soft_gap = True

    def add(self, block: str, tag: Tag = "") -> None:
        """Write a block on lines of its own; an empty one is left out. Raises `Refusal` past the limit."""
        block = clean(block).rstrip()
        block = block.lstrip(" \n" if tag in ("table", "row") else None)  # a row may begin with an empty cell
        if not block:
            return
        if self._parts:
            is_prose = max(self._last_length, len(block)) >= _PROSE
            mark = "\n\n" if self._gap or (self._soft_gap and is_prose) else "\n"
            self._parts.append(mark)
            self._length += len(mark)
        self._gap = self._soft_gap = False
        start = self._length
        self._parts.append(block)
        self._length += len(block)
        self._last_length = len(block)
        if tag:
            self._regions.append(Region(start, self._length, tag))
        if self._length > self._max_characters:
            raise Refusal(too_long(self._max_characters))

    def paste(self, text: str, regions: Iterable[Region]) -> None:
        """Write a text that another sheet has made as it is, with its regions, after an empty line."""
        if self._parts:
            self._parts.append("\n\n")
            self._length += 2
        self._gap = self._soft_gap = False
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        self._last_length = len(text)
        self._regions += [Region(start + region.start, start + region.end, region.tag) for region in regions]
        if self._length > self._max_characters:
            raise Refusal(too_long(self._max_characters))

    @property
    def text(self) -> str:
        return "".join(self._parts)

    @property
    def regions(self) -> tuple[Region, ...]:
        return tuple(self._regions)


def clean(text: str) -> str:
    """The text without control characters, lone surrogates and icons of private fonts, every kind of line end as LF."""
    if not _TO_CLEAN.search(text):
        return text
    text = _UNWANTED.sub("", text.replace("\x0b", " ").replace("\x0c", " "))
    return _LINE_ENDS.sub("\n", text)


def too_long(max_characters: int) -> str:
    """Why a text past the limit is not read."""
    return f"holds more than {max_characters:,} characters of text; split it into smaller files"
