"""An Excel workbook as text: its sheets in their order, row by row, as they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from handslag.reading.loading.document import Content, Limits, Warnings
from handslag.reading.loading.office import EXCEL, Package, child, local, read_properties
from handslag.reading.loading.refusal import Refusal
from handslag.reading.loading.sheet import CELL_GAP, Sheet, too_long
from handslag.reading.loading.xlsx.cells import RowReader, string_of
from handslag.reading.loading.xlsx.number_formats import NumberFormats

_PROSE = 60
"""Characters from which the only cell of a row reads as a sentence beside the table, not as a part of it."""
_ON = ("1", "true")


def read_xlsx(data: bytes, limits: Limits) -> Content:
    """The workbook's text as last calculated. Raises `Refusal` if it is damaged, locked, too large or without text."""
    package = Package(data, limits, EXCEL)
    main = package.main_part()
    root = package.xml(main)
    kinds = {link.kind: link.target for link in package.relations(main) if package.has(link.target)}
    settings = child(root, "workbookPr")
    formats = NumberFormats.of(
        package.xml(kinds["styles"]) if "styles" in kinds else None,
        is_1904=settings is not None and settings.get("date1904") in _ON,
    )
    strings = _strings(package, kinds.get("sharedStrings", ""), limits)
    writer = _Writer(package, limits, strings, formats)
    for name, part in _sheets(root, package, main, writer.hidden_sheets):
        writer.write(name, part)
    if not writer.sheet.text:
        if writer.hidden_sheets:
            raise Refusal("holds no text but in hidden sheets; show them in Excel and save it again")
        if package.has_pictures:
            raise Refusal("holds no text, only pictures; run text recognition (OCR) on it first")
        raise Refusal("holds no text; check that it is the right file")
    about = read_properties(package)
    return Content(
        text=writer.sheet.text,
        regions=writer.sheet.regions,
        title=about.title,
        metadata_day=about.day,
        metadata_source="xlsx created" if about.day else "",
        warnings=(*writer.warnings(), *about.warnings),
    )


def _strings(package: Package, part: str, limits: Limits) -> list[str]:
    """The texts that cells share."""
    if not part:
        return []
    found, length = [], 0
    for element in package.elements(part, ("si",)):
        text = string_of(element)
        length += len(text)
        if length > limits.max_characters:
            raise Refusal(too_long(limits.max_characters))
        found.append(text)
    return found


def _sheets(root: Element, package: Package, main: str, hidden: list[str]) -> list[tuple[str, str]]:
    """The names and parts of the sheets with cells that are shown; the names of the others go to `hidden`."""
    targets = {link.identifier: link.target for link in package.relations(main) if link.kind == "worksheet"}
    found = []
    sheets = child(root, "sheets")
    for sheet in sheets if sheets is not None else ():
        name = " ".join(sheet.get("name", "").split())
        part = next(
            (targets.get(str(value), "") for key, value in sheet.attrib.items() if str(key).endswith("}id")), ""
        )
        if not package.has(part):
            continue
        if sheet.get("state", "visible") in ("hidden", "veryHidden"):
            hidden.append(name)
        else:
            found.append((name, part))
    return found


@dataclass(slots=True)
class _Writer:
    """Writes sheets, and counts what is left out."""

    package: Package
    limits: Limits
    strings: list[str]
    formats: NumberFormats
    sheet: Sheet = field(init=False)
    hidden_sheets: list[str] = field(default_factory=list)
    _hidden_rows: int = 0
    _hidden_columns: int = 0
    _unfilled: int = 0
    _cells: int = 0
    _has_comments: bool = False

    def __post_init__(self) -> None:
        self.sheet = Sheet(self.limits.max_characters)

    def write(self, name: str, part: str) -> None:
        """Write one sheet: its name if any row follows, then its rows."""
        reader = RowReader(self.strings, self.formats)
        hidden: list[tuple[int, int]] = []
        is_named = False
        for element in self.package.elements(part, ("col", "row")):
            if local(element) == "col":
                if element.get("hidden") in _ON:
                    hidden.append(_stretch(element))
                    reader.hidden = hidden
                continue
            if element.get("hidden") in _ON:
                self._hidden_rows += len(element) > 0
                continue
            texts = reader.read(element)
            if not texts:
                continue
            if not is_named:
                self._name(name)
                is_named = True
            self._row(texts)
        self._hidden_columns += len(hidden)
        self._unfilled += reader.unfilled
        self._has_comments |= any(link.kind == "comments" for link in self.package.relations(part))

    def _name(self, name: str) -> None:
        self.sheet.gap()
        self.sheet.add(name, "headline")
        self.sheet.gap()

    def _row(self, texts: list[str]) -> None:
        self._cells += len(texts)
        if self._cells > self.limits.max_cells:
            raise Refusal(
                f"holds more than {self.limits.max_cells:,} cells; save the sheets or rows that matter as a file of their own"
            )
        if sum(map(len, texts)) > self.limits.max_characters:
            raise Refusal(too_long(self.limits.max_characters))
        is_sentence = sum(map(bool, texts)) == 1 and len(texts[-1]) >= _PROSE
        self.sheet.add(CELL_GAP.join(texts), "" if is_sentence else "row")

    def warnings(self) -> Warnings:
        found = []
        if self.hidden_sheets:
            found.append(("hidden-sheets", f"sheets that are hidden are not read: {', '.join(self.hidden_sheets)}"))
        if self._hidden_rows or self._hidden_columns:
            found.append(("hidden-cells", "rows and columns that are hidden are not read"))
        if self._unfilled:
            message = f"{self._unfilled} formulas have no stored value; open it in Excel and save it again"
            found.append(("formulas-without-values", message))
        if self._has_comments:
            found.append(("comments-left-out", "its comments are not read"))
        return tuple(found)


def _stretch(columns: Element) -> tuple[int, int]:
    first, last = columns.get("min", ""), columns.get("max", "")
    return (int(first[:9]), int(last[:9])) if first.isdecimal() and last.isdecimal() else (0, 0)
