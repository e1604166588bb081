"""The text of one paragraph of a slide (DrawingML), and whether it is an item of a list."""

from __future__ import annotations

from lxml.etree import _Element as Element

from handslag.reading.loading.office import child, local
from handslag.reading.loading.superscripts import raised

_LEFT_OUT = frozenset(("pPr", "endParaRPr", "rPr", "Fallback"))


def text_of(paragraph: Element) -> str:
    """The text that is shown in a paragraph, without what the program fills in: slide numbers and today's date."""
    parts: list[str] = []
    _gather(paragraph, parts)
    return "".join(parts).strip()


def _gather(element: Element, parts: list[str]) -> None:
    for inner in element:
        name = local(inner)
        if name == "t":
            parts.append(inner.text or "")
        elif name == "br":
            parts.append("\n")
        elif name == "r" and _is_raised(inner):
            inside: list[str] = []
            _gather(inner, inside)
            parts.append(raised("".join(inside), "".join(parts[-3:])[-8:]))
        elif name == "fld" and inner.get("type", "").startswith(("slidenum", "datetime")):
            continue
        elif name not in _LEFT_OUT:
            _gather(inner, parts)


def _is_raised(run: Element) -> bool:
    properties = child(run, "rPr")
    baseline = "" if properties is None else properties.get("baseline", "")
    return baseline.removesuffix("%").isdecimal() and int(baseline.removesuffix("%")[:9]) > 0


def is_item(paragraph: Element, *, usually: bool) -> bool:
    """True if the paragraph has a bullet or number; `usually` says whether one has that does not say."""
    properties = child(paragraph, "pPr")
    for inner in properties if properties is not None else ():
        if local(inner) in ("buChar", "buAutoNum", "buBlip"):
            return True
        if local(inner) == "buNone":
            return False
    return usually
