"""From the bytes of a list to rows of cells: CSV in any usual encoding and with any usual separator, or Excel."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from handslag.reading.loading.encoding import decode, is_binary
from handslag_hub.store.errors import Refused

MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_BYTES = 20_000_000
_SEPARATORS = ";,\t|"
# Lines by which the separator is found out.
_TRIED = 50
_SECONDS = 60
_LONGEST_CELL = 20_000


@dataclass(frozen=True, slots=True)
class OpenList:
    """A list: its headers, and its rows with the line each stands in (in the file: 1 is the first)."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    told: str = ""


def open_list(name: str, content: bytes) -> OpenList:
    """The list in a file. Refused, saying why, for what is no list, or too large a one."""
    if len(content) > MOST_BYTES:
        raise Refused(_("%(name)s is larger than %(most)d MB. Split the list into smaller files.") % {"name": name, "most": MOST_BYTES // 10**6})  # fmt: skip
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        lines, told = _workbook_rows(name, content), "Excel"
    else:
        lines, told = _csv_rows(name, content)
    filled = [(number, tuple(cells)) for number, cells in lines if any(cell.strip() for cell in cells)]
    if not filled:
        raise Refused(_("%(name)s has no rows. The first row must have the names of the columns.") % {"name": name})
    headers = tuple(" ".join(cell.split()) for cell in filled[0][1])
    if len(headers) > MOST_COLUMNS:
        raise Refused(_("%(name)s has more than %(most)d columns.") % {"name": name, "most": MOST_COLUMNS})
    if len(filled) - 1 > MOST_ROWS:
        raise Refused(_("%(name)s has %(found)d rows; at most %(most)d are taken at once. Split the list.") % {"name": name, "found": len(filled) - 1, "most": MOST_ROWS})  # fmt: skip
    width = len(headers)
    rows = tuple((number, (cells + ("",) * width)[:width]) for number, cells in filled[1:])
    return OpenList(headers, rows, told)


def _csv_rows(name: str, content: bytes) -> tuple[list[tuple[int, list[str]]], str]:
    text, encoding, warnings = decode(content)
    if is_binary(text) or any(code == "damaged" for code, _message in warnings):
        raise Refused(_("%(name)s is neither CSV nor Excel. Save the list as CSV (UTF-8) or xlsx.") % {"name": name})
    separator = _separator_of(text)
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[tuple[int, list[str]]] = []
    try:
        begins = 1
        for cells in reader:
            rows.append((begins, [cell[:_LONGEST_CELL] for cell in cells]))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Refused(_("%(name)s, line %(line)d: cannot be read as CSV (%(error)s).") % {"name": name, "line": reader.line_num, "error": error}) from None  # fmt: skip
    return rows, f"CSV, {encoding}, {'tab' if separator == chr(9) else separator}"


def _separator_of(text: str) -> str:
    """The separator that cuts the first lines into most columns, the same number in most lines."""
    sample = "".join(text.splitlines(keepends=True)[:_TRIED])

    def fit(separator: str) -> tuple[float, int]:
        widths = [len(cells) for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=separator) if cells]
        if not widths or widths[0] == 1:
            return (0.0, 0)
        return (sum(width == widths[0] for width in widths) / len(widths), widths[0])

    return max(_SEPARATORS, key=fit)


def _workbook_rows(name: str, content: bytes) -> list[tuple[int, list[str]]]:
    """The first sheet that has cells; read in a process of its own that has little memory and time."""
    try:
        done = subprocess.run(  # noqa: S603  a program of ours; the file is on its standard input
            [sys.executable, "-I", str(Path(__file__).with_name("workbook_reader.py")), str(MOST_ROWS + 2), str(MOST_COLUMNS + 1), str(_LONGEST_CELL)],
            input=content, capture_output=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Refused(_("%(name)s takes too long to read. Save the list as CSV and bring that in.") % {"name": name}) from None  # fmt: skip
    if done.returncode:
        raise Refused(_("%(name)s cannot be read as an Excel workbook. Open it, save it again as xlsx or CSV, and bring that in.") % {"name": name})  # fmt: skip
    return [(number, cells) for number, cells in json.loads(done.stdout)]
