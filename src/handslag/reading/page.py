"""A page as the readers see it: lines, blocks, tokens in reading order, sentences."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from handslag.kernel.passages import Passage, passage_of
from handslag.language.sentences import sentence_ends
from handslag.language.tokens import UNSEEN, Token, tokens_of
from handslag.reading.layout import Block, Line, blocks_of, lines_of


@dataclass(slots=True)
class Sentence:
    """A sentence, heading or cell: tokens `[first, last)` of the page; `block` is its block's number, `cell` its place in a row."""

    number: int
    first: int
    last: int
    line: int
    block: int
    cell: int = 0
    is_row: bool = False
    zone: str = ""
    language: str = ""


@dataclass(slots=True)
class Page:
    """A text with its lines, blocks, tokens (in reading order) and sentences; zones and languages are filled in by `zones`."""

    text: str
    lines: list[Line]
    blocks: list[Block]
    tokens: list[Token]
    sentences: list[Sentence]
    sentence_of: list[int]
    zones: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    language: str = ""
    line_starts: list[int] = field(default_factory=list)

    def line_at(self, offset: int) -> int:
        """The index (from 0) of the line that holds the character at `offset`."""
        return bisect_right(self.line_starts, offset) - 1

    def zone_at(self, offset: int) -> str:
        return self.zones[self.line_at(offset)] if self.zones else ""

    def passages(self, first: int, last: int) -> list[Passage]:
        """The passages of tokens `[first, last)`: one, or several where columns or cells lie between."""
        found = []
        start = first
        for i in range(first + 1, last + 1):
            if i == last or not self._adjoins(i - 1, i):
                begin, end = self.tokens[start].start, self.tokens[i - 1].end
                found.append(passage_of(self.text, begin, end, self.zone_at(begin)))
                start = i
        return found

    def _adjoins(self, i: int, j: int) -> bool:
        end, start = self.tokens[i].end, self.tokens[j].start
        between = self.text[end:start]
        return end <= start and (between in {"", " "} or not any(c not in UNSEEN and not c.isspace() for c in between))

    def words(self, first: int, last: int) -> str:
        """Tokens `[first, last)` as plain text: line ends become spaces, words broken at a line's end are joined."""
        parts: list[str] = []
        for i in range(first, last):
            token = self.tokens[i]
            if parts:
                before = self.tokens[i - 1]
                hyphen = self._hyphen_at_line_end(before, token)
                if hyphen and token.form[:1].islower() and token.form not in ("och", "eller", "and", "or"):
                    parts[-1] = parts[-1].removesuffix(hyphen)
                elif before.end != token.start:
                    parts.append(" ")
            parts.append(token.form)
        return "".join(parts)

    def _hyphen_at_line_end(self, before: Token, after: Token) -> str:
        """The hyphen by which a line's end breaks the word of both tokens, soft or hard; "" if none does."""
        last = self.text[before.end - 1]
        return last if last in "-\u00ad" and "\n" in self.text[before.end : after.start] else ""

    def sentence_text(self, sentence: Sentence) -> str:
        return self.words(sentence.first, sentence.last)


def page_of(text: str) -> Page:
    """The page of a text, without zones and languages."""
    lines = lines_of(text)
    blocks = blocks_of(text, lines)
    starts = [line.start for line in lines]
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    sentence_of: list[int] = []
    for number, block in enumerate(blocks):
        if block.is_row:
            for cell, (start, end) in enumerate(block.fragments):
                first = len(tokens)
                tokens.extend(tokens_of(text, start, end))
                _add(sentences, sentence_of, tokens, starts, first, len(tokens), number, cell, True)
        else:
            first = len(tokens)
            for start, end in block.fragments:
                tokens.extend(tokens_of(text, start, end))
            for last in sentence_ends(tokens, first, len(tokens)):
                _add(sentences, sentence_of, tokens, starts, first, last, number, 0, False)
                first = last
    return Page(text, lines, blocks, tokens, sentences, sentence_of, line_starts=starts)


def _add(
    sentences: list[Sentence],
    sentence_of: list[int],
    tokens: list[Token],
    starts: list[int],
    first: int,
    last: int,
    block: int,
    cell: int,
    is_row: bool,
) -> None:
    if last > first:
        line = bisect_right(starts, tokens[first].start) - 1
        sentence_of.extend([len(sentences)] * (last - first))
        sentences.append(Sentence(len(sentences), first, last, line, block, cell, is_row))
