"""Identity folded from its links: entities joined by "same" are one; the first of them by address lends its address.

Not the oldest: which row is oldest may be the doing of an action that was undone, and undoing must give what a replay without it gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db.models import QuerySet

from handslag_hub.store.bulk import places_for, query
from handslag_hub.store.models import Entity, IdentityLink, Sameness

_TOGETHER = 1000
Pair = tuple[int, int]


def pair_of(a: int, b: int) -> Pair:
    """The two keys in the order in which links keep them."""
    return (a, b) if a < b else (b, a)


def verdicts_between(entities: Collection[int], links: QuerySet[IdentityLink] | None = None) -> dict[Pair, str]:
    """The verdict that holds for each pair with a side among `entities`: the last one of `links`, by default those that count today."""
    keys = list(entities)
    if links is None:
        return {(a, b): verdict for _, a, b, verdict in sorted(set(_counting_links(keys)))}
    rows = links.order_by("pk")
    found = [
        *rows.filter(a__in=keys).values_list("pk", "a", "b", "verdict"),
        *rows.filter(b__in=keys).values_list("pk", "a", "b", "verdict"),
    ]
    return {(a, b): verdict for _, a, b, verdict in sorted(set(found))}


def _counting_links(keys: Sequence[int]) -> Iterator[tuple[int, int, int, str]]:
    for start in range(0, len(keys), _TOGETHER):
        part = keys[start : start + _TOGETHER]
        yield from query(
            " UNION ALL ".join(f"SELECT l.id, l.a_id, l.b_id, l.verdict FROM store_identitylink l JOIN store_action a ON a.id = l.action_id AND NOT a.undone"  # noqa: S608  places
            f" WHERE l.{side}_id IN ({places_for(part)})" for side in "ab"), [*part, *part])  # fmt: skip


def component(seed: int, counting: QuerySet[IdentityLink] | None = None) -> set[int]:
    """All entities that links hold to be the same as `seed`, itself included."""
    members, frontier = {seed}, {seed}
    while frontier:
        links = verdicts_between(frontier, counting)
        reached = {key for pair, verdict in links.items() if verdict == Sameness.SAME for key in pair}
        frontier = reached - members
        members |= frontier
    return members


def clusters_of(entities: Iterable[int]) -> set[int]:
    """The entities and all that share a canonical entity with them, as the cache has it."""
    keys = set(entities)
    canonical = set(Entity.objects.filter(pk__in=keys).values_list("canonical", flat=True))
    return keys | set(Entity.objects.filter(canonical__in=canonical).values_list("pk", flat=True))


def refresh_identity(entities: Iterable[int]) -> set[int]:
    """Finds the components of these entities again and writes who stands for whom; gives all entities in them."""
    waiting, seen = set(entities), set()
    while waiting:
        members = component(waiting.pop())
        waiting -= members
        seen |= members
        first = min(members) if len(members) == 1 else _first_of(members)
        Entity.objects.filter(pk__in=members).exclude(canonical=first).update(canonical=first)
    return seen


def _first_of(members: Collection[int]) -> int:
    return min(Entity.objects.filter(pk__in=members).values_list("uid", "pk"))[1]


def inner_contradiction(seed: int) -> Pair | None:
    """Two entities that somebody said are different though links make both the same as `seed`, if there are such."""
    members = component(seed)
    return different_between(members, members) if len(members) > 1 else None


def different_between(members: Collection[int], others: Collection[int]) -> Pair | None:
    """A pair with one side in each group that somebody said is different, if there is one."""
    for (a, b), verdict in verdicts_between(members).items():
        if verdict == Sameness.DIFFERENT and ((a in members and b in others) or (b in members and a in others)):
            return a, b
    return None


def chain_between(a: int, b: int) -> list[int]:
    """The shortest chain of "same" from one entity to the other, both included; empty where there is none."""
    came_from: dict[int, int] = {a: a}
    frontier = [a]
    while frontier and b not in came_from:
        neighbours: dict[int, list[int]] = defaultdict(list)
        for (x, y), verdict in verdicts_between(frontier).items():
            if verdict == Sameness.SAME:
                neighbours[x].append(y)
                neighbours[y].append(x)
        step = []
        for here in frontier:
            for there in neighbours[here]:
                if there not in came_from:
                    came_from[there] = here
                    step.append(there)
        frontier = step
    if b not in came_from:
        return []
    chain = [b]
    while chain[-1] != a:
        chain.append(came_from[chain[-1]])
    return chain[::-1]
