"""Shares printed in a table beside the amounts of its rows, worked out again from their total."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

_ROW: Final = re.compile(
    r"^(?P<label>[^\n\d][^\n]*?)[ \t]{2,}(?:[£€$]|SEK|EUR|DKK|NOK|USD)?[ \t]?(?P<amount>\d[\d  .,]*?)(?:[ \t]+\(?(?P<share>\d+(?:[.,]\d+)?)[  ]?%\)?)?[ \t]*$",
    re.MULTILINE,
)
_TOTAL: Final = re.compile(r"(?:totalt?|summa|sum|all|samtliga|tillsammans)\b", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:[  .,]\d{3})+")
_FEWEST: Final = 2
_SLACK: Final = 0.01  # of the total, for rounded amounts
_POINTS: Final = 1.5


class Row(NamedTuple):
    """A line of a table at `[start, end)`: its amount and its share in percent, None where none is printed."""

    start: int
    end: int
    label: str
    amount: float
    share: float | None


def wrong_shares(text: str) -> Iterator[tuple[Row, Row]]:
    """Rows whose printed share is not that of their amount in the total, each with the total's row.

    Only where the amounts of the rows add up to the total, so that the total is what the shares are of.
    """
    for row, total in rows_with_total(text):
        if row.share is not None and abs(row.share - 100 * row.amount / total.amount) > _POINTS:
            yield row, total


def rows_with_total(text: str) -> Iterator[tuple[Row, Row]]:
    """The rows of tables that add up to their total, each with the total's row."""
    for *rows, total in _tables(text):
        whole = sum(row.amount for row in rows)
        if not _TOTAL.match(total.label) or len(rows) < _FEWEST or total.amount <= 0:
            continue
        if abs(whole - total.amount) <= _SLACK * total.amount:
            yield from ((row, total) for row in rows)


def _tables(text: str) -> Iterable[list[Row]]:
    """Rows on lines that follow each other, up to a total."""
    rows: list[Row] = []
    for match in _ROW.finditer(text):
        if rows and text[rows[-1].end : match.start()].strip(" \t") != "\n":
            rows = []
        share = match["share"]
        row = Row(
            *match.span(), match["label"], _number(match["amount"]), float(share.replace(",", ".")) if share else None
        )
        rows.append(row)
        if _TOTAL.match(row.label):
            yield rows
            rows = []


def _number(printed: str) -> float:
    bare = printed.strip()
    if _THOUSANDS.fullmatch(bare):
        return float(re.sub(r"\D", "", bare))
    try:
        return float(re.sub(r"\s", "", bare).replace(",", "."))
    except ValueError:
        return float("nan")  # a row of several columns adds up to nothing
