"""The zone of every line: a linear-chain CRF over the lines of a page, trained on marked pages, and the loader's hints.

Method: Lafferty, McCallum, Pereira, "Conditional random fields" (ICML 2001).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from handslag.reading.line_features import page_features
from handslag.reading.menus import is_prose
from handslag.reading.models import Models, Tagger
from handslag.reading.page import Page

ZONES = (
    "headline", "lead", "body", "byline", "caption", "list", "quote", "table", "teaser", "feed", "member_news", "furniture",
)  # fmt: skip

# How much likelier a zone is where the file's structure says so: the tagger was trained on flattened text, which has no
# structure. A page's frame may hold another article's teaser; a heading may be a feed's or a menu's.
_LIKELIER: Mapping[str, Mapping[str, float]] = {
    "furniture": {"furniture": 12.0, "teaser": 2.0, "feed": 2.0, "member_news": 2.0},
    "headline": {"headline": 12.0, "teaser": 3.0, "feed": 3.0, "furniture": 0.5},
    "list": {"list": 6.0, "feed": 3.0, "teaser": 2.0, "table": 2.0, "member_news": 2.0},
    "table": {"table": 12.0},
    "quote": {"quote": 8.0, "lead": 2.0},
    "caption": {"caption": 12.0, "byline": 2.0},
    "byline": {"byline": 10.0, "caption": 2.0},
    "body": {"body": 3.0, "lead": 3.0, "quote": 3.0, "furniture": 0.3},
}


def find_zones(page: Page, models: Models, tags: Sequence[str] = ()) -> list[str]:
    """The zone of each line, "" for a blank one; `tags` are the loader's hints, one for each line, or none."""
    rows = page_features(page.text, page.lines)
    tagger = models.tagger("zones")
    labels = tagger.labels(rows)
    filled = [
        i
        for i, line in enumerate(page.lines)
        if line.end > line.start and not page.text[line.start : line.end].isspace()
    ]
    zones = [""] * len(page.lines)
    hinted = len(tags) == len(page.lines)
    for k, i in enumerate(filled):
        if hinted and tags[i] == "row":
            zones[i] = (
                "table"  # to a tagger that has learned from pages, lines of which thousands are alike are furniture
            )
            continue
        zones[i] = _with_hint(tagger, k, tags[i]) if hinted and tags[i] in _LIKELIER else labels[k]
    if filled and all(zones[i] == "furniture" for i in filled):
        # a text of a line or two is nothing but first and last lines, which are furniture on most pages that were marked
        for k, i in enumerate(filled):
            if is_prose(page.text[page.lines[i].start : page.lines[i].end]):
                zones[i] = max((z for z in ZONES if z != "furniture"), key=partial(tagger.marginal, position=k))
    return zones


def _with_hint(tagger: Tagger, position: int, tag: str) -> str:
    """The likeliest zone of a line of the sequence tagged last, given the loader's hint."""
    likelier = _LIKELIER[tag]
    return max(ZONES, key=lambda zone: tagger.marginal(zone, position) * likelier.get(zone, 1.0))
