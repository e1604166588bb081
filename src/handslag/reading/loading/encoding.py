"""Bytes to text: the byte-order mark, then UTF-8, then whichever one-byte encoding makes words of it."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from handslag.reading.loading.document import Warnings

_MARKS = (  # UTF-32 before UTF-16: its little-endian mark starts with that of UTF-16
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

# Declared names that are followed; others (among them utf-7 and Python's own transforms) are not.
_DECLARED = re.compile(
    r"(?:utf-?8|utf-?16(?:-?[lb]e)?|us-ascii|(?:windows|cp)-?125\d|iso-?8859-?\d{1,2}|latin-?1|koi8-[ru]|macintosh"
    r"|gb2312|gbk|gb18030|big5|euc-(?:jp|kr)|shift[_-]jis)"
)
# What browsers read for these names: https://encoding.spec.whatwg.org/#names-and-labels
_MEANT = {"iso88591": "cp1252", "latin1": "cp1252", "usascii": "cp1252", "macintosh": "mac_roman", "gb2312": "gb18030"}

_SINGLE_BYTE = ("cp1252", "mac_roman", "cp850")
_LETTERS = frozenset("åäöéüæøèáíóúñçëêàôïßÅÄÖÉÜÆØ")
_SIGNS = frozenset("\u00a0\u00ad–—‘’“”„«»…•·§©®™°±€£½¼¾²³×´¨")
_SAMPLE = 200_000

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_STRAY = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


def decode(data: bytes, declared: str = "") -> tuple[str, str, Warnings]:
    """The text without its byte-order mark, the encoding's name, and a warning where bytes fit none.

    `declared` is what the file says of itself; it is believed unless the bytes are UTF-8, or cannot be what it names.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], name)
    wide = _wide_without_mark(data)
    if wide:
        return _lenient(data, wide)
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        pass
    repaired = _repaired_utf8(data)
    if repaired:
        return repaired
    name = _codec_of(declared)
    if name and name not in ("utf-8", "cp1252") and not name.startswith("utf-16"):
        return _lenient(data, name)
    name = guess_single_byte(data)
    return _decode_single_byte(data, name), name, ()


def is_binary(text: str) -> bool:
    """True if so much of a decoded text is control characters that the bytes were none."""
    return len(_CONTROLS.findall(text)) > max(3, len(text) // 100)


def _codec_of(declared: str) -> str:
    """Python's name for a declared encoding that is safe to follow, or ""."""
    label = declared.strip().strip("\"'").lower()
    if not _DECLARED.fullmatch(label):
        return ""
    meant = _MEANT.get(label.replace("-", "").replace("_", ""), label)
    try:
        return codecs.lookup(meant).name
    except LookupError:
        return ""


def _lenient(data: bytes, name: str) -> tuple[str, str, Warnings]:
    try:
        return data.decode(name), name, ()
    except UnicodeDecodeError as error:
        text = data.decode(name, "replace")
        return text, name, (_damage(name, text.count("\ufffd"), error.start),)


def _damage(name: str, count: int, position: int) -> tuple[str, str]:
    places = "one place is" if count == 1 else f"{count} places are"
    return "encoding-damaged", f"{places} not {name.upper()}, the first at byte {position}; save the file as UTF-8"


def _wide_without_mark(data: bytes) -> str:
    """UTF-16 whose mark is missing: Latin text has a zero in every second byte."""
    sample = data[:2000]
    if len(sample) < 8 or b"\x00" not in sample:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def _repaired_utf8(data: bytes) -> tuple[str, str, Warnings] | None:
    """UTF-8 where nearly all bytes are, Windows-1252 for the strays between; None where too few are UTF-8.

    So are files read that were cut in the middle of a character, or pasted together from two encodings.
    """
    first, is_cut = _first_fault(data)
    text = data.decode("utf-8", "surrogateescape")
    strays = len(_STRAY.findall(text))
    whole = len(_BEYOND_ASCII.findall(text)) - strays
    if whole == 0 or not (whole >= 4 * strays or is_cut):
        return None
    if is_cut:
        text = _STRAY.sub("", text) + "\ufffd"
    text = _STRAY.sub(lambda stray: _decode_single_byte(bytes([ord(stray[0]) - 0xDC00]), "cp1252"), text)
    return text, "utf-8", (_damage("utf-8", strays, first),)


def _first_fault(data: bytes) -> tuple[int, bool]:
    """Where bytes first are no UTF-8 (-1 if they are), and whether only because they end too early."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start, error.reason == "unexpected end of data"
    return -1, False


def guess_single_byte(data: bytes) -> str:
    """Windows-1252 unless the bytes above ASCII make clearly better words in another of the old encodings."""
    sample = data[:_SAMPLE]
    found = Counter(
        bytes(three) for three in zip(b" " + sample, sample, sample[1:] + b" ", strict=False) if three[1] > 0x7F
    )
    scores = {name: sum(_fit(three, name) * count for three, count in found.items()) for name in _SINGLE_BYTE}
    total = found.total()
    best = max(_SINGLE_BYTE, key=lambda name: scores[name])
    if best != "cp1252" and scores[best] > 0.5 * total and scores[best] > scores["cp1252"] + max(2.0, 0.5 * total):
        return best
    if sample.count(0xA4) and not re.search(rb"[\x80-\x9f]", sample):
        return "iso8859_15"  # its euro sign; the currency sign that Windows has there is not used in texts
    return "cp1252"


def _fit(three: bytes, name: str) -> float:
    """How well the middle byte reads between its neighbours: a letter in a word, a sign outside one."""
    text = _decode_single_byte(three, name)
    before, character, after = text[0], text[1], text[2]
    is_inside = before.isalpha() and after.isalpha()
    if character in _LETTERS:
        return -1.0 if character.isupper() and before.islower() else 1.0
    if character in _SIGNS:
        return -0.5 if is_inside and character not in "\u00ad’–" else 0.5
    return -1.0 if is_inside else -0.5


def _decode_single_byte(data: bytes, name: str) -> str:
    """The text; bytes that Windows-1252 leaves open are the control characters of ISO-8859-1, as browsers have it."""
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        table = [bytes([byte]).decode(name, "ignore") or chr(byte) for byte in range(256)]
        return data.decode("latin-1").translate(dict(enumerate(table)))
