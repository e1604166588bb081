"""The template that `handslag plan --template` writes: a small worked example to type over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Font

from handslag.partnering.sheets.tables import Table, csv_text
from handslag.vocabulary.load import vocabulary

_COLUMNS = {
    "people": ("name", "organisation", "max_per_day", "max_in_a_row"),
    "requests": ("who", "with", "value"),
    "places": ("name", "count", "host"),
}


def template_tables(language: str) -> list[Table]:
    """The worked example's sheets, in Swedish or English."""
    words = vocabulary("event_sheets")
    example = words["example"]

    def called(group: str, key: str) -> str:
        return str(words[group][key][language][0])

    def table(sheet: str, rows: Sequence[Sequence[Any]]) -> Table:
        cells = (tuple(str(cell[language] if isinstance(cell, dict) else cell) for cell in row) for row in rows)
        return Table(called("sheets", sheet), tuple(cells))

    def listed(sheet: str) -> Table:
        return table(sheet, [[called("columns", column) for column in _COLUMNS[sheet]], *example[sheet]])

    away, times = words["away"][language][0], example["times"]
    grid = [[called("columns", "name"), *times]]
    grid += [[who, *(away if at in slots else "" for at in times)] for who, slots in example["away"].items()]
    return [listed("people"), table("availability", grid), listed("requests"), listed("places")]


def write_tables(tables: Sequence[Table], target: Path) -> None:
    """Writes a workbook (.xlsx), whole or not at all, or into a folder a CSV file for each sheet. OSError."""
    if target.suffix.lower() != ".xlsx":
        target.mkdir(parents=True, exist_ok=True)
        for table in tables:
            (target / f"{table.name.lower()}.csv").write_text(csv_text(table.rows), encoding="utf-8-sig")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.name)
        for row in table.rows:
            sheet.append([int(cell) if cell.isdecimal() else cell for cell in row])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "B2"
        for column in sheet.columns:
            sheet.column_dimensions[column[0].column_letter].width = 4 + max(
                len(str(cell.value or "")) for cell in column
            )
    # Under another name first: nobody ever opens half a workbook.
    unfinished = target.with_name(f".{target.name}.unfinished")
    book.save(unfinished)
    unfinished.replace(target)
