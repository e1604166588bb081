"""A promised measure beside a told one: how many, how much, how long or what share, and whether the promise is kept by it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

from handslag.following.seeing.differences import durations_of, things_counted
from handslag.following.seeing.telling import Figure, Sentence
from handslag.following.seeing.words import Word, likeness
from handslag.vocabulary.load import vocabulary

_BEFORE: Final = 5  # words before a figure in which its direction stands
_BEFORE_TIME: Final = 3  # "within the next ten days"
_AFTER: Final = 10
_PLAINLY: Final = 0.7
_MILLION: Final = 1_000_000
_BARE: Final = 1000  # below it a bare number may stand for millions: "it ends at 18"
_SLACK: Final = 1.01
_WHOLE: Final = 100.0


class Measure(NamedTuple):
    """A promised measure: value (days, percent, units of money, or a number), kind, unit, whether it bounds from above, as printed."""

    value: float
    kind: str
    unit: str
    is_limit: bool
    things: tuple[Word, ...]
    printed: str


class Verdict(NamedTuple):
    """What a told measure makes of a promised one.

    `outcome` is reached or short of a measure to be reached, within or beyond a limit. `is_plain` where the told figure is plainly of
    the same thing: by the thing it counts, as a part of the promised number, or beside it. `times` is the told value by the promised.
    """

    outcome: str
    is_plain: bool
    kind: str
    promised: str
    told: str
    times: float


# A told value, whether it is plainly of the same thing, and as it is printed.
_Told = tuple[float, bool, str]


@cache
def measure_words(group: str) -> frozenset[str]:
    """The words of a group of `measure_words.yaml`, of both languages."""
    words = vocabulary("measure_words")[group]
    return frozenset((*words["sv"], *words["en"]))


def promised_measures(sentence: Sentence) -> list[Measure]:
    """The measures that the sentence of a commitment prints; "all" and "every" are the whole of a share."""
    reduces = bool(measure_words("reduces") & set(sentence.low))
    costs = bool(measure_words("costs") & set(sentence.low))
    found = [
        Measure(days, "duration", "", _bounds(sentence, _first_of(sentence, printed), _BEFORE_TIME), (), printed)
        for days, printed in durations_of(sentence)
    ]
    spent = sentence.kept(_words_of_durations)
    for figure in _outermost(sentence.figures):
        first = _token_at(sentence, figure.start)
        if figure.kind == "duration" or first is None or first in spent or figure.value <= 0:
            continue
        kind, value = _kind_and_value(figure)
        if kind == "count" and value == 1:
            continue
        before = set(sentence.low[max(0, first - _BEFORE) : first])
        is_limit = _bounds(sentence, first) or (kind == "money" and costs and not measure_words("at_least") & before)
        is_limit = is_limit or _is_capped_after(sentence, figure)
        is_reduced_by = reduces and bool(measure_words("by") & set(sentence.low[max(0, first - 2) : first]))
        is_limit = is_limit and not is_reduced_by
        found.append(
            Measure(value, kind, figure.unit, is_limit, things_counted(sentence, figure), sentence.printed(figure))
        )
    universal = next((low for low in sentence.low if low in measure_words("all")), None)
    if universal and not any(measure.kind in {"count", "share"} for measure in found):
        found.append(Measure(_WHOLE, "share", "percent", is_limit=False, things=(), printed=universal))
    return found


def verdict_of(promised: Sequence[Measure], told: Sentence) -> Verdict | None:
    """What the sentence makes of the first promised measure that it tells of, plainly if any; None where it tells of none."""
    verdicts = [verdict for measure in promised if (verdict := _verdict(measure, told)) is not None]
    return next((verdict for verdict in verdicts if verdict.is_plain), verdicts[0] if verdicts else None)


def counts_it(promised: Sequence[Measure], told: Sentence) -> bool:
    """True if the sentence has a number and names, anywhere, a thing of which a number was promised."""
    if not any(figure.kind in {"count", "share", "percent", ""} for figure in told.figures):
        return False
    return any(measure.kind == "count" and _are_of_one_thing(measure.things, told.words) for measure in promised)


def _verdict(promised: Measure, told: Sentence) -> Verdict | None:
    tells = {"duration": _told_duration, "money": _told_sum, "share": _told_share}.get(promised.kind, _told_count)
    found = tells(promised, told)
    if found is None:
        return None
    value, is_plain, printed = found
    if promised.is_limit:
        outcome = "beyond" if value > promised.value * _SLACK else "within"
    else:
        outcome = "short" if value * _SLACK < promised.value else "reached"
    return Verdict(
        outcome,
        is_plain,
        promised.kind,
        promised.printed,
        printed,
        value / promised.value if promised.value else math.inf,
    )


def _told_duration(promised: Measure, told: Sentence) -> _Told | None:
    durations = durations_of(told) if promised.is_limit else []
    if not durations:
        return None
    longest, printed = max(durations)
    return longest, len(durations) == 1, printed


def _told_sum(promised: Measure, told: Sentence) -> _Told | None:
    sums = [figure for figure in told.figures if figure.kind == "money"]
    same = [f for f in sums if not f.unit or not promised.unit or f.unit == promised.unit]
    if same:
        other = [figure for figure in same if figure.value != promised.value]
        best = same[0] if len(same) == 1 or not other else other[0]
        return best.value, len({figure.value for figure in other}) <= 1, told.printed(best)
    bare = [] if sums else told.kept(_counts)
    if len(bare) != 1:
        return None
    value = bare[0].value
    scaled = value * _MILLION if value < _BARE and promised.value >= _MILLION else value
    return scaled, scaled == promised.value or value >= _MILLION, told.printed(bare[0])


def _told_share(promised: Measure, told: Sentence) -> _Told | None:
    parted = told.kept(_part_and_whole)
    if parted is not None:
        part, whole = parted
        return _WHOLE * part.value / whole.value, True, f"{told.printed(part)}/{told.printed(whole)}"
    shares = [(_kind_and_value(f)[1], f) for f in _outermost(told.figures) if _kind_and_value(f)[0] == "share"]
    if shares:
        value, figure = shares[0]
        return value, len(shares) == 1, told.printed(figure)
    universal = next((low for low in told.low if low in measure_words("all")), None)
    return (_WHOLE, False, universal) if universal and promised.value == _WHOLE else None


def _told_count(promised: Measure, told: Sentence) -> _Told | None:
    parted = told.kept(_part_and_whole)
    if parted is not None and parted[1].value == promised.value:
        return parted[0].value, True, f"{told.printed(parted[0])}/{told.printed(parted[1])}"
    counts = told.kept(_counts)
    others = [figure for figure in counts if figure.value != promised.value]
    if len(others) < len(counts):
        if others and measure_words("against") & set(told.low):
            return others[0].value, True, told.printed(others[0])
        return promised.value, True, promised.printed
    for figure in counts:
        if _are_of_one_thing(promised.things, things_counted(told, figure)):
            return figure.value, True, told.printed(figure)
    many = [figure for figure in counts if figure.value > 1 or len(counts) == 1]
    return (many[0].value, False, told.printed(many[0])) if len(many) == 1 else None


def _part_and_whole(sentence: Sentence) -> tuple[Figure, Figure] | None:
    """The part and the whole of "four of the nine" or "av de nio har fyra"; None where the sentence has no such pair."""
    # "three of five" is a share to the grammar of numbers, and two counts here
    numbers = [f for f in sentence.figures if f.kind in {"count", "money", ""} and f.value > 0]
    at = {k: f for f in _outermost(numbers) if (k := _token_at(sentence, f.start)) is not None}
    low = sentence.low
    for k, word in enumerate(low[:-1]):
        if word not in measure_words("of"):
            continue
        ahead = k + 2 if low[k + 1] in measure_words("between") else k + 1
        whole = at.get(ahead)
        if whole is None:
            continue
        before = next((at[i] for i in range(k - 1, max(-1, k - 4), -1) if i in at), None)
        part = before or next((at[i] for i in sorted(at) if i > ahead), None)
        if part is not None and _are_comparable(part, whole) and part.value <= whole.value:
            return part, whole
    return None


def _are_comparable(part: Figure, whole: Figure) -> bool:
    kinds = {part.kind or "count", whole.kind or "count"}
    return len(kinds) == 1 or kinds <= {"count", "money"}


def _kind_and_value(figure: Figure) -> tuple[str, float]:
    """The kind count, money or share (in percent), and the value."""
    if figure.kind in {"percent", "share"}:
        return "share", figure.value
    if figure.kind == "count" and 0 < figure.value < 1:
        return "share", _WHOLE * figure.value
    return ("money" if figure.kind == "money" else "count"), figure.value


def _counts(sentence: Sentence) -> list[Figure]:
    """The bare numbers that are of no duration."""
    spent = sentence.kept(_words_of_durations)
    return [f for f in _outermost(sentence.figures) if f.kind in {"count", ""} and _token_at(sentence, f.start) not in spent]  # fmt: skip


def _outermost(figures: Iterable[Figure]) -> list[Figure]:
    """The figures that stand in no other, in order of place: "hundred" is not told beside "one hundred and three"."""
    kept: list[Figure] = []
    for figure in sorted(figures, key=lambda f: (f.start, -f.end)):
        if not kept or figure.start >= kept[-1].end:
            kept.append(figure)
    return kept


def _bounds(sentence: Sentence, at: int, reach: int = 1) -> bool:
    """True if the figure at word `at` is a bound from above: "within ten days", "no more than 18 million".

    `reach` is how many words before it "within" and "under" may stand.
    """
    before = set(sentence.low[max(0, at - _BEFORE) : at])
    is_bound = bool(before & measure_words("at_most"))
    is_bound |= bool(measure_words("at_once") & set(sentence.low[max(0, at - reach) : at]))
    is_denied_excess = bool(measure_words("excess") & before) and bool(measure_words("denied") & set(sentence.low))
    return (is_bound or is_denied_excess) and not before & measure_words("at_least")


def _is_capped_after(sentence: Sentence, figure: Figure) -> bool:
    """True if words after the figure bound it: "340 million and not a penny more"."""
    after = [token.form.lower() for token in sentence.tokens if token.start >= figure.end][:_AFTER]
    told = f" {' '.join(after)} "
    return any(f" {phrase} " in told for phrase in measure_words("at_most_after"))


def _first_of(sentence: Sentence, printed: str) -> int:
    first = printed.split(maxsplit=1)[0]
    return next(k for k, token in enumerate(sentence.tokens) if token.form == first)


def _words_of_durations(sentence: Sentence) -> frozenset[int]:
    """The numbers of the words by which durations begin."""
    firsts = {printed.split()[0] for _, printed in durations_of(sentence)}
    return frozenset(k for k, token in enumerate(sentence.tokens) if token.form in firsts)


def _token_at(sentence: Sentence, start: int) -> int | None:
    return next((k for k, token in enumerate(sentence.tokens) if token.start <= start < token.end), None)


def _are_of_one_thing(mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    return any(likeness(one, other) >= _PLAINLY for one in mine for other in theirs)
