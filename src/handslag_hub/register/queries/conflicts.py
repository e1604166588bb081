"""Conflicts on an entry."""

from __future__ import annotations

from collections.abc import Sequence

from handslag_hub.accounts.actors import Actor
from handslag_hub.store.models import Conflict


def conflicts_of(actor: Actor, members: Sequence[int]) -> list[Conflict]:
    """The conflicts about an entry all sides of which the actor may see; of one predicate what their strictest level tells."""
    rows = Conflict.objects.filter(entity__in=members, level__lte=actor.level).select_related("settlement")
    return list({row.predicate: row for row in rows.order_by("predicate", "level")}.values())
