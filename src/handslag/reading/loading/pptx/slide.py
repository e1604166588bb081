"""One slide: its title, then its other shapes in their order: text, lists, tables, diagrams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml.etree import _Element as Element

from handslag.reading.loading.document import Tag
from handslag.reading.loading.office import Package, attribute, child, local
from handslag.reading.loading.pptx.paragraphs import is_item, text_of
from handslag.reading.loading.sheet import CELL_GAP, Sheet

_TITLES = ("title", "ctrTitle")
_EDGES = ("ftr", "hdr", "dt", "sldNum")
_WITH_BULLETS = ("body", "obj")
"""Placeholders whose paragraphs have bullets unless they say otherwise, as PowerPoint's own layouts have it."""


class SlideReader:
    """Writes slides to a sheet; `charts` and `embedded` count what is not read."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._edges: set[str] = set()
        self.charts = 0
        self.embedded = 0

    def read(self, slide: Element, targets: Mapping[str, str], package: Package) -> None:
        """Write a slide's shapes; `targets` are the parts that its relations point to."""
        shapes = list(_shapes(child(child(slide, "cSld"), "spTree")))
        for shape in shapes:
            if placeholder_of(shape) in _TITLES:
                self._title(shape)
        for shape in shapes:
            kind = placeholder_of(shape)
            if kind in _EDGES:
                self._edge(shape)
            elif local(shape) == "graphicFrame":
                self._graphic(shape, targets, package)
            elif kind not in _TITLES:
                self._sheet.paragraph_gap()
                self.read_text(child(shape, "txBody"), has_bullets=kind in _WITH_BULLETS)

    def read_text(self, body: Element | None, *, has_bullets: bool = False) -> None:
        """Write the paragraphs of a text body; in one of a single paragraph a bullet is no list."""
        paragraphs = [inner for inner in body if local(inner) == "p"] if body is not None else []
        texts = [(paragraph, text) for paragraph in paragraphs if (text := text_of(paragraph))]
        for paragraph, text in texts:
            is_listed = is_item(paragraph, usually=has_bullets and len(texts) > 1)
            if not is_listed:
                self._sheet.paragraph_gap()
            self._sheet.add(text, "list" if is_listed else "")

    def _title(self, shape: Element) -> None:
        lines = [text_of(paragraph) for paragraph in shape.iter("{*}p")]
        self._sheet.add(" ".join(" ".join(lines).split()), "headline")
        self._sheet.gap()

    def _edge(self, shape: Element) -> None:
        """A slide's footer: the same on all slides, so written once."""
        text = " ".join(" ".join(text_of(paragraph) for paragraph in shape.iter("{*}p")).split())
        if text and text not in self._edges:
            self._edges.add(text)
            self._sheet.paragraph_gap()
            self._sheet.add(text, "furniture")

    def _graphic(self, frame: Element, targets: Mapping[str, str], package: Package) -> None:
        content = child(child(frame, "graphic"), "graphicData")
        for inner in content if content is not None else ():
            name = local(inner)
            if name == "tbl":
                self._table(inner)
            elif name == "relIds":
                self._diagram(targets.get(attribute(inner, "dm"), ""), package)
            elif name in ("chart", "chartSpace"):
                self.charts += 1
            else:
                self.embedded += 1

    def _table(self, table: Element) -> None:
        self._sheet.gap()
        tag: Tag = "table"
        for row in table:
            if local(row) == "tr":
                cells = [_cell_text(cell) for cell in row if local(cell) == "tc"]
                self._sheet.add(CELL_GAP.join(cells), tag if len(cells) > 1 else "")
        self._sheet.gap()

    def _diagram(self, part: str, package: Package) -> None:
        """The texts of a drawing made from a list ("SmartArt"), whose data is a part of its own."""
        if not package.has(part):
            return
        self._sheet.paragraph_gap()
        for point in package.xml(part).iter("{*}pt"):
            if point.get("type", "node") in ("node", "asst"):
                texts = [text_of(paragraph) for paragraph in point.iter("{*}p")]
                self._sheet.add(" ".join(" ".join(texts).split()), "list")


def placeholder_of(shape: Element) -> str:
    """The kind of placeholder a shape fills ("title", "obj" where none is named), or "" for one of its own."""
    for properties in shape:
        if local(properties).startswith("nv"):
            mark = child(child(properties, "nvPr"), "ph")
            return "" if mark is None else mark.get("type", "obj")
    return ""


def _shapes(tree: Element | None) -> Iterator[Element]:
    """The shapes with text and the frames below a tree, through groups and alternatives."""
    for inner in tree if tree is not None else ():
        name = local(inner)
        if name in ("sp", "graphicFrame", "cxnSp"):
            yield inner
        elif name in ("grpSp", "AlternateContent", "Choice"):
            yield from _shapes(inner)


def _cell_text(cell: Element) -> str:
    if attribute(cell, "hMerge") in ("1", "true") or attribute(cell, "vMerge") in ("1", "true"):
        return ""
    return " ".join(" ".join(text_of(paragraph) for paragraph in cell.iter("{*}p")).split())
