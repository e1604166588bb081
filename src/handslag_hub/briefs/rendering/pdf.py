"""A sheet as PDF, compiled here and offline by Typst with the fonts that it carries: the same page on every machine."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from pathlib import Path

import pypdfium2

from handslag_hub.briefs.brief import Brief, in_order
from handslag_hub.briefs.sheet import Sheet
from handslag_hub.briefs.telling import LANGUAGES, Kept, tell

_TEMPLATE = Path(__file__).parent / "brief.typ"


def pdf_of(sheet: Sheet, made_on: date) -> bytes:
    """The PDF: tagged, with title and language, its words to be selected (PDF/UA-1)."""
    import typst  # noqa: PLC0415  slow to load, and few pages need it

    told = json.dumps(asdict(sheet), ensure_ascii=True)
    return bytes(typst.compile(_TEMPLATE, root=_TEMPLATE.parent, ignore_system_fonts=True, format="pdf", pdf_standards=["ua-1"], sys_inputs={"sheet": told}, timestamp=datetime.combine(made_on, time.min, UTC)))  # fmt: skip


def pages_of(pdf: bytes) -> int:
    """How many pages it has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def fitting(brief: Brief, language: str, base: str = "") -> tuple[Sheet, bytes]:
    """The brief on one page: as many of its lines, in their order, as the compiled page holds, in either language: both hold the same.

    What fits is measured: the lines are halved until one more makes a second page. Where not even none would fit, none.
    """
    order = in_order(brief)
    if len(order) <= _FEW and is_whole(brief) and (found := _on_one_page(brief, None, base)):
        return found[language]
    # More lines than any page holds are not tried.
    fits, too_many, best = -1, min(len(order), _ANY_PAGE) + 1, None
    middle = min(_LIKELY, too_many - 1)
    while too_many - fits > 1:
        if tried := _on_one_page(brief, order[:middle], base):
            fits, best = middle, tried
        else:
            too_many = middle
        middle = (fits + too_many) // 2
    if best is None:
        sheet = tell(brief, language, kept=(), base=base)
        return sheet, pdf_of(sheet, brief.made_on)
    return best[language]


def is_whole(brief: Brief) -> bool:
    """True if all lines that there are were looked at."""
    return all(section.total == len(section.lines) for section in brief.sections)


def _on_one_page(brief: Brief, kept: Kept | None, base: str) -> dict[str, tuple[Sheet, bytes]] | None:
    """The brief with these lines in both languages, None where it takes more than a page in one of them."""
    found = {}
    for language in LANGUAGES:
        sheet = tell(brief, language, kept=kept, base=base)
        found[language] = sheet, pdf_of(sheet, brief.made_on)
        if pages_of(found[language][1]) > 1:
            return None
    return found


# So many lines may fit one page with all their words, and are tried so.
_FEW = 40
# About so many lines a page holds: tried first.
_LIKELY = 18
# Lines of which no page holds so many: each takes at least the height of one line of small print.
_ANY_PAGE = 80
