"""Whether two sentences of one thing print figures that cannot both be so: sums, durations, counts, free against a price."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from handslag.following.seeing.telling import Figure, Sentence
from handslag.following.seeing.words import Word, likeness

# Times what was promised; a sum beyond that is of another thing.
DEAREST: Final = 3
_FREE: Final = re.compile(
    r"\b(?:gratis|kostnadsfri(?:tt|a)?|avgiftsfri(?:tt|a)?|utan (?:\w+ )?(?:kostnad|avgift|ersättning|tillägg)"
    r"|inte betala (?:något|någonting)|fri (?:parkering|entré|resa|frakt|lunch|kost|hyra)|ingen (?:avgift|kostnad|entré|hyra)|(?:kostar?|betalar?) (?:ingenting|inget|inte ett öre)|slipper (?:betala|avgift)"
    r"|(?<!-)free(?! (?:of )?(?:time|trade|from|to\b))|for nothing|(?:at )?no (?:charge|cost|fee|rent)"
    r"|without (?:\w+ )?(?:charge|fee|cost|payment)|(?:costs?|pays?|charged?) nothing|(?:nobody|no one|no \w+)\b[^.]*\b(?:pays?|charged)"
    r"|(?:never|not) (?:have to |be made to )?pay (?:for|to)|not be charged)\b"
)
_UNITS: Final = {
    word: days
    for days, words in (
        (1 / 1440, "minut minuter min minute minutes mins"),
        (1 / 24, "timme timmar tim hour hours"),
        (1, "dag dagar dygn day days"),
        (7, "vecka veckor week weeks"),
        (30, "månad månader month months"),
        (365, "år year years"),
    )
    for word in words.split()
}
_WORKING: Final = dict.fromkeys("arbetsdag arbetsdagar vardag vardagar bankdagar".split(), 1.4)
_WORKING_DAYS: Final = frozenset(("working", "business"))
_LONGER: Final = 1.1  # times what was promised
_AS_LONG: Final = 0.9  # where the sentence says "more than"
_MINUTE: Final = 1 / 1440
_OTHER: Final = 45  # times what was promised: a time of another matter
_OF_ONE: Final = 0.7
_REACH: Final = 28  # letters after a figure within which stands what it counts
_WORDS: Final = 2
_PUT_OFF: Final = ("skjut", "sköt", "uppskj", "försen", "postpon", "behind", "delay", "late")
_AGES: Final = ("årig", "åriga", "årigt", "-year")


class Difference(NamedTuple):
    """What differs: its kind, and the printed words of both."""

    kind: str
    one: str
    other: str


def differing(mine: Sentence, theirs: Sentence, *, is_limit: bool) -> Difference | None:
    """The first difference of two sentences, None where there is none that is plain.

    With `is_limit` the first is a promise or a claim, the second what came of it: only what goes beyond a sum or a duration counts.
    """
    return (
        _sums(mine, theirs, is_limit=is_limit)
        or _durations(mine, theirs, is_limit=is_limit)
        or free_and_price(mine, theirs)
        or (None if is_limit else _counts(mine, theirs))
    )


def dates_of(mine: Sentence, theirs: Sentence) -> Difference | None:
    """One day each, and not the same."""
    a, b = ([period for period in sentence.periods if _is_day(period)] for sentence in (mine, theirs))
    if len(a) != 1 or len(b) != 1 or a == b or any("/" in period for period in (*mine.periods, *theirs.periods)):
        return None
    return Difference("date", a[0], b[0])


def _is_day(period: str) -> bool:
    return len(period) == len("2026-01-31")


def _sums(mine: Sentence, theirs: Sentence, *, is_limit: bool) -> Difference | None:
    a, b = _kind(mine, "money"), _kind(theirs, "money")
    if not is_limit:
        if len(a) == len(b) == 1 and a[0].value != b[0].value and _units_agree(a[0], b[0]):
            return Difference("sum", mine.printed(a[0]), theirs.printed(b[0]))
        return None
    if len(a) != 1 or any(figure.value == a[0].value for figure in b):
        return None
    least, most = 1.01 * a[0].value, DEAREST * a[0].value
    beyond = [figure for figure in b if least < figure.value <= most and _units_agree(a[0], figure)]
    return Difference("sum", mine.printed(a[0]), theirs.printed(beyond[0])) if beyond else None


def _units_agree(one: Figure, other: Figure) -> bool:
    return not one.unit or not other.unit or one.unit == other.unit


def _durations(mine: Sentence, theirs: Sentence, *, is_limit: bool) -> Difference | None:
    a, b = durations_of(mine), durations_of(theirs)
    if len(a) != 1 or len(b) != 1:
        return None
    (days, one), (others, other) = a[0], b[0]
    if is_limit:
        if any(low.startswith(_PUT_OFF) for low in theirs.low):
            return None  # "put off a year" tells for how long it is put off
        if _is_of_nobody(theirs, other):
            return None  # "not one waited longer than a day"
        least = _AS_LONG if _is_more_than(theirs, other) else _LONGER
        return Difference("duration", one, other) if least < others / max(days, _MINUTE) < _OTHER else None
    return Difference("duration", one, other) if abs(others - days) > 0.05 * days else None


def durations_of(sentence: Sentence) -> Sequence[tuple[float, str]]:
    """The durations of a sentence in days, with their printed words."""
    return sentence.kept(_durations_in)


def _durations_in(sentence: Sentence) -> Sequence[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    values: dict[int, float] = {}
    for figure in sentence.figures:
        if figure.kind != "money":
            values.setdefault(figure.start, figure.value)
    for at, (token, low) in enumerate(zip(sentence.tokens, sentence.low, strict=True)):
        value = values.get(token.start)
        if value is not None and at + 1 < len(sentence.tokens):
            for ahead in (1, 2):
                days = _unit_at(sentence.low, at + ahead)
                if days:
                    words = " ".join(t.form for t in sentence.tokens[at : at + ahead + 1])
                    found.append((value * days, words))
                    break
        years = _years_in(low)
        if years is not None:
            found.append((365.0 * years, token.form))
    return found


def _is_more_than(sentence: Sentence, printed: str) -> bool:
    """True for "more than a day"."""
    low = " ".join(sentence.low)
    return any(
        f"{words} {printed.lower()}" in low
        for words in ("mer än", "längre än", "över", "more than", "longer than", "over")
    )


def _is_of_nobody(sentence: Sentence, printed: str) -> bool:
    """True for "nobody for more than a day"."""
    before, found, _ = " ".join(sentence.low).partition(printed.lower())
    return bool(found) and _is_more_than(sentence, printed) and bool(_NOBODY.search(before))


def _unit_at(low: Sequence[str], at: int) -> float:
    """The days of the unit at a word, 0 for none; of working days there are five in a week."""
    unit = low[at] if at < len(low) else ""
    if unit in _WORKING:
        return _WORKING[unit]
    return _UNITS.get(unit, 0.0) * (_WORKING["arbetsdag"] if unit == "days" and low[at - 1] in _WORKING_DAYS else 1.0)


def _years_in(low: str) -> float | None:
    """The years of "fyraårig" and "five-year"."""
    for ending in _AGES if low.endswith(_AGES) else ():
        if low.endswith(ending):
            return _SPELT.get(low.removesuffix(ending).rstrip("-"))
    return None


_NOBODY: Final = re.compile(r"\b(not one|nobody|none|no one|never|ingen|inget|inga|inte en|aldrig)\b")
_SPELT: Final = {
    word: float(number)
    for number, words in enumerate(
        "ett one 1;två two 2;tre three 3;fyra four 4;fem five 5;sex six 6;sju seven 7;åtta eight 8;nio nine 9;tio ten 10".split(
            ";"
        ),
        1,
    )
    for word in words.split()
}


def is_free(sentence: Sentence) -> str:
    """The words by which a sentence says that something is free, "" where it does not."""
    found = _FREE.search(" ".join(sentence.low))
    return found.group() if found else ""


def free_and_price(mine: Sentence, theirs: Sentence, *, are_of_one: bool = False) -> Difference | None:
    """Free for the one and a price for the other, of the same people or thing: by their words, or as known otherwise."""
    free = _FREE.search(" ".join(mine.low))
    sums = [figure for figure in _kind(theirs, "money") if figure.value >= 1]  # "not a penny" is no price
    if free is None or not sums or _FREE.search(" ".join(theirs.low)):
        return None
    shared = are_of_one or any(
        likeness(word, other) >= 1 for word in mine.words for other in theirs.words if word.form not in free.group()
    )
    return Difference("price", free.group(), theirs.printed(sums[0])) if shared else None


def _counts(mine: Sentence, theirs: Sentence) -> Difference | None:
    """One count that differs, before words of one meaning; or of several counts one, where the others are the same."""
    a, b = _kind(mine, "count"), _kind(theirs, "count")
    if len(a) != len(b):
        return None
    same = {figure.value for figure in a} & {figure.value for figure in b}
    ours, others = ([figure for figure in counts if figure.value not in same] for counts in (a, b))
    if len(ours) != 1 or len(others) != 1:
        return None
    pairs = ((one, other) for one in things_counted(mine, ours[0]) for other in things_counted(theirs, others[0]))
    if not same and not any(likeness(one, other) >= _OF_ONE for one, other in pairs):
        return None
    return Difference("count", mine.printed(ours[0]), theirs.printed(others[0]))


def only_counts(mine: Sentence, theirs: Sentence) -> Difference | None:
    """The one count of each, where they differ; "one" is mostly an article."""
    a, b = ([f for f in _kind(sentence, "count") if f.value > 1] for sentence in (mine, theirs))
    if len(a) != 1 or len(b) != 1 or a[0].value == b[0].value:
        return None
    return Difference("count", mine.printed(a[0]), theirs.printed(b[0]))


def things_counted(sentence: Sentence, figure: Figure) -> tuple[Word, ...]:
    """What a figure may count, the telling words after it: "forskningssjuksköterskor" of "fem egna forskningssjuksköterskor"."""
    return tuple(word for word in sentence.words if 0 < word.start - figure.end < _REACH)[:_WORDS]


def _kind(sentence: Sentence, kind: str) -> list[Figure]:
    return [figure for figure in sentence.figures if figure.kind == kind]
