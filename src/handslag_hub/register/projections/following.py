"""Follows the store: whatever changed there is made again here, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection

from django.dispatch import receiver

from handslag_hub.register.projections.clusters import clusters_among
from handslag_hub.register.projections.proposals import refresh_proposals
from handslag_hub.register.projections.traits import refresh_traits
from handslag_hub.store.refresh import facts_changed
from handslag_hub.store.refresh.facts import batches

# Entities taken together: their candidates for "the same" must fit into one query of SQLite as well.
_TOGETHER = 200


@receiver(facts_changed, dispatch_uid="register follows the store")
def follow_the_store(sender: object, entities: Collection[int], **_: object) -> None:
    """Makes the projections of these entities again."""
    for batch in batches(entities):
        for start in range(0, len(batch), _TOGETHER):
            refresh_projections(batch[start : start + _TOGETHER])


def refresh_projections(entities: Collection[int]) -> None:
    """Traits and proposals of these entities, all members of their clusters included."""
    clusters = clusters_among(entities)
    if clusters.members:
        refresh_traits(clusters)
        refresh_proposals(clusters)
