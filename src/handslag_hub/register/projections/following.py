"""Follows the store: whatever changed there is brought up to date here, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection

from django.dispatch import receiver

from handslag_hub.register.projections.clusters import REGISTERED, clusters_among
from handslag_hub.register.projections.counting import count_changes
from handslag_hub.register.projections.mentions import follow_mentions
from handslag_hub.register.projections.proposals import refresh_proposals
from handslag_hub.register.projections.traits import refresh_traits
from handslag_hub.store.bulk import select_rows
from handslag_hub.store.models import Entity
from handslag_hub.store.refresh import Changes, facts_changed
from handslag_hub.store.refresh.facts import batches

# Entities taken together: their candidates for "the same" must fit into one query of SQLite as well.
_TOGETHER = 200


@receiver(facts_changed, dispatch_uid="register follows the store")
def follow_the_store(sender: object, facts: Collection[int], changes: Changes, **_: object) -> None:
    """Mentions follow the facts. Adds to the traits what the facts add; makes those of joined entities, and the proposals of who is
    compared by other things, again.
    """
    follow_mentions(facts, changes)
    concerned = changes.different(row[0] for row in (*changes.names_new, *changes.names_gone))
    rows = select_rows(Entity, ("id", "canonical", "kind"), id=concerned)
    members = {key: canonical for key, canonical, kind in rows if kind in REGISTERED}
    compared = count_changes(changes, members)
    for batch in batches({*changes.joined, *compared}):
        for start in range(0, len(batch), _TOGETHER):
            together = batch[start : start + _TOGETHER]
            clusters = clusters_among(together)
            if changes.joined.intersection(together):
                refresh_traits(clusters)
            if clusters.members:
                refresh_proposals(clusters)


def refresh_projections(entities: Collection[int]) -> None:
    """Traits and proposals of these entities, all members of their clusters included, made again of all their facts."""
    clusters = clusters_among(entities)
    if clusters.members:
        refresh_traits(clusters)
        refresh_proposals(clusters)
