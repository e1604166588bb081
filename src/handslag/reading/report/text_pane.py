"""The text as it was read: lines with their zones in the margin, and every passage marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handslag.kernel.markup import Html, join, tag
from handslag.reading.report.canvas import Canvas
from handslag.reading.report.passages import Piece
from handslag.reading.report.wording import counted, label, sentence
from handslag.reading.results import LineFact, Reading

# A browser lays out only the blocks in view; none may grow so long that this helps no more.
LONGEST_BLOCK = 60


def passage_id(prefix: str, start: int) -> str:
    """The address in the page of the passage that begins at an offset."""
    return f"{prefix}-t{start}"


def text_pane(
    canvas: Canvas, reading: Reading, prefix: str, pieces: Sequence[Piece], kinds: dict[str, str], weak: set[str]
) -> Html:
    """The whole text; `kinds` tells of each fact's id to which list it belongs, `weak` holds those shown on demand."""
    if not reading.text.strip():
        return canvas.say(sentence("document", "no_text"), "p", class_="none")
    writer = _LineWriter(reading, prefix, pieces, kinds, weak)
    return join(_block(canvas, block, writer, reading.document.language) for block in _blocks(reading.lines))


@dataclass(frozen=True, slots=True)
class _Block:
    zone: str
    lines: list[LineFact]
    continued: bool


def _blocks(lines: Iterable[LineFact]) -> Iterator[_Block]:
    """Consecutive lines of one zone; an empty line stays with the lines before it."""
    current: list[LineFact] = []
    zone, continued = "", False
    for line in lines:
        changes = bool(line.zone) and line.zone != zone
        if current and ((changes and zone) or len(current) >= LONGEST_BLOCK):
            yield _Block(zone, current, continued)
            current, continued = [], not changes
        if changes:
            zone = line.zone
        current.append(line)
    if current:
        yield _Block(zone, current, continued)


def _block(canvas: Canvas, block: _Block, writer: _LineWriter, language: str) -> Html:
    lines = tag("div", *map(writer.line, block.lines), class_="lines", lang=language or None)
    name = label("zone", block.zone)
    class_ = f"zone z-{block.zone or 'none'}"
    if block.zone == "furniture":
        printed = sum(1 for line in block.lines if line.zone)
        summary = canvas.say(counted("", printed, "zone_lines", zone=name), "summary")
        return tag("details", summary, lines, class_=class_)
    margin = canvas.say(name, "span", class_="margin", hidden=block.continued) if block.zone else None
    return tag("div", margin, lines, class_=class_)


class _LineWriter:
    """Writes lines one after the other, going through the pieces once."""

    def __init__(
        self, reading: Reading, prefix: str, pieces: Sequence[Piece], kinds: dict[str, str], weak: set[str]
    ) -> None:
        self._text = reading.text
        self._language = reading.document.language
        self._prefix = prefix
        self._pieces = pieces
        self._next = 0
        self._kinds = kinds
        self._weak = weak

    def line(self, line: LineFact) -> Html:
        parts: list[str | Html] = []
        at = line.start
        while self._next < len(self._pieces) and self._pieces[self._next].start < line.end:
            piece = self._pieces[self._next]
            start, end = max(piece.start, line.start), min(piece.end, line.end)
            if start < end:
                parts += [self._text[at:start], self._mark(piece, start, end)]
                at = end
            if piece.end > line.end:
                break
            self._next += 1
        parts.append(self._text[at : line.end])
        language = line.language if line.language and line.language != self._language else None
        return tag("div", *parts, class_="line", data_n=str(line.line), lang=language)

    def _mark(self, piece: Piece, start: int, end: int) -> Html:
        kinds = {self._kinds.get(fact, "") for fact in piece.facts}
        classes = [
            "c" if "commitments" in kinds else "",
            "cue" if piece.cue else "",
            "w" if all(fact in self._weak for fact in piece.facts) else "",
        ]
        return tag(
            "mark",
            self._text[start:end],
            id=passage_id(self._prefix, start) if start == piece.start else None,
            class_=" ".join(filter(None, classes)) or None,
            data_f=" ".join(f"{self._prefix}-{fact}" for fact in piece.facts),
        )
