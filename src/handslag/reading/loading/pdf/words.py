"""The words of a PDF page with their places, from the characters that PDFium finds."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from handslag.reading.loading.superscripts import raised

_HYPHEN = 0x02
"""PDFium's sign for a hyphen that ends a line."""
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_BULLETS = {0xF0B7: "•", 0xF0A7: "•", 0x25CF: "•", 0x25AA: "•", 0x2023: "•"}
_PRIVATE = range(0xD800, 0xF900)
"""Halves of pairs, and the places that each font fills as it likes."""
_SPACES = frozenset((0x20, 0x0D, 0x0A, 0x09))
_NOTE_MARKS = frozenset("0123456789,*†‡")
_SMALLEST = 1.0
"""Points: smaller letters are dots on paper and screen."""
_BOLD = 600
_BOLD_NAME = re.compile(rb"Bold|Black|Heavy|Demi|CMBX|SFBX", re.IGNORECASE)


Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Word:
    """A word in its own direction of writing: `left` to `right` along the line, `base` downwards across it, in points.

    `number` is its place in the file's own order, `angle` its direction in degrees, anticlockwise.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    angle: int
    number: int
    is_bold: bool = False


@dataclass(slots=True)
class PageText:
    """A page's words in the file's order, how many of its characters have no known meaning, its width and height.

    `hidden` words are left out: nobody who looks at the page sees them.
    """

    words: list[Word]
    unknown: int
    width: float
    height: float
    hidden: int = 0


class _Reader:
    """Reads the characters of one text page; the numbers come back through memory that PDFium fills."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._numbers = [ctypes.c_double() for _ in range(4)]
        self._name = ctypes.create_string_buffer(80)
        self._flags = ctypes.c_int()
        self._bold_names: dict[bytes, bool] = {}

    def origin(self, index: int) -> tuple[float, float]:
        x, y = self._numbers[:2]
        pdfium.FPDFText_GetCharOrigin(self._page, index, x, y)
        return x.value, y.value

    def corners(self, index: int) -> tuple[tuple[float, float], tuple[float, float]]:
        """Two opposite corners of a character's box."""
        left, right, bottom, top = self._numbers
        pdfium.FPDFText_GetCharBox(self._page, index, left, right, bottom, top)
        return (left.value, bottom.value), (right.value, top.value)

    def size(self, index: int) -> float:
        """The height of the letters as printed; the font's own size lacks the scale of the drawing."""
        matrix = pdfium.FS_MATRIX()
        size = float(pdfium.FPDFText_GetFontSize(self._page, index))
        if pdfium.FPDFText_GetMatrix(self._page, index, matrix):
            size *= math.hypot(matrix.c, matrix.d)
        return size or 1.0

    def angle(self, index: int) -> int:
        turn = float(pdfium.FPDFText_GetCharAngle(self._page, index))  # clockwise; -1 where there is none
        return -round(math.degrees(turn)) % 360 if turn > 0 else 0

    def is_bold(self, index: int) -> bool:
        if pdfium.FPDFText_GetFontWeight(self._page, index) >= _BOLD:
            return True
        pdfium.FPDFText_GetFontInfo(self._page, index, self._name, len(self._name), self._flags)
        name = self._name.value
        if name not in self._bold_names:
            self._bold_names[name] = bool(_BOLD_NAME.search(name))
        return self._bold_names[name]


def words_of(text_page: Any, width: float, height: float, box: Box) -> PageText:
    """The words of a PDFium text page (its raw handle) of a page so many points wide and high.

    `box` is what is shown of it: left, bottom, right, top, before the page is turned.
    """
    reader = _Reader(text_page)
    count = pdfium.FPDFText_CountChars(text_page)
    words: list[Word] = []
    unknown = 0
    start = 0
    while start < count:
        if pdfium.FPDFText_GetUnicode(text_page, start) in _SPACES:
            start += 1
            continue
        word, start, odd = _word_at(reader, text_page, start, count, len(words))
        unknown += odd
        if word:
            words.append(word)
    seen = [word for word in words if _is_seen(word, box)]
    return PageText(seen, unknown, width, height, len(words) - len(seen))


def _is_seen(word: Word, box: Box) -> bool:
    """True unless the word stands wholly off the page, or is so small that it is a dot; a false size alone hides none."""
    if word.size < _SMALLEST and word.right - word.left < _SMALLEST * len(word.text):
        return False
    corners = [
        _turned(along, across, word.angle)  # turning twice leads back
        for along in (word.left, word.right)
        for across in (word.base, word.base - word.size)
    ]
    left, bottom, right, top = box
    is_beside = max(x for x, _ in corners) < left or min(x for x, _ in corners) > right
    return not is_beside and max(y for _, y in corners) >= bottom and min(y for _, y in corners) <= top


def _word_at(reader: _Reader, text_page: Any, start: int, count: int, number: int) -> tuple[Word | None, int, int]:
    """The word that begins at a character, the index after it, and how many characters in it mean nothing."""
    angle, size = reader.angle(start), reader.size(start)
    left, base = _turned(*reader.origin(start), angle)
    letters: list[str] = []
    lifted: list[str] = []
    unknown = 0
    along = left
    index = start
    while index < count:
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if code in _SPACES:
            break
        here, across = _turned(*reader.origin(index), angle)
        if here < along - 0.6 * size or here > along + 3 * size or abs(across - base) > 0.7 * size:
            break  # the pen moved away without the file saying so
        along = here
        letter = chr(code) if 0x20 < code < 0xAD else _letter(code)
        unknown += not letter
        if base - across > 0.18 * size and letters and letter in _NOTE_MARKS:
            lifted.append(letter)
        elif lifted:
            break
        else:
            letters.append(letter)
        index += 1
    if lifted:
        letters.append(raised("".join(lifted), "".join(letters)))
    text = "".join(letters)
    right = max(left, *(_turned(x, y, angle)[0] for x, y in reader.corners(index - 1)))
    if not text or not math.isfinite(left + right + base + size):
        return None, index, unknown
    return Word(text, left, right, base, size, angle, number, reader.is_bold(start)), index, unknown


def _letter(code: int) -> str:
    """A character as text; "" if the font gives it no meaning."""
    if code == _HYPHEN:
        return "-"
    if code in _BULLETS:
        return _BULLETS[code]
    if code < 0x20 or code > 0x10FFFF or code in _PRIVATE or code in (0xFFFD, 0xFFFE, 0xFFFF):
        return ""
    letter = chr(code)
    return _LIGATURES.get(letter, letter)


def _turned(x: float, y: float, angle: int) -> tuple[float, float]:
    """A point along and across a direction of writing; across grows downwards."""
    if angle == 0:
        return x, -y
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return x * cosine + y * sine, x * sine - y * cosine
