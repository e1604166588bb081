"""What a number is of: the row's label, or the clause around the number, cut to a few words."""

from __future__ import annotations

from handslag.language.base_forms import plain
from handslag.reading.facts.figures.candidates import Candidate, Scene

_BEFORE, _AFTER = 7, 7
_CUTS = frozenset([",", ";", ":", "–", "—", "•", "*", "|", "“", "”", '"', "»", "«", "(", ")", ".", "!", "?", "…"])


def what_of(scene: Scene, candidate: Candidate) -> str:
    """A short phrase of the text, from one mark to the next, that says what the number is of."""
    row = candidate.row
    if row is not None and row.label and (row.span is None or candidate.first >= row.span[1]):
        return plain(row.label.lstrip("•*-–· "))
    sentence = candidate.sentence
    start, end = candidate.first, candidate.last
    if candidate.unit_from == "after" and candidate.unit_span is not None:
        end = max(end, candidate.unit_span[1])
    low, high = max(sentence.first, start - _BEFORE), min(sentence.last, end + _AFTER)
    while start > low and scene.forms[start - 1] not in _CUTS:
        start -= 1
    while end < high and scene.forms[end] not in _CUTS:
        end += 1
    if end - start <= 1 and start > sentence.first:
        # nothing but the number between two marks: the words before the mark tell what it is
        start = low
    return plain(scene.page.words(start, end))
