"""A sheet as PDF, compiled here and offline by Typst with the fonts that it carries: the same page on every machine."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from pathlib import Path

import pypdfium2

from handslag_hub.briefs.brief import Brief, in_order
from handslag_hub.briefs.sheet import Sheet, with_words
from handslag_hub.briefs.telling import LANGUAGES, Kept, tell

_TEMPLATE = Path(__file__).parent / "brief.typ"
# How Typst names what its fonts have no sign for (it may be a letter with its marks), and what PDF/UA has no place for.
_NOT_SHOWN = re.compile(r'the text (?:contains the disallowed codepoint )?`"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# All fonts have the letters before this: of a letter with its marks it is a mark that is not shown.
_SHOWN_BEFORE = "\u0250"
# Once for what the fonts lack; again where that made another font step in.
_TRIES = 4
# What was found not to be shown, so that it is asked once for each process.
_lacking: set[str] = set()


def pdf_of(sheet: Sheet, made_on: date) -> bytes:
    """The PDF: tagged, with title and language, its words to be selected (PDF/UA-1). Signs that its fonts lack are written out: "⟨U+1F680⟩"."""
    import typst  # noqa: PLC0415  slow to load, and few pages need it

    for _try in range(_TRIES):
        try:
            return _compiled(with_words(sheet, _written_out), made_on)
        except typst.TypstError as error:
            lacking = _named_in(error.diagnostic or str(error)) - _lacking
            if not lacking:
                raise
            _lacking.update(lacking)
    return _compiled(with_words(sheet, _written_out), made_on)


def _written_out(words: str) -> str:
    if words.isascii() or _lacking.isdisjoint(words):
        return words
    return "".join(f"⟨U+{ord(letter):04X}⟩" if letter in _lacking else letter for letter in words)


def _named_in(diagnostic: str) -> set[str]:
    """The letters that Typst complains of."""
    told = (_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) for text in _NOT_SHOWN.findall(diagnostic))
    return {letter for text in told for letter in text if letter >= _SHOWN_BEFORE or not letter.isprintable()}


def _compiled(sheet: Sheet, made_on: date) -> bytes:
    import typst  # noqa: PLC0415  as above

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
