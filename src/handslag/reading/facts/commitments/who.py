"""Who is to act: of those named on the page, alone or together, the likeliest to do what a commitment says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from handslag.reading.analysis import Analysis
from handslag.reading.facts.commitments.cast import Actor, Cast, Naming, actors_of
from handslag.reading.facts.commitments.context import SentenceContext
from handslag.reading.facts.commitments.naming import Place, naming_features, place_of, shared_features
from handslag.reading.models import Judge, Span
from handslag.reading.page import Sentence


class Candidate(NamedTuple):
    """A set of actors, by their number in the cast, with what speaks for and against its being the ones to act."""

    actors: tuple[int, ...]
    features: list[str]


def candidates_of(
    analysis: Analysis,
    sentence: Sentence,
    span: Span,
    firmness: str,
    cast: Cast,
    context: SentenceContext,
    before: tuple[int, ...] = (),
    before_at: int = -1,
) -> list[Candidate]:
    """The sets of actors who may be the ones to act; the first one is nobody.

    `before` are those who act in the commitment before this one, `before_at` is the number of its sentence.
    """
    place = place_of(analysis, sentence, span, firmness, context)
    here = cast.between(sentence.first, sentence.last)
    sources: dict[tuple[int, ...], list[str]] = {}
    anchors: dict[tuple[int, ...], Naming] = {}
    for naming in (*here, *cast.groups_between(sentence.first, sentence.last)):
        best = anchors.get(naming.actors)
        if best is None or _closeness(naming, place) < _closeness(best, place):
            anchors[naming.actors] = naming
        sources.setdefault(naming.actors, [])
    last = 0
    for naming in reversed(cast.between(max(0, sentence.first - 120), sentence.first)):
        if naming.actors not in anchors:
            anchors[naming.actors] = naming
            sources.setdefault(naming.actors, []).append("last" + str(last))
            last += 1
            if last > 3:
                break
    for group in cast.groups_between(max(0, sentence.first - 80), sentence.first)[-1:]:
        anchors.setdefault(group.actors, group)
        sources.setdefault(group.actors, []).append("last group")
    if sentence.is_row or sentence.zone in ("list", "table") or not here:
        for naming in cast.between(sentence.last, sentence.last + 25)[:1]:
            anchors.setdefault(naming.actors, naming)
            sources.setdefault(naming.actors, []).append("next")
    for k in cast.prominent:
        sources.setdefault((k,), [])
    voice = place.voice
    if voice is not None:
        for k, actor in enumerate(cast.actors):
            if actor.name in (voice.speaker, voice.organisation):
                sources.setdefault((k,), []).append("speaker" if actor.kind == "person" else "speaker's")
    for actors, why in cast.parties.items():
        sources.setdefault(actors, []).extend(why)
    if before:
        away = sentence.number - before_at
        near = "same" if away == 0 else "next" if away == 1 else "near" if away < 5 else "far"
        kept = sources.setdefault(before, [])
        kept += ["before", "before " + near]
        if away and analysis.page.sentences[before_at].block == sentence.block:
            kept.append("before in block")
    shared = shared_features(place, here)
    found = [Candidate((), ["none", *("none&" + item for item in shared)])]
    order = [naming.actors for naming in here]
    for actors, why in sources.items():
        anchor = anchors.get(actors) or _nearest(cast, actors, sentence)
        found.append(Candidate(actors, naming_features(analysis, cast, actors, anchor, why, place, shared, order)))
    return found


def _closeness(naming: Naming, place: Place) -> tuple[int, int]:
    if naming.last <= place.edge:
        return 0, place.edge - naming.last
    return 1, naming.first - place.edge


def _nearest(cast: Cast, actors: tuple[int, ...], sentence: Sentence) -> Naming:
    spans = cast.actors[actors[0]].spans
    first, last = min(
        spans, key=lambda s: sentence.first - s[0] if s[0] < sentence.first else 2 * (s[0] - sentence.first)
    )
    return Naming(first, last, actors)


def likeliest(judge: Judge, candidates: Sequence[Candidate]) -> tuple[tuple[int, ...], float]:
    """The likeliest candidate's actors and its probability, given that one of the candidates is right."""
    odds = []
    for candidate in candidates:
        p = min(1 - 1e-12, max(1e-12, judge.probability(candidate.features)))
        odds.append(p / (1 - p))
    k = max(range(len(odds)), key=odds.__getitem__)
    return candidates[k].actors, odds[k] / math.fsum(odds)


def choose_actors(
    analysis: Analysis,
    sentence: Sentence,
    span: Span,
    firmness: str,
    cast: Cast,
    context: SentenceContext,
    before: tuple[int, ...] = (),
    before_at: int = -1,
) -> tuple[tuple[int, ...], float]:
    """Those who are to act, by their number in the cast and in text order, with the probability that they are."""
    candidates = candidates_of(analysis, sentence, span, firmness, cast, context, before, before_at)
    return likeliest(analysis.models.judge("commitments-who"), candidates)


__all__ = ["Actor", "Candidate", "Cast", "actors_of", "candidates_of", "choose_actors", "likeliest"]
