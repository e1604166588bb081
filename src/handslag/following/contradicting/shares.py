"""Shares told later beside a promised share: more than was to be at most, other parts than equal ones, a part of what was to be whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handslag.following.seeing.differences import Difference
from handslag.following.seeing.measures import Measure, measure_words, verdict_of
from handslag.following.seeing.telling import Figure, Sentence
from handslag.following.seeing.views import CommitmentView, Rarity
from handslag.following.seeing.words import likeness
from handslag.vocabulary.load import vocabulary

_SLACK: Final = 1.01
_HALF: Final = 50.0
_WHOLE: Final = 100.0
_ALIKE: Final = 0.85
_RARE: Final = 2.5


def other_share(view: CommitmentView, sentence: Sentence, rarity: Rarity, *, says: str) -> Difference | None:
    """What a sentence tells of a promised share that cannot be so if the promise is kept.

    `says` is what a judge takes the sentence to say of the promise, "" where none links the two.
    """
    is_linked = bool(says)
    told = [figure for figure in sentence.figures if figure.kind in {"percent", "share"} and figure.value > 0]
    promise = view.sentence
    if is_linked and (short := _short(view, sentence, says)) is not None:
        return short
    if not told:
        return None
    if is_linked or _share_a_word(promise, sentence, rarity):
        beyond = _beyond(view.measures, told)
        if beyond is not None:
            return Difference("share", beyond.printed, sentence.printed(told[0]))
    if not is_linked or not (measure_words("costs") | measure_words("pays")) & set(promise.low):
        return None
    for group, share in (("equally", _HALF), ("in_full", _WHOLE)):
        words = measure_words(group) & set(promise.low)
        if words and all(abs(figure.value - share) > 1 for figure in told):
            return Difference("share", min(words), sentence.printed(told[0]))
    return None


def is_of_parts(view: CommitmentView) -> bool:
    """True for a promise of equal parts, or of the whole."""
    return bool((measure_words("equally") | measure_words("in_full")) & set(view.sentence.low))


def _short(view: CommitmentView, sentence: Sentence, says: str) -> Difference | None:
    """Less than the promised share, which was to be at least that or is judged to be missed; nothing of a hope, or of what goes on."""
    soft = vocabulary("version_words")["either"]["firmness"]["soft"]["en" if view.language == "en" else "sv"]
    if set(soft) & set(view.sentence.low) or measure_words("goes_on") & set(sentence.low):
        return None
    if says != "contradicted" and not measure_words("at_least") & set(view.sentence.low):
        return None
    shares = [m for m in view.measures if m.kind == "share" and m.value < _WHOLE and not m.is_limit]
    verdict = verdict_of(shares, sentence)
    if verdict is None or verdict.outcome != "short" or not verdict.is_plain:
        return None
    return Difference("share", verdict.promised, verdict.told)


def _beyond(promised: Sequence[Measure], told: Sequence[Figure]) -> Measure | None:
    """The limit that all told percentages pass."""
    limits = [measure for measure in promised if measure.kind == "share" and measure.is_limit]
    percents = [figure.value for figure in told if figure.kind == "percent"]
    return next((m for m in limits if percents and all(value > _SLACK * m.value for value in percents)), None)


def _share_a_word(one: Sentence, other: Sentence, rarity: Rarity) -> bool:
    words = [word for word in one.words if rarity.of(word) > _RARE]
    return any(likeness(word, theirs) >= _ALIKE for word in words for theirs in other.words)
