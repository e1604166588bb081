"""Facts typed in by hand: they have no passage, and carry who typed them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handslag.kernel.claims import ClaimedFact
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.store.erasing.guard import mask_claims, mask_texts
from handslag_hub.store.models import Action
from handslag_hub.store.models.documents import Visibility
from handslag_hub.store.refresh import Added, refresh
from handslag_hub.store.refresh.additions import refresh_after_adding
from handslag_hub.store.services.extractors import person_of
from handslag_hub.store.services.facts import FactsToKeep, keep_facts
from handslag_hub.store.writing import log_action, one_writer

# Facts written with one set of queries: a list of thousands of rows is one action all the same.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class TypedFact:
    """A fact as a person gives it, and where they have it from ("row 12 of promises.xlsx", a link, "told on the phone")."""

    claimed: ClaimedFact
    origin: str = ""


def type_facts(actor: Actor, typed: Sequence[TypedFact], *, visibility: int = 0, verb: str = "type", details: Mapping[str, object] | None = None) -> tuple[dict[str, int], Action]:  # fmt: skip
    """Keeps typed facts as one action, to be undone as one; gives their keys by uid."""
    actor.require(Role.REVIEWER)
    with one_writer():
        action = log_action(actor, verb, {"facts": len(typed), **(details or {})})
        keys: dict[str, int] = {}
        added: list[Added] = []
        again: set[int] = set()
        extractor = person_of(actor)
        for lot in _lots(typed):
            claimed, restricted = mask_claims([fact.claimed for fact in lot])
            level = Visibility.RESTRICTED if restricted else visibility
            origins = mask_texts([fact.origin for fact in lot])
            given = FactsToKeep(claimed=claimed, document=None, extractor=extractor, action=action, at=action.at, places={},
                visibility=level, cause="typed",
                causes={one.uid: origin[:200] for one, origin in zip(claimed, origins, strict=True) if origin})  # fmt: skip
            kept = keep_facts(given)
            added.append(refresh_after_adding(given, kept))
            again |= {key for uid, key in kept.keys.items() if uid not in kept.new}
            keys |= kept.keys
        # What was typed before, and perhaps undone since, counts again.
        refresh(again, added=added)
    return keys, action


def _lots(typed: Sequence[TypedFact]) -> Iterator[Sequence[TypedFact]]:
    for start in range(0, len(typed), _AT_ONCE):
        yield typed[start : start + _AT_ONCE]
