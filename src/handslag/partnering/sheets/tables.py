"""Workbooks and CSV files as tables of text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from handslag.partnering.bad_format import BadFormat

_SEPARATORS = ";,\t"


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name and rows of cells as text, the first of them the headings. Row n is line n + 1 of the sheet."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_tables(path: Path) -> list[Table]:
    """The sheets of a workbook (.xlsx, .xls, .ods), or each CSV file of a folder. BadFormat where it is neither; OSError."""
    if path.is_dir():
        return [_csv_table(file) for file in sorted(path.glob("*.csv"))]
    data = path.read_bytes()
    return list(_sheets(data, path.name))


def _sheets(data: bytes, name: str) -> Iterator[Table]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in book.sheet_names:
            rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            yield Table(sheet, tuple(tuple(map(cell_text, row)) for row in rows))
    except CalamineError as error:
        raise BadFormat("", "sheets_no_workbook", file=name, why=str(error)) from None


def _csv_table(file: Path) -> Table:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFormat(file.name, "not_utf8", byte=error.start + 1) from None
    heading = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=heading.count)
    # Lines may end as on any system: the csv module asks for them as they are.
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return Table(file.stem, tuple(tuple(cell.strip() for cell in row) for row in rows))
    except csv.Error as error:
        raise BadFormat(file.name, "sheets_no_csv", line=rows.line_num, why=str(error)) from None


def cell_address(sheet: str, line: int, column: int) -> str:
    """Where a cell is, as spreadsheets name it; both count from 1."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{sheet}, {letters}{line}"


def cell_text(value: Any) -> str:
    """A cell as people read it: a whole number without decimals, a time to the minute."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """Rows as CSV with semicolons, which spreadsheets of both languages open."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(rows)
    return out.getvalue()
