"""The picture of a neighbourhood: what is given to be laid out, and where it lies. Numbers only; whoever draws, draws."""

from __future__ import annotations

from dataclasses import dataclass

from handslag.kernel.errors import HandslagError


class UndrawableNeighbourhood(HandslagError):
    """What was given is no neighbourhood of its centre, or too large to be seen."""


@dataclass(frozen=True, slots=True)
class Node:
    """One to be drawn: its key and its name."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two nodes; `key` tells several between the same two apart."""

    source: str
    target: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """True if the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def touches_circle(self, x: float, y: float, radius: float) -> bool:
        """True if a point of the circle lies within."""
        across = x - min(max(x, self.left), self.right)
        down = y - min(max(y, self.top), self.bottom)
        return across * across + down * down < radius * radius


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A name as it is drawn: the text, shortened if need be, its base line at (x, y), its anchor (start, middle, end), its box."""

    text: str
    x: float
    y: float
    anchor: str
    box: Box


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A circle; `ring` is the distance from the centre (0), the last ring holding all beyond. No label where none has room."""

    key: str
    x: float
    y: float
    radius: float
    ring: int
    label: PlacedLabel | None


@dataclass(frozen=True, slots=True)
class PlacedEdge:
    """A line from rim to rim: straight, or with a `bend`, the control point of a quadratic curve."""

    source: str
    target: str
    key: str
    start: tuple[float, float]
    bend: tuple[float, float] | None
    end: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """A neighbourhood laid out in a frame from (0, 0) to (width, height), y downwards."""

    width: float
    height: float
    nodes: tuple[PlacedNode, ...]
    edges: tuple[PlacedEdge, ...]
