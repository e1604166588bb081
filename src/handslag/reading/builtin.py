"""The built-in reader's way through a page: names, then every kind of fact, each with a word for how certain it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from handslag.reading import analysis as steps
from handslag.reading.analysis import Analysis
from handslag.reading.certainty import DEFAULT, Thresholds, thresholds_of
from handslag.reading.facts.kinds import FINDERS
from handslag.reading.results import AgreementFact, CommitmentFact, Facts, OrganisationFact, PersonFact, Scored


def read_facts(analysis: Analysis) -> Facts:
    """The facts of a page whose lines have zones and languages by now."""
    prepare(analysis)
    thresholds = thresholds_of(analysis.models)
    scored: dict[str, list[Scored[Any]]] = {}
    for kind, find in FINDERS.items():
        analysis.deadline.check()
        scored[kind] = find(analysis)
    found: dict[str, tuple[Any, ...]] = {kind: tuple(worded(scored[kind], kind, thresholds)) for kind in scored}
    found["organisations"] += tuple(unlisted_homes(scored["organisations"], found["organisations"], found["people"]))
    agreements = tuple(replace(agreement, id=f"r{n}") for n, agreement in enumerate(found["agreements"]))
    commitments = tuple(replace(c, agreement=_agreement_of(c, agreements)) for c in found["commitments"])
    return Facts(**{**found, "agreements": agreements, "commitments": commitments})


def unlisted_homes(
    scored: Iterable[Scored[OrganisationFact]], listed: Iterable[OrganisationFact], people: Iterable[PersonFact]
) -> Iterable[OrganisationFact]:
    """The bodies that are told as a person's but are not likely enough to be listed by themselves; they are weak."""
    missing = {person.organisation for person in people} - {organisation.name for organisation in listed}
    return [replace(fact, certainty="weak") for fact, _ in scored if fact.name in missing]


def _agreement_of(commitment: CommitmentFact, agreements: Iterable[AgreementFact]) -> str | None:
    """The id of the agreement in whose passages the commitment stands, the narrowest one; None if it stands in none."""
    claim = commitment.evidence[0]
    holding = [
        (passage.end - passage.start, agreement.id)
        for agreement in agreements
        for passage in agreement.evidence
        if passage.start <= claim.start and claim.end <= passage.end
    ]
    return min(holding)[1] if holding else None


def prepare(analysis: Analysis) -> None:
    """The steps before facts: dates, names and their bearers, role phrases."""
    steps.add_dates(analysis)
    steps.add_names(analysis)
    steps.add_terms(analysis)


def worded(scored: Iterable[Scored[Any]], kind: str, thresholds: Mapping[str, Thresholds]) -> Iterable[Any]:
    """The facts that are likely enough to be any, each with the word for how certain it is."""
    limits = thresholds.get(kind, DEFAULT)
    for fact, probability in scored:
        word = limits.word(probability)
        if word:
            yield replace(fact, certainty=word)
