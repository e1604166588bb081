"""An agreement put together from its tellings, and what speaks for and against it as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from handslag.reading.facts.agreements.judging import level
from handslag.reading.facts.agreements.matters import Matter
from handslag.reading.facts.agreements.tellings import Party, Table, Telling, sentence_of
from handslag.reading.facts.events.dates import Dated
from handslag.reading.names.people import Person

_STEPS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(slots=True, eq=False)
class Candidate:
    """An agreement as judged: its leading telling and others, parties, status, date, matters with their kind."""

    telling: Telling
    parties: list[Party]
    probability: float
    status: str = "concluded"
    dated: Dated | None = None
    signatories: list[Person] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)
    matters: list[tuple[Matter, str, float]] = field(default_factory=list)
    # the probabilities of the parties near the telling, the likeliest first, and those of the merged tellings
    chances: list[float] = field(default_factory=list)
    merged: list[float] = field(default_factory=list)


def weighing_features(table: Table, candidate: Candidate, others: Sequence[Candidate]) -> list[str]:
    """Features of an agreement for being one, beside the others of its page."""
    page = table.page
    telling = candidate.telling
    zone = sentence_of(page, telling).zone
    strength = "strength" + str(telling.strength)
    found = ["p>" + str(step) for step in _STEPS if candidate.probability >= step]
    found += ["z=" + zone, "form=" + telling.form, strength, "status=" + candidate.status, "lang=" + page.language]
    found.append("title" if telling.is_title else "formal" if table.header is not None else "news")
    tellings = str(min(4, len(candidate.tellings)))
    found += ["tellings" + tellings, "tellings" + tellings + "&" + strength]
    rest = sum(candidate.merged)
    found += ["more>" + str(step) for step in (0.1, 0.3, 0.6, 1.0, 1.5) if rest >= step]
    forms = {t.form for t in candidate.tellings if t.strength == 2}
    found.append("forms" + str(min(2, len(forms))))
    found += _of_parties(table, candidate)
    found += _beside(candidate, others)
    for kind in ("AREA", "ACTIVITY"):
        chances = [chance for _, name, chance in candidate.matters if name == kind]
        found.append(kind + str(min(3, len(chances))))
        found.append(kind + "@" + level(max(chances, default=0.0)))
    found += ["dated " + candidate.status if candidate.dated else "undated " + candidate.status]
    found.append("signed" + str(min(2, len(candidate.signatories))))
    found.append("place" + str(min(3, 4 * telling.sentence // max(1, len(page.sentences)))))
    return found


def _of_parties(table: Table, candidate: Candidate) -> list[str]:
    parties = candidate.parties
    size = "parties" + str(min(4, len(parties)))
    first = level(candidate.chances[0]) if candidate.chances else "none"
    second = level(candidate.chances[1]) if len(candidate.chances) > 1 else "none"
    found = [size, "first" + first, "second" + second, "pair " + first + " " + second]
    found.append("kinds " + " ".join(sorted(party.kind for party in parties[:2])))
    certain = min((party.certainty for party in parties), default=0.0)
    found.append("names" + str(sum(certain >= step for step in (0.4, 0.6, 0.8, 0.9))))
    found += sorted({"stands " + word for party in parties for word in party.standing})
    inside = table.parties_of_sentence.get(candidate.telling.sentence, ())
    here = sum(party in inside for party in parties)
    found += ["here" + str(min(3, here)), "here" + str(min(3, here)) + "&" + size]
    mentions = min((len(party.spans) for party in parties), default=0)
    found.append("mentions" + str(min(4, mentions)))
    return found


def _beside(candidate: Candidate, others: Sequence[Candidate]) -> list[str]:
    """How the agreement stands to the others: its rank, and whether a likelier one has the same parties."""
    likelier = [other for other in others if other.probability > candidate.probability]
    found = ["rank" + str(min(4, len(likelier))), "others" + str(min(5, len(others) - 1))]
    best = max((other.probability for other in likelier), default=0.0)
    found.append("best" + level(best))
    shared = max((sum(party in other.parties for party in candidate.parties) for other in likelier), default=0)
    found.append("shared" + str(min(2, shared)))
    near = [other for other in likelier if abs(other.telling.sentence - candidate.telling.sentence) <= 2]
    if near:
        found.append("near a likelier one")
        found.append("near " + near[0].status + "&" + candidate.status)
    return found
