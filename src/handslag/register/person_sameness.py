"""Whether two entries for persons may be of one person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein

from handslag.register.names import folded_name, person_parts, sound_of
from handslag.register.organisation_sameness import OwnReasons, compare_names
from handslag.register.profiles import Profile, Reason
from handslag.register.roles import role_key
from handslag.vocabulary.load import vocabulary


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How alike two names are: alone, and beside a shared organisation."""

    alone: float
    together: float
    reason: Reason


def compare_persons(a: Profile, b: Profile) -> OwnReasons:
    """The reasons for and against two persons being the same, but for their identifiers."""
    found = OwnReasons()
    likeness: _Likeness | None = None
    for one in (*a.names, *a.aliases):
        for other in (*b.names, *b.aliases):
            alike = _compare_names(one, other)
            if alike and (likeness is None or alike.together > likeness.together):
                likeness = alike
    if likeness is None:
        differ = _different_first_names(a, b)
        if differ:
            found.against.append(differ)
            found.ruled_out = True
        return found
    shared = _shared_organisation(a, b)
    if shared:
        found.reasons.append((likeness.together, likeness.reason))
        found.reasons.append((0.05, Reason("same_organisation", *shared)))
    else:
        found.reasons.append((likeness.alone, likeness.reason))
    _compare_roles(a, b, found)
    _compare_rarity(a, likeness, found)
    if a.organisations and b.organisations and not shared:
        found.against.append(Reason("different_organisations", *(_organisations(profile) for profile in (a, b))))
        found.deduction += 0.1
    return found


def _compare_names(one: str, other: str) -> _Likeness | None:
    given, surname = person_parts(one)
    given_other, surname_other = person_parts(other)
    if not given or not given_other:
        return None
    shared_surname = set(surname) & set(surname_other) - {"von", "af", "de", "van"}
    if given == given_other and surname == surname_other:
        return _Likeness(0.55, 0.9, Reason("same_person_name", one, other))
    if shared_surname:
        return _compare_given(one, other, given, given_other, surname == surname_other)
    if given[0] == given_other[0] and _sounds(surname) == _sounds(surname_other):
        return _Likeness(0.4, 0.75, Reason("sounds_alike", one, other))
    last, last_other = surname[-1], surname_other[-1]
    if (
        given == given_other
        and min(len(last), len(last_other)) >= 5
        and DamerauLevenshtein.distance(last, last_other) == 1
    ):
        return _Likeness(0.3, 0.65, Reason("one_letter", one, other))
    return None


def _compare_given(
    one: str, other: str, given: tuple[str, ...], given_other: tuple[str, ...], whole_surname: bool
) -> _Likeness | None:
    """Names that share a surname: by their given names, of which an initial may be all that is printed."""
    fewer, more = sorted((given, given_other), key=lambda names: (len(names), sum(map(len, names))))
    weaker = 0.0 if whole_surname else 0.1
    if set(fewer) <= set(more) and len(fewer[0]) > 1:
        alone = 0.45 if fewer[0] == more[0] and whole_surname else 0.3
        return _Likeness(alone, 0.8 - weaker, Reason("fewer_names", one, other))
    pairs = list(zip(fewer, more, strict=False))
    if not all(x == y or _is_initial(x, y) or (len(x) > 1 and sound_of(x) == sound_of(y)) for x, y in pairs):
        return None
    if any(x != y and _is_initial(x, y) for x, y in pairs):
        return _Likeness(0.3, 0.65 - weaker, Reason("surname_and_initial", one, other))
    return _Likeness(0.4, 0.75 - weaker, Reason("sounds_alike", one, other))


def _is_initial(one: str, other: str) -> bool:
    return min(len(one), len(other)) == 1 and one[0] == other[0]


def _different_first_names(a: Profile, b: Profile) -> Reason | None:
    """The first names, where the surnames are shared and they differ."""
    for one in a.names:
        for other in b.names:
            (given, surname), (given_other, surname_other) = person_parts(one), person_parts(other)
            if given and given_other and set(surname) & set(surname_other):
                return Reason("different_first_names", given[0].capitalize(), given_other[0].capitalize())
    return None


def _shared_organisation(a: Profile, b: Profile) -> tuple[str, str] | None:
    for one, _ in a.organisations:
        for other, _ in b.organisations:
            weighed = compare_names(one, other)
            if weighed and weighed[0] >= 0.5:
                return one, other
    return None


def _compare_roles(a: Profile, b: Profile, found: OwnReasons) -> None:
    """The same role adds to a likeness of names; a role that many have adds little."""
    roles = {role_key(role): role for _, role in a.organisations if role}
    for _, role in b.organisations:
        if role and role_key(role) in roles:
            found.reasons.append((0.05, Reason("same_role", roles[role_key(role)], role)))
            return


def _compare_rarity(a: Profile, likeness: _Likeness, found: OwnReasons) -> None:
    """A whole name with a surname that few have is seldom two persons'."""
    if likeness.reason.code == "same_person_name":
        _, surname = person_parts(likeness.reason.detail_a)
        if not set(surname) & _usual_surnames() and not surname[-1].endswith(_usual_endings()):
            found.reasons.append((0.1, Reason("unusual_surname", surname[-1].capitalize(), surname[-1].capitalize())))


def _organisations(profile: Profile) -> str:
    return ", ".join(dict.fromkeys(name for name, _ in profile.organisations))


def _sounds(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(sound_of, words))


@cache
def _usual_surnames() -> frozenset[str]:
    listed = vocabulary("family_names")
    return frozenset(
        part
        for key in ("nordic", "english", "european", "world")
        for name in str(listed[key]).split()
        for part in person_parts(f"x {folded_name(name)}")[1]
    )


@cache
def _usual_endings() -> tuple[str, ...]:
    return (
        "sson",
        "sen",
        "berg",
        "ström",
        "strom",
        "gren",
        "lund",
        "qvist",
        "kvist",
        "man",
        "mann",
        "dahl",
        "holm",
        "ova",
        "ski",
        "ska",
    )
