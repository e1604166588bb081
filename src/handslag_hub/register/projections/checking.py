"""Mentions, traits and proposals made again as a whole, and compared with what they should be."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db import transaction
from django.db.models import F, Q

from handslag_hub.register.models import Mention, Proposal, Trait
from handslag_hub.register.projections.clusters import REGISTERED, Clusters, clusters_among
from handslag_hub.register.projections.known import known_of
from handslag_hub.register.projections.mentions import MentionRow, mentions_now
from handslag_hub.register.projections.proposals import (
    Pair,
    ProposalRow,
    candidate_pairs,
    proposals_of,
    write_proposals,
)
from handslag_hub.register.projections.traits import refresh_traits, traits_now
from handslag_hub.store.bulk import insert_rows
from handslag_hub.store.models import Entity, Fact, Sameness
from handslag_hub.store.refresh.facts import batches
from handslag_hub.store.refresh.identity import pair_of, verdicts_between

# Clusters taken together: their members must fit into one query of SQLite.
_TOGETHER = 200
_PAIRS_TOGETHER = 400


def rebuild() -> None:
    """Makes mentions, traits and proposals again from the store."""
    with transaction.atomic():
        rebuild_mentions()
        Trait.objects.all().delete()
        for clusters in _all_clusters():
            refresh_traits(clusters)
        rebuild_proposals()


def rebuild_mentions() -> None:
    """Makes the mentions again."""
    Mention.objects.all().delete()
    for facts in batches(Fact.objects.values_list("pk", flat=True)):
        insert_rows(Mention, MentionRow._fields, sorted(mentions_now(facts), key=lambda row: row[:2]))


def rebuild_proposals() -> None:
    """Makes the proposals again, of traits that are up to date."""
    with transaction.atomic():
        Proposal.objects.all().delete()
        pairs = sorted({pair for clusters in _all_clusters() for pair in candidate_pairs(clusters)})
        for start in range(0, len(pairs), _PAIRS_TOGETHER):
            write_proposals(_compared(pairs[start : start + _PAIRS_TOGETHER]))


def differences(limit: int = 20) -> list[str]:
    """What does not hold, one line each, at most `limit`; empty where all is as it should be.

    Mentions and traits are compared with a rebuild. Of proposals it is asked whether they may stand: which of very many candidates were compared
    depends on who came last.
    """
    found: list[str] = []
    for facts in batches(Fact.objects.values_list("pk", flat=True)):
        found += _other_mentions(facts)
        if len(found) >= limit:
            break
    for clusters in _all_clusters():
        found += _other_traits(clusters)
        if len(found) >= limit:
            break
    return [*found, *_misplaced_proposals()][:limit]


def _all_clusters() -> Iterator[Clusters]:
    canonical = list(Entity.objects.filter(kind__in=REGISTERED, pk=F("canonical")).order_by("pk").values_list("pk", flat=True))  # fmt: skip
    for start in range(0, len(canonical), _TOGETHER):
        yield clusters_among(canonical[start : start + _TOGETHER])


def _other_mentions(facts: Collection[int]) -> Iterator[str]:
    there = {MentionRow(*row) for row in Mention.objects.filter(fact__in=facts).values_list(*MentionRow._fields)}
    for row in sorted(there ^ set(mentions_now(facts)), key=lambda row: row[:2]):
        yield f"Mention of {row.entity} by fact {row.fact}: the table {'has' if row in there else 'has not'} {row[2:]}"


def _other_traits(clusters: Clusters) -> Iterator[str]:
    wanted = traits_now(clusters)
    rows = Trait.objects.filter(entity__in=clusters.members).values_list("entity", "name", "value", "level", "count")
    there = {row[:4]: row[4] for row in rows}
    for key in sorted(wanted.keys() | there.keys()):
        if wanted.get(key) != there.get(key):
            yield f"Trait {key}: the table has {there.get(key)}, the facts give {wanted.get(key)}"


def _misplaced_proposals() -> Iterator[str]:
    for a, b in Proposal.objects.exclude(Q(a=F("a__canonical")) & Q(b=F("b__canonical"))).values_list("a", "b")[:20]:
        yield f"Proposal {a}, {b}: one of them stands for nobody any longer"
    for batch in batches(Proposal.objects.values_list("a", flat=True).distinct()):
        rows = list(Proposal.objects.filter(a__in=batch).values_list("a", "b", "unsure").distinct())
        judged = _judged({key for row in rows for key in row[:2]})
        for a, b, unsure in rows:
            verdict = judged.get((a, b))
            if verdict == Sameness.DIFFERENT or unsure != (verdict == Sameness.UNSURE):
                yield f"Proposal {a}, {b}: somebody said that they are {verdict or 'nothing of the kind'}"


def _compared(pairs: Collection[Pair]) -> Iterator[ProposalRow]:
    entities = {key for pair in pairs for key in pair}
    clusters, judged = clusters_among(entities), _judged(entities)
    known = known_of(clusters.members, clusters.kinds)
    for a, b in pairs:
        if judged.get((a, b)) != Sameness.DIFFERENT:
            yield from proposals_of(a, b, known[a], known[b], unsure=judged.get((a, b)) == Sameness.UNSURE)


def _judged(canonical: Collection[int]) -> dict[Pair, str]:
    """What was said of two of these by way of any that they stand for; "different" outweighs "not sure"."""
    members: dict[int, int] = {}
    for batch in batches(canonical):
        members |= clusters_among(batch).members
    found: dict[Pair, str] = {}
    for batch in batches(members):
        for (a, b), verdict in verdicts_between(batch).items():
            if a in members and b in members and members[a] != members[b] and verdict != Sameness.SAME:
                pair = pair_of(members[a], members[b])
                if found.get(pair) != Sameness.DIFFERENT:
                    found[pair] = verdict
    return found
