"""Doubts about a number: each is small alone, but a number without any is a figure almost surely.

The judge adds up what speaks for and against a number, so that much in favour hides one thing against it. How many doubts
there are tells it of the numbers that nothing speaks against.
"""

from __future__ import annotations

from collections.abc import Iterator

from handslag.reading.facts.figures.candidates import Candidate, Scene
from handslag.reading.facts.figures.nouns import figure_words

_ASIDE = frozenset(("teaser", "feed", "headline", "furniture", "byline", "caption"))
# words beside a number that are looked at for offers
_NEAR = 8
# a count below this is often a word of the running text: "four points"
_SMALL = 10
_MOST = 3


def doubts_of(scene: Scene, candidate: Candidate, is_dated: bool) -> str:
    """How many doubts there are about the number, as a feature; `is_dated` if it stands at or in a date."""
    count = sum(_doubts(scene, candidate, is_dated))
    return "doubts" + str(min(_MOST, count))


def _doubts(scene: Scene, candidate: Candidate, is_dated: bool) -> Iterator[bool]:
    mention, sentence, lower = candidate.mention, candidate.sentence, scene.lower
    first, last = candidate.first, candidate.last
    yield not candidate.unit_from
    yield candidate.unit_from not in ("own", "after")
    yield not figure_words("denied").isdisjoint(lower[max(sentence.first, first - 2) : first])
    yield not figure_words("offered").isdisjoint(
        lower[max(sentence.first, first - _NEAR) : min(sentence.last, last + _NEAR)]
    )
    yield mention.kind == "count" and mention.value < _SMALL
    yield mention.kind == "count" and 1900 <= mention.value <= 2100 and mention.end - mention.start == 4
    yield is_dated
    yield sentence.zone in _ASIDE
    yield mention.is_word
    yield sentence.last - sentence.first <= 3
    yield mention.unit_basis == "inferred"
