"""What is wrong with a file, and where: told in Swedish and English."""

from __future__ import annotations

from handslag.kernel.errors import HandslagError
from handslag.partnering.wording import sentence


class BadFormat(HandslagError):
    """A file that is not as its format has it.

    `place` leads to the value ("meetings[17].sides[0].any.count"), `named` is the id of what it belongs to, `key` and
    `values` are the text of `vocabulary/partnering_texts.yaml` that says what was found and what was expected.
    """

    def __init__(self, place: str, key: str, /, *, named: str | None = None, **values: object) -> None:
        self.place = place
        self.key = key
        self.named = named
        self.values = values
        super().__init__(place, key)

    def __str__(self) -> str:
        return self.in_language("en")

    def within(self, place: str, named: object = None, /) -> BadFormat:
        """The same, as part of what stands at `place`; an id already known stays."""
        joined = f"{place}{'' if not self.place or self.place.startswith('[') else '.'}{self.place}"
        known = self.named or (named if isinstance(named, str) else None)
        return BadFormat(joined, self.key, named=known, **self.values)

    def in_language(self, language: str) -> str:
        """One line: the place, the id, what is wrong."""
        words = sentence("format", self.key, self.values, language)
        where = f"{self.place} ({self.named})" if self.named and self.place else self.place
        return f"{where}: {words}" if where else words
