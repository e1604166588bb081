"""Whom or what a signal concerns, and under which headline it is told."""

from __future__ import annotations

from handslag.language.base_forms import plain
from handslag.reading.facts.signals.happenings import Happening
from handslag.reading.facts.signals.survey import Survey, Told

_CLAUSE_ENDS = frozenset((",", ";", ":", ".", "–", "—", "!", "?", "(", "|"))
_LONGEST_CLAUSE = 12


def subject_of(survey: Survey, happening: Happening, tellings: list[int]) -> str:
    """The person, the organisation that stands first, or the words that tell it."""
    if happening.person >= 0:
        return survey.analysis.people[happening.person].name
    for k in tellings:
        told = survey.told[k]
        if told.organisations:
            number = min(told.organisations, key=lambda n: told.organisations[n])
            return survey.analysis.organisations[number].name
    return clause_of(survey, survey.told[tellings[0]])


def clause_of(survey: Survey, told: Told) -> str:
    """The first words of a telling, up to the end of its first clause."""
    page, telling = survey.analysis.page, told.telling
    first = telling.first
    while first < telling.last - 1 and not page.tokens[first].form[0].isalnum():
        first += 1
    last = first + 1
    while last < telling.last and last - first < _LONGEST_CLAUSE and page.tokens[last].form not in _CLAUSE_ENDS:
        last += 1
    return plain(page.words(first, last))


def headline_of(survey: Survey, k: int) -> str:
    """The headline under which a telling stands, or the telling itself where it is one; "" if there is none."""
    telling = survey.told[k].telling
    number = k if telling.zone == "headline" else telling.headline
    if number < 0:
        return ""
    headline = survey.told[number].telling
    return plain(survey.analysis.page.words(headline.first, headline.last))
