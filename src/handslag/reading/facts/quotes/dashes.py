"""Speech that a dash begins: "– Vi börjar i maj, säger hon. Resten tar vi sedan."."""

from __future__ import annotations

from typing import NamedTuple

from handslag.language.speech import speech_words
from handslag.reading.facts.quotes.attribution import Cut, cut_of
from handslag.reading.facts.quotes.scene import DASHES, Paragraph, Scene


class Dashed(NamedTuple):
    """Tokens `[first, last)` that a dash begins; `part` is "whole", "start" (an attribution follows), "rest" or "tail"."""

    first: int
    last: int
    part: str
    paragraph: Paragraph
    cut: Cut | None = None


def dashed_stretches(scene: Scene) -> list[Dashed]:
    """What dashes begin, cut at attributions, in reading order."""
    found: list[Dashed] = []
    tokens = scene.page.tokens
    for paragraph in scene.paragraphs:
        first = paragraph.first + 1
        if tokens[paragraph.first].form not in DASHES or paragraph.last - first < 1 or tokens[first].form in DASHES:
            continue
        cut = cut_of(scene, first, paragraph.last)
        if cut is None:
            found.append(Dashed(first, paragraph.last, "whole", paragraph))
            continue
        found.append(Dashed(first, cut.last, "start", paragraph, cut))
        tail = _tail(scene, cut, paragraph.language)
        if tail:
            found.append(Dashed(tail, cut.end, "tail", paragraph, cut))
        if cut.end < paragraph.last:
            found.append(Dashed(cut.end, paragraph.last, "rest", paragraph, cut))
    return found


def _tail(scene: Scene, cut: Cut, language: str) -> int:
    """Where speech goes on within the attribution's sentence ("säger hon, och nu börjar vi"); 0 if it does not."""
    tokens, low = scene.page.tokens, scene.low
    finite, relatives = speech_words("finite"), speech_words("relatives")
    for i in range(cut.first + 2, cut.end - 3):
        if tokens[i].form == "," and i + 1 not in scene.person_at and tokens[i + 1].form[0].islower():
            if low[i + 1] in relatives:
                return 0
            if any(low[k] in finite or scene.is_first_person(k, language) for k in range(i + 1, min(cut.end, i + 6))):
                return i + 1
    return 0
