"""The quotations of a page as facts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from handslag.kernel.passages import Passage
from handslag.reading.analysis import Analysis
from handslag.reading.facts.quotes.candidates import Candidate, candidates_of, quote_features
from handslag.reading.facts.quotes.guess import NOBODY
from handslag.reading.facts.quotes.scene import Scene, scene_of
from handslag.reading.facts.quotes.settings import Setting, settings_of
from handslag.reading.facts.quotes.speakers import choice_features
from handslag.reading.facts.quotes.standing import standings_of
from handslag.reading.models import Judge
from handslag.reading.results import QuoteFact, Scored

# Below this a candidate is no fact, not even a weak one.
LEAST = 0.45


def find_quotes(analysis: Analysis) -> list[Scored[QuoteFact]]:
    """The quotations of a page in reading order, each with the probability that text and speaker are right."""
    scene = scene_of(analysis)
    judged = judged_candidates(scene)
    if not judged:
        return []
    settings = settings_of(scene, [candidate for candidate, _ in judged])
    found: list[Scored[QuoteFact]] = []
    for (_, probability), setting, (speaker, share) in zip(judged, settings, speakers_of(scene, settings), strict=True):
        found.append(Scored(_fact(scene, setting, speaker), probability * share))
    return found


def quote_spans(analysis: Analysis) -> list[tuple[int, int]]:
    """The characters `[start, end)` of every quotation of a page, without marks, in reading order."""
    tokens = analysis.page.tokens
    return [(tokens[c.first].start, tokens[c.last - 1].end) for c, _ in judged_candidates(scene_of(analysis))]


def judged_candidates(scene: Scene) -> list[tuple[Candidate, float]]:
    """The candidates that are quotations, with their probability; none lies inside another."""
    candidates = candidates_of(scene)
    if not candidates:
        return []
    judge = scene.analysis.models.judge("quotes")
    found: list[tuple[Candidate, float]] = []
    for candidate in candidates:
        scene.analysis.deadline.check()
        probability = judge.probability(quote_features(scene, candidate))
        if probability >= LEAST and not (found and candidate.first < found[-1][0].last):
            found.append((candidate, probability))
    return found


def speakers_of(scene: Scene, settings: Sequence[Setting]) -> list[tuple[int, float]]:
    """The likeliest speaker of each quotation (number of the person, or NOBODY) and its probability among all.

    The answers of an interview are given to one person together.
    """
    judge = scene.analysis.models.judge("quotes-speaker")
    standings = standings_of(scene, settings)
    found: list[tuple[int, float]] = []
    spoken: list[int] = []
    talks: list[int] = []
    total = [0.0] * (len(standings) + 1)
    for k, setting in enumerate(settings):
        scene.analysis.deadline.check()
        scores = [_score(judge, features) for features in choice_features(scene, setting, spoken, standings)]
        if setting.kind == "talk":
            talks.append(k)
            total = [a + b for a, b in zip(total, scores, strict=True)]
        best = _best(scores)
        found.append(best)
        spoken.append(best[0])
    if talks:
        guest = _best([score / len(talks) for score in total])
        for k in talks:
            found[k] = guest
    return found


def _score(judge: Judge, features: Sequence[str]) -> float:
    p = min(max(judge.probability(features), 1e-12), 1 - 1e-12)
    return math.log(p / (1 - p))


def _best(scores: Sequence[float]) -> tuple[int, float]:
    """The best choice (0 is nobody) as the number of a person, and its share in a softmax."""
    k = max(range(len(scores)), key=scores.__getitem__)
    return k - 1 if k else NOBODY, 1 / sum(math.exp(score - scores[k]) for score in scores)


def _fact(scene: Scene, setting: Setting, speaker: int) -> QuoteFact:
    page = scene.page
    candidate = setting.candidate
    evidence: list[Passage] = page.passages(candidate.first, candidate.last)
    name = None
    if speaker != NOBODY:
        person = scene.people[speaker]
        name = person.name
        for mention in person.mentions:
            if any(mention.first in region for region in setting.near):
                evidence += page.passages(mention.first, mention.last)[:1]
                break
    return QuoteFact(text=page.words(candidate.first, candidate.last), speaker=name, evidence=tuple(evidence))
