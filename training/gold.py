"""Where the marked commitments stand in the text as the reader cuts it up. Needs no package of the training's own."""

from __future__ import annotations

from typing import Any

from marked import MarkedPage, places_in, token_span

from handslag.reading.page import Page


def gold_spans(marked: MarkedPage, page: Page) -> list[tuple[dict[str, Any], tuple[int, int]]]:
    """Each gold commitment with the tokens where its `what` stands: of several places the one nearest to its cue."""
    found = []
    for item in marked.gold["commitments"]:
        places = places_in(marked.text, item["what"], genitive=False)
        cues = places_in(marked.text, item["cue"], genitive=False)
        if not places:
            continue
        best = min(places, key=lambda p: min((max(c[0] - p[1], p[0] - c[1], 0) for c in cues), default=0))
        span = token_span(page, *best)
        if span and page.sentence_of[span[0]] == page.sentence_of[span[1] - 1]:
            found.append((item, span))
    return found


def span_labels(marked: MarkedPage, page: Page) -> list[str]:
    labels = ["O"] * len(page.tokens)
    for _, (first, last) in gold_spans(marked, page):
        if all(label == "O" for label in labels[first:last]):
            labels[first:last] = ["B-WHAT"] + ["I-WHAT"] * (last - first - 1)
    return labels
