"""What a page shows of a capitalised word in all the places where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from handslag.language.tokens import Token
from handslag.reading.features import Word
from handslag.reading.page import Page

# small words within a name: "Ludwig van Beethoven", "Falk & Wessman"
_PARTICLES = frozenset("von van der den de af al el le la di da del dos ibn bin ter ten zu du mac st & + y".split())


@dataclass(slots=True)
class Occurrences:
    """Counts by stem over the whole page, furniture and all: capitals, places inside sentences, words that follow."""

    capitals: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    small: set[str] = field(default_factory=set)
    with_body_word: set[str] = field(default_factory=set)
    with_given_name: set[str] = field(default_factory=set)
    before_bracket: set[str] = field(default_factory=set)
    after_role: set[str] = field(default_factory=set)

    def add_features(self, words: Sequence[Word], first: int, last: int, found: list[list[str]]) -> None:
        """Adds to `found` what the page shows elsewhere of the capitalised words `[first, last)`, a run of a sentence."""
        for k in range(first, last):
            word, row = words[k], found[k]
            stem = word.stem
            others = self.capitals[stem] - 1
            if others > 0:
                row.append("pg:n" + str(min(4, others)))
                if stem in self.with_body_word:
                    row.append("pg:org")
                if stem in self.with_given_name:
                    row.append("pg:per")
                if k + 1 < last and words[k + 1].is_capital and word.is_capital:
                    row.append("bg+" if self.pairs[stem, words[k + 1].stem] > 1 else "bk+" + self._again(words[k + 1]))
            if k > first and words[k - 1].is_capital and word.is_capital and self.capitals[words[k - 1].stem] > 1:
                row.append("bg-" if self.pairs[words[k - 1].stem, stem] > 1 else "bk-" + self._again(word))
            if self.inside[stem] > (1 if k else 0):
                row.append("pg:mid")
            if stem in self.before_bracket:
                row.append("pg:par")
            if stem in self.after_role:
                row.append("pg:role")
            if word.low in self.small:
                row.append("pg:lower")

    def _again(self, word: Word) -> str:
        return "2" if self.capitals[word.stem] > 1 else ""


def run_end(words: Sequence[Word], tokens: Sequence[Token], first: int, last: int) -> int:
    """The end of the run of capitalised words that begins at `first`; particles and dots of initials are within."""
    i = first + 1
    while i < last:
        if not words[i].is_capital:
            within = words[i].low in _PARTICLES or (words[i].low == "." and len(words[i - 1].low) == 1)
            if not within or i + 1 >= last or not words[i + 1].is_capital:
                break
        i += 1
    return i


def occurrences_of(page: Page, words: Sequence[Word]) -> Occurrences:
    """Where the capitalised words of the page stand; `words` are those of its tokens."""
    seen = Occurrences()
    for sentence in page.sentences:
        i = sentence.first
        while i < sentence.last:
            word = words[i]
            if word.is_capital:
                stop = run_end(words, page.tokens, i, sentence.last)
                _count_run(seen, page, words, i, stop, sentence.first)
                i = stop
            else:
                if word.low[0].isalpha():
                    seen.small.add(word.low)
                i += 1
    return seen


def _count_run(seen: Occurrences, page: Page, words: Sequence[Word], first: int, last: int, begin: int) -> None:
    """Counts the run of capitalised words `[first, last)` of the sentence that starts at `begin`."""
    run = words[first:last]
    stems = [word.stem for word in run]
    seen.capitals.update(stems)
    seen.inside.update(stems if first > begin else stems[1:])
    if last - first > 1:
        seen.pairs.update(pairwise(stems))
        if "first name" in run[0].classes:
            seen.with_given_name.update(stems)
    if any(name == "legal" or name.startswith(("org", "-org")) for word in run for name in word.classes):
        seen.with_body_word.update(stems)
    if last < len(page.tokens) and page.tokens[last].form == "(":
        seen.before_bracket.add(stems[-1])
    if first > begin and ("role" in words[first - 1].classes or "-role" in words[first - 1].classes):
        seen.after_role.add(stems[0])
