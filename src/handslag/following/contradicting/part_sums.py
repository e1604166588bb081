"""Parts that do not add up to the whole told beside them, and shares that do not fit the figures of the sentence before or a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from handslag.following.contradicting.tables import Row, rows_with_total
from handslag.following.seeing.telling import Figure, Sentence
from handslag.following.seeing.views import DocumentView
from handslag.following.seeing.words import likeness
from handslag.vocabulary.load import vocabulary

_LEAST_PARTS: Final = 2
_LEAST_APART: Final = 3  # parts in a sentence of their own
_NEAR: Final = 4  # words
_POINTS: Final = 1.5
_ABOUT: Final = 0.08
_ALIKE: Final = 0.85
_LABEL: Final = 2  # words of a row's label that a sentence has, at least
_PIECE: Final = re.compile(r",|;|\b(?:och|samt|and)\b")
_NOT_ALL: Final = re.compile(
    r"\b(?:bland|däribland|minst|varav|hittills|of which|including|among|at least|so far|resten|the rest|övriga|others)\b"
)


class Unlike(NamedTuple):
    """Two stretches of a page whose figures do not fit, and the printed words that do not."""

    one: tuple[int, int]
    other: tuple[int, int]
    printed: str


def wrong_sums(page: DocumentView) -> Iterable[Unlike]:
    """A whole, and parts that add up to another, in one sentence or in two that follow each other."""
    for sentence in page.sentences:
        yield from _parts_after_colon(page, sentence)
        yield from _more_than_whole(page, sentence)
    for one, other in pairwise(page.sentences):
        if other.paragraph - one.paragraph <= 1:
            yield from _apart(page, one, other)
            yield from _apart(page, other, one)


def wrong_shares_told(page: DocumentView) -> Iterable[Unlike]:
    """A percentage in a sentence that does not fit the sentence before it, or the row of a table that it tells of."""
    for one, other in pairwise(page.sentences):
        if one.paragraph == other.paragraph:
            yield from _share_of_before(page, one, other)
    for row, total in rows_with_total(page.document.text):
        for sentence in page.sentences:
            yield from _share_of_row(page, sentence, row, total)


def _parts_after_colon(page: DocumentView, sentence: Sentence) -> Iterable[Unlike]:
    """As in "Tolv platser: fem i Umeå, fyra i Lund och två i Visby"."""
    text = page.document.text[sentence.start : sentence.end]
    colon = re.search(r"(?<=[^\W\d_]):\s", text)
    if colon is None or _NOT_ALL.search(text.lower()):
        return
    at = sentence.start + colon.start()
    figures = counts_and_sums(sentence)
    wholes, parts = [f for f in figures if f.end <= at], [f for f in figures if f.start > at]
    if len(wholes) != 1 or not _are_parts(page, sentence, at + 1, parts):
        return
    whole = wholes[0]
    if _are_of_one_kind([whole, *parts]) and sum(f.value for f in parts) != whole.value:
        yield Unlike((whole.start, at), (at + 1, sentence.end), _said(whole, parts))


def _are_parts(page: DocumentView, sentence: Sentence, start: int, parts: Sequence[Figure]) -> bool:
    """True if each piece of a list begins with its one figure, or ends with it in brackets."""
    text = page.document.text[start : sentence.end]
    pieces = [piece for piece in _pieces(text) if piece.strip(' .)\n”"')]
    return len(parts) == len(pieces) >= _LEAST_PARTS


def _pieces(text: str) -> list[str]:
    """The pieces between commas and "and"; a comma within a number parts nothing."""
    return _PIECE.split(re.sub(r"(?<=\d)[,.](?=\d)", "", text))


def _more_than_whole(page: DocumentView, sentence: Sentence) -> Iterable[Unlike]:
    """As in "Av de tolv går sex till Umeå, fyra till Lund och fem till Visby"."""
    figures = counts_and_sums(sentence)
    text = page.document.text[sentence.start : sentence.end]
    if len(figures) <= _LEAST_PARTS or not re.match(
        r"(?:–\s*)?(?:av (?:de|dessa|våra|alla)|of (?:the|these|our|all))\b", text.lower()
    ):
        return
    whole, parts = figures[0], figures[1:]
    is_near = whole.start - sentence.start <= 20
    if (
        is_near
        and len(_pieces(text)) == len(parts)
        and _are_of_one_kind(figures)
        and sum(f.value for f in parts) > whole.value
    ):
        yield Unlike((whole.start, whole.end), (parts[0].start, sentence.end), _said(whole, parts))


def _apart(page: DocumentView, listed: Sentence, telling: Sentence) -> Iterable[Unlike]:
    """Parts in one sentence and a whole in the one beside it, which says that it is one: "sammanlagt 600 000 kronor"."""
    parts, wholes = counts_and_sums(listed), counts_and_sums(telling)
    text = page.document.text[listed.start : listed.end]
    if len(parts) < _LEAST_APART or len(wholes) != 1 or _NOT_ALL.search(text.lower()):
        return
    if not says(telling, "total") or says(listed, "total") or not _are_of_one_kind([*wholes, *parts]):
        return
    if (
        len(_pieces(text)) != len(parts)
        or sum(f.value for f in parts) == wholes[0].value
        or max(f.value for f in parts) >= wholes[0].value
    ):
        return
    yield Unlike((listed.start, listed.end), (telling.start, telling.end), _said(wholes[0], parts))


def _share_of_before(page: DocumentView, one: Sentence, other: Sentence) -> Iterable[Unlike]:
    """A share that the second sentence gives of what the first counts."""
    percents = [f for f in other.figures if f.kind == "percent"]
    if len(percents) != 1 or any(f.kind == "percent" for f in one.figures):
        return
    share, before = percents[0], counts_and_sums(one)
    parts = [f for f in counts_and_sums(other) if 0 < share.start - f.end <= 12]
    if len(parts) == 1 and says(other, "that_is"):
        wholes = [
            f for f in before if _is_whole(one, f) and f.value > parts[0].value and _are_of_one_kind([f, parts[0]])
        ]
        told = [100 * parts[0].value / f.value for f in wholes]
    elif (
        not counts_and_sums(other)
        and len(before) == 2
        and says(other, "that_is")
        and re.search(r"\b(?:av|of)\b", page.document.text[one.start : one.end].lower())
    ):
        low, high = sorted(f.value for f in before)
        told = [100 * low / high, 100 - 100 * low / high] if 0 < low < high and _are_of_one_kind(before) else []
    else:
        return
    if told and all(is_off(other, share.value, value) for value in told):
        yield Unlike((share.start, share.end), (one.start, one.end), page.document.text[share.start : share.end])


def _share_of_row(page: DocumentView, sentence: Sentence, row: Row, total: Row) -> Iterable[Unlike]:
    """A share told in a sentence of what a row of a table counts."""
    percents = [f for f in sentence.figures if f.kind == "percent"]
    if len(percents) != 1 or total.amount <= 0 or row.start <= sentence.start < total.end:
        return
    label = [w for s in page.sentences for w in s.words if row.start <= w.start < row.start + len(row.label)]
    alike = sum(any(likeness(word, other) >= _ALIKE for other in sentence.words) for word in label)
    if alike < max(_LABEL, len(label) - 1) or not is_off(sentence, percents[0].value, 100 * row.amount / total.amount):
        return
    share = page.document.text[percents[0].start : percents[0].end]
    yield Unlike((row.start, row.end), (sentence.start, sentence.end), share)


def is_off(sentence: Sentence, printed: float, counted: float) -> bool:
    """True for a printed percentage that is not the counted one; where it is said to be about that, by more than a little."""
    return abs(printed - counted) > (_POINTS if not says(sentence, "about") else max(_POINTS, _ABOUT * printed))


def _is_whole(sentence: Sentence, figure: Figure) -> bool:
    """True for a figure right after words as "of", "budgeted"."""
    before = [token.form.lower() for token in sentence.tokens if token.end <= figure.start][-_NEAR:]
    return bool(_words("whole") & set(before))


def counts_and_sums(sentence: Sentence) -> list[Figure]:
    """Its counts and sums, the outermost, in order."""
    kept: list[Figure] = []
    for figure in sorted(sentence.figures, key=lambda f: (f.start, -f.end)):
        if figure.kind in {"count", "money"} and figure.value >= 1 and (not kept or figure.start >= kept[-1].end):
            kept.append(figure)
    return kept


def _are_of_one_kind(figures: Iterable[Figure]) -> bool:
    """True for counts, or for sums of one currency; after a sum a bare number may stand for one."""
    figures = list(figures)
    units = {figure.unit for figure in figures if figure.unit and figure.kind == "money"}
    if not any(figure.kind == "money" for figure in figures):
        return True
    least = min(figure.value for figure in figures if figure.kind == "money")
    return len(units) <= 1 and all(figure.kind == "money" or figure.value >= least / 10 for figure in figures)


def says(sentence: Sentence, group: str) -> bool:
    """True if the sentence has a phrase of a group of `sum_words.yaml`."""
    low = f" {' '.join(sentence.low)} "
    return any(f" {word} " in low for word in _words(group))


@cache
def _words(group: str) -> frozenset[str]:
    listed = vocabulary("sum_words")[group]
    return frozenset(str(word) for word in (*listed["sv"], *listed["en"]))


def _said(whole: Figure, parts: Sequence[Figure]) -> str:
    return f"{whole.value:g} – {sum(f.value for f in parts):g}"
