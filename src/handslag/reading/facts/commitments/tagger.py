"""Where in the text a commitment says what is to be done: spans found by a conditional random field over cue features."""

from __future__ import annotations

from handslag.reading.analysis import Analysis
from handslag.reading.facts.commitments.context import SentenceContext, sentence_contexts
from handslag.reading.models import Span, Tagger
from handslag.reading.page import Sentence

# of 1,950 commitments found on marked pages four stood in such zones, and four in shorter lines without any cue
_NEVER = ("headline", "byline", "caption")
_SHORT = 4


def _speaks(context: SentenceContext) -> bool:
    """True if a cue stands in the sentence or in the line that introduces it."""
    return bool(context.classes or context.deciding or context.intro_sentence >= 0)


def commitment_rows(analysis: Analysis, contexts: dict[int, SentenceContext]) -> list[tuple[Sentence, list[list[str]]]]:
    """The features of the tokens of every sentence that may hold a commitment: the names' rows with cue words before, at and after each token."""
    found = []
    for sentence, rows in analysis.rows:
        context = contexts[sentence.number]
        if sentence.zone in _NEVER or (len(rows) < _SHORT and not _speaks(context)):
            continue
        shared = ["S:" + name for name in context.classes]
        if context.intro_sentence >= 0:
            shared += ["I:" + name for name in context.intro] or ["I:none"]
        if sentence.zone in ("list", "table"):
            shared += ["H:" + name for name in context.heading] + ["R:" + name for name in context.row_cues]
        count = len(rows)
        decided = [""] * count
        for item in context.deciding:
            decided[item.first : item.last] = [item.firmness] * (item.last - item.first)
        if context.deciding:
            shared.append("SD:" + context.deciding[0].firmness)
        elif context.intro_sentence >= 0 and contexts[context.intro_sentence].deciding:
            shared.append("ID:" + contexts[context.intro_sentence].deciding[-1].firmness)
        last_decided = ""
        before, before_at = "", -99
        befores: list[str] = []
        for k in range(count):
            gap = k - before_at
            befores.append(before + ("" if gap <= 1 else "." if gap <= 4 else "…") if before else "")
            if context.cues[k]:
                before, before_at = "+".join(context.cues[k][:2]), k
            if decided[k]:
                last_decided = decided[k]
            elif last_decided:
                decided[k] = "<" + last_decided
        after, extended = "", []
        for k in range(count - 1, -1, -1):
            row = rows[k] + shared
            row += ["k=" + name for name in context.cues[k]]
            row.append("kb=" + befores[k])
            row.append("ka=" + after)
            row.append("d=" + decided[k])
            if k:
                row.append("d-=" + decided[k - 1])
            if context.cues[k]:
                after = context.cues[k][0]
            extended.append(row)
        extended.reverse()
        found.append((sentence, extended))
    return found


def find_spans(analysis: Analysis, contexts: dict[int, SentenceContext], tagger: Tagger) -> list[tuple[Sentence, Span]]:
    """The spans of the page that say what is to be done, each with its sentence; offsets are the page's tokens."""
    found = []
    for sentence, rows in commitment_rows(analysis, contexts):
        for first, last, label, probability in tagger.spans(rows):
            span = Span(sentence.first + first, sentence.first + last, label, probability)
            found.append((sentence, span))
    return found


def name_kinds(analysis: Analysis) -> dict[int, str]:
    """The tokens that are part of a likely name or stand for one, with its kind; an organisation's with the kind of body."""
    found = {i: m.kind for m in analysis.mentions if m.probability >= 0.5 for i in range(m.first, m.last)}
    for organisation in analysis.organisations:
        for first, last in analysis.spans_of(organisation):
            for i in range(first, last):
                found[i] = "ORG:" + organisation.kind
    return found


__all__ = ["commitment_rows", "find_spans", "name_kinds", "sentence_contexts"]
