"""What a Word document's styles say of its paragraphs: headings, lists, quotations, captions, tables of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from handslag.reading.loading.document import Tag
from handslag.reading.loading.office import attribute, child, local, value

_HEADING = re.compile(r"heading \d|title|subtitle|rubrik ?\d?|underrubrik", re.IGNORECASE)
_BY_NAME: tuple[tuple[Tag, re.Pattern[str]], ...] = (
    ("headline", _HEADING),
    ("furniture", re.compile(r"toc( heading|\s?\d)?|table of figures|innehåll ?\d", re.IGNORECASE)),
    ("list", re.compile(r"list (bullet|number|continue)( \d)?|punktlista|numrerad lista", re.IGNORECASE)),
    ("quote", re.compile(r"(intense |block )?quote|block text|citat", re.IGNORECASE)),
    ("caption", re.compile(r"caption|beskrivning", re.IGNORECASE)),
)
_HEADING_LEVEL = re.compile(r"0*[0-8]")
"""An outline level below 9, which stands for running text."""


@dataclass(slots=True)
class Styles:
    """The paragraph styles of a document by identifier."""

    _tags: dict[str, Tag] = field(default_factory=dict)

    @staticmethod
    def of(root: Element | None) -> Styles:
        """The styles of a styles part; none without one."""
        elements: dict[str, Element] = {}
        for style in root if root is not None else ():
            if local(style) == "style" and attribute(style, "type") in ("paragraph", ""):
                elements.setdefault(attribute(style, "styleId"), style)
        return Styles({identifier: _tag_of_style(identifier, elements) for identifier in elements})

    def tag_of(self, properties: Element | None) -> Tag:
        """The tag that a paragraph's properties give it, by its own settings or its style's."""
        if properties is None:
            return ""
        level = value(properties, "outlineLvl")
        if _HEADING_LEVEL.fullmatch(level or ""):
            return "headline"
        identifier = value(properties, "pStyle") or ""
        tag = self._tags.get(identifier) or _tag_of_name(identifier)
        if tag in ("headline", "furniture", "quote", "caption"):
            return tag
        return "list" if _is_numbered(properties) else tag


def _tag_of_style(identifier: str, elements: dict[str, Element]) -> Tag:
    seen: set[str] = set()
    while identifier in elements and identifier not in seen:
        seen.add(identifier)
        style = elements[identifier]
        properties = child(style, "pPr")
        level = value(properties, "outlineLvl")
        tag: Tag = "headline" if _HEADING_LEVEL.fullmatch(level or "") else ""
        tag = tag or _tag_of_name(value(style, "name") or "") or ("list" if _is_numbered(properties) else "")
        if tag:
            return tag
        identifier = value(style, "basedOn") or ""
    return ""


def _tag_of_name(name: str) -> Tag:
    return next((tag for tag, pattern in _BY_NAME if pattern.fullmatch(name.strip())), "")


def _is_numbered(properties: Element | None) -> bool:
    number = value(child(properties, "numPr"), "numId")
    return number is not None and number != "0"
