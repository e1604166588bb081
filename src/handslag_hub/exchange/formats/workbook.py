"""Excel by openpyxl, written row by row; the same tables give the same bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.writer.excel import ExcelWriter

from handslag_hub.exchange.formats.guarding import begins_formula
from handslag_hub.exchange.tables import Column, Labels, Row
from handslag_hub.store.errors import Refused

# Of Excel (Specifications and limits): rows of a sheet, characters of a cell.
MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
# Dates of a file say when it was made; this one is made anew each time, so it says nothing.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_WIDTHS = {"day": 12, "number": 12, "text": 28}
# Words that Excel, or openpyxl for it, takes for an error value.
_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")


def write_workbook(
    file: IO[bytes], sheets: Iterable[tuple[str, Sequence[Column], Iterable[Row]]], labels: Labels | None
) -> None:
    """A workbook with a sheet for each table: its title, columns and rows. Refused where a sheet cannot hold the rows."""
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = dt.datetime(*_NO_TIME)  # noqa: DTZ001  stands for none
    for title, columns, rows in sheets:
        _write_sheet(book.create_sheet(title[:31]), columns, rows, labels)
    ExcelWriter(book, _TimelessZip(file, "w", ZIP_DEFLATED)).save()


def _write_sheet(sheet: WriteOnlyWorksheet, columns: Sequence[Column], rows: Iterable[Row], labels: Labels | None) -> None:  # fmt: skip
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[column.type]
    bold = Font(bold=True)
    header = []
    for column in columns:
        cell = WriteOnlyCell(sheet, str(column.header) if labels else column.key)
        cell.font = bold
        header.append(cell)
    sheet.append(header)
    for count, row in enumerate(rows, 2):
        if count > MOST_ROWS:
            raise Refused(_("An Excel sheet holds %(most)d rows, and there are more. Take CSV, or choose fewer.") % {"most": MOST_ROWS})  # fmt: skip
        sheet.append([_cell(sheet, column, row.get(column.key), labels) for column in columns])


def _cell(sheet: WriteOnlyWorksheet, column: Column, value: object, labels: Labels | None) -> object:
    if not isinstance(value, str):
        return value
    if labels and column.labels:
        value = labels[column.labels].get(value, value)
    value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
    if len(value) > MOST_CHARACTERS:
        value = value[: MOST_CHARACTERS - 1] + "…"
    if not begins_formula(value) and value not in _ERRORS:
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


class _TimelessZip(ZipFile):
    """A zip whose entries carry no time."""

    def writestr(self, name: str | ZipInfo, data: str | bytes, *args: object, **kwargs: object) -> None:
        super().writestr(_entry(str(name)), data, ZIP_DEFLATED)

    def write(self, filename: str, arcname: str | None = None, *args: object, **kwargs: object) -> None:
        with Path(filename).open("rb") as source, self.open(_entry(arcname or filename), "w", force_zip64=True) as target:  # fmt: skip
            while part := source.read(1 << 20):
                target.write(part)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _NO_TIME)
    entry.compress_type = ZIP_DEFLATED
    return entry
