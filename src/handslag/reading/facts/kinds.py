"""All kinds of facts with what finds them, in the order in which they build on each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from handslag.reading import analysis as steps
from handslag.reading.analysis import Analysis, Voice
from handslag.reading.facts.agreements import find_agreements
from handslag.reading.facts.commitments.find import find_commitments
from handslag.reading.facts.events import find_events
from handslag.reading.facts.figures import find_figures
from handslag.reading.facts.organisations import find_organisations
from handslag.reading.facts.people import find_people
from handslag.reading.facts.quotes import find_quotes
from handslag.reading.facts.signals import find_signals
from handslag.reading.results import OrganisationFact, PersonFact, QuoteFact, Scored


def _organisations(analysis: Analysis) -> list[Scored[OrganisationFact]]:
    found = find_organisations(analysis)
    steps.add_standing(analysis)
    return found


def _people(analysis: Analysis) -> list[Scored[PersonFact]]:
    found = find_people(analysis)
    analysis.homes = {fact.name: fact.organisation for fact, _ in found if fact.organisation}
    analysis.posts = {fact.name: fact.role for fact, _ in found if fact.role}
    return found


def _quotes(analysis: Analysis) -> list[Scored[QuoteFact]]:
    found = []
    for fact, probability in find_quotes(analysis):
        speaker = fact.speaker or ""
        known = replace(fact, role=analysis.posts.get(speaker, ""), organisation=analysis.homes.get(speaker, ""))
        found.append(Scored(known, probability))
    analysis.voices = [
        Voice(passage.start, passage.end, fact.speaker or "", fact.organisation)
        for fact, probability in found if probability >= 0.5 for passage in fact.evidence[:1]
    ]  # fmt: skip
    return found


FINDERS: Final[dict[str, Callable[[Analysis], list[Scored[Any]]]]] = {
    "organisations": _organisations,
    "people": _people,
    "quotes": _quotes,
    "events": find_events,
    "figures": find_figures,
    "agreements": find_agreements,
    "commitments": find_commitments,
    "signals": find_signals,
}
