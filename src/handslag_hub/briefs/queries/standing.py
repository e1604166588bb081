"""Where commitments stand, as a brief tells it."""

from __future__ import annotations

from collections.abc import Collection

from handslag_hub.accounts.actors import Actor
from handslag_hub.briefs.brief import Heard, Standing
from handslag_hub.briefs.queries.sources import printed_source, typed_source
from handslag_hub.following.queries.states import Followed, Word, states_of
from handslag_hub.store.as_known import AsKnown


def standings_of(actor: Actor, facts: Collection[int], known: AsKnown) -> dict[int, Standing]:
    """Fact → where the commitment stands, by what the actor may see as known on the day; what was heard last comes first."""
    return {fact: _standing(one, known) for fact, one in states_of(actor, facts, known).items()}


def _standing(one: Followed, known: AsKnown) -> Standing:
    heard = tuple(_heard(word, known) for word in reversed(one.heard) if word.moves)
    return Standing(
        one.state,
        one.due_passed,
        one.last_heard,
        one.silent_days,
        one.by,
        heard,
        one.ahead,
        tuple(sighting.fact.pk for sighting in one.sightings),
    )


def _heard(word: Word, known: AsKnown) -> Heard:
    source = (
        printed_source(word.document, word.passage, known)
        if word.document
        else typed_source(word.fact, known, word.text)
    )
    return Heard(word.says, word.by, word.said_on, word.status, word.fact.level, source)
