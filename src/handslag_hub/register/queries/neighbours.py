"""The neighbourhood of an entry: whom facts name together with it, as nodes and edges to be drawn and listed alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from handslag.register.neighbourhood import lay_out
from handslag.register.picture import Edge, Node, Picture
from handslag_hub.accounts.actors import Actor
from handslag_hub.register.queries.mentions import Sort, mentions_of
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Entity, Fact, Statement
from handslag_hub.store.queries import known_facts, labels_of

# 150 can be told apart (handslag.register.neighbourhood); the picture begins with fewer.
MOST_NODES = 150
USUAL_NODES = 40
_LOOKED_THROUGH = 1500
_DRAWN = ("organisation", "person", "event")
RELATIONS = ("agreement", "role", "event", "commitment", "signal", "quote", "figure")
WIDTH = 960.0
_ROW_HEIGHT = 26.0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One node of the picture and one row of the table: who, through which kinds of facts and how many of each, and one of them."""

    uid: str
    label: str
    kind: str
    relations: list[tuple[str, int]]
    fact: str


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge between two nodes: `relation` is the kind of fact that names both, `count` how many do."""

    source: str
    target: str
    relation: str
    count: int


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The centre's neighbours, the nearest first, and all ties among them; `left_out` neighbours had no room."""

    centre: Neighbour
    neighbours: list[Neighbour]
    ties: list[Tie]
    left_out: int


def neighbourhood_of(actor: Actor, known: AsKnown, centre: Entity, most: int = USUAL_NODES) -> Neighbourhood:
    """Whom visible facts name together with an entry; at most `most` nodes, the entry included. About eight queries."""
    named = _named_together(actor, known, centre.canonical_id)
    together: dict[int, Counter[str]] = defaultdict(Counter)
    first: dict[int, str] = {}
    for kind, uid, entities in named:
        for other in entities:
            together[other][kind] += 1
            first.setdefault(other, uid)
    me = centre.canonical_id
    together.pop(me, None)
    chosen = sorted(together, key=lambda key: (-len(together[key]), -together[key].total(), key))[: most - 1]
    labels = labels_of(actor, [*chosen, me])
    chosen = [key for key in chosen if key in labels]
    nodes = [
        Neighbour(*labels[key], [(kind, together[key][kind]) for kind in RELATIONS if together[key][kind]], first[key])
        for key in chosen
    ]
    pairs = _pairs(named, {*chosen, me}) + _roles_among(actor, known, set(chosen), {fact for _, fact, _ in named})
    uids = {key: labels[key][0] for key in (*chosen, me)}
    ties = [Tie(uids[a], uids[b], kind, count) for (a, b, kind), count in sorted(pairs.items())]
    return Neighbourhood(Neighbour(*labels[me], [], ""), nodes, ties, len(together) - len(chosen))


def draw(neighbourhood: Neighbourhood) -> Picture:
    """The picture of a neighbourhood: one line for each pair, whatever ties it."""
    nodes = [Node(node.uid, node.label) for node in (neighbourhood.centre, *neighbourhood.neighbours)]
    edges = [Edge(source, target) for source, target in dict.fromkeys((tie.source, tie.target) for tie in neighbourhood.ties)]  # fmt: skip
    height = max(320.0, (len(nodes) + 1) // 2 * _ROW_HEIGHT + 40.0)
    return lay_out(nodes, edges, neighbourhood.centre.uid, width=WIDTH, height=height)


@dataclass(frozen=True, slots=True)
class TiedRow:
    """A row of the table: a node, and the labels of all that it is tied to."""

    node: Neighbour
    tied: list[str]


def rows_of(neighbourhood: Neighbourhood) -> list[TiedRow]:
    """The table that says the same as the picture."""
    labels = {node.uid: node.label for node in (neighbourhood.centre, *neighbourhood.neighbours)}
    tied: dict[str, dict[str, str]] = defaultdict(dict)
    for tie in neighbourhood.ties:
        tied[tie.source][tie.target] = labels[tie.target]
        tied[tie.target][tie.source] = labels[tie.source]
    return [TiedRow(node, sorted(tied[node.uid].values())) for node in neighbourhood.neighbours]


def _named_together(actor: Actor, known: AsKnown, entry: int) -> list[tuple[str, str, list[int]]]:
    """(kind, address, canonical entities it names) of the facts that mention the entry last."""
    keys = mentions_of(actor, known, entry).first(Sort(), _LOOKED_THROUGH)
    facts = Fact.objects.filter(pk__in=keys, kind__in=RELATIONS)
    rows = facts.values_list("pk", "uid", "kind", "about__canonical", "about__kind").order_by("-pk")
    named: dict[int, set[int]] = defaultdict(set)
    for pk, _uid, _kind, subject, what in rows:
        if what in _DRAWN:
            named[pk].add(subject)
    objects = Statement.objects.filter(fact__in=[row[0] for row in rows], holds=True, object_now__kind__in=_DRAWN, object_now__level__lte=actor.level)  # fmt: skip
    for fact, other in objects.values_list("fact", "object_now__canonical"):
        named[fact].add(other)
    return [(kind, uid, sorted(named[pk])) for pk, uid, kind, _, _ in rows]


def _pairs(named: list[tuple[str, str, list[int]]], nodes: set[int]) -> Counter[tuple[int, int, str]]:
    """How many facts of each kind name two nodes together. A fact that names a crowd ties it to the centre alone elsewhere."""
    found: Counter[tuple[int, int, str]] = Counter()
    for kind, _uid, entities in named:
        drawn = [key for key in entities if key in nodes]
        for number, one in enumerate(drawn):
            for other in drawn[number + 1 :]:
                found[one, other, kind] += 1
    return found


def _roles_among(actor: Actor, known: AsKnown, nodes: set[int], counted: set[str]) -> Counter[tuple[int, int, str]]:
    """The neighbours' roles with each other, from facts that do not name the centre."""
    rows = Statement.objects.filter(
        predicate="organisation", holds=True, object_now__canonical__in=nodes, fact__about__canonical__in=nodes,
        fact__in=known_facts(actor, known).filter(kind="role", about__canonical__in=nodes),
    ).values_list("fact__uid", "fact__about__canonical", "object_now__canonical")[:_LOOKED_THROUGH]  # fmt: skip
    found: Counter[tuple[int, int, str]] = Counter()
    for uid, person, body in rows:
        if uid not in counted and person != body:
            found[min(person, body), max(person, body), "role"] += 1
    return found
