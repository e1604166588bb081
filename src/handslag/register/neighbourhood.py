"""The neighbourhood of one actor, laid out to be drawn: the centre, rings by distance, every name in a row of its own.

Nodes lie on ellipses around the centre, each in a row that it shares with none on its side, and its name stands outwards in
that row: so names do not meet as long as the rows are as high as a line of text.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from handslag.register.picture import (
    Box,
    Edge,
    Node,
    Picture,
    PlacedEdge,
    PlacedLabel,
    PlacedNode,
    UndrawableNeighbourhood,
)
from handslag.register.ring_order import order_around, rings_of

MOST_NODES: Final = 150
LEAST_FRAME: Final = (320.0, 240.0)
FONT_SIZE: Final = 12.0
# The mean width of a letter in the usual sans serifs, in parts of the font's size; a little wide, so that names have air.
_LETTER: Final = 0.58
_LINE: Final = 1.15
_MARGIN: Final = 10.0
_LAST_RING: Final = 3
_ROW: Final = 64.0
_SHORTEST: Final = 5


def lay_out(nodes: Iterable[Node], edges: Iterable[Edge], centre: str, *, width: float, height: float) -> Picture:
    """The picture of the neighbourhood of `centre` in a frame of `width` by `height`; the same for the same input.

    UndrawableNeighbourhood for more than 150 nodes, a frame below 320 by 240, two nodes of one key, a centre or an edge's end
    that is no node, and an edge from a node to itself.
    """
    listed, lines = list(nodes), list(edges)
    given = {node.key: node for node in sorted(listed, key=lambda node: node.key)}
    _check(listed, given, lines, centre, width, height)
    neighbours = _neighbours(given, lines)
    rings = rings_of(neighbours, centre, _LAST_RING)
    spots = _spots(order_around(neighbours, centre), rings, centre, width, height)
    labels = _labels(given, spots, rings, neighbours, centre, width, height)
    placed = {key: PlacedNode(key, *spots[key], ring=rings[key], label=labels.get(key)) for key in given}
    return Picture(width, height, tuple(placed[node.key] for node in listed), _lines(lines, placed, centre))


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """About how wide a text is drawn: letters of mean width, those of East Asian scripts a whole em."""
    if text.isascii():
        return size * _LETTER * len(text)
    return size * sum(1.0 if unicodedata.east_asian_width(letter) in "WF" else _LETTER for letter in text)


def _check(
    listed: Sequence[Node], given: dict[str, Node], lines: Sequence[Edge], centre: str, width: float, height: float
) -> None:
    if len(listed) > MOST_NODES:
        raise UndrawableNeighbourhood(f"{len(listed)} nodes: at most {MOST_NODES} can be told apart; choose fewer")
    if len(listed) != len(given):
        raise UndrawableNeighbourhood("two nodes have the same key; give each its own")
    if centre not in given:
        raise UndrawableNeighbourhood(f"the centre {centre!r} is not among the nodes; add it")
    if not (width >= LEAST_FRAME[0] and height >= LEAST_FRAME[1] and math.isfinite(width + height)):
        raise UndrawableNeighbourhood(
            f"a frame of {width} by {height}: expected at least {LEAST_FRAME[0]:.0f} by {LEAST_FRAME[1]:.0f}"
        )
    for line in lines:
        missing = {line.source, line.target} - given.keys()
        if missing:
            raise UndrawableNeighbourhood(f"an edge ends in {min(missing)!r}, which is not among the nodes; add it")
        if line.source == line.target:
            raise UndrawableNeighbourhood(f"an edge leads from {line.source!r} to itself; leave it out")


def _neighbours(given: dict[str, Node], lines: Sequence[Edge]) -> dict[str, list[str]]:
    sets: dict[str, set[str]] = {key: set() for key in given}
    for line in lines:
        sets[line.source].add(line.target)
        sets[line.target].add(line.source)
    return {key: sorted(others) for key, others in sets.items()}


def _spots(
    order: Sequence[str], rings: dict[str, int], centre: str, width: float, height: float
) -> dict[str, tuple[float, float, float]]:
    """x, y and radius of every node: the first half of the order down the right side, the rest up the left."""
    right = (len(order) + 1) // 2
    sides = ((1.0, order[:right]), (-1.0, order[right:][::-1]))
    middle = (width / 2, height / 2)
    row = min((height - 2 * _MARGIN) / max(right, 1), _ROW)
    radius = min(8.0, 0.45 * row)
    reach = max(right * row / 2, 1.0)
    outermost = max((rings[key] for key in order), default=1)
    room = min(max(0.2 * width, 90.0), 0.3 * width)
    spots = {centre: (*middle, 14.0)}
    for side, keys in sides:
        for k, key in enumerate(keys):
            down = (k + 0.5 - len(keys) / 2) * row
            across = (width / 2 - room) * rings[key] / outermost * math.sqrt(1 - (down / (1.08 * reach)) ** 2)
            spots[key] = (middle[0] + side * max(across, 14.0 + 1.5 * radius), middle[1] + down, radius)
    return spots


def _labels(
    given: dict[str, Node],
    spots: dict[str, tuple[float, float, float]],
    rings: dict[str, int],
    neighbours: dict[str, list[str]],
    centre: str,
    width: float,
    height: float,
) -> dict[str, PlacedLabel]:
    """The labels that have room, the nearest and best connected first; none overlaps another or covers a node."""
    labels: dict[str, PlacedLabel] = {}
    for key in sorted(given, key=lambda key: (rings[key], -len(neighbours[key]), key)):
        text = " ".join(given[key].label.split())
        # Only what lies within a few lines of this row can be in the way.
        high = spots[key][1]
        near = [spot for spot in spots.values() if abs(spot[1] - high) < 4 * FONT_SIZE]
        boxes = [label.box for label in labels.values() if abs(label.box.top - high) < 4 * FONT_SIZE]
        for label in _candidates(text, spots[key], key == centre, width):
            box = label.box
            if box.left < 0 or box.top < 0 or box.right > width or box.bottom > height:
                continue
            if any(map(box.overlaps, boxes)):
                continue
            if any(box.touches_circle(*spot) for spot in near):
                continue
            labels[key] = label
            break
    return labels


def _candidates(text: str, spot: tuple[float, float, float], is_centre: bool, width: float) -> Iterable[PlacedLabel]:
    """Where a label may stand, the best place first: for the centre below and above, else outwards in the node's row."""
    x, y, radius = spot
    line = FONT_SIZE * _LINE
    for shown in _shortened(text):
        wide = text_width(shown)
        if is_centre:
            for top in (y + radius + 2, y - radius - 2 - line):
                yield PlacedLabel(
                    shown, x, top + 0.8 * line, "middle", Box(x - wide / 2, top, x + wide / 2, top + line)
                )
        elif x >= width / 2:
            left = x + radius + 4
            box = Box(left, y - line / 2, left + wide, y + line / 2)
            yield PlacedLabel(shown, left, y + 0.3 * line, "start", box)
        else:
            right = x - radius - 4
            box = Box(right - wide, y - line / 2, right, y + line / 2)
            yield PlacedLabel(shown, right, y + 0.3 * line, "end", box)


def _shortened(text: str) -> Iterable[str]:
    """The text, then shorter and shorter beginnings of it."""
    if text:
        yield text
    for length in range(len(text) - 2, _SHORTEST - 1, -2):
        yield text[:length].rstrip(" -,") + "…"


def _lines(lines: Sequence[Edge], placed: dict[str, PlacedNode], centre: str) -> tuple[PlacedEdge, ...]:
    """Lines from rim to rim: straight to the centre, else bent towards it; several between the same two side by side."""
    drawn: dict[frozenset[str], int] = {}
    found = []
    middle = placed[centre]
    for line in lines:
        pair = frozenset((line.source, line.target))
        nth = drawn[pair] = drawn.get(pair, -1) + 1
        one, other = placed[line.source], placed[line.target]
        x, y = (one.x + other.x) / 2, (one.y + other.y) / 2
        bend: tuple[float, float] | None = None
        if nth or centre not in pair:
            apart = max(math.dist((one.x, one.y), (other.x, other.y)), 1.0)
            # Never bent by more than a quarter of its length: a short line far from the centre would become a loop.
            inward = max(math.dist((x, y), (middle.x, middle.y)), 1.0)
            toward = 0.0 if centre in pair else min(0.3, 0.25 * apart / inward)
            # 12 units to one side, then to the other, always seen from the same end of the pair
            first, second = (one, other) if line.source < line.target else (other, one)
            aside = (nth + 1) // 2 * (1 if nth % 2 else -1) * 12.0 / apart
            bend = (
                round(x + toward * (middle.x - x) - aside * (second.y - first.y), 2),
                round(y + toward * (middle.y - y) + aside * (second.x - first.x), 2),
            )
        start, end = _rim(one, bend or (other.x, other.y)), _rim(other, bend or (one.x, one.y))
        found.append(PlacedEdge(line.source, line.target, line.key, start, bend, end))
    return tuple(found)


def _rim(node: PlacedNode, towards: tuple[float, float]) -> tuple[float, float]:
    """The point of a node's rim in a direction."""
    away = math.dist((node.x, node.y), towards)
    share = node.radius / away if away > node.radius else 0.0
    return round(node.x + share * (towards[0] - node.x), 2), round(node.y + share * (towards[1] - node.y), 2)
