"""The number vocabulary, turned into patterns and look-up tables once, on first use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from handslag.language.alternation import alternation, spaced
from handslag.vocabulary.load import vocabulary

# Between the thousands of a number: a space, also a hard, a thin or a narrow one.
# As an escape, since `spaced` makes of a space that stands for itself more than one character.
GROUP: Final = r"[\x20\u00a0\u2009\u202f]"
# The space between a number and its unit: on the same line, or over a line's end.
GAP: Final = r"[^\S\n]?\n?[^\S\n]?"
_HUNDRED: Final = 100
_THOUSAND: Final = 1000
_LONG: Final = len("seventy-seven ")  # no longer number is part of "two out of three"


@dataclass(frozen=True)
class NumberWords:
    """Tables from words to meanings, and the patterns that find them; all in lower case."""

    values: dict[str, int]
    about: dict[str, int]
    ones: frozenset[str]
    shares: dict[str, float]
    unsure_shares: frozenset[str]
    after_share: frozenset[str]
    before_half_none: frozenset[str]
    share_qualifiers: dict[str, str]
    parts_of_scale: dict[str, float]
    scales: dict[str, int]
    short_scales: dict[str, int]
    currencies: dict[str, tuple[str, float]]
    prefixes: dict[str, tuple[str, float]]
    kroner: dict[str, list[str]]
    qualifiers: dict[str, str]
    qualifiers_after: dict[str, str]
    qualifier_ends: frozenset[str]
    roles_before: dict[str, str]
    weak_before: frozenset[str]
    roles_after: dict[str, str]
    street_endings: tuple[str, ...]
    durations: frozenset[str]
    no_counted_noun: frozenset[str]
    patterns: dict[str, re.Pattern[str]]


@cache
def number_words(language: str) -> NumberWords:
    """The words for a language: number words of "sv" or "en" alone ("sex" is six in one of them), all others of both."""
    raw = vocabulary("numbers")
    languages = [language] if language in {"sv", "en"} else ["sv", "en"]
    values = {word: value for one in languages for word, value in raw["number_words"][one].items()}
    for one in languages:
        values.update(_compounds(raw, one))
    if len(languages) == 2:
        values.pop("sex", None)
    about = {word: value for one in languages for word, value in raw["about_words"][one].items()}
    shares = {word: value for one in languages for word, value in raw["shares"][one].items()}
    ones = frozenset(word for one in languages for word in raw["one"][one])
    scales = {word: entry["factor"] for entry in raw["scales"].values() for word in entry["words"]}
    currencies, prefixes = _currencies(raw)
    qualifiers = {
        word: meaning for meaning, entry in raw["qualifiers"].items() for word in (*entry["sv"], *entry["en"])
    }
    after = {
        word: meaning for meaning, entry in raw["qualifiers_after"].items() for word in (*entry["sv"], *entry["en"])
    }
    return NumberWords(
        values=values,
        about=about,
        ones=ones,
        shares=shares,
        unsure_shares=frozenset(raw["share_words_unsure"]),
        after_share=frozenset(raw["after_share"]),
        before_half_none=frozenset(raw["before_half_none"]),
        share_qualifiers=raw["share_qualifiers"],
        parts_of_scale=raw["parts_of_scale"],
        scales=scales,
        short_scales=raw["short_scales"],
        currencies=currencies,
        prefixes=prefixes,
        kroner=raw["kroner"],
        qualifiers=qualifiers,
        qualifiers_after=after,
        qualifier_ends=frozenset(word.split()[-1] for word in qualifiers),
        roles_before={word: role for role, words in raw["roles_before"].items() for word in words},
        weak_before=frozenset(raw["weak_roles_before"]),
        roles_after={word: role for role, words in raw["roles_after"].items() for word in words},
        street_endings=tuple(raw["street_endings"]),
        durations=frozenset(raw["durations"]),
        no_counted_noun=frozenset(raw["no_counted_noun"]),
        patterns={
            name: re.compile(spaced(pattern))
            for name, pattern in _patterns(
                raw, [*values, *about], list(shares), ones, scales, currencies, prefixes, qualifiers, after
            ).items()
        },
    )


def _compounds(raw: dict[str, Any], language: str) -> dict[str, int]:
    """tjugotre, twenty-five: tens and ones; hundrafyrtio, one hundred and forty-three: hundreds and what is below them."""
    tens, ones = raw["tens"][language], raw["ones"][language]
    values = raw["number_words"][language]
    joints = ("",) if language == "sv" else ("-", " ")
    found = {
        f"{ten}{joint}{one}": values[ten] + value for ten in tens for one, value in ones.items() for joint in joints
    }
    hundreds = {word: value for word, value in values.items() if value % _HUNDRED == 0 and value < _THOUSAND}
    below = {word: value for word, value in {**ones, **values, **found}.items() if value < _HUNDRED and " " not in word}
    links = ("",) if language == "sv" else (" ", " and ")
    found |= {
        f"{hundred}{link}{word}": value + rest
        for hundred, value in hundreds.items()
        for word, rest in below.items()
        for link in links
    }
    return found


def _currencies(raw: dict[str, Any]) -> tuple[dict[str, tuple[str, float]], dict[str, tuple[str, float]]]:
    """Words after and before an amount: their currency and factor."""
    after: dict[str, tuple[str, float]] = {}
    before: dict[str, tuple[str, float]] = {}
    for code, entry in raw["currencies"].items():
        after.update(dict.fromkeys((*entry["after"], *entry["signs"]), (code, 1)))
        before.update(dict.fromkeys((*entry["before"], *entry["signs"]), (code, 1)))
    after.update(dict.fromkeys(raw["kroner"]["words"], ("kroner", 1)))
    for key, words in raw["scaled_currencies"].items():
        factor, code = key.split()
        number = float(factor) if "." in factor else int(factor)
        after.update(dict.fromkeys(words, (code, number)))
        before.update({word: (code, number) for word in words if " " not in word and word != "öre"})
    return after, before


def _patterns(
    raw: dict[str, Any],
    values: list[str],
    shares: list[str],
    ones: frozenset[str],
    scales: Iterable[str],
    currencies: Iterable[str],
    prefixes: Iterable[str],
    qualifiers: Iterable[str],
    after: Iterable[str],
) -> dict[str, str]:
    scale, currency = alternation(scales), alternation(currencies)
    percent, points = alternation(raw["percent"]), alternation(raw["points"])
    part = alternation(raw["parts_of_scale"])
    dry = alternation(raw["share_qualifiers"])
    codes = [prefix for prefix in prefixes if prefix.isalpha() and len(prefix) > 2]
    numerators = alternation(word for word in values if len(word) < _LONG)
    bare_shares = [share.split(" ", 1)[1] for share in shares if share.startswith(("en ", "a "))]
    triggers = alternation([*values, *shares, *raw["parts_of_scale"], *ones])
    return {
        # figures, also right after a currency ("SEK12m"), and number words
        "trigger": rf"\b(?:(?:{alternation(codes)})?[0-9]+|(?:{triggers})(?!\w))",
        # figures with thousands parted by spaces, commas or points, and decimals
        "spaces": rf"[0-9]{{1,3}}(?:{GROUP}[0-9]{{3}})+(?![0-9])(?:,[0-9]+|\.[0-9]{{1,2}}(?![0-9]))?",
        "commas": r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9])(?:\.[0-9]+)?",
        "points": r"[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9]|\.[0-9])(?:,[0-9]+)?",
        "plain": r"[0-9]+(?:[.,][0-9]+)?",
        # what may follow a number: a scale, a currency, percent; a short scale only after a currency
        "unit": rf"{GAP}(?:({scale})(?!\w)(?:{GAP}({currency})(?!\w))?|({points})(?!\w)|({percent})(?!\w)|({currency})(?!\w))",
        "short scale": rf"\s?({alternation(raw['short_scales'])})(?!\w)(?:{GAP}({currency})(?!\w))?",
        "prefix": rf"(?:(?<!\w)|(?<=[-–—]))({alternation(prefixes)})[^\S\n]?[-–−]?\Z",
        "scale": rf"{GAP}({scale})(?!\w)",
        "part of scale": rf"({part}) ({scale})(?!\w)(?: ({currency})(?!\w))?",
        # en dryg tredjedel, knappt hälften
        "share": rf"(?:(en|ett|a) (?:({dry}) ))?({alternation([*shares, *bare_shares])})(?!\w)",
        # one in four, one visit in four
        "one in": r"(one|two|three|four|five|six|seven|eight|nine)(?: [a-zé-]+){0,2} in "
        r"(ten|five|four|three|two|six|seven|eight|twenty|a hundred|[0-9]+)(?!\w)",
        # two out of three
        "out of": rf"({numerators}|one|en|ett|[0-9]+)(?: [a-zåäöé-]+)? out of (three|four|five|ten|a hundred|[0-9]+)(?!\w)",
        "av": rf"({numerators}|en|ett|[0-9]+) av (tre|fem|tio|hundra)(?!\w)",
        "of": rf"({numerators}|one) (?:of|in) every (ten|hundred|three|four|five)(?!\w)",
        "qualifier after": rf" ({alternation(after)})(?!\w)",
        "between": rf"(?:mellan|between)(?: [a-z]{{3}}| [€$£])?{GAP}[€$£]?\Z",
        "from": rf"(?:från|from)(?: [a-z]{{3}}| [€$£])?{GAP}[€$£]?\Z",
        "qualifier": rf"\b({alternation(qualifiers)})(?: (?:en|ett|a|an|totalt|cirka))?\s?[~(“”\"]?\Z",
        "compared": rf"(?: (?:i år|this year|last year|\w+))? (?:{alternation(raw['compared'])}) (?:{alternation(prefixes)})?\s?",
    }
