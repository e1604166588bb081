"""Real files of every format, made where a test needs them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from handslag.reading.loading import LoadedDocument, Region, load

MakeFile = Callable[[str, bytes | str], Path]
LoadBytes = Callable[..., LoadedDocument]
TextsOf = Callable[[LoadedDocument, str], list[str]]
MakeWord = Callable[[Callable[[Any], None]], bytes]
DrawPages = Callable[..., bytes]
SetStory = Callable[..., bytes]


@pytest.fixture
def file(tmp_path: Path) -> MakeFile:
    """`file(name, content)`: a file of that name; text is written as UTF-8, line ends as they are."""

    def make(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return make


@pytest.fixture
def loaded(file: MakeFile) -> LoadBytes:
    """`loaded(name, content)`: what `load` makes of such a file; its regions are checked on the way."""

    def load_content(name: str, content: bytes | str, **named: Any) -> LoadedDocument:
        document = load(file(name, content), **named)
        check_regions(document.text, document.regions)
        return document

    return load_content


def check_regions(text: str, regions: tuple[Region, ...]) -> None:
    end = 0
    for region in regions:
        assert end <= region.start < region.end <= len(text)
        assert text[region.start : region.end].strip()
        end = region.end


@pytest.fixture
def texts_of() -> TextsOf:
    """`texts_of(document, tag)`: the texts of the regions with that tag."""
    return lambda document, tag: [document.text[part.start : part.end] for part in document.regions if part.tag == tag]


@pytest.fixture
def word() -> MakeWord:
    """`word(write)`: a Word document that `write` has filled, as python-docx saves it."""

    def make(write: Callable[[Any], None]) -> bytes:
        document = docx.Document()
        write(document)
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    return make


@pytest.fixture
def drawn() -> DrawPages:
    """`drawn(page, page, ...)`: a PDF whose pages are drawn by functions that get the canvas."""

    def make(*pages: Callable[[Canvas], None], size: tuple[float, float] = A4, **named: Any) -> bytes:
        stream = io.BytesIO()
        canvas = Canvas(stream, pagesize=size, **named)
        for page in pages:
            page(canvas)
            canvas.showPage()
        canvas.save()
        return stream.getvalue()

    return make


@pytest.fixture
def typeset() -> SetStory:
    """`typeset(story, columns=2)`: a PDF set in justified columns with a running head and page numbers."""

    def make(story: list[Flowable], columns: int = 1, gap: float = 8 * mm, head: str = "Årsrapport 2025") -> bytes:
        width, height = A4
        stream = io.BytesIO()
        column = (width - 40 * mm - (columns - 1) * gap) / columns

        def frame(number: int) -> Frame:
            left = 20 * mm + number * (column + gap)
            return Frame(left, 25 * mm, column, height - 50 * mm, leftPadding=0, rightPadding=0)

        def edges(canvas: Canvas, _: Any) -> None:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(20 * mm, height - 15 * mm, head)
            canvas.drawRightString(width - 20 * mm, 15 * mm, f"Sida {canvas.getPageNumber()}")

        template = PageTemplate(frames=[frame(number) for number in range(columns)], onPage=edges)
        document = BaseDocTemplate(stream, pagesize=A4, pageTemplates=[template])
        document.build(list(story))
        return stream.getvalue()

    return make


@pytest.fixture(scope="session")
def justified() -> ParagraphStyle:
    return ParagraphStyle("justified", parent=getSampleStyleSheet()["BodyText"], alignment=TA_JUSTIFY)
