"""A web page as text: everything a visitor sees, main text and furniture, in document order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree
from lxml.etree import _Element as Element

from handslag.reading.loading.document import Content, Limits, Warnings
from handslag.reading.loading.encoding import decode, is_binary
from handslag.reading.loading.html.charset import declared_charset
from handslag.reading.loading.html.marks import BLOCKS, DROPPED, SPACED, is_hidden
from handslag.reading.loading.html.metadata import read_metadata
from handslag.reading.loading.html.places import Place, place_of
from handslag.reading.loading.html.tables import is_data_table, is_list_of_pairs
from handslag.reading.loading.html.weights import Weights
from handslag.reading.loading.html.writer import BlockWriter
from handslag.reading.loading.refusal import Refusal
from handslag.reading.loading.sheet import Sheet, clean
from handslag.reading.loading.signatures import looks_like

_SEAMS = {"a": "links", "button": "links", "span": "boxes", "time": "boxes", "label": "boxes", "small": "boxes"}
_NOTHING = "shows no text (a page that scripts fill in?); open it in a browser and save it as it is shown there"
_NEVER_HIDDEN = frozenset(("html", "body", "main", "article"))


def read_html(data: bytes, limits: Limits) -> Content:
    """The page's text and what its markup tells of it. Raises `Refusal` if it is no page, or shows no text."""
    what = looks_like(data)
    if what:
        raise Refusal(f"is not a web page: it looks like {what}; give it the ending of what it is")
    text, _, warnings = decode(data, declared_charset(data))
    if is_binary(text):
        raise Refusal("is not a web page: it holds binary data; give it the ending of what it is")
    root, cut = _parse(text)
    if root is None:
        raise Refusal(_NOTHING)
    sheet = Sheet(limits.max_characters)
    _write(root, Weights(root), BlockWriter(sheet))
    if not sheet.text:
        raise Refusal("; ".join([_NOTHING, *(message for _, message in cut)]))
    about = read_metadata(root)
    return replace(about, text=sheet.text, regions=sheet.regions, warnings=warnings + cut + about.warnings)


def _parse(text: str) -> tuple[Element | None, Warnings]:
    """The tree of a page, and a warning if the parser gave up before its end."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    log = list(parser.error_log)
    if any(entry.type == etree.ErrorTypes.ERR_NO_MEMORY for entry in log):
        raise MemoryError
    if root is None:  # nothing in it that could be an element
        return None, ()
    given_up = [entry for entry in log if entry.level == etree.ErrorLevels.FATAL]
    if given_up:
        message = clean(given_up[-1].message)[:160]
        return root, (("page-cut", f"only the page's beginning is read; what follows is malformed ({message})"),)
    return root, ()


def _write(root: Element, weights: Weights, writer: BlockWriter) -> None:
    """Write the text below `root`. Without recursion: a page may be nested as deep as the parser lets it."""
    stack: list[tuple[Element, Place, Iterator[Element]]] = [(root, Place(), iter(root))]
    while stack:
        element, place, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                _leave(element, stack[-1][1], writer)
            continue
        tag = child.tag
        if not isinstance(tag, str) or tag in DROPPED or (child.attrib and _is_out_of_sight(child, tag)):
            _tail(child, place, writer)
        elif tag == "br":
            writer.line_break(place)
            _tail(child, place, writer)
        elif tag == "sup":
            writer.superscript("".join(child.itertext()), place)
            _tail(child, place, writer)
        else:
            inside = _enter(child, place, weights, writer)
            stack.append((child, inside, iter(child)))


def _enter(element: Element, outer: Place, weights: Weights, writer: BlockWriter) -> Place:
    tag = str(element.tag)
    place = place_of(element, outer, weights)
    if tag in ("td", "th", "dt", "dd") and outer.is_row:
        _begin_cell(element, tag, writer, outer)
    elif tag in BLOCKS:
        _end_block(element, tag, outer, writer)
    elif tag in _SEAMS:
        previous = element.getprevious()
        if previous is not None and not previous.tail and previous.tag in _SEAMS:
            writer.seam("links" if tag == "a" == previous.tag else _SEAMS[tag])
    elif tag == "q":
        writer.text(_quotation_mark(element), place)
    place = _inside_rows(element, tag, place, weights)
    if element.text:
        writer.text(element.text, place)
    return place


def _begin_cell(element: Element, tag: str, writer: BlockWriter, outer: Place) -> None:
    previous = element.getprevious()
    if tag == "dt" and (previous is None or previous.tag != "dt"):
        writer.end_block()
    elif previous is not None and previous.tag in ("td", "th", "dt", "dd"):
        writer.cell()
    else:
        writer.end_block(outer)


def _inside_rows(element: Element, tag: str, place: Place, weights: Weights) -> Place:
    """The place inside the rows of a data table or a card of names and values: their cells stand in one line."""
    if place.is_row:
        return place
    is_rows = (tag == "tr" and place.tag == "table") or (tag == "dl" and is_list_of_pairs(element, weights))
    if tag == "table" and is_data_table(element, weights):
        return place if place.is_furniture else replace(place, tag="table")
    return replace(place, tag=place.tag or "table", is_row=True) if is_rows else place


def _leave(element: Element, outer: Place, writer: BlockWriter) -> None:
    tag = str(element.tag)
    if tag == "q":
        writer.text(_quotation_mark(element, closing=True), outer)
    if tag == "tr" and not (outer.is_row):
        writer.end_block()
    elif tag in BLOCKS and not (outer.is_row and tag in ("td", "th", "dt", "dd")):
        _end_block(element, tag, outer, writer)
    _tail(element, outer, writer)


def _end_block(element: Element, tag: str, outer: Place, writer: BlockWriter) -> None:
    writer.end_block(outer)
    parent = element.getparent()
    if tag in SPACED and (parent is None or parent.tag != "li"):
        writer.sheet.gap()
    elif tag == "p":
        writer.sheet.paragraph_gap()


def _is_out_of_sight(element: Element, tag: str) -> bool:
    """True for what is hidden, and for an arrow, dash or other sign that is there for the eye alone."""
    if tag not in _NEVER_HIDDEN and is_hidden(element):
        return True
    return element.get("aria-hidden") == "true" and len(element) == 0 and len((element.text or "").strip()) <= 2


def _tail(element: Element, place: Place, writer: BlockWriter) -> None:
    if element.tail:
        writer.text(element.tail, place)


def _quotation_mark(element: Element, *, closing: bool = False) -> str:
    """The mark that browsers set around `q`: ” on both sides in Swedish, “ and ” elsewhere."""
    language = next((around.get("lang") for around in (element, *element.iterancestors()) if around.get("lang")), "")
    return "”" if closing or (language or "").lower().startswith("sv") else "“"
