"""Names in a passage: rows of capitalised words, whose they are, and which are only like a name that is looked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

from handslag.language.function_words import function_words
from handslag.language.lexicon import classes_of, listed_classes
from handslag.language.tokens import Token
from handslag.vocabulary.load import vocabulary

_WITHIN: Final = frozenset("of and the för och i på av for de von van du la &".split())
_LETTER: Final = re.compile(r"[^\W\d_]")
_CALENDAR: Final = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december christmas easter i a dr mr ms mrs prof""".split()
)
# What is written together with a name to say what body it is.
_BODIES: Final = frozenset(
    first + body
    for first in ("", "s")
    for body in (
        "stiftelsen",
        "fonden",
        "bolaget",
        "koncernen",
        "gruppen",
        "institutet",
        "föreningen",
        "förbundet",
        "programmet",
    )
)
# Two names that are this much alike, and not the same, are taken for a mistake by many a reader.
_ALIKE: Final = 0.62
_ENDING: Final = 6


class Name(NamedTuple):
    """A row of capitalised words at `[start, end)`: its words in small letters, without a genitive."""

    start: int
    end: int
    words: tuple[str, ...]


class Party(NamedTuple):
    """A body that may be named: all words of its name, those that tell it from others, words that may stand for it."""

    name: str
    words: tuple[str, ...]
    core: tuple[str, ...]
    stand_ins: frozenset[str]


# kind of organisation → how a page calls one that it has named
_STAND_INS: Final = {
    "company": "bolaget företaget koncernen firman company firm",
    "university": "universitetet högskolan lärosätet university",
    "hospital": "sjukhuset kliniken hospital clinic trust",
    "agency": "myndigheten verket agency authority",
    "ministry": "departementet ministry ministern minister minister's ministers",
    "government": "regeringen staten government state ministers minister",
    "region": "regionen regionens region regionerna regionstyrelsen",
    "municipality": "kommunen kommunens municipality city council",
    "association": "föreningen förbundet association federation stämman",
    "foundation": "stiftelsen fonden foundation fund",
    "cluster": "klustret inkubatorn cluster incubator",
    "investor": "fonden investor investors",
    "programme": "programmet programme",
}


def names_in(tokens: Sequence[Token], is_common: Callable[[str], bool] = lambda low: False) -> list[Name]:
    """The names among the tokens of one sentence; its first word counts where it is no common word of the language."""
    found: list[Name] = []
    run: list[Token] = []

    def close() -> None:
        while run and not run[-1].form[0].isupper():
            run.pop()
        words = tuple(bare_word(token.form) for token in run if token.form != "'s")
        if words and any(len(word) > 1 for word in words):
            found.append(Name(run[0].start, run[-1].end, words))
        run.clear()

    for i, token in enumerate(tokens):
        form = token.form
        low = form.lower()
        begins = i == 0 or tokens[i - 1].form in {".", ":", "–", "-", "”", '"', "“", "•", "?", "!", "—"}
        if form[0].isupper() and bool(_LETTER.match(form)):
            is_word = low in function_words() or low in _CALENDAR
            if (begins and (is_word or (is_common(low) and not _goes_on(tokens, i)))) or is_word:
                close()
                continue
            run.append(token)
        elif run and low in _WITHIN and i + 1 < len(tokens) and tokens[i + 1].form[0].isupper():
            run.append(token)
        elif run and form in {"'s", "’s"}:
            close()
        else:
            close()
    close()
    return found


def _goes_on(tokens: Sequence[Token], i: int) -> bool:
    """True if the word at `i` is followed by another with a capital: "Region Gävleborg"."""
    return i + 1 < len(tokens) and tokens[i + 1].form[0].isupper() and tokens[i + 1].form.lower() not in _CALENDAR


@lru_cache(maxsize=1 << 15)
def bare_word(form: str) -> str:
    """A word of a name in small letters, without a genitive, a place by one name for both languages."""
    low = form.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    if low.endswith("s") and len(low) > 4 and not low.endswith(("ss", "us", "is")) and not listed_classes(low):
        low = low[:-1]
    return in_one_language(low)


def in_one_language(low: str) -> str:
    """A place or country by the name that stands for it in both languages: "sverige" for "sweden"; other words as they are."""
    return _pairs("places", "countries").get(low, low)


@lru_cache(maxsize=1 << 13)
def party_of(name: str) -> Party:
    """What is looked for of a body's name."""
    words = tuple(bare_word(word) for word in re.findall(r"[\w&'’-]+", name) if word.lower() not in _WITHIN)
    kinds = {kind for word in re.findall(r"[\w-]+", name) for kind in _kinds(word)}
    core = tuple(word for word in words if not _is_generic(word))
    telling = tuple(word for word in core if not is_place(word)) or core or words
    stand_ins = {word for kind in kinds for word in _STAND_INS.get(kind, "").split()}
    generic = [word for word in words if word not in core]
    stand_ins.update(word + ending for word in generic for ending in ("", "en", "et", "n"))
    return Party(name, words, telling, frozenset(stand_ins))


def _kinds(word: str) -> set[str]:
    classes = classes_of(word)
    found = {name.partition(":")[2] for name in classes if name.startswith(("org:", "-org:"))}
    if "legal" in classes:
        found.add("company")
    return found


def _is_generic(word: str) -> bool:
    classes = listed_classes(word)
    return any(name in {"org", "legal", "stand-in"} for name in classes) and "body" not in classes


def is_place(word: str) -> bool:
    """True for a place of the vocabulary."""
    return any(name.startswith("place") for name in classes_of(word.capitalize()))


def match(party: Party, name: Name) -> str:
    """How a printed name fits a body: "same", "part", "rival" (alike, and not the same), or ""."""
    return _match(party, name.words)


@lru_cache(maxsize=1 << 15)
def _match(party: Party, printed: tuple[str, ...]) -> str:
    words = [word for word in printed if word not in _WITHIN]
    mine, theirs = set(party.words), set(words)
    core = set(party.core)
    if is_same_body(party.words, tuple(words)):
        return "same"
    if mine == theirs or (core <= theirs <= mine):
        return "same"
    shared = {word for word in theirs if word in core or _same_but_ending(word, core)}
    if shared:
        extra = [word for word in theirs - shared if word not in mine and not _is_generic(word)]
        generic = [word for word in theirs - shared if word not in mine and _is_generic(word)]
        missing = mine - theirs
        if not extra and not generic:
            return "same" if core <= theirs | shared and len(core) > 1 else "part"
        if extra and missing - {word for word in mine if _is_generic(word)} - shared:
            return "rival"
        if generic and any(_is_generic(word) for word in missing) and not _are_legal(generic):
            return "rival"
        return "part"
    if any(_alike(word, other) for word in theirs for other in core if len(other) >= 5 and not is_place(other)):
        return "rival"
    if len(mine & theirs) >= 1 and any(word for word in theirs - mine if not _is_generic(word)) and len(theirs) >= 2:
        return "rival"  # "Region Halland" beside "Region Gävleborg"
    return ""


@lru_cache(maxsize=1 << 14)
def is_same_body(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True if two names are the same in the other language: "Karolinska University Hospital", "Stiftelsen Hjärtslag"."""
    bodies = _pairs("bodies")
    name, other_name = " ".join(one), " ".join(other)
    if name in bodies and bodies[name] == bodies.get(other_name):
        return True
    mine, theirs = _meant(one), _meant(other)
    return mine == theirs and len(mine) > 1


@lru_cache(maxsize=1 << 14)
def _meant(words: tuple[str, ...]) -> frozenset[str]:
    """A name's words without legal forms; where the vocabulary has a pair, the first of its group."""
    groups = _pairs("words", "places", "countries", "compass")
    found, k = set(), 0
    while k < len(words):
        for size in (3, 2, 1):
            meant = groups.get(" ".join(words[k : k + size]))
            if meant is not None:
                break
        else:
            size, meant = 1, words[k]
        if "legal" not in listed_classes(words[k]):
            found.add(meant)
        k += size
    return frozenset(found)


@cache
def _pairs(*kinds: str) -> dict[str, str]:
    """Name or word → the first of its group, in small letters."""
    return {
        str(name).lower(): str(group[0]).lower()
        for kind in kinds
        for group in vocabulary("name_pairs")[kind]
        for name in group
    }


def _are_legal(words: Sequence[str]) -> bool:
    return all("legal" in listed_classes(word) for word in words)


def _same_but_ending(word: str, core: set[str]) -> bool:
    """True if the word is one of the core but for a genitive, or is one with what kind of body it is: "Fjordbankstiftelsen"."""
    return any(
        min(len(word), len(other)) >= 4
        and (
            other in {word + "s", word.removesuffix("s")} or (word.startswith(other) and word[len(other) :] in _BODIES)
        )
        and word != other
        for other in core
    )


@lru_cache(maxsize=1 << 15)
def are_alike(word: str, other: str) -> bool:
    """True for two long words that differ in a letter or two, or in a few within."""
    if word == other or word[0] != other[0]:
        return False
    if Levenshtein.distance(word, other) <= max(1, max(len(word), len(other)) // 6):
        return True
    ending = next((k for k in range(min(len(word), len(other))) if word[-1 - k] != other[-1 - k]), 0)
    return ending * 2 >= max(len(word), len(other)) and abs(len(word) - len(other)) <= 2 and ending >= _ENDING


def _alike(word: str, other: str) -> bool:
    """True for words that begin alike, or differ by a letter or two, and are not the same."""
    if word == other or len(word) < 4 or word[0] != other[0]:
        return False
    shared = 0
    for left, right in zip(word, other, strict=False):
        if left != right:
            break
        shared += 1
    longest = max(len(word), len(other))
    return (shared >= 4 and shared / min(len(word), len(other)) >= _ALIKE) or Levenshtein.distance(word, other) <= max(
        1, longest // 5
    )
