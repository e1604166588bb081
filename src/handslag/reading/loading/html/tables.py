"""Tables that hold data, told from tables that only lay out a page."""

from __future__ import annotations

from lxml.etree import _Element as Element

from handslag.reading.loading.html.marks import HEADINGS
from handslag.reading.loading.html.weights import Weights

_LONGEST_CELL = 500
_LONGEST_ANSWER = 150
_NOT_IN_A_CELL = HEADINGS | frozenset("form nav article section main header footer blockquote".split())
_NOT_IN_AN_ANSWER = HEADINGS | frozenset("p ul ol table dl blockquote article section".split())


def is_data_table(table: Element, weights: Weights) -> bool:
    """True if the rows and columns of a `table` mean something: its cells are then shown row by row."""
    if table.get("role", "").lower() in ("presentation", "none") or weights[table].holds_table:
        return False
    widest = 0
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        widest = max(widest, len(cells))
        if any(weights[cell].characters > _LONGEST_CELL for cell in cells):
            return False
    return widest >= 2 and next(table.iter(*_NOT_IN_A_CELL), None) is None


def is_list_of_pairs(names: Element, weights: Weights) -> bool:
    """True if a `dl` is a card of names and short values ("Sponsor: …"), shown one pair a line."""
    values = [child for child in names if child.tag == "dd"]
    if not values or any(weights[value].characters > _LONGEST_ANSWER for value in values):
        return False
    return all(inner is names for inner in names.iter(*_NOT_IN_AN_ANSWER))
