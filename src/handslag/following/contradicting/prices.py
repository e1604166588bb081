"""What is charged or spent later, beside a price or a cost that was promised: more than it, something for what is free, a rise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handslag.following.seeing.differences import DEAREST, Difference, is_free
from handslag.following.seeing.measures import measure_words
from handslag.following.seeing.telling import Figure, Sentence
from handslag.following.seeing.views import CommitmentView, DocumentView, Rarity
from handslag.following.seeing.words import Word, likeness

_SLACK: Final = 1.01
_ALIKE: Final = 0.7
_MASS: Final = 5.0  # what these words weigh at least: as much as one rare word
_PER: Final = 16  # letters after "per": "per user and month"
_WITHIN: Final = 0.25  # of a promise's words that stand in the sentence itself
_COMMON: Final = 2.0  # what they weigh at least
_AROUND: Final = 0.5  # of a promise's words that stand in a sentence and beside it, where no judge links the two


def dearer(view: CommitmentView, sentence: Sentence) -> Difference | None:
    """More than the promised price or cost, in a sentence of prices or costs."""
    if not _is_of_prices(sentence) or _is_of_another(sentence) or not _are_per_one_thing(view.sentence, sentence):
        return None
    for measure in view.measures:
        if measure.kind != "money" or not measure.is_limit:
            continue
        told = [f for f in _sums(sentence) if not f.unit or not measure.unit or f.unit == measure.unit]
        if not told or any(figure.value == measure.value for figure in told):
            continue
        beyond = [f for f in told if _SLACK * measure.value < f.value < DEAREST * measure.value]
        if len(beyond) == len(told):
            return Difference("sum", measure.printed, sentence.printed(beyond[0]))
    return None


def raised(view: CommitmentView, sentence: Sentence) -> Difference | None:
    """A price raised that was not to be."""
    if (
        not may_be_raised(view)
        or not measure_words("raised") & set(sentence.low)
        or measure_words("denied") & set(sentence.low)
    ):
        return None
    told = _sums(sentence) or [figure for figure in sentence.figures if figure.kind == "percent"]
    if not told or not _is_of_prices(sentence) or _is_of_another(sentence):
        return None
    first = next(token.form for token in view.sentence.tokens if token.form.lower() in measure_words("raise") | measure_words("unchanged"))  # fmt: skip
    return Difference("sum", first, sentence.printed(told[-1]))


def may_be_raised(view: CommitmentView) -> bool:
    """True for a promise that a price is not raised, or stays what it is."""
    promise = set(view.sentence.low)
    is_denied = bool(measure_words("raise") & promise and measure_words("denied") & promise)
    return is_denied or bool(measure_words("costs") & promise and measure_words("unchanged") & promise)


def lowered(view: CommitmentView, sentence: Sentence) -> Difference | None:
    """A promised sum lowered to another: "minskades medlen till 39 miljoner"."""
    if not measure_words("reduces") & set(sentence.low) or measure_words("reduces") & set(view.sentence.low):
        return None
    for measure in view.measures:
        if measure.kind != "money" or measure.is_limit:
            continue
        told = [f for f in _sums(sentence) if not f.unit or not measure.unit or f.unit == measure.unit]
        less = [
            f for f in told if measure.value / DEAREST < f.value < measure.value / _SLACK and _is_after_to(sentence, f)
        ]
        if less:
            return Difference("sum", measure.printed, sentence.printed(less[0]))
    return None


def _is_after_to(sentence: Sentence, figure: Figure) -> bool:
    before = [token.form.lower() for token in sentence.tokens if token.end <= figure.start][-2:]
    return bool({"to", "till"} & set(before))


def charged_beside(view: CommitmentView, page: DocumentView, sentence: Sentence, rarity: Rarity) -> Difference | None:
    """A price for what was to be free: in a sentence that has a word of the promise, or a passage that has most of them."""
    free = is_free(view.sentence)
    told = _sums(sentence)
    if not free or not told or is_free(sentence) or not _is_of_prices(sentence) or _is_of_another(sentence):
        return None
    mine = [word for word in view.sentence.words if word.form not in free and word.form not in _of_prices()]
    beside = page.sentences[max(0, sentence.number - 1) : sentence.number + 2]
    around = [word for one in beside if one.paragraph == sentence.paragraph for word in one.words]
    whole = sum(rarity.of(word) for word in mine)
    within, near = (sum(rarity.of(word) * _likest(word, words) for word in mine) for words in (sentence.words, around))
    if within < max(_WITHIN * whole, _COMMON) and near < max(_AROUND * whole, _MASS):
        return None
    return Difference("price", free, sentence.printed(told[0]))


def _likest(word: Word, others: Sequence[Word]) -> float:
    best = max((likeness(word, other) for other in others), default=0.0)
    return best if best >= _ALIKE else 0.0


def _sums(sentence: Sentence) -> list[Figure]:
    return [figure for figure in sentence.figures if figure.kind == "money" and figure.value >= 1]


def _is_of_prices(sentence: Sentence) -> bool:
    return bool(_of_prices() & set(sentence.low))


def _of_prices() -> frozenset[str]:
    return measure_words("costs") | measure_words("charges")


def _is_of_another(sentence: Sentence) -> bool:
    return bool(measure_words("another") & set(sentence.low))


def _are_per_one_thing(one: Sentence, other: Sentence) -> bool:
    """False where the one is "per user and month" and the other "per clock"."""
    mine, theirs = _per(one), _per(other)
    return not mine or not theirs or any(likeness(a, b) >= _ALIKE for a in mine for b in theirs)


def _per(sentence: Sentence) -> list[Word]:
    """The telling words right after "per"."""
    ends = [token.end for token in sentence.tokens if token.form.lower() == "per"]
    return [word for word in sentence.words if any(0 < word.start - end <= _PER for end in ends)]
