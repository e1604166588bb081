"""A page surveyed for signals: its tellings with their words, the names in them, and what may be told there."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from handslag.reading.analysis import Analysis
from handslag.reading.facts.signals.tellings import Telling, tellings_of
from handslag.reading.facts.signals.words import ACTIONS, Wordings, wordings_of

# Of these there is one signal for each person.
OF_PERSONS: Final = frozenset(("appointment", "departure"))
_PRONOUNS = frozenset(("hon", "han", "he", "she"))
_REACH = 6
_SHORT = 9
_CARD_LINES = 4


class Candidate(NamedTuple):
    """A happening of `kind` that telling number `telling` may tell, of the person with number `person` or -1."""

    telling: int
    kind: str
    person: int


@dataclass(slots=True)
class Told:
    """A telling with what stands in it. `people` and `organisations` map their number to tokens `(first, last)` of the telling.

    `kinds` holds the strength of each kind's strongest wording, `deeds` what is done to that which a kind is about.
    """

    telling: Telling
    words: list[str]
    wordings: Wordings
    kinds: dict[str, int]
    deeds: dict[str, str]
    people: dict[int, tuple[int, int]] = field(default_factory=dict)
    organisations: dict[int, tuple[int, int]] = field(default_factory=dict)
    card: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Survey:
    """A page's tellings with all that the judges of signals look at."""

    analysis: Analysis
    told: list[Told]


def survey_of(analysis: Analysis) -> Survey:
    """Looks for names and wordings in all tellings of the page."""
    page = analysis.page
    told = []
    for telling in tellings_of(page):
        analysis.deadline.check()
        words = [token.form.lower() for token in page.tokens[telling.first : telling.last]]
        wordings = wordings_of(words)
        kinds: dict[str, int] = {}
        for hit in wordings.hits:
            if hit.strength > kinds.get(hit.kind, -1):
                kinds[hit.kind] = hit.strength
        told.append(Told(telling, words, wordings, kinds, _deeds(wordings)))
    survey = Survey(analysis, told)
    _place_names(survey)
    _carry_pronouns(survey)
    _read_cards(survey)
    return survey


def _deeds(wordings: Wordings) -> dict[str, str]:
    """For each kind whose matter stands near a fitting action: that action."""
    found: dict[str, str] = {}
    if not wordings.placed:
        return found
    for hit in wordings.hits:
        if hit.strength == 0 and hit.kind not in found:
            actions = ACTIONS[hit.kind]
            for i, name in wordings.placed:
                if name in actions and -_REACH <= i - hit.last < _REACH and not hit.first <= i < hit.last:
                    found[hit.kind] = name
                    break
    return found


def _place_names(survey: Survey) -> None:
    """Puts each name into the telling where it stands."""
    starts = [told.telling.first for told in survey.told]
    for organisation_number, organisation in enumerate(survey.analysis.organisations):
        for mention in organisation.mentions:
            told = _at(survey, starts, mention.first)
            if told is not None:
                place = (mention.first - told.telling.first, mention.last - told.telling.first)
                told.organisations.setdefault(organisation_number, place)
    for person_number, person in enumerate(survey.analysis.people):
        for mention in person.mentions:
            told = _at(survey, starts, mention.first)
            if told is not None:
                place = (mention.first - told.telling.first, mention.last - told.telling.first)
                told.people.setdefault(person_number, place)


def _at(survey: Survey, starts: list[int], token: int) -> Told | None:
    k = bisect_right(starts, token) - 1
    return survey.told[k] if k >= 0 and token < survey.told[k].telling.last else None


def _carry_pronouns(survey: Survey) -> None:
    """Takes "Hon", "He" that opens a sentence for the person named in the sentence before it."""
    last, at = -1, -9
    for k, told in enumerate(survey.told):
        if told.people:
            last, at = min(told.people, key=lambda number: told.people[number]), k
        elif last >= 0 and k - at <= 2 and told.words[0] in _PRONOUNS:
            told.people[last] = (0, 1)
            at = k


def _read_cards(survey: Survey) -> None:
    """Notes what the next lines say where one fact is spread over several short lines, as on a card."""
    tellings = survey.told
    for k, told in enumerate(tellings):
        if not told.people or len(told.words) > _SHORT:
            continue
        for other in tellings[k + 1 : k + 1 + _CARD_LINES]:
            if len(other.words) > _SHORT or other.telling.zone == "headline" or other.people:
                break
            for kind in OF_PERSONS:
                strength = other.kinds.get(kind, 0)
                if strength > told.card.get(kind, 0):
                    told.card[kind] = strength


def candidates_of(survey: Survey) -> list[Candidate]:
    """All happenings that the page may tell: wide, for the judge to decide."""
    found: list[Candidate] = []
    for k, told in enumerate(survey.told):
        kinds = {kind for kind, strength in told.kinds.items() if strength}
        kinds.update(told.deeds, told.card)
        for kind in sorted(kinds):
            if kind in OF_PERSONS and told.people:
                found += [Candidate(k, kind, person) for person in told.people]
            else:
                found.append(Candidate(k, kind, -1))
    return found
