"""Lines of a page joined into paragraphs; lists, tables and headings stay as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from handslag.reading.loading.document import Tag
from handslag.reading.loading.pdf.columns import Band
from handslag.reading.loading.pdf.hyphens import ends_in_hyphen
from handslag.reading.loading.pdf.rows import LIST_MARK, Piece, Row
from handslag.reading.loading.sheet import CELL_GAP

_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*\Z")
_DASH_QUOTE = re.compile(r"[–—-]\s+[\"”“']?[A-ZÅÄÖÉ]")
_NOTE = re.compile(r"\(?[\d*†¹²³⁰-⁹]{1,3}\)?\s?[^\s\d]")
_SMALLER = 0.92
_LARGER = 1.18
_MUCH_LARGER = 1.35
"""From this many times the body's letter height a line is a heading: bold, and not bold."""
_LONG_LINE = 40
_LONGEST_HEADING = 250
_LONGEST_BOLD_HEADING = 90


@dataclass(slots=True)
class Paragraph:
    """Lines that make one block of the text, and what the next line needs to know to go on with it."""

    lines: list[str]
    tag: Tag = ""
    pieces: list[Piece] = field(default_factory=list)
    right_edge: float = 0.0
    gap_before: bool = False

    @property
    def is_full(self) -> bool:
        """True if the last line reaches the column's right edge, or nearly."""
        last = self.pieces[-1]
        return last.right >= self.right_edge - 0.15 * (self.right_edge - last.left) - last.size

    def goes_on_with(self, other: Paragraph) -> bool:
        """True if `other`, in the next column or on the next page, is the rest of this paragraph."""
        if not self.pieces or not other.pieces or self.tag in ("headline", "table") or other.tag not in ("", self.tag):
            return False
        start = other.lines[0]
        if not (start[:1].islower() or start[:1].isdigit()) or not _is_alike(self.pieces[-1], other.pieces[0]):
            return False
        if ends_in_hyphen(self.lines[-1]):
            return True
        return not _SENTENCE_END.search(self.lines[-1]) and not _would_fit(
            other.pieces[0], self.pieces[-1], self.right_edge
        )

    def absorb(self, other: Paragraph) -> None:
        """Take over the lines of the rest of this paragraph."""
        self.lines += other.lines
        self.pieces += other.pieces
        self.right_edge = other.right_edge


def body_size(rows: Iterable[Row]) -> float:
    """The letter height in which most of a document is set."""
    sizes: Counter[float] = Counter()
    for row in rows:
        for piece in row:
            sizes[round(piece.size * 2) / 2] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def count_notes(paragraphs: Sequence[Paragraph], body: float) -> int:
    """How many paragraphs at a page's end are footnotes: set smaller, the first with a note's mark."""
    count = 0
    for number, paragraph in enumerate(reversed(paragraphs), 1):
        if not paragraph.pieces or paragraph.pieces[0].size > _SMALLER * body:
            break
        if _NOTE.match(paragraph.lines[0]):
            count = number
    return count


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where the lines of a band end, and whether most of them go on with a sentence."""

    right_edge: float
    is_prose: bool


def _shape_of(band: Band) -> _Shape:
    lines = [row[0] for row in band.rows if len(row) == 1]
    longest = max((piece.right for piece in lines), default=band.right)
    left = min((piece.left for piece in lines), default=0.0)
    full = sum(1 for piece in lines if piece.right >= longest - 0.1 * (longest - left))
    is_column = full >= max(3, 0.3 * len(lines))
    following = [piece for piece in lines[1:] if not LIST_MARK.fullmatch(piece.words[0].text)]
    lower = sum(1 for piece in following if piece.text[0].islower())
    is_prose = len(following) >= 3 and lower >= 0.3 * len(following)
    return _Shape(longest if is_column and is_prose else max(longest, band.right), is_prose)


def paragraphs_of(band: Band, body: float) -> list[Paragraph]:
    """The paragraphs of a band that is no table."""
    shape = _shape_of(band)
    leading = _leading(band.rows)
    tag: Tag = "table" if sum(1 for row in band.rows if len(row) > 1) > 1 else ""
    found: list[Paragraph] = []
    base = band.rows[0][0].base if band.rows else 0.0
    for row in band.rows:
        step, base = row[0].base - base, row[0].base
        is_apart = step > 1.35 * leading or not found
        if len(row) > 1:
            found.append(Paragraph([CELL_GAP.join(piece.text for piece in row)], tag, gap_before=is_apart))
        elif found and not is_apart and _continues(found[-1], row[0], shape, body):
            found[-1].lines.append(row[0].text)
            found[-1].pieces.append(row[0])
        else:
            found.append(Paragraph([row[0].text], _tag_of(row[0], body), [row[0]], shape.right_edge, is_apart))
    for paragraph in found:
        if paragraph.tag == "headline" and sum(len(line) for line in paragraph.lines) > _LONGEST_HEADING:
            paragraph.tag = ""
    return found


def _leading(rows: Sequence[Row]) -> float:
    """The usual step from line to line, at most what is still one paragraph."""
    height = median([row[0].size for row in rows]) if rows else 10.0
    steps = [after[0].base - before[0].base for before, after in pairwise(rows)]
    close = [step for step in steps if 0 < step <= 2.2 * height]
    return median(close) if len(close) >= 3 else 1.35 * height


def _continues(paragraph: Paragraph, piece: Piece, shape: _Shape, body: float) -> bool:
    """True if the line `piece`, right below, goes on with the paragraph."""
    if not paragraph.pieces or not _is_alike(paragraph.pieces[-1], piece):
        return False
    before = paragraph.pieces[-1]
    if _begins_item(piece) and not _is_mark_inside(paragraph, piece):
        return False
    if ends_in_hyphen(before.text) and piece.text[0].islower():
        return True
    if paragraph.tag == "headline" and piece.size >= _LARGER * body:
        available = shape.right_edge - min(before.left, piece.left)
        return piece.text[0].islower() or before.right - before.left > 0.55 * available
    if not _is_indented_alike(paragraph, piece):
        return False
    if not (shape.is_prose or piece.text[0].islower() or len(before.text) >= _LONG_LINE):
        return False
    return not _would_fit(piece, before, shape.right_edge)


def _would_fit(piece: Piece, before: Piece, right_edge: float) -> bool:
    """True if the first word of `piece` would have had room on the line before: the line's end was meant."""
    width = piece.words[0].right - piece.words[0].left
    return before.right + 0.25 * before.size + width + 0.8 * before.size <= right_edge


def _is_alike(before: Piece, after: Piece) -> bool:
    return abs(before.size - after.size) <= 0.08 * before.size and before.is_bold == after.is_bold


def _begins_item(piece: Piece) -> bool:
    return len(piece.words) > 1 and LIST_MARK.fullmatch(piece.words[0].text) is not None


def _is_mark_inside(paragraph: Paragraph, piece: Piece) -> bool:
    """True for a dash or number that goes on with a sentence, not one that begins an item or what somebody says."""
    is_bullet = piece.words[0].text[-1] not in ".)–—-"
    if is_bullet or _begins_item(paragraph.pieces[0]) or _DASH_QUOTE.match(piece.text):
        return False
    return paragraph.is_full and not _SENTENCE_END.search(paragraph.lines[-1])


def _is_indented_alike(paragraph: Paragraph, piece: Piece) -> bool:
    """True if the line's left edge is the paragraph's, whose first line may stand farther in or, in a list, out."""
    shift = piece.left - paragraph.pieces[-1].left
    near = 0.8 * piece.size
    if len(paragraph.pieces) > 1 or abs(shift) < near:
        return abs(shift) < near
    if shift > 0:
        return bool(LIST_MARK.fullmatch(paragraph.pieces[0].words[0].text)) and shift < 6 * piece.size
    return -shift < 5 * piece.size


def _tag_of(piece: Piece, body: float) -> Tag:
    text = piece.text
    if piece.size >= (_LARGER if piece.is_bold else _MUCH_LARGER) * body:
        return "headline"
    if _begins_item(piece):
        is_speech = _DASH_QUOTE.match(text) and piece.words[0].text in "–—"
        is_section = "." in piece.words[0].text.strip(".")
        return _heading_if(piece) if is_section else "" if is_speech else "list"
    return _heading_if(piece)


def _heading_if(piece: Piece) -> Tag:
    """A short bold line that is no sentence is a heading."""
    text = piece.text
    is_heading = piece.is_bold and len(text) <= _LONGEST_BOLD_HEADING and not _SENTENCE_END.search(text)
    return "headline" if is_heading and any(letter.isalpha() for letter in text) else ""
