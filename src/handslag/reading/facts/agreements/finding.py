"""Agreements of a page: tellings judged, their parties linked, several tellings of one agreement made one."""

from __future__ import annotations

from dataclasses import dataclass, field

from handslag.kernel.passages import Passage
from handslag.language.base_forms import plain
from handslag.language.dates import Resolved, Tense, resolve
from handslag.reading.analysis import Analysis
from handslag.reading.facts.agreements.judging import status_features, telling_features
from handslag.reading.facts.agreements.parties import parties_near, party_features
from handslag.reading.facts.agreements.tellings import Party, Table, Telling, sentence_of, table_of
from handslag.reading.facts.events.dates import Dated
from handslag.reading.results import AgreementFact, Scored

LEAST_PARTY = 0.5
# a second party is taken down to here, so that an agreement has two
LEAST_SECOND = 0.12
LEAST_AGREEMENT = 0.15


@dataclass(slots=True)
class Candidate:
    """A telling with its parties, status, date and probability."""

    telling: Telling
    parties: list[Party]
    probability: float
    status: str = "concluded"
    dated: Dated | None = None
    tellings: list[Telling] = field(default_factory=list)


def linked_parties(table: Table, telling: Telling) -> list[tuple[Party, float]]:
    """The parties near a telling with the probability that they are its own, the likeliest first."""
    judge = table.analysis.models.judge("agreements-party")
    found = [
        (party, judge.probability(party_features(table, telling, party))) for party in parties_near(table, telling)
    ]
    return sorted(found, key=lambda item: -item[1])


def chosen(links: list[tuple[Party, float]]) -> list[Party]:
    """The likely parties, at least two if there is anybody to be the second."""
    return [party for k, (party, p) in enumerate(links) if p >= LEAST_PARTY or (k < 2 and p >= LEAST_SECOND)]


def candidates_of(table: Table) -> list[Candidate]:
    """The tellings with parties, status and probability; several tellings of one agreement are one candidate."""
    models = table.analysis.models
    judge, status_judge = models.judge("agreements"), models.judge("agreements-status")
    found = []
    for telling in table.tellings:
        links = linked_parties(table, telling)
        probability = judge.probability(telling_features(table, telling, links))
        if probability < LEAST_AGREEMENT:
            continue
        dated = date_of(table, telling)
        status, _ = status_judge.best(status_features(table, telling, dated))
        found.append(Candidate(telling, chosen(links), probability, status, dated, [telling]))
    return merged(found)


def date_of(table: Table, telling: Telling) -> Dated | None:
    """The date in the telling's sentence that stands nearest to the word of the agreement."""
    sentence = sentence_of(table.page, telling)
    inside = [
        dated for dated in table.dates if sentence.first <= dated.first < sentence.last and not dated.mention.rhythm
    ]
    return min(inside, key=lambda dated: abs(dated.first - telling.trigger), default=None)


def merged(found: list[Candidate]) -> list[Candidate]:
    """One candidate for each agreement: those with the same status and like parties are one, the likeliest telling leads."""
    kept: list[Candidate] = []
    for candidate in sorted(found, key=lambda c: -c.probability):
        same = next(
            (other for other in kept if other.status == candidate.status and _alike(other.parties, candidate.parties)),
            None,
        )
        if same is None:
            kept.append(candidate)
        else:
            same.tellings.append(candidate.telling)
            if same.dated is None:
                same.dated = candidate.dated
    return sorted(kept, key=lambda c: c.telling.sentence)


def _alike(a: list[Party], b: list[Party]) -> bool:
    if not a or not b:
        return True
    common = sum(party in b for party in a)
    return 2 * common / (len(a) + len(b)) > 0.5


def find_agreements(analysis: Analysis) -> list[Scored[AgreementFact]]:
    """The agreements of the page, each with the probability that it is right."""
    table = table_of(analysis)
    return [Scored(fact_of(table, candidate), candidate.probability) for candidate in candidates_of(table)]


def fact_of(table: Table, candidate: Candidate) -> AgreementFact:
    """The agreement that a telling speaks of, with its date and passages."""
    page = table.page
    sentence = sentence_of(page, candidate.telling)
    evidence: list[Passage] = page.passages(sentence.first, sentence.last)
    resolved = Resolved("", "")
    if candidate.dated is not None:
        tense: Tense = "future" if candidate.status == "planned" else "past"
        resolved = resolve(candidate.dated.mention, table.analysis.said_on, tense)
    return AgreementFact(
        name=plain(page.words(candidate.telling.trigger, candidate.telling.trigger + 1)), form=candidate.telling.form,
        parties=tuple(party.name for party in candidate.parties), date=resolved.period, basis=resolved.basis,
        date_text=plain(page.words(candidate.dated.first, candidate.dated.last)) if candidate.dated else "",
        status=candidate.status, evidence=tuple(evidence),
    )  # fmt: skip
