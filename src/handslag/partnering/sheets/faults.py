"""All that is wrong with an event's sheets, told at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from handslag.partnering.bad_format import BadFormat
from handslag.partnering.wording import sentence

_MOST = 30


class BadSheets(BadFormat):
    """Several faults of one event; place and key are those of the first."""

    def __init__(self, faults: Sequence[BadFormat]) -> None:
        super().__init__(faults[0].place, faults[0].key, named=faults[0].named, **faults[0].values)
        self.faults = tuple(faults)

    def in_language(self, language: str) -> str:
        """A line for each fault, as many as can be mended at one go."""
        lines = [fault.in_language(language) for fault in self.faults[:_MOST]]
        if len(self.faults) > _MOST:
            lines.append(sentence("format", "sheets_more", {"n": len(self.faults) - _MOST}, language))
        return "\n".join([sentence("format", "sheets_faults", {"n": len(self.faults)}, language), *lines])


class Faults:
    """Those found so far, in the order of reading."""

    def __init__(self) -> None:
        self._found: list[BadFormat] = []

    def add(self, fault: BadFormat) -> None:
        """Goes on reading after it."""
        self._found.append(fault)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """What is raised within is kept, and reading goes on behind."""
        try:
            yield
        except BadFormat as fault:
            self._found.append(fault)

    def raise_if_any(self) -> None:
        """BadFormat: the one fault as it is, several as BadSheets."""
        if len(self._found) == 1:
            raise self._found[0]
        if self._found:
            raise BadSheets(self._found)
