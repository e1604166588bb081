"""The body of a Word document, block by block: paragraphs, lists, tables, text boxes where they are anchored."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from handslag.reading.loading.document import Tag
from handslag.reading.loading.docx.paragraphs import is_mark_deleted, text_of
from handslag.reading.loading.docx.styles import Styles
from handslag.reading.loading.office import child, local, value
from handslag.reading.loading.sheet import CELL_GAP, Sheet

_LEFT_OUT = frozenset(
    ("del", "moveFrom", "sectPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "Fallback")
)
_LONGEST_CELL = 600


class BodyReader:
    """Writes blocks to a sheet; `embedded` counts files inside the document that are not read."""

    def __init__(self, sheet: Sheet, styles: Styles) -> None:
        self._sheet = sheet
        self._styles = styles
        self._run_on = ""
        self.embedded = 0

    def read(self, container: Element, tag: Tag = "") -> None:
        """Write the blocks of a container; `tag` goes before what their styles say."""
        for element in container:
            name = local(element)
            if name == "p":
                self._paragraph(element, tag)
            elif name == "tbl":
                self._table(element, tag)
            elif name == "altChunk":
                self.embedded += 1
            elif name and name not in _LEFT_OUT:
                self.read(element, tag)

    def _paragraph(self, paragraph: Element, tag: Tag) -> None:
        boxes: list[Element] = []
        text = self._run_on + text_of(paragraph, boxes)
        self._run_on = ""
        if is_mark_deleted(paragraph):
            self._run_on = text
        else:
            own = self._styles.tag_of(child(paragraph, "pPr"))
            text = text.strip()
            if not text or own == "headline":
                self._sheet.gap()
            elif own != "list":
                self._sheet.paragraph_gap()
            self._sheet.add(text, tag or own)
            if own == "headline":
                self._sheet.gap()
        for box in boxes:
            self.read(box, tag)

    def _table(self, table: Element, tag: Tag) -> None:
        rows = [list(_inside(row, "tc")) for row in _inside(table, "tr") if child(child(row, "trPr"), "del") is None]
        texts = [[_cell_text(cell) for cell in row] for row in rows]
        self._sheet.gap()
        if _is_layout(rows, texts):
            for row in rows:
                for cell in row:
                    self._sheet.paragraph_gap()
                    self.read(cell, tag)
        else:
            for line in texts:
                self._sheet.add(CELL_GAP.join(line), tag or "table")
        self._sheet.gap()


def _inside(element: Element, wanted: str) -> Iterator[Element]:
    """The rows or cells of a table, through content controls and tracked insertions, not into other tables."""
    for inner in element:
        name = local(inner)
        if name == wanted:
            yield inner
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from _inside(inner, wanted)


def _cell_text(cell: Element) -> str:
    if value(child(cell, "tcPr"), "vMerge") in ("", "continue"):
        return ""
    words: list[str] = []
    waiting = [cell]
    while waiting:
        boxes: list[Element] = []
        for paragraph in _paragraphs_in(waiting.pop(0)):
            words += text_of(paragraph, boxes).replace("\n", " ").replace("\t", " ").split(" ")
        waiting += boxes
    return " ".join(word for word in words if word)


def _paragraphs_in(container: Element) -> Iterator[Element]:
    for inner in container:
        name = local(inner)
        if name == "p":
            yield inner
        elif name not in _LEFT_OUT:
            yield from _paragraphs_in(inner)


def _is_layout(rows: list[list[Element]], texts: list[list[str]]) -> bool:
    """True if a table only places text on the page: one column, tables within, or whole passages in its cells."""
    if max((len(row) for row in rows), default=0) < 2:
        return True
    if any(len(text) > _LONGEST_CELL for row in texts for text in row):
        return True
    return any(local(inner) == "tbl" for row in rows for cell in row for inner in cell)
