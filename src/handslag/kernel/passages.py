"""Passages: the exact places in a text on which facts rest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a document's text: `text[start:end] == quote`, offsets in Unicode code points, `[start, end)`."""

    start: int
    end: int
    quote: str
    zone: str = ""

    def holds_in(self, text: str) -> bool:
        """True if the passage is found verbatim in `text`."""
        return 0 <= self.start < self.end <= len(text) and text[self.start : self.end] == self.quote


def passage_of(text: str, start: int, end: int, zone: str = "") -> Passage:
    """The passage `text[start:end]`, trimmed of white space at both ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Passage(start, end, text[start:end], zone)
