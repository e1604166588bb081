"""PDFs that cannot be read, and what their properties say."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import reportlab
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from handslag.kernel.errors import UnreadableFile
from handslag.reading.loading import Limits, LoadedDocument, load

LoadBytes = Callable[..., LoadedDocument]
MakePdf = Callable[..., bytes]
MakeFile = Callable[[str, bytes], Path]
USUAL = Limits()


def words(canvas: Any) -> None:
    canvas.drawString(60, 700, "Region Halland ska bygga en tillverkningsenhet.")


def picture(canvas: Any) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "white")), 0, 0, 600, 800)


def reason_of(file: MakeFile, data: bytes, limits: Limits = USUAL) -> str:
    with pytest.raises(UnreadableFile) as caught:
        load(file("x.pdf", data), limits=limits)
    return caught.value.reason


def test_a_scan_without_text(file: MakeFile, drawn: MakePdf) -> None:
    assert reason_of(file, drawn(picture, picture)) == (
        "has no text layer: its pages are pictures or empty; run text recognition (OCR) on it first, for instance with"
        " ocrmypdf"
    )


def test_a_document_with_some_scanned_pages(loaded: LoadBytes, drawn: MakePdf) -> None:
    document = loaded("x.pdf", drawn(words, picture, words, picture))
    assert document.warnings == (
        (
            "pages-without-text",
            "2 pages (2, 4) are without text layer; run text recognition (OCR) on it first, for instance with ocrmypdf",
        ),
    )


def test_empty_pages_are_no_scans(loaded: LoadBytes, drawn: MakePdf) -> None:
    assert loaded("x.pdf", drawn(words, lambda canvas: None)).warnings == ()


def test_a_locked_document(file: MakeFile, loaded: LoadBytes, drawn: MakePdf) -> None:
    locked = drawn(words, encrypt=StandardEncryption("hemligt", ownerPassword="x", strength=128))
    assert reason_of(file, locked) == "is encrypted and needs a password; save a copy without one"
    open_to_all = drawn(words, encrypt=StandardEncryption("", ownerPassword="x", strength=128))
    assert loaded("x.pdf", open_to_all).text == "Region Halland ska bygga en tillverkningsenhet."


def test_too_many_pages(file: MakeFile, drawn: MakePdf) -> None:
    assert reason_of(file, drawn(*[words] * 4), Limits(max_pages=3)) == (
        "has 4 pages, over the limit of 3; split it into smaller files"
    )


def test_every_cut_of_a_document_is_borne(file: MakeFile, drawn: MakePdf) -> None:
    data = drawn(*[words] * 5)
    told = set()
    for length in range(10, len(data), len(data) // 40):
        try:
            load(file("x.pdf", data[:length]))
        except UnreadableFile as error:
            told.add(error.reason.split("(")[0].split(":")[0])
    assert "is a damaged or cut-off PDF " in told


def test_every_flipped_byte_is_borne(file: MakeFile, drawn: MakePdf) -> None:
    data = drawn(words, words)
    for position in range(0, len(data), len(data) // 60):
        broken = bytearray(data)
        broken[position] ^= 0x5A
        with contextlib.suppress(UnreadableFile):
            load(file("x.pdf", bytes(broken)))


def test_rubbish_before_the_first_line_is_allowed(loaded: LoadBytes, drawn: MakePdf) -> None:
    assert loaded("x.pdf", b"\n" * 500 + drawn(words)).text == "Region Halland ska bygga en tillverkningsenhet."


def test_fonts_that_do_not_say_which_letters_they_show(file: MakeFile) -> None:
    pdfmetrics.registerFont(TTFont("Vera", str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")))
    stream = io.BytesIO()
    canvas = Canvas(stream, pageCompression=0)
    canvas.setFont("Vera", 12)
    canvas.drawString(60, 700, "ÅÄÖÉÜåäöéü" * 3)
    canvas.save()
    reason = reason_of(file, stream.getvalue().replace(b"/ToUnicode", b"/NoUnicode"))
    assert reason.startswith("has a text layer whose fonts do not say which letters they show; run text recognition")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Nytt avtal", "Nytt avtal"),
        ("Microsoft Word - utkast3.docx", ""),
        ("utkast.indd", ""),
        ("untitled", ""),
        ("", ""),
        ("Ett\navtal\x00", "Ett avtal"),
    ],
)
def test_title(loaded: LoadBytes, drawn: MakePdf, title: str, expected: str) -> None:
    def page(canvas: Any) -> None:
        canvas.setTitle(title)
        words(canvas)

    assert loaded("x.pdf", drawn(page)).title == expected


@pytest.mark.parametrize(
    ("created", "changed", "day", "codes"),
    [
        ("D:20260503090000+02'00'", "D:20260504090000+02'00'", "2026-05-03", []),
        ("D:20190503090000+02'00'", "D:20260504090000+02'00'", "", ["metadata-days-differ"]),
        ("D:20261399999999+02'00'", "D:20260504090000+02'00'", "", []),
    ],
)
def test_day(loaded: LoadBytes, drawn: MakePdf, created: str, changed: str, day: str, codes: list[str]) -> None:
    data = drawn(words, invariant=1)
    assert data.count(b"D:20000101000000+00'00'") == 2
    data = data.replace(b"D:20000101000000+00'00'", created.encode(), 1).replace(
        b"D:20000101000000+00'00'", changed.encode(), 1
    )
    document = loaded("x.pdf", data)
    assert (document.metadata_day, [code for code, _ in document.warnings]) == (day, codes)
    assert document.metadata_source == ("pdf CreationDate" if day else "")
