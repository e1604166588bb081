"""Which level something is of (regional, national, bilateral, European), and which part of the field somebody belongs to: as a value with
what it rests on. It may be printed in a name, inferred, said by a person, or unknown; nothing is filled in silently. No database here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from handslag.vocabulary.load import vocabulary

LEVELS: Final = ("regional", "national", "bilateral", "european")
STAKEHOLDERS: Final = ("academia", "business", "patients", "care", "public")
BY_HAND, PRINTED, INFERRED, UNKNOWN = "by hand", "printed", "inferred", "unknown"


@dataclass(frozen=True, slots=True)
class Placed:
    """A value ("" for unknown), its basis, and what it rests on: words of a name, a kind of organisation, a host."""

    value: str = ""
    basis: str = UNKNOWN
    ground: str = ""


NOWHERE: Final = Placed()


def by_hand(value: str) -> Placed:
    """What a person said; "" says that it is none of them."""
    return Placed(value, BY_HAND)


def level_of_body(name: str, kinds: Iterable[str] = ()) -> Placed:
    """The level of an organisation (or a country): printed in its name, or inferred from its kind."""
    if country_of(name):
        return Placed("national", PRINTED, name)
    return _printed("level_words", name) or _by_kind("level_kinds", kinds) or NOWHERE


def level_of_publisher(publisher: str, host: str) -> Placed:
    """The level of what somebody publishes: by the publisher's name, or inferred from the host."""
    named = _printed("level_words", publisher)
    return named or _by_host(host) or NOWHERE


def stakeholder_of_body(name: str, kinds: Iterable[str] = ()) -> Placed:
    """The part of the field that an organisation is of: inferred from its kind, or printed in its name. What is read as a kind is surer than a word."""
    return _by_kind("stakeholder_kinds", kinds) or _printed("stakeholder_words", name) or NOWHERE


def country_of(name: str) -> str:
    """The country that a name stands for, "" for none."""
    return _countries().get(" ".join(name.casefold().split()), "")


def is_between_countries(parties: Iterable[str]) -> bool:
    """True if two of the parties are countries, and not the same one."""
    return len({country for name in parties if (country := country_of(name))}) > 1


def _printed(group: str, name: str) -> Placed | None:
    for value, pattern in _patterns(group).items():
        if found := pattern.search(f" {name.casefold()} "):
            return Placed(value, PRINTED, found.group().strip())
    return None


def _by_kind(group: str, kinds: Iterable[str]) -> Placed | None:
    there = list(kinds)
    for value, listed in vocabulary("levels")[group].items():
        if kind := next((kind for kind in there if kind in listed), None):
            return Placed(str(value), INFERRED, kind)
    return None


def _by_host(host: str) -> Placed | None:
    low = host.casefold().split(":")[0]
    for value, hosts in vocabulary("levels")["level_hosts"].items():
        if any(low == one or low.endswith(f".{one}") for one in hosts):
            return Placed(str(value), INFERRED, low)
    return None


@cache
def _patterns(group: str) -> Mapping[str, re.Pattern[str]]:
    found = {}
    for value, stems in vocabulary("levels")[group].items():
        words = "|".join(re.escape(str(stem).strip()) + (r"\b" if str(stem).endswith(" ") else "") for stem in stems)
        found[str(value)] = re.compile(rf"(?<![\w-])(?:{words})")
    return found


@cache
def _countries() -> Mapping[str, str]:
    return {str(name): str(country) for country, names in vocabulary("levels")["countries"].items() for name in names}
