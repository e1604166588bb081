"""The document's day: given, printed or from metadata, in the contract's order."""

from __future__ import annotations

from typing import NamedTuple

from handslag.kernel.errors import BadPeriod
from handslag.kernel.periods import precision
from handslag.language.dates import find_page_day
from handslag.reading.loading import LoadedDocument
from handslag.reading.results import Notice


class DocumentDay(NamedTuple):
    """The day on which the document was said: ISO period or "", its precision, how it is known, what the page prints."""

    said_on: str
    precision: str
    basis: str
    printed: str

    @property
    def iso_day(self) -> str:
        """The day to count from, "" if only a month or year is known: counted from its first day, "yesterday" would be wrong."""
        return self.said_on if self.precision == "day" else ""


def document_day(
    loaded: LoadedDocument, language: str, said_on: str | None, said_on_is_fallback: bool
) -> tuple[DocumentDay, list[Notice]]:
    """The day by the contract's order, and a warning where the given and the printed day differ.

    `said_on` comes before everything for a single file; with `said_on_is_fallback` only where the page gives none.
    BadPeriod where it is neither a day nor a month or year.
    """
    lines = loaded.text.split("\n")
    # The days in a message's text are as often those of the earlier messages that it quotes.
    is_sent = loaded.format == "eml" and loaded.metadata_day != ""
    found = None if is_sent else find_page_day(lines, language)
    printed_words = lines[found.line][found.mention.start : found.mention.end] if found else ""
    printed = found.period if found else ""
    candidates = [("given", loaded.given_day), ("printed", printed), ("metadata", loaded.metadata_day)]
    if said_on is not None:
        if _precision(said_on) == "unknown":
            raise BadPeriod(f"said_on is {said_on!r}, expected a day as YYYY-MM-DD, or a month or year")
        candidates.insert(len(candidates) if said_on_is_fallback else 0, ("given", said_on))
    basis, day = next(((basis, day) for basis, day in candidates if day), ("unknown", ""))
    notices = []
    if basis == "given" and printed and printed != day:
        notices.append(
            Notice("day-differs", f"the given day {day} differs from the day that the page prints, {printed}")
        )
    return DocumentDay(day, _precision(day), basis if day else "unknown", printed_words), notices


def _precision(day: str) -> str:
    if not day:
        return "unknown"
    try:
        found = precision(day)
    except BadPeriod:
        return "unknown"
    return found if found in ("day", "month", "year") else "unknown"
