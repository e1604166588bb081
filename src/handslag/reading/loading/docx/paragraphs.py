"""The text of one paragraph of a Word document, as it stands once all tracked changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from handslag.reading.loading.office import attribute, child, is_on, local, value
from handslag.reading.loading.superscripts import raised

_LEFT_OUT = frozenset(
    "del moveFrom instrText delText delInstrText pPr rPr sectPr commentReference annotationRef footnoteReference"
    " endnoteReference footnoteRef endnoteRef sdtPr Fallback pict object".split()
)
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_BULLETS = frozenset((0xF0B7, 0xF0A7, 0xF0A8, 0xF06F, 0xF076, 0xF0D8))
"""The signs of the Symbol and Wingdings fonts that people type in front of the items of a list."""


def text_of(paragraph: Element, boxes: list[Element]) -> str:
    """The text that Word shows in a paragraph; the text boxes anchored in it are added to `boxes`."""
    parts: list[str] = []
    _gather(paragraph, parts, boxes)
    return "".join(parts)


def _gather(element: Element, parts: list[str], boxes: list[Element]) -> None:
    for inner in element:
        name = local(inner)
        if name == "t":
            parts.append(inner.text or "")
        elif name in _CHARACTERS:
            parts.append(_CHARACTERS[name])
        elif name == "sym":
            parts.append(_symbol(attribute(inner, "char")))
        elif name == "txbxContent":
            boxes.append(inner)
        elif name in ("pict", "object"):
            boxes.extend(_outermost_boxes(inner))
        elif name == "r":
            _gather_run(inner, parts, boxes)
        elif name == "sdt" and is_on(child(inner, "sdtPr"), "showingPlcHdr"):
            continue
        elif name not in _LEFT_OUT:
            _gather(inner, parts, boxes)


def _outermost_boxes(drawing: Element) -> Iterator[Element]:
    """The text boxes of a drawing, in order. Those inside a box are found when it is read; each once, or n deep are read 2ⁿ times."""
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name == "txbxContent":
            yield element
        elif name != "Fallback":
            waiting.extend(reversed(element))


def _gather_run(run: Element, parts: list[str], boxes: list[Element]) -> None:
    properties = child(run, "rPr")
    if is_on(properties, "vanish") or is_on(properties, "del"):
        return
    if value(properties, "vertAlign") == "superscript":
        inside: list[str] = []
        _gather(run, inside, boxes)
        parts.append(raised("".join(inside), "".join(parts[-3:])[-8:]))
    else:
        _gather(run, parts, boxes)


def _symbol(code: str) -> str:
    """A character named by its number: in private fonts only bullets are known."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if number in _BULLETS:
        return "•"
    return chr(number) if 0x20 <= number < 0xD800 else ""


def is_mark_deleted(paragraph: Element) -> bool:
    """True if the paragraph's end is struck out, so that it runs on into the next one."""
    return child(child(child(paragraph, "pPr"), "rPr"), "del") is not None
