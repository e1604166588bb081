"""From the bytes of a list to rows of cells: CSV in any usual encoding and with any usual separator, or Excel."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from handslag.reading.loading.encoding import decode, is_binary
from handslag.reading.loading.signatures import looks_like
from handslag_hub.exchange.sheets.workbook_reader import TOO_MUCH
from handslag_hub.store.errors import Refused

MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_BYTES = 20_000_000
# In all cells of a workbook, which may be packed.
MOST_CHARACTERS = 50_000_000
_SEPARATORS = ";,\t|"
# Lines by which the separator is found out.
_TRIED = 50
_SECONDS = 60
# Characters of a cell that are kept, and of one that is read at all.
_LONGEST_CELL, _LONGEST_FIELD = 20_000, 1_000_000


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
    filled, count = _filled(lines)
    if not filled:
        raise Refused(_("%(name)s has no rows. The first row must have the names of the columns.") % {"name": name})
    headers = tuple(" ".join(cell.split()) for cell in filled[0][1])
    if len(headers) > MOST_COLUMNS:
        raise Refused(_("%(name)s has more than %(most)d columns.") % {"name": name, "most": MOST_COLUMNS})
    if count - 1 > MOST_ROWS:
        raise Refused(_("%(name)s has %(found)d rows; at most %(most)d are taken at once. Split the list.") % {"name": name, "found": count - 1, "most": MOST_ROWS})  # fmt: skip
    width = len(headers)
    rows = tuple((number, (cells + ("",) * width)[:width]) for number, cells in filled[1:])
    return OpenList(headers, rows, told)


def _filled(lines: Iterable[tuple[int, list[str]]]) -> tuple[list[tuple[int, tuple[str, ...]]], int]:
    """The rows that have words, as many as are taken, and how many there are: millions of empty ones are not kept."""
    found: list[tuple[int, tuple[str, ...]]] = []
    count = 0
    for number, cells in lines:
        if any(cell.strip() for cell in cells):
            count += 1
            if count <= MOST_ROWS + 1:
                # NUL is no character of a text, and PostgreSQL keeps none.
                found.append((number, tuple(cell.replace("\0", "") for cell in cells)))
    return found, count


def _csv_rows(name: str, content: bytes) -> tuple[Iterator[tuple[int, list[str]]], str]:
    text, encoding, warnings = decode(content)
    if is_binary(text) or looks_like(content) or any(code == "damaged" for code, _message in warnings):
        raise Refused(_("%(name)s is neither CSV nor Excel. Save the list as CSV (UTF-8) or xlsx.") % {"name": name})
    separator = _separator_of(text)
    return _csv_lines(name, text, separator), f"CSV, {encoding}, {'tab' if separator == chr(9) else separator}"


def _csv_lines(name: str, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    begins = 1
    try:
        for cells in reader:
            yield begins, [cell[:_LONGEST_CELL] for cell in cells[: MOST_COLUMNS + 1]]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Refused(_("%(name)s, line %(line)d: cannot be read as CSV (%(error)s).") % {"name": name, "line": reader.line_num, "error": error}) from None  # fmt: skip


def _separator_of(text: str) -> str:
    """The separator that cuts the first lines into most columns, the same number in most lines."""
    sample = "".join(islice(io.StringIO(text, newline=""), _TRIED))

    def fit(separator: str) -> tuple[float, int]:
        try:
            widths = [len(cells) for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=separator) if cells]
        except csv.Error:
            # Not by this one: it leaves a cell that is longer than any may be.
            return (0.0, 0)
        if not widths or widths[0] == 1:
            return (0.0, 0)
        return (sum(width == widths[0] for width in widths) / len(widths), widths[0])

    csv.field_size_limit(_LONGEST_FIELD)
    return max(_SEPARATORS, key=fit)


def _workbook_rows(name: str, content: bytes) -> list[tuple[int, list[str]]]:
    """The first sheet that has cells; read in a process of its own that has little memory and time."""
    try:
        done = subprocess.run(  # noqa: S603  a program of ours; the file is on its standard input
            [sys.executable, "-I", str(Path(__file__).with_name("workbook_reader.py")), str(MOST_ROWS + 2), str(MOST_COLUMNS + 1), str(_LONGEST_CELL), str(MOST_CHARACTERS)],
            input=content, capture_output=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Refused(_("%(name)s takes too long to read. Save the list as CSV and bring that in.") % {"name": name}) from None  # fmt: skip
    if done.returncode == TOO_MUCH:
        raise Refused(_("%(name)s is larger than %(most)d MB. Split the list into smaller files.") % {"name": name, "most": MOST_CHARACTERS // 10**6})  # fmt: skip
    if done.returncode:
        raise Refused(_("%(name)s cannot be read as an Excel workbook. Open it, save it again as xlsx or CSV, and bring that in.") % {"name": name})  # fmt: skip
    return [(number, cells) for number, cells in json.loads(done.stdout)]
