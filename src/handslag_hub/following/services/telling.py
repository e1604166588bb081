"""What somebody was told directly."""

from __future__ import annotations

from handslag_hub.accounts.actors import Actor
from handslag_hub.commitments.services import type_evidence
from handslag_hub.store.models import Action, Fact


def tell(
    actor: Actor,
    commitment: Fact,
    *,
    says: str,
    by: str,
    day: str,
    words: str,
    source: str = "",
    reference: str = "",
    note: str = "",
    visibility: int = 0,
) -> tuple[Fact, Action]:
    """Keeps what somebody told directly of a commitment (one of its facts); gives the evidence and the action, which can be undone.

    `says` is one of `handslag.following.results.SAYS` or "other", `by` owner or other, `day` a day or period (ISO), `source` a link,
    `reference` what it came by.
    """
    return type_evidence(actor, commitment.about, says=says, by=by, day=day, words=words, link=source, reference=reference,
        note=note, visibility=visibility)  # fmt: skip
