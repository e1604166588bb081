"""The quotations of a page as facts."""

from __future__ import annotations

from handslag.kernel.passages import Passage
from handslag.reading.analysis import Analysis
from handslag.reading.facts.quotes.candidates import Candidate, candidates_of, quote_features
from handslag.reading.facts.quotes.scene import Scene, scene_of
from handslag.reading.facts.quotes.speakers import NOBODY, Place, Setting, place_of, setting_of, speaker_features
from handslag.reading.results import QuoteFact, Scored

# Below this a candidate is no fact, not even a weak one.
LEAST = 0.35


def find_quotes(analysis: Analysis) -> list[Scored[QuoteFact]]:
    """The quotations of a page in reading order, each with the probability that text and speaker are right."""
    scene = scene_of(analysis)
    judged = judged_candidates(scene)
    if not judged:
        return []
    place = place_of(scene)
    found: list[Scored[QuoteFact]] = []
    spoken: list[int] = []
    last: Candidate | None = None
    for candidate, probability in judged:
        setting = setting_of(scene, candidate, last)
        speaker, share = speaker_of(scene, setting, spoken, place)
        fact = _fact(scene, setting, speaker)
        if fact is not None:
            found.append(Scored(fact, probability * share))
            spoken.append(speaker)
            last = candidate
    return found


def quote_spans(analysis: Analysis) -> list[tuple[int, int]]:
    """The characters `[start, end)` of every quotation of a page, without marks, in reading order."""
    tokens = analysis.page.tokens
    return [(tokens[c.first].start, tokens[c.last - 1].end) for c, _ in judged_candidates(scene_of(analysis))]


def judged_candidates(scene: Scene) -> list[tuple[Candidate, float]]:
    """The candidates that are quotations, with their probability; none lies inside another."""
    judge = None
    found: list[tuple[Candidate, float]] = []
    for candidate in candidates_of(scene):
        judge = judge or scene.analysis.models.judge("quotes")
        probability = judge.probability(quote_features(scene, candidate))
        if probability >= LEAST:
            if found and candidate.first < found[-1][0].last:
                continue
            found.append((candidate, probability))
    return found


def speaker_of(scene: Scene, setting: Setting, spoken: list[int], place: Place) -> tuple[int, float]:
    """The likeliest speaker (number of the person, or NOBODY) and its probability among all."""
    judge = scene.analysis.models.judge("quotes-speaker")
    choices = [NOBODY, *range(len(scene.analysis.people))]
    odds = []
    for person in choices:
        p = min(judge.probability(speaker_features(scene, setting, person, spoken, place)), 0.9999)
        odds.append(p / (1 - p))
    best = max(range(len(choices)), key=odds.__getitem__)
    return choices[best], odds[best] / sum(odds)


def _fact(scene: Scene, setting: Setting, speaker: int) -> QuoteFact | None:
    page = scene.page
    candidate = setting.candidate
    evidence: list[Passage] = page.passages(candidate.first, candidate.last)
    if not evidence:
        return None
    name = None
    if speaker != NOBODY:
        person = scene.analysis.people[speaker]
        name = person.name
        for mention in person.mentions:
            if mention.first in setting.after or mention.first in setting.before:
                evidence += page.passages(mention.first, mention.last)[:1]
                break
    return QuoteFact(text=page.words(candidate.first, candidate.last), speaker=name, evidence=tuple(evidence))
