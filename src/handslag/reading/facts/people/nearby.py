"""Where a phrase stands as seen from a person: the nearest mention, and features of the way between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handslag.reading.facts.people.sketch import Sketch
from handslag.reading.names.nearness import Relation, relation
from handslag.reading.names.tagger import Mention
from handslag.reading.page import Page

# persons are looked at where they are named first; a page may name one fifty times
MOST_MENTIONS = 6
# rows of a table between a name and what stands in its column
COLUMN_BLOCKS = 3


class Near(NamedTuple):
    """The nearest mention to a phrase and how the phrase stands to it."""

    mention: Mention
    relation: Relation
    cost: int


def nearest(page: Page, mentions: Sequence[Mention], span: tuple[int, int]) -> Near:
    """The mention that stands nearest to `span`, and how the span stands to it."""
    best: Near | None = None
    for mention in mentions[:MOST_MENTIONS]:
        found = relation(page, (mention.first, mention.last), span)
        if column_of(page, mention.first, span[0])[:2] in ("be", "ab"):
            return Near(mention, found, 1)
        if best is None or found.cost < best.cost:
            best = Near(mention, found, found.cost)
    assert best is not None
    return best


def column_of(page: Page, a: int, b: int) -> str:
    """How token `b`'s cell stands to token `a`'s in a table: "below1", "above2", "row", or ""."""
    one, other = page.sentences[page.sentence_of[a]], page.sentences[page.sentence_of[b]]
    if not (one.is_row and other.is_row):
        return ""
    steps = other.block - one.block
    if steps == 0:
        return "row" + str(max(-3, min(3, other.cell - one.cell)))
    if abs(steps) > COLUMN_BLOCKS:
        return ""
    if one.cell == other.cell:
        return ("below" if steps > 0 else "above") + str(abs(steps))
    return "other"


def distance(n: int) -> str:
    """A number of tokens as a coarse word."""
    return str(sum(n >= step for step in (1, 2, 3, 4, 6, 9, 14, 22, 40)))


def way_features(
    sketch: Sketch, found: Relation, mention: Mention, span: tuple[int, int], role: tuple[int, int] | None = None
) -> list[str]:
    """Features of the way between a mention and a span; the first is where the span stands."""
    page = sketch.page
    where = found.side[:1] + ("=" if found.sentences == 0 else str(min(4, found.sentences)))
    steps = distance(found.tokens)
    features = [where, where + " d" + steps]
    if found.side == "within":
        return features
    pattern = sketch.between(found.first, found.last, role)
    features += [found.side[:1] + "~" + pattern, where + " " + pattern if found.sentences else "=" + pattern]
    persons = others = 0
    symbols = sketch.symbols
    for i in range(found.first, min(found.last, found.first + 60)):
        symbol = symbols[i]
        if symbol == "P":
            persons += 1
        elif symbol in ("O", "S"):
            others += 1
    features += [where + " P" + str(min(2, persons)), where + " O" + str(min(2, others))]
    column = column_of(page, mention.first, span[0])
    if column:
        features += ["column " + column]
    a, b = page.sentences[page.sentence_of[mention.first]], page.sentences[page.sentence_of[span[0]]]
    if a.zone != b.zone:
        features.append(where + " other zone")
    return features
