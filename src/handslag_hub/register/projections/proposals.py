"""Proposals: entities that share a key are compared, and what speaks for one being the other is kept for people to judge."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from handslag.register.profiles import Profile, Reason
from handslag.register.profiles import Proposal as Compared
from handslag.register.sameness import propose_same
from handslag_hub.register.models import Proposal, Trait
from handslag_hub.register.projections.clusters import Clusters, clusters_among
from handslag_hub.register.projections.known import Known, known_of
from handslag_hub.store.bulk import insert_rows, places_for, query, select_rows
from handslag_hub.store.models import Entity, NameKey, Sameness
from handslag_hub.store.refresh.identity import pair_of, verdicts_between

# Kinds of keys that two names of one thing share; "folded" and "word" are for search.
_BLOCKING = ("unaccented", "core", "joined", "acronym", "meaning", "half", "surname+initial", "sounds")
# A key that more have than these tells nothing; of the candidates those with most keys in common are compared.
_LARGEST_BLOCK = 40
_MOST_CANDIDATES = 12
_QUERY = 500
_LEVELS = (0, 1, 2)
Pair = tuple[int, int]


class ProposalRow(NamedTuple):
    """A row of `Proposal`, its reasons as JSON: many are made anew with every page, so none is made a model."""

    a: int
    b: int
    level: int
    score: float | None
    reasons: str
    against: str
    unsure: bool


def refresh_proposals(clusters: Clusters) -> None:
    """Makes the proposals in which these clusters take part again. About ten queries, however many they are."""
    touched = set(clusters.members)
    there = {key for side in ("a", "b") for (key,) in select_rows(Proposal, ("id",), **{side: touched})}
    if there:
        Proposal.objects.filter(pk__in=there).delete()
    pairs = candidate_pairs(clusters)
    if not pairs:
        return
    all_clusters = clusters_among({key for pair in pairs for key in pair})
    known = known_of(all_clusters.members, all_clusters.kinds)
    judged = _judged(all_clusters.members)
    rows: list[ProposalRow] = []
    for a, b in sorted(pairs):
        verdict = judged.get((a, b))
        if a in known and b in known and verdict != Sameness.DIFFERENT:
            rows += proposals_of(a, b, known[a], known[b], unsure=verdict == Sameness.UNSURE)
    write_proposals(rows)


def write_proposals(rows: Iterable[ProposalRow]) -> None:
    """Keeps proposals."""
    insert_rows(Proposal, ProposalRow._fields, rows)


def candidate_pairs(clusters: Clusters) -> set[Pair]:
    """Pairs of canonical entities of one kind worth comparing, each with one of `clusters` on a side."""
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    for ours, theirs in _blocks(clusters):
        for mine in {clusters.members[entity] for entity in ours}:
            shared[mine].update(canonical for canonical in set(theirs) if canonical != mine)
    return {
        pair_of(mine, other)
        for mine, counter in shared.items()
        for other, _ in sorted(counter.items(), key=lambda item: (-item[1], item[0]))[:_MOST_CANDIDATES]
    }


def _blocks(clusters: Clusters) -> Iterable[tuple[list[int], list[int]]]:
    """For each key: the asked members that have it, and the canonical entities of the same kind that have it."""
    ours: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for entity, kind, key in select_rows(NameKey, ("entity", "kind", "key"), entity=clusters.members, kind=_BLOCKING):
        ours[clusters.kinds[clusters.members[entity]], kind, key].append(entity)
    keys = sorted({key for _, _, key in ours})
    for start in range(0, len(keys), _QUERY):
        asked = [*_BLOCKING, *keys[start : start + _QUERY]]
        among = f"kind IN ({places_for(_BLOCKING)}) AND key IN ({places_for(asked[len(_BLOCKING) :])})"
        sizes = query(f"SELECT kind, key, count(*) FROM store_namekey WHERE {among} GROUP BY kind, key", asked)  # noqa: S608  places # fmt: skip
        small = {(kind, key) for kind, key, n in sizes if 1 < n <= _LARGEST_BLOCK}
        theirs: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        having = [row for row in select_rows(NameKey, ("kind", "key", "entity"), key={key for _, key in small}, kind=_BLOCKING) if row[:2] in small]  # fmt: skip
        entities = {key: row for key, *row in select_rows(Entity, ("id", "kind", "canonical"), id={row[2] for row in having})}  # fmt: skip
        for kind, key, entity in having:
            what, canonical = entities[entity]
            theirs[what, kind, key].append(canonical)
        yield from ((ours[block], theirs[block]) for block in theirs if block in ours)
    yield from _identifier_blocks(clusters)


def _identifier_blocks(clusters: Clusters) -> Iterable[tuple[list[int], list[int]]]:
    ours: dict[tuple[str, str], list[int]] = defaultdict(list)
    for name, value, entity in select_rows(Trait, ("name", "value", "entity"), entity=clusters.kinds):
        if name.startswith("id:"):
            ours[name, value].append(entity)
    if ours:
        rows = Trait.objects.filter(name__in={name for name, _ in ours}, value__in={value for _, value in ours})
        theirs: dict[tuple[str, str], list[int]] = defaultdict(list)
        for name, value, entity in rows.values_list("name", "value", "entity")[:_QUERY]:
            theirs[name, value].append(entity)
        yield from ((entities, theirs[block]) for block, entities in ours.items())


def _judged(members: dict[int, int]) -> dict[Pair, str]:
    """Pair of canonical entities → what was said of it by way of any of their members; "different" outweighs "not sure"."""
    found: dict[Pair, str] = {}
    for (a, b), verdict in verdicts_between(members).items():
        if a in members and b in members and members[a] != members[b] and verdict != Sameness.SAME:
            pair = pair_of(members[a], members[b])
            if found.get(pair) != Sameness.DIFFERENT:
                found[pair] = verdict
    return found


def proposals_of(a: int, b: int, known_a: Known, known_b: Known, *, unsure: bool = False) -> list[ProposalRow]:
    """The rows for a pair: one for the first level that is told something, and one for each that is told something else."""
    rows: list[ProposalRow] = []
    told: Compared | None = None
    before: tuple[Profile | None, Profile | None] | None = None
    levels = known_a.levels() | known_b.levels()
    for level in _LEVELS:
        if level not in levels:
            continue
        profiles = (known_a.profile(level), known_b.profile(level))
        if profiles == before:
            continue
        before = profiles
        found = propose_same(*profiles) if profiles[0] and profiles[1] else None
        if found != told:
            rows.append(ProposalRow(a, b, level, found.score if found else None, _as_json(found.reasons if found else ()),
                _as_json(found.against if found else ()), unsure))  # fmt: skip
            told = found
    return rows


def _as_json(reasons: Collection[Reason]) -> str:
    return json.dumps([[reason.code, reason.detail_a, reason.detail_b] for reason in reasons])
