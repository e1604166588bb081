"""Which agreement of a page a matter belongs to: mostly the one told of last before it, a list's the likeliest of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handslag.reading.facts.agreements.matters import Matter, named_by
from handslag.reading.facts.agreements.tellings import Telling
from handslag.reading.facts.agreements.weighing import Candidate

MATTER_WITHIN = 20
# what each sentence between costs, in probability; nearly nothing where the text says outright that areas or activities follow
_STEP = 0.2
_LIST_STEP = 0.01
_OWN_SENTENCE = 1.0
# nobody lists what a denied or ended agreement is about
_NOT_IN_FORCE = 0.4
# far below what status and distance take away
_TOO_FAR = -100.0


def home_of(matter: Matter, probabilities: Mapping[Telling, float]) -> Telling:
    """The telling that a matter belongs to: a likely one, near before it."""
    return max(
        probabilities, key=lambda telling: _nearness(matter, telling, probabilities[telling]), default=matter.telling
    )


def owner_of(matter: Matter, candidates: Sequence[Candidate]) -> Candidate | None:
    """The agreement that a matter belongs to by any of its tellings."""
    scored = [
        (_nearness(matter, telling, candidate.probability) - _against(matter, candidate), candidate)
        for candidate in candidates
        for telling in candidate.tellings
    ]
    nearness, owner = max(scored, key=lambda item: item[0], default=(_TOO_FAR, None))
    return owner if nearness > _TOO_FAR / 2 else None


def is_list(matter: Matter) -> bool:
    """True for an item under a line or heading that names areas or activities."""
    return matter.source == "item" and bool(named_by(matter.lead) or named_by(matter.section))


def _against(matter: Matter, candidate: Candidate) -> float:
    return _NOT_IN_FORCE if is_list(matter) and candidate.status in ("denied", "ended") else 0.0


def _nearness(matter: Matter, telling: Telling, probability: float) -> float:
    away = matter.sentence - telling.sentence
    if away < 0 or (away > MATTER_WITHIN and not is_list(matter)):
        return _TOO_FAR
    if is_list(matter):
        return probability - _LIST_STEP * away
    return probability - _STEP * away + _OWN_SENTENCE * (away == 0)
