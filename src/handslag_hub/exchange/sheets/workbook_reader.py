"""Run as a program: an Excel workbook on standard input, the rows of its first sheet with cells as JSON on standard output.

A process of its own, because a small file can unpack to any size.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook

try:
    import resource
except ImportError:
    # Not on Windows.
    resource = None

_MEMORY = 1 << 30
# The status where the cells have more characters than are taken.
TOO_MUCH = 3


def words_of(cell: object, longest: int) -> str:
    """A cell as people would write it: days as 2026-10-08, whole numbers without a decimal point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, bool | timedelta):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[:longest]


def main() -> None:
    """Reads and writes once."""
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most_rows, most_columns, longest, most_characters = (int(argument) for argument in sys.argv[1:5])
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    for name in book.sheet_names:
        rows, characters = [], 0
        for number, cells in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1):
            if any(cell != "" for cell in cells):
                rows.append((number, [words_of(cell, longest) for cell in cells[:most_columns]]))
                characters += sum(len(cell) for cell in rows[-1][1])
                if characters > most_characters:
                    sys.exit(TOO_MUCH)
            if len(rows) >= most_rows:
                break
        if rows:
            json.dump(rows, sys.stdout)
            return
    json.dump([], sys.stdout)


if __name__ == "__main__":
    main()
