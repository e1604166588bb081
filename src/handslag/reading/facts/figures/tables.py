"""Rows of tables: their label, their scale, the heads of their columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handslag.language.numbers import NumberMention, TableScale, row_scale, scaled, table_scale
from handslag.reading.page import Page, Sentence

# lines above a table's first row in which its scale may be printed
_HEAD_LINES = 3
# a table's line whose cells are parted by single spaces: a short label, then nothing but numbers
_NUMBERS = re.compile(r"\s*(?P<label>[^\d|]{2,40}?)(?:[ \u00a0]+[-–−]?\d[\d.,\u00a0 ]*)+\s*")


@dataclass(slots=True)
class Row:
    """A row of a table: its label as printed, the label's tokens where it is a cell of its own, its scale, its cells."""

    label: str
    span: tuple[int, int] | None
    scale: TableScale | None
    cells: int
    has_bars: bool = False

    def scaled(self, mention: NumberMention) -> NumberMention:
        """The mention in base units, by the row's scale."""
        if self.scale is None or (mention.partner >= 0 and self.scale.scale == 1):
            return mention
        return scaled(mention, self.scale)


class Tables:
    """The rows of a page; each is read once, when a number in it asks for it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._rows: dict[int, Row | None] = {}
        self._heads: dict[int, TableScale | None] = {}
        self._first_of_block: dict[int, int] | None = None

    def row_of(self, sentence: Sentence, start: int) -> Row | None:
        """The row in which the number at `start` of `sentence` stands; None in running text."""
        line = self._page.line_at(start)
        if line not in self._rows:
            self._rows[line] = self._read(sentence, line)
        return self._rows[line]

    def _read(self, sentence: Sentence, line: int) -> Row | None:
        page = self._page
        content = page.text[page.lines[line].start : page.lines[line].end]
        if sentence.is_row:
            cells = page.blocks[sentence.block].fragments
            first = self._first_sentence(sentence.block)
            label, span = "", None
            for cell in page.sentences[first : first + len(cells)]:
                words = page.text[page.tokens[cell.first].start : page.tokens[cell.last - 1].end]
                if sum(c.isalpha() for c in words) >= 2:
                    label, span = words, (cell.first, cell.last)
                    break
            return Row(label, span, self._scale(line, label), len(cells))
        if content.count("|") >= 2 or content.count(" | ") >= 1:
            printed = [words.strip() for words in content.strip().strip("|").split("|")]
            label = next((words for words in printed if sum(c.isalpha() for c in words) >= 2), "")
            return Row(label, None, self._scale(line, label), len(printed), has_bars=True)
        if self._is_flat_row(line) and (self._is_flat_row(line - 1) or self._is_flat_row(line + 1)):
            match = _NUMBERS.fullmatch(content)
            label = match["label"].strip() if match else ""
            return Row(label, None, self._scale(line, label, is_flat=True), 2)
        return None

    def _is_flat_row(self, line: int) -> bool:
        """True for a line of a label and numbers alone, such as texts taken out of a PDF have where a table was."""
        page = self._page
        if not 0 <= line < len(page.lines) or page.lines[line].end - page.lines[line].start > 100:
            return False
        content = page.text[page.lines[line].start : page.lines[line].end]
        return content[-1:].isdigit() and _NUMBERS.fullmatch(content) is not None

    def _first_sentence(self, block: int) -> int:
        if self._first_of_block is None:
            self._first_of_block = {}
            for sentence in self._page.sentences:
                self._first_of_block.setdefault(sentence.block, sentence.number)
        return self._first_of_block[block]

    def _scale(self, line: int, label: str, *, is_flat: bool = False) -> TableScale | None:
        return row_scale(label, self._head(line, is_flat=is_flat))

    def _head(self, line: int, *, is_flat: bool) -> TableScale | None:
        """The scale that the table's head prints: its first row or the lines right above it."""
        page = self._page
        top = line
        while top > 0 and (self._is_row_like(top - 1) or (is_flat and self._is_flat_row(top - 1))):
            top -= 1
        if top not in self._heads:
            found: TableScale | None = None
            number, seen = top, 0
            while found is None and number >= 0 and seen <= _HEAD_LINES:
                content = page.text[page.lines[number].start : page.lines[number].end]
                if content.strip():
                    if seen > 0 and (len(content) > 110 or content.rstrip().endswith(".")):
                        break
                    seen += 1
                    found = table_scale(content)
                number -= 1
            self._heads[top] = found
        return self._heads[top]

    def _is_row_like(self, line: int) -> bool:
        content = self._page.text[self._page.lines[line].start : self._page.lines[line].end].strip()
        return "  " in content or "\t" in content or content.count("|") >= 1
