"""Two who tell one thing differently, side by side: "Sixteen beds were closed in July. The region speaks of fourteen."."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from handslag.following.contradicting.part_sums import Unlike, counts_and_sums, says
from handslag.following.seeing.differences import durations_of, things_counted
from handslag.following.seeing.telling import Figure, Sentence
from handslag.following.seeing.views import DocumentView
from handslag.following.seeing.words import likeness

_LONGEST: Final = 16  # words of the answer
_ALIKE: Final = 0.7
_MILLION: Final = 1_000_000
_BARE: Final = 1000


def told_otherwise(page: DocumentView) -> Iterable[Unlike]:
    """A figure, and right after it another's word that it is another."""
    for one, other in pairwise(page.sentences):
        if other.paragraph != one.paragraph or len(other.low) > _LONGEST or not says(other, "tells_otherwise"):
            continue
        printed = _durations(one, other) or _figures(one, other)
        if printed:
            yield Unlike((one.start, one.end), (other.start, other.end), printed)


def _durations(one: Sentence, other: Sentence) -> str:
    mine, theirs = durations_of(one), durations_of(other)
    if len(mine) != 1 or len(theirs) != 1 or 0.9 < mine[0][0] / max(theirs[0][0], 1e-9) < 1.1:
        return ""
    return f"{mine[0][1]} – {theirs[0][1]}"


def _figures(one: Sentence, other: Sentence) -> str:
    """The figures, where the other's is the only one and counts nothing else."""
    if durations_of(other):
        return ""
    answers = counts_and_sums(other)
    if len(answers) != 1:
        return ""
    answer = answers[0]
    counted = things_counted(other, answer)
    for figure in counts_and_sums(one):
        if not _may_be_one(figure, answer):
            continue
        things = things_counted(one, figure)
        is_bare = len(counts_and_sums(one)) == 1 and not any(word.start == _after(other, answer) for word in counted)
        if not counted or is_bare or any(likeness(a, b) >= _ALIKE for a in things for b in counted):
            return "" if _value_beside(figure, answer) == figure.value else f"{figure.value:g} – {answer.value:g}"
    return ""


def _after(sentence: Sentence, figure: Figure) -> int:
    """Where the word after a figure begins."""
    return next((token.start for token in sentence.tokens if token.start >= figure.end), figure.end)


def _may_be_one(figure: Figure, answer: Figure) -> bool:
    if figure.kind == answer.kind:
        return not figure.unit or not answer.unit or figure.unit == answer.unit
    return figure.kind == "money" and answer.kind == "count"


def _value_beside(figure: Figure, answer: Figure) -> float:
    """The value of the answer; beside millions a bare small number is one of millions."""
    is_short = answer.kind == "count" and answer.value < _BARE and figure.value >= _MILLION
    return answer.value * _MILLION if is_short else answer.value
