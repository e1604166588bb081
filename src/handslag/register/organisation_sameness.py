"""Whether two organisations, or two events, have names of the same thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz.distance import DamerauLevenshtein

from handslag.register.meaning import Meaning, meaning_of, telling_words
from handslag.register.names import (
    acronyms_of,
    folded_name,
    is_acronym,
    unaccented,
    without_legal_forms,
    words_of,
)
from handslag.register.profiles import Profile, Reason

_UNTOLD = {"other", "unknown", ""}


@dataclass(slots=True)
class OwnReasons:
    """What the names and surroundings of two entries give: weighed reasons, and what is against them."""

    reasons: list[tuple[float, Reason]] = field(default_factory=list)
    against: list[Reason] = field(default_factory=list)
    deduction: float = 0.0
    ruled_out: bool = False


def compare_organisations(a: Profile, b: Profile) -> OwnReasons:
    """The reasons for and against two organisations or events being the same, but for their identifiers."""
    found = OwnReasons()
    best: dict[str, tuple[float, Reason]] = {}
    for one in _printed_names(a):
        for other in _printed_names(b):
            weighed = compare_names(one, other)
            if weighed and weighed[1].code == "acronym" and _is_spelled_out(a if is_acronym(one) else b):
                # Its own long name would have been found to be the same, were it not in the other language.
                weighed = (0.45, weighed[1])
            if weighed and weighed[0] > best.get(weighed[1].code, (0.0,))[0]:
                best[weighed[1].code] = weighed
    found.reasons = sorted(best.values(), key=lambda item: (-item[0], item[1].code))
    conflict = _conflict_of(a, b)
    if conflict and "known_by_both" not in best:
        found.against.append(conflict)
        found.ruled_out = True
    _compare_surroundings(a, b, found)
    return found


def _is_spelled_out(profile: Profile) -> bool:
    return not all(is_acronym(name) for name in profile.names)


def compare_names(one: str, other: str) -> tuple[float, Reason] | None:
    """The strongest reason why two printed names may be of one body, with its weight; None where there is none."""
    if folded_name(one) == folded_name(other):
        # Several bodies have the same two letters: KI, LU.
        weight = 0.9 if len(one) > 3 else 0.6
        return weight, Reason("same_name", one, other)
    words, others = words_of(one), words_of(other)
    if not words or not others:
        return None
    if words == others or ("".join(words) == "".join(others) and len("".join(words)) >= 6):
        return 0.85, Reason("other_writing", one, other)
    meant, meant_other = meaning_of(one), meaning_of(other)
    if meant.body and meant.body == meant_other.body:
        return 0.9, Reason("known_by_both", one, other)
    bare, bare_other = without_legal_forms(words), without_legal_forms(others)
    if bare == bare_other:
        # Two forms, as in "X AB" and "X GmbH", are mostly two companies of one group.
        both = len(bare) < len(words) and len(bare) < len(others)
        return 0.55 if both else 0.8, Reason("other_legal_form", one, other)
    return _acronym_reason(one, other) or _meaning_reason(one, other, meant, meant_other)


def _acronym_reason(one: str, other: str) -> tuple[float, Reason] | None:
    """Two letters are the initials of too many names; the details are the acronym and the name, whichever is whose."""
    for short, long in ((one, other), (other, one)):
        if len(short) >= 3 and is_acronym(short) and not is_acronym(long) and unaccented(short) in acronyms_of(long):
            return 0.6, Reason("acronym", short, long)
    return None


def _meaning_reason(one: str, other: str, meant: Meaning, meant_other: Meaning) -> tuple[float, Reason] | None:
    if (
        _conflict([meant], [meant_other])
        or meant.numbers != meant_other.numbers
        or not meant.terms
        or not meant_other.terms
    ):
        return None
    if meant.terms == meant_other.terms:
        if len(meant.terms) < 2 and not _same_words(one, other):
            # One word and its pair ("Förening", "Association") name no body.
            return None
        return 0.75, Reason("other_writing" if _same_words(one, other) else "other_language", one, other)
    for printed, printed_other in ((meant.terms, meant_other.terms), (words_of(one), words_of(other))):
        left, right = _difference(printed, printed_other)
        if len(left) == len(right) == 1 and _is_one_letter_off(left[0], right[0]):
            return 0.6, Reason("one_letter", one, other)
    left, right = _difference(meant.terms, meant_other.terms)
    extra = left + right
    if len(extra) == 1 and extra[0] in meant.countries | meant_other.countries and min(len(left), len(right)) == 0:
        return 0.45, Reason("country_added", one, other)
    return None


def _same_words(one: str, other: str) -> bool:
    """True if the names have the same words in the same order, but for little words and a final s."""
    return telling_words(one) == telling_words(other)


def _difference(words: Iterable[str], others: Iterable[str]) -> tuple[list[str], list[str]]:
    """The words that only the one has, and only the other."""
    mine, theirs = Counter(words), Counter(others)
    return list((mine - theirs).elements()), list((theirs - mine).elements())


def _is_one_letter_off(one: str, other: str) -> bool:
    """True for long words that differ by one letter left out, added, exchanged or swapped with the next, not the first."""
    return (
        min(len(one), len(other)) >= 6
        and one[0] == other[0]
        and one.isalpha()
        and other.isalpha()
        and DamerauLevenshtein.distance(one, other, score_cutoff=1) == 1
    )


def _conflict_of(a: Profile, b: Profile) -> Reason | None:
    """What tells the names of two entries apart, all names of each taken together and whatever their aliases are."""
    return _conflict([meaning_of(name) for name in _telling(a)], [meaning_of(name) for name in _telling(b)])


def _telling(profile: Profile) -> list[str]:
    """The names that are no acronyms: a number in an acronym tells of no year or edition ("H2020")."""
    bare = [
        re.sub(r"\(([^()\s]+)\)", lambda held: " " if is_acronym(held[1]) else held[0], name) for name in profile.names
    ]
    return [name for name in bare if not is_acronym(name)]


def _conflict(meant: list[Meaning], meant_other: list[Meaning]) -> Reason | None:
    """The places, points of the compass or numbers by which names cannot be of one body."""
    numbers, other_numbers = (frozenset().union(*(m.numbers for m in side)) for side in (meant, meant_other))
    if meant and meant_other and (numbers or other_numbers) and not numbers & other_numbers:
        return Reason("different_numbers", _listed(numbers), _listed(other_numbers))
    for kind in ("places", "countries", "compass"):
        told, told_other = (frozenset().union(*(getattr(m, kind) for m in side)) for side in (meant, meant_other))
        if told and told_other and not told & told_other:
            return Reason("different_places", _listed(told), _listed(told_other))
    return None


def _compare_surroundings(a: Profile, b: Profile, found: OwnReasons) -> None:
    """Places and kinds: they add to a reason or take from it, and are none by themselves."""
    places, others = ({folded_name(place): place for place in profile.places} for profile in (a, b))
    shared = sorted(places.keys() & others.keys())
    if shared and found.reasons:
        found.reasons.append((0.05, Reason("same_place", places[shared[0]], others[shared[0]])))
    elif places and others and not shared and not _places_meant(places) & _places_meant(others):
        found.against.append(Reason("different_seats", _listed(places.values()), _listed(others.values())))
        found.deduction += 0.15
    kinds, other_kinds = (set(profile.organisation_kinds) - _UNTOLD for profile in (a, b))
    if kinds and other_kinds and not kinds & other_kinds:
        found.against.append(Reason("different_kinds", _listed(kinds), _listed(other_kinds)))
        found.deduction += 0.35


def _places_meant(places: Iterable[str]) -> set[str]:
    return {term for place in places for term in meaning_of(place).terms}


def _printed_names(profile: Profile) -> tuple[str, ...]:
    """The names and aliases, and of one with an acronym in brackets both parts."""
    names: dict[str, None] = {}
    for name in (*profile.names, *profile.aliases):
        names[name] = None
        for held in re.findall(r"\(([^()\s]+)\)", name):
            if is_acronym(held):
                names[held] = None
                names[" ".join(name.replace(f"({held})", " ").split())] = None
    return tuple(names)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words)) or "–"
