"""The keys under which a name may be found again: for exact search, and to choose which entries are worth comparing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from handslag.register.meaning import meaning_of
from handslag.register.names import (
    PARTICLES,
    acronyms_of,
    core_words,
    folded_words,
    person_parts,
    sound_of,
    without_legal_forms,
    words_of,
)


class NameKey(NamedTuple):
    """A key under which a name is found: equal keys of one kind make two names worth comparing."""

    kind: str
    key: str


def organisation_keys(name: str, aliases: Iterable[str], language: str) -> tuple[NameKey, ...]:
    """The keys of an organisation: folded, unaccented, core, joined (no spaces), meaning and acronym of its names.

    A known body's meaning is the body, another's the words that both languages share: so a name is found in either.
    `language` (sv, en or empty for unknown) tells which little words an acronym passes over.
    """
    keys: dict[NameKey, None] = {}
    for printed in (name, *aliases):
        if not words_of(printed):
            continue
        keys[NameKey("folded", " ".join(folded_words(printed)))] = None
        keys[NameKey("unaccented", " ".join(words_of(printed)))] = None
        keys[NameKey("core", " ".join(core_words(printed)))] = None
        keys[NameKey("joined", "".join(without_legal_forms(words_of(printed))))] = None
        meant = meaning_of(printed)
        keys[NameKey("meaning", meant.body or " ".join(meant.terms))] = None
        keys.update((NameKey("acronym", acronym), None) for acronym in acronyms_of(printed, language))
    return tuple(keys)


def person_keys(name: str, aliases: Iterable[str]) -> tuple[NameKey, ...]:
    """The keys of a person: folded, unaccented, surname+initial and sounds of the name and aliases."""
    keys: dict[NameKey, None] = {}
    for printed in (name, *aliases):
        given, surname = person_parts(printed)
        if not surname:
            continue
        keys[NameKey("folded", " ".join(folded_words(printed)))] = None
        keys[NameKey("unaccented", " ".join((*given, *surname)))] = None
        for last in dict.fromkeys((surname[-1], surname[0])):
            if given and last not in PARTICLES:
                keys[NameKey("surname+initial", f"{last} {given[0][0]}")] = None
                keys[NameKey("sounds", f"{sound_of(last)} {sound_of(given[0])}")] = None
    return tuple(keys)
