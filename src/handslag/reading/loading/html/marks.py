"""What an element's name, role, class and id say about the text inside it."""

from __future__ import annotations

import re
from itertools import pairwise

from lxml.etree import _Element as Element

DROPPED = frozenset(
    "script style template noscript svg canvas iframe object embed audio video map select datalist textarea head title"
    " meta link rp rt input img picture source track area param frameset frame progress meter".split()
)
"""Elements whose inside is no text that a reader of the page sees."""

BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table"
    " tbody td tfoot th thead tr ul".split()
)
"""Elements that begin and end a line (https://html.spec.whatwg.org/multipage/rendering.html#flow-content-3)."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SPACED = HEADINGS | frozenset(
    "article aside blockquote figure footer header main nav section table ul ol dl pre".split()
)
"""Elements with an empty line before and after."""

_FURNITURE_ROLES = frozenset("navigation search dialog alertdialog menu menubar toolbar tablist".split())
_FURNITURE_WORDS = frozenset(
    "nav navbar navigation navigering menu meny submenu megamenu breadcrumb breadcrumbs brodsmulor share sharing sharebar"
    " social socialmedia sharethis addthis dela newsletter nyhetsbrev subscribe subscription prenumerera signup paywall"
    " login pagination pager skiplink skiplinks popup modal lightbox toolbar".split()
)
_FURNITURE_PARTS = ("cookie", "consent", "gdpr", "onetrust", "kakor")
_EDGE_ROLES = frozenset(("banner", "contentinfo"))
_EDGE_WORDS = frozenset("footer sidfot sitefooter pagefooter siteheader pageheader masthead topbar sidhuvud".split())
_HIDDEN_CLASSES = frozenset(
    "visually-hidden visuallyhidden u-visually-hidden is-visually-hidden sr-only screen-reader-text screen-reader-only"
    " screenreader-only element-invisible assistive-text sr-text hidden is-hidden skip-link skiplink".split()
)
_BYLINE_WORDS = frozenset("byline author authors forfattare skribent".split())
_BODY_WORDS = frozenset(
    "articlebody entrycontent postcontent articlecontent articletext brodtext storybody bodytext".split()
)
_HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WORD_ENDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")
_MAX_NAME_WORDS = 4
"""An id or label longer than this is a sentence or a heading made into an address, and says what the text is about."""


def words_of(element: Element) -> list[str]:
    """The words of an element's class, id and label in lower case: "siteHeader nav" gives site, header, nav."""
    words = _words(element.get("class", ""))
    for key in ("id", "aria-label"):
        named = _words(element.get(key, ""))
        if len(named) <= _MAX_NAME_WORDS:
            words += named
    return words


def _words(value: str) -> list[str]:
    return [word.lower() for word in _WORD_ENDS.split(value) if word] if value else []


def _words_and_pairs(words: list[str]) -> set[str]:
    return {*words, *(first + second for first, second in pairwise(words))}


def is_hidden(element: Element) -> bool:
    """True if the page does not show the element, as far as its own attributes tell."""
    hidden = element.get("hidden")
    if hidden is not None and hidden.lower() not in ("until-found", "false"):
        return True
    style = element.get("style")
    if style and _HIDING_STYLE.search(style):
        return True
    classes = element.get("class", "")
    if ":" in classes:  # "hidden md:block" is shown on wider screens
        return False
    return not _HIDDEN_CLASSES.isdisjoint(classes.lower().split())


def is_furniture_by_name(element: Element, words: list[str]) -> bool:
    """True if role, class or id call the element a menu, a cookie notice, a share or subscription box, or the like."""
    if element.get("role", "").lower() in _FURNITURE_ROLES or element.get("aria-modal") == "true":
        return True
    if not words:
        return False
    if not _FURNITURE_WORDS.isdisjoint(words):
        return True
    return any(part in word for word in words for part in _FURNITURE_PARTS)


def is_page_edge(element: Element, words: list[str]) -> bool:
    """True if the element calls itself a page's head or foot; inside an article it is that of the article."""
    if element.tag in ("header", "footer") or element.get("role", "").lower() in _EDGE_ROLES:
        return True
    return bool(words) and not _EDGE_WORDS.isdisjoint(_words_and_pairs(words))


def is_byline(element: Element, words: list[str]) -> bool:
    """True if the element says who wrote the page."""
    is_named = element.get("itemprop") == "author" or element.get("rel") == "author"
    return is_named or not _BYLINE_WORDS.isdisjoint(words)


def is_article_body(element: Element, words: list[str]) -> bool:
    """True if the element says that it holds the running text of the page's article."""
    if element.get("itemprop") == "articleBody":
        return True
    return bool(words) and not _BODY_WORDS.isdisjoint(_words_and_pairs(words))
