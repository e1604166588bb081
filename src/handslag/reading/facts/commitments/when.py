"""By when: the date that belongs to a commitment, chosen among those that stand near it."""

from __future__ import annotations

from typing import NamedTuple

from handslag.language.dates import DateMention, Resolved, Tense, resolve
from handslag.reading.analysis import Analysis
from handslag.reading.models import Span
from handslag.reading.page import Sentence

LEAST = 0.35
# cells and lines after a list's item that can hold its date
_FOLLOWING = 3


class DateCandidate(NamedTuple):
    """A date near a commitment: how far away in sentences, and what it stands for if the commitment is its own."""

    mention: DateMention
    sentences: int
    resolved: Resolved


_SINCE_WHEN = frozenset(("sedan", "since"))


def tense_of(firmness: str, before: str = "") -> Tense:
    """The tense in which a day without year is completed: what is done lies behind, all else ahead, but "underway since June".

    `before` is the text right before the day.
    """
    if firmness == "done" or (firmness == "underway" and not _SINCE_WHEN.isdisjoint(before.lower().split()[-2:])):
        return "past"
    return "future"


def date_candidates(analysis: Analysis, sentence: Sentence, firmness: str) -> list[DateCandidate]:
    """The dates of the commitment's sentence, of its row, and of the lines around it where lines are short."""
    page = analysis.page
    numbers = [sentence.number]
    if sentence.is_row:
        numbers += [
            s.number
            for s in page.sentences[max(0, sentence.number - 8) : sentence.number + 9]
            if s.block == sentence.block and s is not sentence
        ]
    elif sentence.zone in ("list", "table"):
        numbers += range(sentence.number + 1, min(len(page.sentences), sentence.number + 1 + _FOLLOWING))
    else:
        numbers += [sentence.number - 1] if sentence.number else []
    found = []
    for number in numbers:
        for mention in analysis.dates_in(page.sentences[number]):
            before = page.text[max(0, mention.start - 20) : mention.core]
            resolved = resolve(mention, analysis.said_on, tense_of(firmness, before), anchor=analysis.said_on)
            if resolved.period:
                found.append(DateCandidate(mention, number - sentence.number, resolved))
    return found


def date_features(
    analysis: Analysis, sentence: Sentence, span: Span, firmness: str, candidate: DateCandidate, among: int
) -> list[str]:
    """What speaks for and against the date being the commitment's."""
    page, mention = analysis.page, candidate.mention
    begin, end = page.tokens[span.first].start, page.tokens[span.last - 1].end
    if candidate.sentences:
        where = (
            "row"
            if sentence.is_row
            else ("next" if candidate.sentences > 0 else "previous") + str(min(3, abs(candidate.sentences)))
        )
    elif mention.start >= begin and mention.end <= end:
        where = "in"
    elif mention.start >= end:
        where = "after" + str(min(4, (mention.start - end) // 15))
    else:
        where = "before" + str(min(4, (begin - mention.end) // 15))
    found = [where, "f=" + firmness, where + "&f=" + firmness, "kind=" + mention.kind, where + "&kind=" + mention.kind]
    found += [
        "bound=" + mention.bound,
        "bound=" + mention.bound + "&f=" + firmness,
        "basis=" + candidate.resolved.basis,
    ]
    found += [
        "among" + str(min(3, among)),
        where + "&among" + str(min(3, among)),
        "z=" + sentence.zone,
        where + "&z=" + sentence.zone,
    ]
    previous = page.text[max(0, mention.start - 14) : mention.start].split()
    found.append("word=" + (previous[-1].lower() if previous else "^"))
    said = analysis.said_on
    if said is not None:
        period = candidate.resolved.period
        today = said.isoformat()
        order = "now" if period == today else "past" if period[:10] < today[: len(period[:10])] else "future"
        found += ["order=" + order, "order=" + order + "&f=" + firmness, "order=" + order + "&" + where]
    return found


def choose_date(
    analysis: Analysis, sentence: Sentence, span: Span, firmness: str
) -> tuple[DateCandidate | None, float]:
    """The likeliest date of the commitment and its probability; None and the probability that it has none."""
    judge = analysis.models.judge("commitments-when")
    candidates = date_candidates(analysis, sentence, firmness)
    best: tuple[DateCandidate | None, float] = (None, 0.0)
    for candidate in candidates:
        probability = judge.probability(date_features(analysis, sentence, span, firmness, candidate, len(candidates)))
        if probability > best[1]:
            best = (candidate, probability)
    return best if best[1] >= LEAST else (None, 1 - best[1])
