"""How near two spans of a page stand to each other, in words that judges of links can use."""

from __future__ import annotations

from dataclasses import dataclass

from handslag.reading.page import Page


@dataclass(frozen=True, slots=True)
class Relation:
    """How span `b` stands to span `a`: `side` "before" or "after", sentences and tokens between, the tokens in between."""

    side: str
    sentences: int
    tokens: int
    first: int
    last: int

    @property
    def cost(self) -> int:
        """A distance to find the nearest by: sentences weigh as much as twelve tokens."""
        return 12 * self.sentences + self.tokens


def relation(page: Page, a: tuple[int, int], b: tuple[int, int]) -> Relation:
    """The relation of token span `b` to token span `a`."""
    if b[0] >= a[1]:
        side, first, last = "after", a[1], b[0]
    elif b[1] <= a[0]:
        side, first, last = "before", b[1], a[0]
    else:
        return Relation("within", 0, 0, b[0], b[0])
    sentences = abs(page.sentence_of[b[0]] - page.sentence_of[a[0]])
    return Relation(side, sentences, last - first, first, last)
