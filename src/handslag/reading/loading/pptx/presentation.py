"""A PowerPoint presentation as text: its slides in the order they are shown, each with its notes."""

from __future__ import annotations

from lxml.etree import _Element as Element

from handslag.reading.loading.document import Content, Limits, Warnings
from handslag.reading.loading.office import POWERPOINT, Package, attribute, child, read_properties
from handslag.reading.loading.pptx.slide import SlideReader, placeholder_of
from handslag.reading.loading.refusal import Refusal
from handslag.reading.loading.sheet import Sheet


def read_pptx(data: bytes, limits: Limits) -> Content:
    """The presentation's text, slide by slide. Raises `Refusal` if it is damaged, locked, too long or without text."""
    package = Package(data, limits, POWERPOINT)
    main = package.main_part()
    slides = _slides(package, main)
    if len(slides) > limits.max_pages:
        raise Refusal(
            f"has {len(slides):,} slides, over the limit of {limits.max_pages:,}; split it into smaller files"
        )
    sheet = Sheet(limits.max_characters)
    reader = SlideReader(sheet)
    hidden = []
    has_comments = False
    for number, part in enumerate(slides, start=1):
        root = package.xml(part)
        if attribute(root, "show") in ("0", "false"):
            hidden.append(str(number))
            continue
        kinds = {relation.kind: relation.target for relation in package.relations(part) if package.has(relation.target)}
        has_comments |= "comments" in kinds
        sheet.gap()
        reader.read(root, {link.identifier: link.target for link in package.relations(part)}, package)
        if "notesSlide" in kinds:
            sheet.gap()
            _read_notes(package.xml(kinds["notesSlide"]), reader)
    if not sheet.text:
        if package.has_pictures:
            raise Refusal("holds no text, only pictures; run text recognition (OCR) on it first")
        raise Refusal("holds no text; check that it is the right file")
    about = read_properties(package)
    return Content(
        text=sheet.text,
        regions=sheet.regions,
        title=about.title,
        metadata_day=about.day,
        metadata_source="pptx created" if about.day else "",
        warnings=(*_left_out(hidden, reader, has_comments=has_comments), *about.warnings),
    )


def _slides(package: Package, main: str) -> list[str]:
    """The parts of the slides in the order in which they are shown."""
    targets = {link.identifier: link.target for link in package.relations(main) if link.kind == "slide"}
    listed = child(package.xml(main), "sldIdLst")
    if listed is None:
        return []
    # A slide's own number is an attribute `id` too, without a namespace.
    keys = ([str(value) for key, value in slide.attrib.items() if str(key).endswith("}id")] for slide in listed)
    parts = [targets.get(key[0], "") for key in keys if key]
    return [part for part in parts if package.has(part)]


def _read_notes(root: Element, reader: SlideReader) -> None:
    for shape in root.iter("{*}sp"):
        if placeholder_of(shape) == "body":
            reader.read_text(child(shape, "txBody"))


def _left_out(hidden: list[str], reader: SlideReader, *, has_comments: bool) -> Warnings:
    warnings = []
    if hidden:
        warnings.append(("hidden-slides", f"slides that are hidden are not read: {', '.join(hidden)}"))
    if reader.charts:
        warnings.append(("charts-left-out", f"{reader.charts} charts are not read"))
    if reader.embedded:
        warnings.append(("embedded-left-out", f"{reader.embedded} embedded files are not read"))
    if has_comments:
        warnings.append(("comments-left-out", "its comments are not read"))
    return tuple(warnings)
