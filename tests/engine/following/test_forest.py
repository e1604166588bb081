"""Trees scored all at once give what walking down each of them gives, to the last digit."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.following.linking.forest import Forest, Tree

NAMES = ("coverage", "margin", "mass", "short")
NUMBERS = st.sampled_from([-1.5, -0.5, 0.0, 0.25, 0.5, 1.0, 2.0])


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    nodes: list[tuple[str, float, int, int]] = []

    def grow(depth: int) -> int:
        at = len(nodes)
        nodes.append(("", draw(NUMBERS), 0, 0))
        if depth and draw(st.booleans()):
            name, bound = draw(st.sampled_from(NAMES)), draw(NUMBERS)
            up_to = grow(depth - 1)
            nodes[at] = (name, bound, up_to, grow(depth - 1))
        return at

    grow(3)
    return nodes


def walked(tree: Tree, features: Mapping[str, float]) -> float:
    at = 0
    while tree[at][0]:
        name, bound, up_to, beyond = tree[at]
        at = up_to if features.get(name, 0.0) <= bound else beyond
    return tree[at][1]


@given(st.lists(trees(), max_size=6), st.dictionaries(st.sampled_from(NAMES), NUMBERS), NUMBERS)
def test_the_score_is_that_of_walking_down_every_tree(
    grown: list[Tree], features: dict[str, float], start: float
) -> None:
    assert Forest(start, grown).score(features) == start + sum(walked(tree, features) for tree in grown)


def test_a_tree_of_more_leaves_than_a_byte_has_bits_is_refused() -> None:
    nodes: list[tuple[str, float, int, int]] = []
    for k in range(8):
        nodes += [("mass", float(k), 2 * k + 1, 2 * k + 2), ("", 1.0, 0, 0)]
    nodes.append(("", 1.0, 0, 0))
    with pytest.raises(ValueError, match="9 leaves"):
        Forest(0.0, [nodes])
