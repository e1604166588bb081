"""In which ring and in which order the nodes of a neighbourhood lie, so that few lines cross."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_SWEEPS = 16


def rings_of(neighbours: Mapping[str, Sequence[str]], centre: str, last: int) -> dict[str, int]:
    """The distance of every node from the centre; those farther away, or not connected with it, are in ring `last`."""
    rings = {centre: 0}
    reached = [centre]
    for key in reached:
        for other in neighbours[key]:
            if other not in rings:
                rings[other] = rings[key] + 1
                reached.append(other)
    return {key: min(rings.get(key, last), last) for key in neighbours}


def order_around(neighbours: Mapping[str, Sequence[str]], centre: str) -> list[str]:
    """All nodes but the centre, in their order around it: each moved to the middle of its neighbours (barycentre method of
    Sugiyama, Tagawa and Toda 1981), over several sweeps, of which the one with the shortest lines is taken.
    """
    order = _walked(neighbours, centre)
    around = {key: [other for other in neighbours[key] if other != centre] for key in order}
    best, least = order, _length(order, around)
    for sweep in range(_SWEEPS):
        places = {key: float(k) for k, key in enumerate(order)}
        # A node's own place has weight as well, less in every sweep: so that the order settles instead of turning over.
        own = 1.0 / (1 + sweep)
        middles = {}
        for key in order:
            total = sum([places[other] for other in around[key]])
            middles[key] = (own * places[key] + total) / (own + len(around[key]))
        order = sorted(order, key=lambda key: (middles[key], places[key]))
        length = _length(order, around)
        if length < least:
            best, least = order, length
    return best


def _walked(neighbours: Mapping[str, Sequence[str]], centre: str) -> list[str]:
    """The nodes depth first from the centre, in the order of keys, each among those it leads to; the unconnected last."""
    seen = {centre}
    order: list[str] = []
    for start in (centre, *sorted(neighbours)):
        waiting = [start]
        while waiting:
            key = waiting.pop()
            if key != centre:
                if key in seen:
                    continue
                seen.add(key)
                order.append(key)
            waiting += sorted((other for other in neighbours[key] if other not in seen), reverse=True)
    return order


def _length(order: Sequence[str], neighbours: Mapping[str, Sequence[str]]) -> int:
    """How far apart connected nodes lie in the order, which closes into a circle; all of them are in it."""
    places = {key: k for k, key in enumerate(order)}
    total, count = 0, len(order)
    for key in order:
        for other in neighbours[key]:
            apart = abs(places[key] - places[other])
            total += apart if 2 * apart < count else count - apart
    return total
