"""A PDF with a text layer as text: columns one after the other, paragraphs joined, page heads and feet told apart."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from handslag.reading.loading.days import day_of_file, pdf_day
from handslag.reading.loading.document import Content, Limits, Warnings
from handslag.reading.loading.pdf.cells import table_lines
from handslag.reading.loading.pdf.columns import Band, bands_of
from handslag.reading.loading.pdf.edges import edge_counts
from handslag.reading.loading.pdf.hyphens import joined, vocabulary_of
from handslag.reading.loading.pdf.paragraphs import Paragraph, body_size, count_notes, paragraphs_of
from handslag.reading.loading.pdf.rows import Row, rows_of
from handslag.reading.loading.pdf.words import PageText, words_of
from handslag.reading.loading.refusal import Refusal, first_line
from handslag.reading.loading.sheet import CELL_GAP, Sheet
from handslag.reading.loading.signatures import looks_like

_HEADER_WITHIN = 1024
"""Readers accept a PDF whose first line comes within so many bytes."""
_OCR = "run text recognition (OCR) on it first, for instance with ocrmypdf"
_AGAIN = "fetch it again, or print it to a new PDF"
_PROGRAM_TITLES = ("microsoft word -", "microsoft powerpoint -", "untitled", "namnlös", "dokument1")
_FILE_ENDINGS = (".doc", ".docx", ".indd", ".pptx", ".pdf", ".tex", ".dvi", ".qxd", ".odt")
_MAX_UNKNOWN = 0.3
_FEW_ROWS = 12


def read_pdf(data: bytes, limits: Limits) -> Content:
    """The document's text. Raises `Refusal` if it is damaged, locked, too long, or has no text layer."""
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        what = looks_like(data)
        raise Refusal(f"is not a PDF{': it looks like ' + what if what else ''}; give it the ending of what it is")
    document = _open(data)
    count = len(document)
    if count > limits.max_pages:
        raise Refusal(f"has {count:,} pages, over the limit of {limits.max_pages:,}; split it into smaller files")
    pages, warnings = _page_texts(document)
    metadata = document.get_metadata_dict()
    day, doubts = day_of_file(pdf_day(metadata.get("CreationDate", "")), pdf_day(metadata.get("ModDate", "")), "PDF")
    sheet = Sheet(limits.max_characters)
    _write(pages, sheet)
    if not sheet.text:
        raise Refusal(f"has no text layer: its pages are pictures or empty; {_OCR}")
    return Content(
        text=sheet.text,
        regions=sheet.regions,
        title=_title(metadata.get("Title", "")),
        metadata_day=day,
        metadata_source="pdf CreationDate" if day else "",
        warnings=(*warnings, *doubts),
    )


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise Refusal("is encrypted and needs a password; save a copy without one") from error
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_SECURITY:
            raise Refusal("is encrypted in a way that is not supported; save a copy without encryption") from error
        reason = f"is a damaged or cut-off PDF ({first_line(error)}); {_AGAIN}"
        raise Refusal(reason) from error


def _page_texts(document: pypdfium2.PdfDocument) -> tuple[list[PageText], Warnings]:
    """The words of every page, and warnings for the pages that could not be read or are pictures."""
    pages: list[PageText] = []
    damaged: list[int] = []
    pictures: list[int] = []
    for number in range(len(document)):
        try:
            page = document[number]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            damaged.append(number + 1)
            pages.append(PageText([], 0, 0.0, 0.0))
            continue
        width, height = page.get_size()
        pages.append(words_of(text_page.raw, width, height, page.get_bbox()))
        if not pages[-1].words and next(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]), None) is not None:
            pictures.append(number + 1)
        text_page.close()
        page.close()
    if damaged and len(damaged) == len(pages):
        raise Refusal(f"is a damaged PDF, none of whose pages can be opened; {_AGAIN}")
    letters = sum(len(word.text) for page in pages for word in page.words)
    unknown = sum(page.unknown for page in pages)
    if unknown > _MAX_UNKNOWN * (letters + unknown):
        raise Refusal(f"has a text layer whose fonts do not say which letters they show; {_OCR}")
    warnings = []
    if pictures:
        warnings.append(("pages-without-text", f"{_pages(pictures)} without text layer; {_OCR}"))
    hidden = sum(page.hidden for page in pages)
    if hidden:
        warnings.append(("hidden-text", f"{hidden} words off the page or too small to be seen are not read"))
    if damaged:
        warnings.append(("pages-damaged", f"{_pages(damaged)} damaged and not read; fetch the file again"))
    return pages, tuple(warnings)


def _pages(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:10]) + (" …" if len(numbers) > 10 else "")
    return f"page {shown} is" if len(numbers) == 1 else f"{len(numbers)} pages ({shown}) are"


def _write(pages: Sequence[PageText], sheet: Sheet) -> None:
    """Write the pages; notes and furniture within a paragraph that crosses pages come after it."""
    upright, aslant = zip(*(_rows_by_angle(page) for page in pages), strict=True) if pages else ((), ())
    size = body_size(row for rows in upright for row in rows)
    vocabulary = vocabulary_of(piece.text for rows in upright for row in rows for piece in row)
    waiting: list[Paragraph] = []
    last: Paragraph | None = None
    written: list[Paragraph] = []
    for page, rows, others, (top, bottom) in zip(pages, upright, aslant, edge_counts(upright), strict=True):
        waiting += _furniture(rows[:top])
        body = rows[top : len(rows) - bottom]
        bands = bands_of(body, _right_margin(body, page.width))
        found = _paragraphs([*bands, *(Band(other, page.width) for other in others)], size, vocabulary)
        notes = count_notes(found, size)
        for paragraph in found[: len(found) - notes]:
            if last and last.goes_on_with(paragraph):
                last.absorb(paragraph)
                continue
            written += [*waiting, paragraph]
            waiting = []
            last = paragraph
        waiting += found[len(found) - notes :]
        waiting += _furniture(rows[len(rows) - bottom :])
    before = None
    for paragraph in (*written, *waiting):
        if paragraph.gap_before or (before is not None and paragraph.tag != before.tag):
            sheet.gap()
        sheet.add(unicodedata.normalize("NFC", joined(paragraph.lines, vocabulary)), paragraph.tag)
        before = paragraph


def _rows_by_angle(page: PageText) -> tuple[list[Row], list[list[Row]]]:
    """The rows in the page's main direction of writing, and those of each other direction."""
    letters: Counter[int] = Counter()
    for word in page.words:
        letters[word.angle] += len(word.text)
    main, *others = [angle for angle, _ in letters.most_common()] or [0]
    turned = [rows_of(word for word in page.words if word.angle == angle) for angle in others]
    return rows_of(word for word in page.words if word.angle == main), turned


def _right_margin(rows: Sequence[Row], width: float) -> float:
    """How far right the text may reach: as far as it does, or as the left margin lets expect where lines are few."""
    right = max((row[-1].right for row in rows), default=0.0)
    left = min((row[0].left for row in rows), default=0.0)
    return right if len(rows) > _FEW_ROWS or left < 0 else max(right, width - left)


def _furniture(rows: Sequence[Row]) -> list[Paragraph]:
    found = [Paragraph([CELL_GAP.join(piece.text for piece in row)], "furniture") for row in rows]
    if found:
        found[0].gap_before = True
    return found


def _paragraphs(bands: Sequence[Band], size: float, vocabulary: frozenset[str]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for band in bands:
        if band.is_table:
            rows = [Paragraph([line], "table") for line in table_lines(band.rows, vocabulary)]
            rows[0].gap_before = True
            found += rows
            continue
        for paragraph in paragraphs_of(band, size):
            if found and found[-1].goes_on_with(paragraph):
                found[-1].absorb(paragraph)
            else:
                found.append(paragraph)
    return found


def _title(value: str) -> str:
    """The title that a person gave; a program's own ("Microsoft Word - utkast3.docx", "Untitled") is none."""
    title = " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())
    is_of_program = title.lower().startswith(_PROGRAM_TITLES) or title.lower().endswith(_FILE_ENDINGS)
    return "" if is_of_program else title
