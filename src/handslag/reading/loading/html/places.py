"""Where in a page an element stands: what its own marks and its surroundings make of its text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from handslag.reading.loading.document import Tag
from handslag.reading.loading.html.marks import (
    BLOCKS,
    HEADINGS,
    is_article_body,
    is_byline,
    is_furniture_by_name,
    is_page_edge,
    words_of,
)
from handslag.reading.loading.html.weights import Weights

_WHOLE_PAGE = frozenset(("html", "body", "main", "article"))
_LONGEST_BYLINE = 200
_LONGEST_ITEM = 600
_LONGEST_FORM = 600


@dataclass(frozen=True, slots=True)
class Place:
    """The surroundings of a text: the tag its block gets, and how its white space is to be read."""

    tag: Tag = ""
    is_in_article: bool = False
    is_body: bool = False
    is_row: bool = False
    is_preformatted: bool = False

    @property
    def is_furniture(self) -> bool:
        return self.tag == "furniture"


def place_of(element: Element, outer: Place, weights: Weights) -> Place:
    """The place inside `element`, which stands in `outer`."""
    tag = str(element.tag)
    if outer.is_furniture or tag not in BLOCKS:
        return outer
    words = words_of(element) if element.attrib else []
    if is_furniture(element, outer, words, weights):
        return replace(outer, tag="furniture")
    if tag in ("main", "article"):
        return replace(outer, is_in_article=True)
    if tag == "pre":
        return replace(outer, is_preformatted=True)
    is_body = outer.is_body or is_article_body(element, words)
    own = _tag_of(element, outer, words, weights, is_body)
    is_same = own == outer.tag and is_body == outer.is_body
    return outer if is_same else Place(own, outer.is_in_article, is_body, outer.is_row, outer.is_preformatted)


def _tag_of(element: Element, outer: Place, words: list[str], weights: Weights, is_body: bool) -> Tag:
    tag, weight = str(element.tag), weights[element]
    if tag in ("figcaption", "caption"):
        return "caption"
    if outer.tag in ("table", "caption"):
        return outer.tag
    if tag in HEADINGS:
        return "headline"
    if tag == "blockquote" and weights.share(element) < 0.5:
        return "quote"
    if outer.tag in ("headline", "quote", "byline"):
        return outer.tag
    if weight.characters <= _LONGEST_BYLINE and is_byline(element, words) and not weight.holds_heading:
        return "byline"
    if tag == "li":
        return "" if weight.holds_heading or weight.characters > _LONGEST_ITEM else "list"
    if outer.tag == "list":
        return "list"
    return "body" if is_body and tag == "p" else ""


def is_furniture(element: Element, outer: Place, words: list[str], weights: Weights) -> bool:
    """True if the element is a part of the site, not of what the page says."""
    tag, weight = str(element.tag), weights[element]
    if outer.tag == "headline":  # an accordion's heading is a button
        return False
    if tag in ("nav", "dialog", "search", "button"):
        return True
    if tag in _WHOLE_PAGE or tag in HEADINGS or tag == "p":
        return False
    if is_page_edge(element, words):
        # A main heading in the page's head is the page's own, unless another follows: then it is the site's name.
        is_site_name = weights[weights.root].h1s > weight.h1s
        return not outer.is_in_article and not weight.holds_main and (weight.h1s == 0 or is_site_name)
    if weight.holds_main or weight.h1s:
        return False
    if tag == "form":
        return weight.characters <= _LONGEST_FORM and weights.share(element) < 0.5
    if tag == "aside" and not outer.is_in_article and weight.is_menu_like:
        return True
    return is_furniture_by_name(element, words) and (weights.share(element) < 0.5 or weight.is_menu_like)
