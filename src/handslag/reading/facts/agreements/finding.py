"""Agreements of a page: tellings judged, their parties linked, several tellings of one agreement made one."""

from __future__ import annotations

from handslag.kernel.passages import Passage
from handslag.language.base_forms import plain
from handslag.language.dates import Resolved, Tense, resolve
from handslag.reading.analysis import Analysis
from handslag.reading.facts.agreements.judging import status_features, telling_features
from handslag.reading.facts.agreements.matters import Matter, is_listed_area, matter_features, matters_of, named_of
from handslag.reading.facts.agreements.owners import home_of, owner_of
from handslag.reading.facts.agreements.parties import parties_near, party_features
from handslag.reading.facts.agreements.signing import (
    date_features,
    dates_near,
    is_told_to_sign,
    people_near,
    person_features,
    place_of,
)
from handslag.reading.facts.agreements.tellings import Party, Table, Telling, sentence_of, table_of
from handslag.reading.facts.agreements.weighing import Candidate, weighing_features
from handslag.reading.facts.events.dates import Dated
from handslag.reading.names.people import Person
from handslag.reading.page import Page
from handslag.reading.results import AgreementFact, Scored

LEAST_PARTY = 0.5
# a second party is taken down to here, so that an agreement has two
LEAST_SECOND = 0.12
LEAST_AGREEMENT = 0.07
# a text that names itself an agreement and its parties is one
TITLE = 0.92
LEAST_DATE = 0.4
LEAST_SIGNATORY = 0.5
LEAST_MATTER = {"AREA": 0.25, "ACTIVITY": 0.25}
# the text itself calls it an area
LISTED = 0.8
# a matter and its agreement together
LEAST_TOGETHER = 0.2
_FOR = frozenset(("för", "for"))


def linked_parties(table: Table, telling: Telling) -> list[tuple[Party, float]]:
    """The parties near a telling with the probability that they are its own, the likeliest first."""
    judge = table.analysis.models.judge("agreements-party")
    found = [
        (party, judge.probability(party_features(table, telling, party))) for party in parties_near(table, telling)
    ]
    return sorted(found, key=lambda item: -item[1])


def chosen(links: list[tuple[Party, float]]) -> list[Party]:
    """The likely parties, at least two if there is anybody to be the second; in the text of an agreement those of its head."""
    named = [party for party, _ in links if "header party" in party.standing]
    if named:
        return sorted(named, key=lambda party: party.spans[0])
    return [party for k, (party, p) in enumerate(links) if p >= LEAST_PARTY or (k < 2 and p >= LEAST_SECOND)]


def judged_tellings(table: Table) -> dict[Telling, tuple[float, str, list[tuple[Party, float]]]]:
    """Every telling with its probability, status and linked parties."""
    models = table.analysis.models
    judge, status_judge = models.judge("agreements"), models.judge("agreements-status")
    found = {}
    for telling in table.tellings:
        links = linked_parties(table, telling)
        probability = judge.probability(telling_features(table, telling, links))
        if telling.is_title and table.header is not None and table.header.parties:
            probability = max(probability, TITLE)
        status, _ = status_judge.best(status_features(table, telling))
        found[telling] = (probability, status, links)
    return found


def candidates_of(table: Table) -> list[Candidate]:
    """The agreements of a page, several tellings of one made one, with what they are about."""
    judged = judged_tellings(table)
    found = [
        Candidate(telling, chosen(links), probability, status, tellings=[telling], chances=[p for _, p in links])
        for telling, (probability, status, links) in judged.items() if probability >= LEAST_AGREEMENT
    ]  # fmt: skip
    found = merged(table.page, found)
    for candidate in found:
        candidate.dated = date_of(table, candidate)
        candidate.signatories = signatories_of(table, candidate)
    if found:
        add_matters(
            table, found, {telling: (probability, status) for telling, (probability, status, _) in judged.items()}
        )
    return found


def date_of(table: Table, candidate: Candidate) -> Dated | None:
    """The likeliest date near any of the tellings, if it is likely enough."""
    judge = table.analysis.models.judge("agreements-date")
    best: tuple[Dated | None, float] = (None, LEAST_DATE)
    for telling in candidate.tellings[:3]:
        for rank, dated in enumerate(dates_near(table, telling)):
            probability = judge.probability(date_features(table, telling, dated, rank, candidate.status))
            if probability > best[1]:
                best = (dated, probability)
    return best[0]


def signatories_of(table: Table, candidate: Candidate) -> list[Person]:
    """Those who signed, in the order of their first mention; nobody signs what is denied or ended."""
    if candidate.status not in ("concluded", "planned"):
        return []
    judge = table.analysis.models.judge("agreements-signatory")
    found = []
    for person in people_near(table, candidate.tellings[:3]):
        table.analysis.deadline.check()
        for telling in candidate.tellings[:3]:
            features = person_features(table, telling, person)
            judged = judge.probability(features) if features is not None else 0.0
            if judged >= LEAST_SIGNATORY or is_told_to_sign(table, telling, person):
                found.append(person)
                break
    return found


def add_matters(table: Table, candidates: list[Candidate], judged: dict[Telling, tuple[float, str]]) -> None:
    """Gives every likely area and activity to the agreement whose telling it follows; of overlapping ones the likeliest stays."""
    judge = table.analysis.models.judge("agreements-matter")
    scored: list[tuple[float, str, Matter]] = []
    probabilities = {telling: probability for telling, (probability, _) in judged.items()}
    for matter in matters_of(table):
        home = home_of(matter, probabilities)
        chances = dict(
            zip(judge.classes, judge.probabilities(matter_features(table, matter, *judged[home])), strict=True)
        )
        if is_listed_area(table.page, matter):
            chances["AREA"] = max(LISTED, chances.get("AREA", 0.0))
        elif matter.source == "item" and named_of(matter) == "activities!":
            chances["AREA"] = 0.0
        kind = max(LEAST_MATTER, key=lambda name: chances.get(name, 0.0))
        if chances.get(kind, 0.0) >= LEAST_MATTER[kind]:
            scored.append((chances[kind], kind, matter))
    taken: set[int] = set()
    for probability, kind, matter in sorted(scored, key=lambda item: -item[0]):
        owner = owner_of(matter, candidates)
        if owner is not None and taken.isdisjoint(range(matter.first, matter.last)):
            taken.update(range(matter.first, matter.last))
            owner.matters.append((matter, kind, probability))
    for candidate in candidates:
        candidate.matters.sort(key=lambda item: item[0].first)


def merged(page: Page, found: list[Candidate]) -> list[Candidate]:
    """One candidate for each agreement: those with the same status and like parties are one, the likeliest telling leads."""
    kept: list[Candidate] = []
    for candidate in sorted(found, key=lambda c: -c.probability):
        same = next(
            (other for other in kept if other.status == candidate.status and _is_same(page, other, candidate)), None
        )
        if same is None:
            kept.append(candidate)
        else:
            same.tellings.append(candidate.telling)
            same.merged.append(candidate.probability)
    return sorted(kept, key=lambda c: c.telling.sentence)


def _is_same(page: Page, a: Candidate, b: Candidate) -> bool:
    """True if two tellings can be of one agreement: like parties, or some of them and a later "avtalet", "the deal"."""
    if not a.parties or not b.parties:
        return True
    likeness = 2 * sum(party in b.parties for party in a.parties) / (len(a.parties) + len(b.parties))
    later = max(a, b, key=lambda c: c.telling.sentence)
    return likeness > 0.5 or (likeness > 0 and points_back(page, later.telling))


def points_back(page: Page, telling: Telling) -> bool:
    """True for a definite noun that no party follows: "enligt avtalet", "under the deal", not "avtalet med Piteå"."""
    low = page.tokens[telling.trigger].form.lower()
    before = page.tokens[telling.trigger - 1].form.lower() if telling.trigger else ""
    after = {
        page.tokens[i].form.lower() for i in range(telling.trigger + 1, min(len(page.tokens), telling.trigger + 3))
    }
    is_definite = before in ("the", "this", "detta", "denna") or low.endswith(
        ("avtalet", "elsen", "ingen", "kontraktet", "pakten")
    )
    return is_definite and after.isdisjoint(("med", "mellan", "with", "between"))


def find_agreements(analysis: Analysis) -> list[Scored[AgreementFact]]:
    """The agreements of the page, each with the probability that it is right."""
    table = table_of(analysis)
    found = candidates_of(table)
    scored = [(candidate, weighed(table, candidate, found)) for candidate in found]
    for candidate, probability in scored:
        candidate.matters = [item for item in candidate.matters if item[2] * probability >= LEAST_TOGETHER]
    return [Scored(fact_of(table, candidate), probability) for candidate, probability in scored]


def weighed(table: Table, candidate: Candidate, others: list[Candidate]) -> float:
    """The probability that an agreement is right, by all that is known of it; the leading telling's with a model without this judge."""
    if not table.analysis.models.has("agreements-whole"):
        return candidate.probability
    return table.analysis.models.judge("agreements-whole").probability(weighing_features(table, candidate, others))


def fact_of(table: Table, candidate: Candidate) -> AgreementFact:
    """The agreement that a telling speaks of, with its date and passages."""
    page = table.page
    telling = candidate.telling
    sentence = sentence_of(page, telling)
    evidence: list[Passage] = page.passages(sentence.first, sentence.last)
    resolved = Resolved("", "")
    if candidate.dated is not None:
        tense: Tense = "future" if candidate.status == "planned" else "past"
        resolved = resolve(candidate.dated.mention, table.analysis.said_on, tense)
        evidence += page.passages(candidate.dated.first, candidate.dated.last)
    for matter, _, _ in candidate.matters:
        evidence += page.passages(matter.first, matter.last)
    place = place_of(table, telling)
    return AgreementFact(
        name=plain(page.words(telling.trigger, telling.trigger + 1)), form=telling.form,
        parties=tuple(party.name for party in candidate.parties),
        signatories=tuple(person.name for person in candidate.signatories),
        areas=tuple(_words(table, candidate, "AREA")), activities=tuple(_words(table, candidate, "ACTIVITY")),
        date=resolved.period, basis=resolved.basis,
        date_text=plain(page.words(candidate.dated.first, candidate.dated.last)) if candidate.dated else "",
        place=plain(page.words(*place)) if place else "", status=candidate.status, evidence=tuple(evidence),
    )  # fmt: skip


def _words(table: Table, candidate: Candidate, kind: str) -> list[str]:
    """What is said of areas or of activities, each once; "for Sweden" tells who signed, not what for."""
    found = {
        plain(table.page.words(matter.first, matter.last)): None
        for matter, kind_found, _ in candidate.matters
        if kind_found == kind and not (matter.lead in _FOR and _begins_with_a_party(table, candidate, matter))
    }
    return list(found)


def _begins_with_a_party(table: Table, candidate: Candidate, matter: Matter) -> bool:
    words = plain(table.page.words(matter.first, matter.last)).casefold().split()
    names = (party.name.casefold().split() for party in candidate.parties)
    return any(words[: len(name) - 1] == name[:-1] and words[len(name) - 1 : len(name)] in ([name[-1]], [name[-1] + "s"]) for name in names)  # fmt: skip
