"""A Word document as text: headers, body, notes and footers, and what its properties say of it."""

from __future__ import annotations

from lxml.etree import _Element as Element

from handslag.reading.loading.document import Content, Limits, Tag
from handslag.reading.loading.docx.body import BodyReader
from handslag.reading.loading.docx.styles import Styles
from handslag.reading.loading.office import WORD, Package, attribute, child, local, read_properties
from handslag.reading.loading.refusal import Refusal
from handslag.reading.loading.sheet import Sheet


def read_docx(data: bytes, limits: Limits) -> Content:
    """The document's text with tracked changes accepted. Raises `Refusal` if it is damaged, locked or without text."""
    package = Package(data, limits, WORD)
    main = package.main_part()
    relations = package.relations(main)
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        raise Refusal(f"its part {main} has no body; open it in Word and save it again")
    kinds = {relation.kind: relation.target for relation in relations if package.has(relation.target)}
    sheet = Sheet(limits.max_characters)
    reader = BodyReader(sheet, Styles.of(package.xml(kinds["styles"]) if "styles" in kinds else None))
    edges = _edges(body, {relation.identifier: relation.target for relation in relations}, package)
    _read_edges(edges["headerReference"], package, reader)
    sheet.gap()
    reader.read(body)
    for kind, note in (("footnotes", "footnote"), ("endnotes", "endnote")):
        if kind in kinds:
            sheet.gap()
            _read_notes(package.xml(kinds[kind]), note, reader)
    sheet.gap()
    _read_edges(edges["footerReference"], package, reader)
    if not sheet.text:
        if package.has_pictures:
            raise Refusal("holds no text, only pictures; run text recognition (OCR) on it first")
        raise Refusal("holds no text; check that it is the right file")
    warnings = []
    if reader.embedded:
        warnings.append(("embedded-left-out", f"{reader.embedded} embedded files are not read"))
    if "comments" in kinds:
        warnings.append(("comments-left-out", "its comments are not read"))
    about = read_properties(package)
    return Content(
        text=sheet.text,
        regions=sheet.regions,
        title=about.title,
        metadata_day=about.day,
        metadata_source="docx created" if about.day else "",
        warnings=(*warnings, *about.warnings),
    )


def _edges(body: Element, targets: dict[str, str], package: Package) -> dict[str, list[str]]:
    """The parts with page headers and with page footers, each once, in the order of their sections."""
    found: dict[str, list[str]] = {"headerReference": [], "footerReference": []}
    for reference in body.iter():
        kind = local(reference)
        if kind in found:
            target = targets.get(attribute(reference, "id"), "")
            if package.has(target) and target not in found[kind]:
                found[kind].append(target)
    return found


def _read_edges(parts: list[str], package: Package, reader: BodyReader) -> None:
    furniture: Tag = "furniture"
    for part in parts:
        reader.read(package.xml(part), furniture)


def _read_notes(notes: Element, name: str, reader: BodyReader) -> None:
    for note in notes:
        if local(note) == name and attribute(note, "type") in ("", "normal"):
            reader.read(note)
