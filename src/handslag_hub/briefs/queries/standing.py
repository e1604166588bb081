"""Where commitments stand, as a brief tells it."""

from __future__ import annotations

from collections.abc import Collection

from handslag_hub.accounts.actors import Actor
from handslag_hub.briefs.brief import Standing
from handslag_hub.store.as_known import AsKnown


def standings_of(actor: Actor, facts: Collection[int], known: AsKnown) -> dict[int, Standing]:
    """Fact → where the commitment stands, by what the actor may see as known on the day."""
    return {fact: Standing() for fact in facts}
