"""Which persons a phrase can concern: those named near it, so that not every person is weighed against every phrase."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from handslag.reading.facts.people.nearby import COLUMN_BLOCKS, MOST_MENTIONS
from handslag.reading.names.people import Person
from handslag.reading.page import Page

# a phrase is looked at for a person if it stands within so many sentences of the name, or so many tokens
FURTHEST, FURTHEST_TOKENS = 4, 12
# a sentence may be as long as a page; nobody is looked for so many tokens away
_MOST_TOKENS = 800
# how many persons of the nearest on each side are compared wherever they stand: who is nearest, and who is next
_NEIGHBOURS = 2


class PeopleAround:
    """The persons of a page by where they are named."""

    def __init__(self, page: Page, people: Sequence[Person]) -> None:
        self._page = page
        places = sorted(
            (m.first, m.last, k) for k, person in enumerate(people) for m in person.mentions[:MOST_MENTIONS]
        )
        self._firsts = [first for first, _, _ in places]
        self._numbers = [number for _, _, number in places]
        self._longest = max((last - first for first, last, _ in places), default=0)

    def of(self, span: tuple[int, int]) -> list[int]:
        """The numbers, rising, of the persons within reach of tokens `span`, and of the nearest ones on either side."""
        first, last = self._tokens_in_reach(span)
        begin, end = bisect_left(self._firsts, first), bisect_left(self._firsts, last)
        found = set(self._numbers[begin:end])
        for side in (range(begin - 1, -1, -1), range(end, len(self._firsts))):
            more: set[int] = set()
            for place in side:
                more.add(self._numbers[place])
                if len(more) == _NEIGHBOURS:
                    break
            found |= more
        return sorted(found)

    def _tokens_in_reach(self, span: tuple[int, int]) -> tuple[int, int]:
        page = self._page
        sentences = page.sentences
        here = sentences[page.sentence_of[span[0]]]
        low, high = here.number - FURTHEST, here.number + FURTHEST
        if here.is_row:  # a column's cells may be many cells away
            low = min(low, bisect_left(sentences, here.block - COLUMN_BLOCKS, key=lambda sentence: sentence.block))
            high = max(
                high, bisect_right(sentences, here.block + COLUMN_BLOCKS, key=lambda sentence: sentence.block) - 1
            )
        first, last = sentences[max(0, low)].first, sentences[min(high, len(sentences) - 1)].last
        low_end, high_end = span[0] - FURTHEST_TOKENS - self._longest, span[1] + FURTHEST_TOKENS + 1
        return max(span[0] - _MOST_TOKENS, min(first, low_end)), min(span[1] + _MOST_TOKENS, max(last, high_end))
