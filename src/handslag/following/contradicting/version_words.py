"""What two language versions of one sentence say differently by words: how often, when, how much, how firmly; and what one leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from handslag.following.seeing.differences import Difference, durations_of
from handslag.following.seeing.telling import Sentence
from handslag.language.lexicon import classes_of
from handslag.vocabulary.load import vocabulary

_ALIKE: Final = 2  # letters
_MONEY: Final = "money"
_YEAR: Final = re.compile(r"(?:19|20)\d\d$")
_CLOCK: Final = re.compile(
    r"\b(?:kl\.?|klockan) ?\.? ?(?P<sv>\d{1,2})(?: ?[.:] ?(?P<svm>\d\d))?\b"
    r"|\b(?P<en>\d{1,2})(?: ?[.:] ?(?P<enm>\d\d))? ?(?P<half>[ap]\.? ?m\b)"
    r"|\bat (?P<at>\d{1,2}) ?[.:] ?(?P<atm>\d\d)\b(?! ?[ap]\.? ?m\b)"
)
_AND: Final = frozenset(("och", "and", ",", "or", "eller", "samt"))


def other_words(one: Sentence, other: Sentence) -> Difference | None:
    """The first thing that both say, and not the same: another currency, rate, season, weekday, ordinal, part, bound, firmness."""
    return (
        _currencies(one, other)
        or _figures(one, other)
        or _hours(one, other)
        or _years(one, other)
        or _either(one, other)
    )


def other_place(one: Sentence, other: Sentence) -> Difference | None:
    """A town in the one for which another stands in the other; towns that begin alike may be one in two languages."""
    mine, theirs = _towns(one), _towns(other)
    ours, others = [mine[p] for p in mine if p not in theirs], [theirs[p] for p in theirs if p not in mine]
    if len(mine) != len(theirs) or len(ours) != 1 or ours[0][:_ALIKE] == others[0][:_ALIKE]:
        return None
    return Difference("versions", ours[0], others[0])


def _towns(sentence: Sentence) -> dict[str, str]:
    """What the towns that a sentence names mean in both languages, with their words."""
    found: dict[str, str] = {}
    for name in sentence.names:
        if len(name.words) == 1 and "place:town" in classes_of(name.words[0].capitalize()):
            word = next((word for word in sentence.words if word.start == name.start), None)
            meant = next((n for n in word.notions if n.startswith("place ")), "") if word else ""
            found[meant or name.words[0]] = sentence.text[name.start : name.end]
    return found


def _figures(one: Sentence, other: Sentence) -> Difference | None:
    """Of as many sums, percentages or times in both the only one that differs."""
    for kinds in (("money",), ("percent", "share")):
        mine, theirs = (_printed_values(sentence, kinds) for sentence in (one, other))
        difference = _only_other(mine, theirs)
        if difference is not None:
            return Difference(kinds[0], *difference)
    times = _only_other(*([(round(d, 3), words) for d, words in durations_of(sentence)] for sentence in (one, other)))
    return Difference("duration", *times) if times else None


def _printed_values(sentence: Sentence, kinds: tuple[str, ...]) -> list[tuple[float, str]]:
    return [(f.value, sentence.printed(f)) for f in sentence.figures if f.kind in kinds]


def _only_other(mine: list[tuple[float, str]], theirs: list[tuple[float, str]]) -> tuple[str, str] | None:
    values, others = {value for value, _ in mine}, {value for value, _ in theirs}
    ours = [words for value, words in mine if value not in others]
    told = [words for value, words in theirs if value not in values]
    return (ours[0], told[0]) if len(mine) == len(theirs) and len(ours) == len(told) == 1 else None


def _hours(one: Sentence, other: Sentence) -> Difference | None:
    """The one time of day in each."""
    mine, theirs = _hour(one), _hour(other)
    if mine is None or theirs is None or mine[0] == theirs[0]:
        return None
    return Difference("versions", mine[1], theirs[1])


def _hour(sentence: Sentence) -> tuple[int, str] | None:
    """The time of day in minutes, with its words; None where there is none or more than one."""
    found = [match for match in _CLOCK.finditer(" ".join(sentence.low)) if match["sv"] or match["en"] or match["at"]]
    if len(found) != 1:
        return None
    match = found[0]
    hours = int(match["sv"] or match["en"] or match["at"])
    minutes = int(match["svm"] or match["enm"] or match["atm"] or 0)
    is_after_noon = bool(match["half"] and match["half"].startswith("p"))
    return 60 * (hours % 12 + 12 if is_after_noon else hours) + minutes, match.group()


def left_out(one: Sequence[Sentence], other: Sequence[Sentence]) -> Difference | None:
    """What the first of the one's sentences says and none of the other's does: a language, a condition, that it is free.

    After the first come its neighbours, in which what is left out may stand as well.
    """
    return _languages_left_out(one, other) or _words_left_out(one, other)


def _currencies(one: Sentence, other: Sentence) -> Difference | None:
    mine, theirs = ([f for f in sentence.figures if f.kind == _MONEY and f.unit] for sentence in (one, other))
    if len(mine) != 1 or len(theirs) != 1 or mine[0].value != theirs[0].value or mine[0].unit == theirs[0].unit:
        return None
    return Difference("sum", one.printed(mine[0]), other.printed(theirs[0]))


def _years(one: Sentence, other: Sentence) -> Difference | None:
    """One year each, and not the same."""
    mine, theirs = ({low for low in sentence.low if _YEAR.match(low)} for sentence in (one, other))
    if len(mine) != 1 or len(theirs) != 1 or mine == theirs:
        return None
    return Difference("date", *mine, *theirs)


def _either(one: Sentence, other: Sentence) -> Difference | None:
    for group in vocabulary("version_words")["either"].values():
        mine, theirs = _said(group, one), _said(group, other)
        if len(mine) == len(theirs) == 1 and mine.keys() != theirs.keys():
            return Difference("versions", *mine.values(), *theirs.values())
    return None


def _said(group: Mapping[str, Any], sentence: Sentence) -> dict[str, str]:
    """The entries of a group that a sentence says, with the words by which it does."""
    low = _joined(sentence)
    found = {}
    for entry, words in group.items():
        match = _phrases(tuple(words[sentence.language])).search(low)
        if match:
            found[str(entry)] = match.group().strip()
    return found


def _words_left_out(one: Sequence[Sentence], other: Sequence[Sentence]) -> Difference | None:
    for words in vocabulary("version_words")["kept"].values():
        match = _phrases(tuple(words[one[0].language])).search(_joined(one[0]))
        language = other[0].language
        enough, same = _phrases(tuple(words["enough_" + language])), _phrases(tuple(words[language]))
        is_said = enough.search(_joined(other[0])) or any(same.search(_joined(beside)) for beside in other[1:])
        if match and not is_said:
            return Difference("left_out", match.group().strip(), "")
    return None


def _languages_left_out(one: Sequence[Sentence], other: Sequence[Sentence]) -> Difference | None:
    """The languages in which something is to be, which the other version does not tell."""
    mine = _languages(one[0])
    theirs = {language for sentence in other for language in _languages(sentence)}
    missing = [printed for language, printed in mine.items() if language not in theirs]
    return Difference("left_out", ", ".join(missing), "") if missing else None


def _languages(sentence: Sentence) -> dict[str, str]:
    """The languages told after "in", one or several in a row, with their words."""
    listed = vocabulary("version_words")["languages"]
    names = {str(w): str(k) for k, words in listed.items() if k != "before" for w in words[sentence.language]}
    before = {str(word) for word in listed["before"][sentence.language]}
    found: dict[str, str] = {}
    is_open = False
    for at, low in enumerate(sentence.low):
        if low in names and is_open and not _is_adjective(sentence, at, names):
            found[names[low]] = low
        else:
            is_open = low in before or (is_open and low in _AND) or low == "both"
    return found


def _is_adjective(sentence: Sentence, at: int, names: Iterable[str]) -> bool:
    """True where a word follows that the language may belong to: "in Swedish hospitals"."""
    ahead = sentence.low[at + 1] if at + 1 < len(sentence.low) else "."
    return ahead[0].isalpha() and ahead not in _AND and ahead not in names and ahead not in _little(sentence.language)


@cache
def _little(language: str) -> frozenset[str]:
    words = {"sv": "på i för till senast vid med efter före som från utan via under", "en": "on in for to by at with after before from without via during as"}  # fmt: skip
    return frozenset(words[language].split())


def _joined(sentence: Sentence) -> str:
    return f" {' '.join(sentence.low)} "


@cache
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases, between spaces; "*" is the rest or the beginning of a word, "#" a number."""
    forms = [re.escape(str(phrase)).replace(r"\*", r"[^ ]*").replace(r"\#", r"\d+") for phrase in phrases]
    return re.compile(rf"(?<= )(?:{'|'.join(forms)})(?= )")
