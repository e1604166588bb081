"""Words that tell what a passage is about: their stems, and the notions of the glossary that they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from handslag.language.function_words import function_words
from handslag.language.search.stems import english_stem, swedish_stem
from handslag.language.tokens import Token
from handslag.vocabulary.load import vocabulary

# Below this no part of a compound is looked for: "avtal" is no "tal".
_SHORTEST_COMPOUND: Final = 7
_SHORTEST_PART: Final = 3
_REMEMBERED: Final = 1 << 16
# Endings of words that are no last part of a compound, though words of the glossary are spelt so: "digitalisering" is no "ring".
_NO_LAST_PART: Final = ("ring", "ment", "varande", "dom", "tom", "vice", "tion", "ande", "ende", "lig", "liga")
# What two words must share, from their beginning or of their end, to be taken for forms or compounds of one word.
_SHARED: Final = 5


class Word(NamedTuple):
    """A telling word at `[start, end)`: small letters, stem, notions of itself, notions of the parts of a compound."""

    start: int
    end: int
    form: str
    stem: str
    notions: frozenset[str]
    parts: frozenset[str]
    language: str


def telling_words(tokens: Sequence[Token], language: str) -> list[Word]:
    """The words among the tokens that are neither little words nor figures."""
    passed = passed_over()
    found = []
    for token in tokens:
        low = token.form.lower()
        if len(low) < 2 or not low[0].isalpha() or low in passed:
            continue
        stem, notions, parts = _looked_up(low, language)
        found.append(Word(token.start, token.end, low, stem, notions, parts, language))
    return found


@cache
def passed_over() -> frozenset[str]:
    """Words that say nothing of what a passage is about: function words, modal verbs, verbs of saying."""
    listed = vocabulary("outcome_words")["passed_over"]
    return frozenset([*function_words(), *str(listed["sv"]).split(), *str(listed["en"]).split()])


def notions_of(low: str, language: str) -> list[str]:
    """The notions that a word in small letters may stand for; of a compound that is not known those of its parts."""
    _, notions, parts = _looked_up(low, language)
    return sorted(notions or parts)


@lru_cache(maxsize=_REMEMBERED)
def _looked_up(low: str, language: str) -> tuple[str, frozenset[str], frozenset[str]]:
    stem = stem_of(low, language)
    glossary = _glossary(language)
    notions = glossary.get(stem, frozenset()) | _place(low)
    parts: frozenset[str] = frozenset()
    if language != "en" and len(low) >= _SHORTEST_COMPOUND and not notions:
        parts = _parts_of(low)
    elif "-" in low:
        parts = frozenset(
            notion for part in low.split("-") for notion in glossary.get(stem_of(part, language), frozenset())
        )
    return stem, notions, parts - notions


def _place(low: str) -> frozenset[str]:
    """A place or country that has another name in the other language, also in the genitive."""
    places = _places()
    meant = places.get(low) or places.get(low.replace("’", "'").removesuffix("'s").removesuffix("s"))
    return frozenset(["place " + meant]) if meant else frozenset()


@cache
def _places() -> dict[str, str]:
    pairs = vocabulary("name_pairs")
    groups = [group for kind in ("places", "countries") for group in pairs[kind] if len(group) > 1]
    return {str(name).lower(): str(group[0]).lower() for group in groups for name in group if " " not in str(name)}


def _parts_of(low: str) -> frozenset[str]:
    """The notions of the longest known last part of a Swedish compound, and of what stands before it."""
    glossary = _glossary("sv")
    starts = _starts()
    for cut in range(_SHORTEST_PART, len(low) - _SHORTEST_PART + 1):
        if low[cut:] in _NO_LAST_PART or starts.isdisjoint((low[cut : cut + 3], low[cut : cut + 2], low[cut])):
            continue
        last = glossary.get(stem_of(low[cut:], "sv"))
        if last and (len(low) - cut > 3 or low[cut:] in {"nav", "lab"}):
            before = low[:cut].removesuffix("-")
            first = glossary.get(stem_of(before, "sv")) or glossary.get(stem_of(before.removesuffix("s"), "sv"))
            return last | (first or frozenset())
    if starts.isdisjoint((low[:3], low[:2], low[0])):
        return frozenset()
    for cut in range(len(low) - _SHORTEST_PART, 3, -1):
        first = glossary.get(stem_of(low[:cut], "sv"))
        if first:
            return first
    return frozenset()


@cache
def _starts() -> frozenset[str]:
    """How words begin that have a Swedish stem of the glossary, in three letters; a stem that is shorter is its own.

    A stem keeps the first letters of its word, but that an e goes before an l: the third at the earliest.
    """
    stems = _glossary("sv").keys()
    return frozenset({stem[:3] for stem in stems} | {stem[:2] + "e" for stem in stems if stem[2:] == "l"})


def stem_of(low: str, language: str) -> str:
    """The stem of a word in small letters."""
    bare = low.replace("’", "'").removesuffix("'s")
    return english_stem(bare) if language == "en" else swedish_stem(bare)


@cache
def _glossary(language: str) -> dict[str, frozenset[str]]:
    """Stem → the notions that it may stand for, of one language."""
    found: dict[str, set[str]] = {}
    key = "en" if language == "en" else "sv"
    for notion, lists in vocabulary("follow_glossary").items():
        for word in str(lists[key]).split():
            found.setdefault(stem_of(word, key), set()).add(str(notion))
    return {stem: frozenset(notions) for stem, notions in found.items()}


def likeness(one: Word, other: Word) -> float:
    """How much two words mean the same: 1 for one stem, less for one notion, a shared part or beginning, 0 for nothing."""
    if one.stem == other.stem:
        return 1.0
    if one.notions & other.notions:
        return 0.85
    if one.notions & other.parts or one.parts & other.notions:
        return 0.75
    if _share_letters(one.stem, other.stem):
        return 0.7
    if one.parts & other.parts:
        return 0.55
    return 0.0


def _share_letters(one: str, other: str) -> bool:
    """True if one is the other's beginning or end and long, or both begin alike for most of the shorter."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) >= _SHARED and (long.endswith(short) or long.startswith(short)):
        return True
    if len(short) == _SHARED - 1 and long.endswith(short) and len(long) >= len(short) + 4:
        return True  # "skåp" and "läkemedelsskåp"
    shared = 0
    for left, right in zip(short, long, strict=False):
        if left != right:
            break
        shared += 1
    return shared >= _SHARED and shared * 10 >= len(short) * 7


def keys_of(word: Word) -> Iterable[str]:
    """What a word is found by in an index: its stem, its notions, a long word's beginning."""
    yield "w:" + word.stem
    for notion in (*word.notions, *word.parts):
        yield "c:" + notion
    if len(word.stem) >= _SHORTEST_COMPOUND:
        yield "b:" + word.stem[:6]
