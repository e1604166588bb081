from __future__ import annotations

import math
import random
import time
from itertools import combinations

import pytest

from handslag.register.neighbourhood import lay_out
from handslag.register.picture import Edge, Node, Picture, UndrawableNeighbourhood
from handslag.register.ring_order import order_around

FRAMES = [(960.0, 640.0), (1200.0, 800.0), (720.0, 560.0)]


def drawn(
    count: int, seed: int, *, width: float = 960.0, height: float = 640.0
) -> tuple[Picture, list[Node], list[Edge]]:
    """A neighbourhood of `count` nodes, each connected with an earlier one, and some more edges."""
    rng = random.Random(seed)
    words = [
        "Region Norrfors",
        "Ekby",
        "Almgrens stiftelse för medicinsk forskning",
        "Nordiska rådet för hälsodata",
        "EMC",
    ]
    nodes = [Node(f"n{k}", f"{rng.choice(words)} {k}") for k in range(count)]
    hub = rng.random()
    edges = [Edge(f"n{k}", "n0" if rng.random() < hub else f"n{rng.randrange(k)}") for k in range(1, count)]
    for _ in range(count // 2 if count > 2 else 0):
        one, other = rng.sample(range(count), 2)
        edges.append(Edge(f"n{one}", f"n{other}", "more"))
    return lay_out(nodes, edges, "n0", width=width, height=height), nodes, edges


@pytest.mark.parametrize("count", [1, 2, 3, 7, 20, 45, 60, 100, 150])
@pytest.mark.parametrize("frame", FRAMES)
def test_everything_lies_in_the_frame_and_no_circles_or_labels_overlap(count: int, frame: tuple[float, float]) -> None:
    width, height = frame
    for seed in range(6):
        picture, nodes, edges = drawn(count, seed, width=width, height=height)
        assert [node.key for node in picture.nodes] == [node.key for node in nodes]
        assert len(picture.edges) == len(edges)
        for node in picture.nodes:
            assert node.radius <= node.x <= width - node.radius
            assert node.radius <= node.y <= height - node.radius
        for one, other in combinations(picture.nodes, 2):
            assert math.dist((one.x, one.y), (other.x, other.y)) >= one.radius + other.radius
        labels = [node.label for node in picture.nodes if node.label]
        for label in labels:
            assert label.box.left >= 0
            assert label.box.top >= 0
            assert label.box.right <= width
            assert label.box.bottom <= height
        assert not any(one.box.overlaps(other.box) for one, other in combinations(labels, 2))
        assert not any(label.box.touches_circle(n.x, n.y, n.radius) for label in labels for n in picture.nodes)
        for edge in picture.edges:
            for x, y in (edge.start, edge.end, edge.bend or edge.start):
                assert 0 <= x <= width
                assert 0 <= y <= height


@pytest.mark.parametrize("frame", FRAMES)
def test_up_to_sixty_nodes_all_have_their_names(frame: tuple[float, float]) -> None:
    for count in (2, 10, 30, 60):
        for seed in range(8):
            picture, _, _ = drawn(count, seed, width=frame[0], height=frame[1])
            assert [node.key for node in picture.nodes if node.label is None] == []


def test_a_name_is_shortened_only_at_its_end_and_only_where_it_has_no_room() -> None:
    picture, nodes, _ = drawn(60, 1)
    named = {node.key: node.label for node in nodes}
    shown = {node.key: node.label.text for node in picture.nodes if node.label}
    assert all(named[key] == text or named[key].startswith(text.rstrip("…")) for key, text in shown.items())
    assert sum(named[key] == text for key, text in shown.items()) > 20


def test_the_same_neighbourhood_gives_the_same_picture_in_whatever_order_it_is_told() -> None:
    picture, nodes, edges = drawn(80, 3)
    again = lay_out(nodes, edges, "n0", width=960.0, height=640.0)
    assert again == picture
    shuffled = lay_out(nodes[::-1], edges, "n0", width=960.0, height=640.0)
    assert set(shuffled.nodes) == set(picture.nodes)


def test_rings_are_distances_from_the_centre() -> None:
    nodes = [Node(key, key) for key in "abcdefx"]
    edges = [Edge("a", "b"), Edge("b", "c"), Edge("c", "d"), Edge("d", "e"), Edge("a", "f")]
    picture = lay_out(nodes, edges, "a", width=800, height=600)
    assert {node.key: node.ring for node in picture.nodes} == {"a": 0, "b": 1, "f": 1, "c": 2, "d": 3, "e": 3, "x": 3}
    centre = picture.nodes[0]
    assert (centre.x, centre.y) == (400, 300)


def test_groups_that_belong_together_lie_side_by_side() -> None:
    # three groups, each of a hub and five around it, whose keys are dealt out so that the alphabet mixes the groups
    edges = [Edge("centre", f"k{group}") for group in range(3)]
    edges += [Edge(f"k{group}", f"m{3 * k + group:02}") for group in range(3) for k in range(5)]
    keys = {"centre", *(edge.target for edge in edges)}
    neighbours = {
        key: sorted({e.target for e in edges if e.source == key} | {e.source for e in edges if e.target == key})
        for key in keys
    }
    order = [int(key[1:]) % 3 for key in order_around(neighbours, "centre")]
    changes = sum(one != other for one, other in zip(order, order[1:] + order[:1], strict=True))
    assert changes == 3


def test_lines_begin_and_end_at_rims_and_several_between_two_do_not_lie_on_each_other() -> None:
    nodes = [Node(key, key) for key in "abc"]
    edges = [Edge("a", "b", "1"), Edge("b", "a", "2"), Edge("a", "b", "3"), Edge("b", "c", "1"), Edge("c", "b", "2")]
    picture = lay_out(nodes, edges, "a", width=640, height=480)
    placed = {node.key: node for node in picture.nodes}
    for edge in picture.edges:
        for key, point in ((edge.source, edge.start), (edge.target, edge.end)):
            assert math.dist((placed[key].x, placed[key].y), point) == pytest.approx(placed[key].radius, abs=0.02)
    assert picture.edges[0].bend is None
    assert len({edge.bend for edge in picture.edges}) == len(edges)


def test_a_hundred_and_fifty_nodes_take_less_than_fifty_milliseconds() -> None:
    _, nodes, edges = drawn(150, 5)
    taken = []
    for _ in range(5):
        begun = time.process_time()
        lay_out(nodes, edges, "n0", width=1200.0, height=800.0)
        taken.append(time.process_time() - begun)
    assert min(taken) < 0.05


@pytest.mark.parametrize(
    ("nodes", "edges", "centre", "frame", "told"),
    [
        (["a"], [], "b", (640, 480), "centre"),
        (["a", "a"], [], "a", (640, 480), "same key"),
        (["a"], [("a", "b")], "a", (640, 480), "'b'"),
        (["a"], [("a", "a")], "a", (640, 480), "itself"),
        (["a"], [], "a", (640, 100), "frame"),
        (["a"], [], "a", (math.nan, 480), "frame"),
        ([str(k) for k in range(151)], [], "1", (640, 480), "151"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    nodes: list[str], edges: list[tuple[str, str]], centre: str, frame: tuple[float, float], told: str
) -> None:
    with pytest.raises(UndrawableNeighbourhood, match=told):
        lay_out([Node(k, k) for k in nodes], [Edge(*e) for e in edges], centre, width=frame[0], height=frame[1])
