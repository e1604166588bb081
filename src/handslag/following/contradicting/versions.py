"""Two language versions of one page: their sentences side by side in order, and what differs between them.

The sentences are aligned as those of translations are: in order, by their lengths (Gale and Church 1993), and by words, names and figures
in common, so that one without a known word still finds its place between its neighbours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from handslag.following.contradicting.listings import is_shorter, things_in_sentence
from handslag.following.contradicting.version_words import left_out, other_place, other_words
from handslag.following.seeing.differences import Difference, dates_of, differing, only_counts
from handslag.following.seeing.telling import Sentence
from handslag.following.seeing.views import DocumentView, Rarity
from handslag.following.seeing.words import likeness

_DAYS: Final = 4
_NAMES: Final = 0.4
_MOST: Final = 0.6
_SHARED_LEAST: Final = 2
# What two sentences have in common by themselves, or at least where the sentences before and after them are surely the same.
_ALIKE: Final = 0.35
_ONE_THING: Final = 0.55  # of a list in both languages
_SURELY: Final = 0.5  # sentences so much alike count the same thing
_BETWEEN: Final = 0.08
_PLACE: Final = 0.25  # by where both stand on their page
_OF_NAMES: Final = 0.25
_OF_FIGURES: Final = 0.2
_BAND: Final = 0.25  # of a page; sentences further apart are not compared


class Pair(NamedTuple):
    """A sentence and its counterpart, and how much they have in common apart from where they stand."""

    one: Sentence
    other: Sentence
    common: float


def are_within_days(said_on: str, other: str) -> bool:
    """True for two days (ISO) so near that pages of them may be versions of one; False where either is no day."""
    if not len(said_on) == len(other) == len("2026-01-31"):
        return False
    return abs((date.fromisoformat(said_on) - date.fromisoformat(other)).days) <= _DAYS


def share_names(one: Collection[str], other: Collection[str]) -> bool:
    """True if a good part of the names of the page with fewer stand on the other."""
    smaller = min(len(one), len(other))
    return smaller > 0 and len(set(one) & set(other)) >= _NAMES * smaller


def are_of_same_days(one: DocumentView, other: DocumentView) -> bool:
    """True for two pages of the same days in two languages."""
    a, b = one.document, other.document
    return a.language != b.language and are_within_days(a.said_on, b.said_on)


def are_versions(one: DocumentView, other: DocumentView, rarity: Rarity) -> bool:
    """True for two pages of the same days in two languages that name the same bodies and persons, or say the same in most sentences."""
    if not are_of_same_days(one, other):
        return False
    if share_names(one.name_words, other.name_words):
        return True
    alike = sum(pair.common >= _ALIKE for pair in aligned(one, other, rarity))
    return alike >= _MOST * min(len(one.sentences), len(other.sentences))


def differences_of(one: DocumentView, other: DocumentView, rarity: Rarity) -> Iterable[tuple[Pair, Difference | None]]:
    """The pairs of two versions that differ, with the printed words that do; None where one lists fewer things."""
    for pair in aligned(one, other, rarity):
        difference = differing(pair.one, pair.other, is_limit=False) or dates_of(pair.one, pair.other)
        if difference is None and pair.common >= _SURELY:
            difference = only_counts(pair.one, pair.other)
        if difference is not None and (difference.one, difference.other) == (
            one.document.said_on,
            other.document.said_on,
        ):
            continue  # the days of the pages themselves
        difference = difference or _of_words_between(one, other, pair)
        if difference is not None:
            yield pair, difference
            continue
        things, others = things_in_sentence(one, pair.one), things_in_sentence(other, pair.other)
        if things is not None and others is not None and is_shorter(things, others, unlike=1, alike=_ONE_THING):
            yield pair, None


def _of_words_between(one: DocumentView, other: DocumentView, pair: Pair) -> Difference | None:
    """What the words of both say differently, or the one leaves out where they are surely the same sentence."""
    found = other_words(pair.one, pair.other)
    if found is not None or pair.common < _ALIKE:
        return found
    mine, theirs = _with_neighbours(one, pair.one), _with_neighbours(other, pair.other)
    return other_place(pair.one, pair.other) or left_out(mine, theirs) or left_out(theirs, mine)


def _with_neighbours(page: DocumentView, sentence: Sentence) -> list[Sentence]:
    at = sentence.number
    return [sentence, *page.sentences[max(0, at - 1) : at], *page.sentences[at + 1 : at + 2]]


def aligned(one: DocumentView, other: DocumentView, rarity: Rarity) -> list[Pair]:
    """The sentences of two versions that are each other's counterparts, in order."""
    mine, theirs = one.sentences, other.sentences
    apart = [[_apart(i, len(mine), j, len(theirs)) for j in range(len(theirs))] for i in range(len(mine))]
    common = [
        [_common(a, b, rarity) if apart[i][j] < _BAND else 0.0 for j, b in enumerate(theirs)]
        for i, a in enumerate(mine)
    ]
    matched = _best_path([[_score(c, d) for c, d in zip(*row, strict=True)] for row in zip(common, apart, strict=True)])
    sure = {place for place in matched if common[place[0]][place[1]] >= _ALIKE}
    return [
        Pair(mine[i], theirs[j], common[i][j])
        for i, j in matched
        if (i, j) in sure
        or (common[i][j] >= _BETWEEN and ((i - 1, j - 1) in sure or (i + 1, j + 1) in sure))
        or ((i - 1, j - 1) in sure and (i + 1, j + 1) in sure)
    ]


def _apart(i: int, rows: int, j: int, columns: int) -> float:
    """How far apart two sentences stand on their pages, as a share of a page."""
    return abs(i / max(1, rows - 1) - j / max(1, columns - 1))


def _score(common: float, apart: float) -> float:
    """What speaks for a match: what is common, and that both stand at the same place of their page."""
    return common + _PLACE * max(0.0, 1 - apart / _BAND) - _PLACE / 2


def _best_path(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs of rows and columns in rising order whose scores add up to most; a pair that costs is left out."""
    rows, columns = len(scores), len(scores[0]) if scores else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + scores[i][j])
    found, i, j = [], 0, 0
    while i < rows and j < columns:
        if scores[i][j] > 0 and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _common(mine: Sentence, theirs: Sentence, rarity: Rarity) -> float:
    """How much of what both sentences say is the same, by their words, names and figures; less for unequal lengths."""
    longer, shorter = max(len(mine.low), len(theirs.low)), min(len(mine.low), len(theirs.low))
    names, others = ({word for name in s.names for word in name.words} for s in (mine, theirs))
    found = _of_words(mine, theirs, rarity)
    if names and others:
        found += _OF_NAMES * len(names & others) / max(len(names), len(others))
    values, told = ({figure.value for figure in s.figures} | set(s.periods) for s in (mine, theirs))
    if values and told:
        found += _OF_FIGURES * len(values & told) / max(len(values), len(told))
    return found * min(1.0, 1.6 * shorter / longer)


def _of_words(mine: Sentence, theirs: Sentence, rarity: Rarity) -> float:
    if not mine.words or not theirs.words:
        return 0.0
    total = matched = 0.0
    count = 0
    for word in mine.words:
        weight = rarity.of(word)
        total += weight
        alike = max((likeness(word, other) for other in theirs.words), default=0.0)
        matched += weight * alike
        count += alike > 0.5
    size = min(len(mine.words), len(theirs.words)) / max(len(mine.words), len(theirs.words))
    found: float = matched / total * size**0.5
    return found if count >= _SHARED_LEAST else found / 2
