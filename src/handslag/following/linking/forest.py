"""Boosted trees scored all at once: what a feature's value rules out is one mask over the leaves of all trees."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from operator import getitem
from typing import Final

# A tree: for each node its feature ("" for a leaf), the bound, and where to go up to it and beyond; a leaf's value is its bound.
Tree = Sequence[tuple[str, float, int, int]]

_LEAVES: Final = 8
_LOWEST: Final = bytes(max((byte & -byte).bit_length() - 1, 0) for byte in range(1 << _LEAVES))


class Forest:
    """Trees whose leaves' values are added to a start.

    Each tree has a byte with a bit for each leaf, from left to right. Where a value lies beyond a node's bound, the leaves up to it
    are out; of those that are left the leftmost is where the tree ends. So a score costs one mask for each feature that is there.
    """

    def __init__(self, start: float, trees: Sequence[Tree]) -> None:
        self._start = start
        self._values: list[list[float]] = []
        ruled_out: dict[str, list[tuple[float, int]]] = {}
        for number, tree in enumerate(trees):
            leaves: list[float] = []
            _walk(tree, 0, leaves, 8 * number, ruled_out)
            if len(leaves) > _LEAVES:
                raise ValueError(f"tree {number} has {len(leaves)} leaves, expected at most {_LEAVES}")
            self._values.append(leaves)
        self._all = (1 << 8 * len(trees)) - 1
        self._masks: dict[str, tuple[list[float], list[int]]] = {}
        for name, nodes in ruled_out.items():
            nodes.sort()
            kept = self._all
            masks = [kept]
            for _, out in nodes:
                kept &= ~out
                masks.append(kept)
            self._masks[name] = ([bound for bound, _ in nodes], masks)
        # Most features are signs: there (1) or not (0).
        self._if_there = {name: self._mask(name, 1.0) for name in self._masks}
        self._if_not = [(name, self._mask(name, 0.0)) for name, (bounds, _) in self._masks.items() if bounds[0] < 0]

    def score(self, features: Mapping[str, float]) -> float:
        """The sum over the trees; a feature that is not there is 0."""
        alive, masks, if_there = self._all, self._masks, self._if_there
        for name, mask in self._if_not:
            if name not in features:
                alive &= mask
        for name, value in features.items():
            if name in masks:
                if value == 1.0:
                    alive &= if_there[name]
                else:
                    bounds, out = masks[name]
                    alive &= out[bisect_left(bounds, value)]
        ends = alive.to_bytes(len(self._values), "little").translate(_LOWEST)
        return self._start + sum(map(getitem, self._values, ends))

    def _mask(self, name: str, value: float) -> int:
        bounds, masks = self._masks[name]
        return masks[bisect_left(bounds, value)]


def _walk(tree: Tree, at: int, leaves: list[float], shift: int, ruled_out: dict[str, list[tuple[float, int]]]) -> None:
    """Gathers a tree's leaves from left to right, and for each node the bits of those that lie up to its bound."""
    name, bound, up_to, beyond = tree[at]
    if not name:
        leaves.append(bound)
        return
    first = len(leaves)
    _walk(tree, up_to, leaves, shift, ruled_out)
    bits = ((1 << len(leaves)) - (1 << first)) << shift
    ruled_out.setdefault(name, []).append((bound, bits))
    _walk(tree, beyond, leaves, shift, ruled_out)
