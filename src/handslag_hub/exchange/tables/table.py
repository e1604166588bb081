"""What a table is: columns with stable keys and headers in two languages, and rows in the order of their addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils import translation
from django.utils.translation import gettext as _

from handslag.vocabulary.load import vocabulary
from handslag_hub.exchange.full_facts import BY_HAND
from handslag_hub.exchange.selection import Selection
from handslag_hub.following.queries.states import CONFIRMED, PROPOSED, TOLD
from handslag_hub.store.models import Status
from handslag_hub.store.models.documents import Visibility

Cell = str | int | float | date | None
Row = dict[str, Cell]
Type = Literal["text", "day", "number"]
# Between several values of one column.
JOINED = "; "
# List of labels → key → what people read.
Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key stays the same, its header is in the reader's language. `labels` names the closed list of its values, if any."""

    key: str
    header: str
    type: Type = "text"
    labels: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `rows(selection, base)` gives its rows, `base` being what the hub's addresses begin with."""

    key: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[Selection, str], Iterator[Row]]
    # The kind of fact it lists, "" for other things.
    kind: str = ""


def labels_in(language: str) -> Labels:
    """What keys of closed lists are called in a language."""
    language = "sv" if language == "sv" else "en"
    found: dict[str, dict[str, str]] = {
        name: {key: words[language] for key, words in keys.items()} for name, keys in vocabulary("labels").items()
    }
    with translation.override(language):
        found["status"] = {str(status): str(status.label) for status in Status}
        found["word_status"] = {CONFIRMED: _("confirmed"), PROPOSED: _("proposed"), TOLD: _("told directly")}
        found["settled"] = {"1": _("yes"), "0": _("no")}
        found["read_by"] = {BY_HAND: _("by hand")}
        found["visibility"] = {str(level.value): str(level.label) for level in Visibility}
    return found
