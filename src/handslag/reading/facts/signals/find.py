"""Finds the signals of a page."""

from __future__ import annotations

from handslag.kernel.passages import Passage
from handslag.reading.analysis import Analysis
from handslag.reading.facts.signals.features import features_of
from handslag.reading.facts.signals.happenings import Happening, happening_features, happenings_of
from handslag.reading.facts.signals.subjects import headline_of, subject_of
from handslag.reading.facts.signals.survey import Candidate, Survey, candidates_of, survey_of
from handslag.reading.results import Scored, SignalFact

_MOST_TELLINGS = 4
_UNLIKELY = 0.1


def find_signals(analysis: Analysis) -> list[Scored[SignalFact]]:
    """The signals of the page in text order, each with the probability that it is right."""
    survey = survey_of(analysis)
    candidates = candidates_of(survey)
    judge = analysis.models.judge("signals")
    probabilities = [judge.probability(features) for features in features_of(survey, candidates)]
    happenings = happenings_of(survey, candidates, probabilities)
    last_judge = analysis.models.judge("signals-page")
    found = []
    for happening, features in zip(happenings, happening_features(survey, candidates, happenings), strict=True):
        probability = last_judge.probability(features)
        if probability >= _UNLIKELY:
            found.append(Scored(fact_of(survey, candidates, happening), probability))
    return sorted(found, key=lambda scored: scored.fact.evidence[0].start)


def fact_of(survey: Survey, candidates: list[Candidate], happening: Happening) -> SignalFact:
    """The signal of a happening: the likeliest telling carries it, the others stand behind."""
    tellings = list(dict.fromkeys(candidates[n].telling for n in happening.members))[:_MOST_TELLINGS]
    evidence: list[Passage] = []
    for k in tellings:
        telling = survey.told[k].telling
        evidence += survey.analysis.page.passages(telling.first, telling.last)
    return SignalFact(
        kind=happening.kind, subject=subject_of(survey, happening, tellings[0]), headline=headline_of(survey, tellings[0]),
        evidence=tuple(evidence),
    )  # fmt: skip
