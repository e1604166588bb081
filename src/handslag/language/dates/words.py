"""The date vocabulary, turned into patterns and look-up tables once, on first use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from handslag.language.dates.mention import Point
from handslag.language.dates.patterns import Lists, date_patterns
from handslag.vocabulary.load import vocabulary


@dataclass(frozen=True)
class DateWords:
    """Tables from words to meanings, and the patterns that find them; all in lower case."""

    months: dict[str, int]
    risky_months: frozenset[str]
    short_months: frozenset[str]
    weekdays: dict[str, tuple[int, str]]  # form: base, definite, genitive, past, plural, short
    seasons: dict[str, int]
    named_seasons: dict[str, int]
    feasts: dict[str, str]
    certain_feasts: frozenset[str]
    fixed: dict[str, tuple[Point, str, str]]  # point, part, bound
    directions: dict[str, str]
    units: dict[str, str]
    plural_units: frozenset[str]
    year_tails: dict[str, int]
    parts: dict[str, str]
    deictic: dict[str, Point]
    bounds: dict[str, str]
    bounds_after: dict[str, str]
    end_of: frozenset[str]
    rhythms: dict[str, str]
    ordinals: dict[str, int]
    counts: dict[str, int]
    times: dict[str, int]
    year_words: frozenset[str]
    year_names: frozenset[str]
    counted: frozenset[str]
    not_day_before: frozenset[str]
    day_before: frozenset[str]
    triggers: dict[str, str]
    patterns: dict[str, re.Pattern[str]]


@cache
def date_words() -> DateWords:
    """The words of both languages: pages quote each other's, and none means two different dates."""
    raw = vocabulary("dates")
    months = {word: number for number, entry in raw["months"].items() for word in _both(entry)}
    weekdays = dict(_weekday_forms(raw["weekdays"]))
    bare = {word: number for number, entry in raw["seasons"].items() for word in entry["bare"]}
    named = {word: number for number, entry in raw["seasons"].items() for word in entry["named"]}
    feasts = {word: feast for feast, entry in raw["feasts"].items() for word in _both(entry)}
    fixed = dict(_fixed(raw))
    directions = _turned(raw["directions"])
    parts = _turned(raw["parts"])
    rhythms = _turned(raw["rhythms"])
    ordinals = {word: number for number, words in raw["ordinals"].items() for word in words}
    counts = _count_words()
    triggers: dict[str, str] = {}
    for words, kind in (
        (months, "month"),
        (weekdays, "weekday"),
        (bare, "season"),
        (named, "season"),
        (feasts, "feast"),
        (ordinals, "ordinal"),
        (parts, "part"),
        (directions, "direction"),
        (fixed, "fixed"),
        (rhythms, "rhythm"),
        (raw["each"], "each"),
        (raw["every_other"], "each"),
        (raw["times"], "times"),
        (("vecka", "veckor", "veckorna", "v", "week", "weeks", "wk", "w"), "week"),
        (("q1", "q2", "q3", "q4", "h1", "h2", "kv", "kvartal"), "quarter"),
        (("inom", "within", "om", "in", "för"), "span"),
        (("ago",), "ago"),
        (("the", "den"), "article"),
        (("var", "vart"), "each"),
    ):
        triggers.update(dict.fromkeys(words, kind))
    return DateWords(
        months=months,
        risky_months=frozenset(raw["risky_months"]),
        short_months=frozenset(raw["short_months"]),
        weekdays=weekdays,
        seasons=bare | named,
        named_seasons=named,
        feasts=feasts,
        certain_feasts=frozenset(raw["certain_feasts"]),
        fixed=fixed,
        directions=directions,
        units=_turned(raw["units"]),
        plural_units=frozenset(raw["plural_units"]),
        year_tails=_turned(raw["year_tails"]),
        parts=parts,
        deictic={word: _point(key)[0] for key, entry in raw["deictic"].items() for word in _both(entry)},
        bounds=_turned(raw["bounds"]),
        bounds_after=_turned(raw["bounds_after"]),
        end_of=frozenset(raw["end_of"]),
        rhythms=rhythms,
        ordinals=ordinals,
        counts=counts,
        times=raw["times"],
        year_words=frozenset(raw["year_words"]),
        year_names=frozenset(raw["year_names"]),
        counted=frozenset(raw["counted"]),
        not_day_before=frozenset(raw["not_day_before"]),
        day_before=frozenset(raw["day_before"]),
        triggers=triggers,
        patterns=date_patterns(
            Lists(
                months=list(months),
                english_months=[word for entry in raw["months"].values() for word in entry["en"]],
                weekdays=list(weekdays),
                seasons=[*bare, *named],
                ordinals=list(ordinals),
                counts=list(counts),
                units=list(_turned(raw["units"])),
                year_tails=list(_turned(raw["year_tails"])),
                times=list(raw["times"]),
                deictic=list(_turned(raw["deictic"])),
                bounds=list(_turned(raw["bounds"])),
                bounds_after=list(_turned(raw["bounds_after"])),
                moved=raw["moved"],
                triggers=list(triggers),
            )
        ),
    )


def phrase(words: str) -> str:
    """Words as the tables have them: single spaces."""
    return " ".join(words.split())


def _both(entry: dict[str, list[str]]) -> list[str]:
    return [*entry.get("sv", ()), *entry.get("en", ())]


def _turned(table: dict[Any, dict[str, list[str]]]) -> dict[str, Any]:
    return {word: meaning for meaning, entry in table.items() for word in _both(entry)}


def _weekday_forms(raw: dict[int, dict[str, Any]]) -> list[tuple[str, tuple[int, str]]]:
    forms: list[tuple[str, tuple[int, str]]] = []
    for number, entry in raw.items():
        swedish, english = entry["sv"], entry["en"]
        forms += [(short, (number, "short")) for short in entry["short"]]
        forms += [(f"i {swedish}s", (number, "past")), (f"{swedish}en", (number, "definite"))]
        forms += [(f"{swedish}ens", (number, "genitive")), (f"{english}'s", (number, "genitive"))]
        forms += [(f"{english}’s", (number, "genitive")), (f"{swedish}ar", (number, "plural"))]
        forms += [(f"{english}s", (number, "plural")), (swedish, (number, "base")), (english, (number, "base"))]
    return forms


def _point(key: str) -> tuple[Point, str, str]:
    unit, offset, *rest = key.split()
    return Point(unit, offset=int(offset)), rest[0] if rest else "", rest[1] if len(rest) > 1 else ""


def _fixed(raw: dict[str, Any]) -> list[tuple[str, tuple[Point, str, str]]]:
    fixed = [(word, _point(key)) for key, entry in raw["fixed"].items() for word in _both(entry)]
    for number, entry in raw["seasons"].items():
        for towards in ("past", "this"):
            fixed += [(word, (Point("season", number=number, towards=towards), "", "")) for word in entry[towards]]
    return fixed


def _count_words() -> dict[str, int]:
    """Words for small whole numbers in both languages, for "om två veckor"; figures are read as they stand."""
    numbers = vocabulary("numbers")["number_words"]
    counts = {word: value for words in numbers.values() for word, value in words.items() if 1 <= value <= 120}
    return counts | {"en": 1, "ett": 1, "a": 1, "an": 1, "one": 1}
