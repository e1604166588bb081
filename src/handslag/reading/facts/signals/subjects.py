"""Whom or what a signal concerns, and under which headline it is told."""

from __future__ import annotations

from handslag.language.base_forms import plain
from handslag.reading.facts.signals.happenings import Happening
from handslag.reading.facts.signals.survey import Survey, Told

# In these the bodies that take part say most; in the others the words that tell what happens.
_OF_BODIES = frozenset(
    (
        "ceo_change",
        "layoff",
        "funding",
        "grant",
        "listing",
        "agreement",
        "agreement_ended",
        "acquisition",
        "financial_report",
    )
)
_MOST_BODIES = 3
_LONGEST_CLAUSE = 13
_CLAUSE_ENDS = frozenset((",", ";", ":", ".", "–", "—", "-", "!", "?", "(", ")", "|", "•", "→", '"', "”", "“"))
_SUBORDINATE = frozenset(
    "som när sedan medan eftersom där vilket which who when while where because after since för so så".split()
)


def subject_of(survey: Survey, happening: Happening, telling: int) -> str:
    """The person; the bodies that take part, joined with ";"; or the clause that tells what happens."""
    if happening.person >= 0:
        return survey.analysis.people[happening.person].name
    told = survey.told[telling]
    if happening.kind in _OF_BODIES and told.organisations:
        places = sorted((place, number) for number, place in told.organisations.items())
        return ";".join(survey.analysis.organisations[number].name for _, number in places[:_MOST_BODIES])
    return clause_of(survey, told, happening.kind)


def clause_of(survey: Survey, told: Told, kind: str) -> str:
    """The clause of a telling that holds the strongest wording of `kind`, cut to a readable length."""
    words = told.words
    hits = [hit for hit in told.wordings.hits if hit.kind == kind]
    strongest = max(hits, key=lambda hit: (hit.strength, -hit.first), default=None)
    first, last = (strongest.first, strongest.last) if strongest else (0, 1)
    if not strongest:
        while first < len(words) - 1 and not words[first][0].isalpha():
            first += 1
        last = first + 1
    stop = last
    while first > 0 and words[first - 1] not in _CLAUSE_ENDS:
        first -= 1
    while first < stop - 1 and not words[first][0].isalpha():
        first += 1
    while last < len(words) and words[last] not in _CLAUSE_ENDS and words[last] not in _SUBORDINATE:
        last += 1
    if last - first > _LONGEST_CLAUSE:
        last = max(stop, first + _LONGEST_CLAUSE)
        first = max(first, last - _LONGEST_CLAUSE)
    start = told.telling.first
    return plain(survey.analysis.page.words(start + first, start + last))


def headline_of(survey: Survey, telling: int) -> str:
    """The headline under which a telling stands, or the telling itself where it is one; "" if there is none."""
    own = survey.told[telling].telling
    number = telling if own.zone == "headline" else own.headline
    if number < 0:
        return ""
    headline = survey.told[number].telling
    return plain(survey.analysis.page.words(headline.first, headline.last))
