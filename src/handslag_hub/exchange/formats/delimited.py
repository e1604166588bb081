"""CSV by RFC 4180: commas, quotes doubled, CRLF, UTF-8; row by row, so that no table is ever in memory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from handslag_hub.exchange.formats.guarding import guarded
from handslag_hub.exchange.tables import Column, Labels, Row

# Excel takes a file for UTF-8 only behind this mark.
MARK = "\ufeff"


class _Line:
    """What csv writes to: gives the line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(columns: Iterable[Column], rows: Iterable[Row], labels: Labels | None, *, mark: bool) -> Iterator[str]:
    """The header and the rows, a line each. With `labels` headers and keys are what people read, without them they stay keys."""
    shown = list(columns)
    write = csv.writer(_Line(), lineterminator="\r\n").writerow
    yield (MARK if mark else "") + write([str(column.header) if labels else column.key for column in shown])
    for row in rows:
        yield write([_words(column, row.get(column.key), labels) for column in shown])


def csv_row(cells: Iterable[str]) -> str:
    """One line, its cells guarded."""
    return csv.writer(_Line(), lineterminator="\r\n").writerow([guarded(cell) for cell in cells])


def _words(column: Column, value: object, labels: Labels | None) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    if labels and column.labels:
        value = labels[column.labels].get(value, value)
    return guarded(value)
