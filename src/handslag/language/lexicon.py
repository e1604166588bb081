"""What the vocabulary knows of a single word: features that the trained readers share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from handslag.vocabulary.load import vocabulary

# classes that a word in small letters does not have: "en" and "no" are words, EN and NO are not
_FOR_CAPITALS = ("no body", "family name")
_WORD_PARTS = re.compile("[-\u2011]")


@cache
def _exact() -> dict[str, tuple[str, ...]]:
    """Lower-case word → the classes it belongs to."""
    found: dict[str, list[str]] = {}

    def add(words: Iterable[str], name: str) -> None:
        for word in words:
            classes = found.setdefault(word.lower(), [])
            if name not in classes:
                classes.append(name)

    organisations = vocabulary("organisation_words")
    for kind, lists in organisations["kinds"].items():
        add(lists["words"], "org")
        add(lists["words"], "org:" + kind)
    add(organisations["legal_forms"], "legal")
    for kind, words in organisations["stand_ins"].items():
        add(words, "stand-in")
        add(words, "stand-in:" + kind)
    for bodies in vocabulary("public_bodies").values():
        add([body for body in bodies if " " not in body], "body")
    roles = vocabulary("roles")
    for language in ("sv", "en"):
        add(roles[language]["words"], "role")
    add(roles["titles"], "title")
    names = vocabulary("names")
    add(names["first_names"].split(), "first name")
    for given in vocabulary("given_names").values():
        add(given.split(), "first name")
    add(names["particles"].split(), "particle")
    families = vocabulary("family_names")
    for area in ("nordic", "english", "european", "world"):
        add(families[area].split(), "family name")
    for kind, words in vocabulary("places").items():
        add([word for word in words.split("; ") if " " not in word], "place:" + kind)
    context = vocabulary("name_context")
    add(context["demonyms"].split(), "demonym")
    add(context["calendar"].split(), "calendar")
    add(context["no_body"].split(), "no body")
    add(context["introducers"]["words"].split(), "introducer")
    return {word: tuple(classes) for word, classes in found.items()}


@cache
def _endings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for kind, lists in vocabulary("organisation_words")["kinds"].items():
        for ending in lists["endings"]:
            found.setdefault(ending, []).append("-org:" + kind)
    roles = vocabulary("roles")
    for language in ("sv", "en"):
        for ending in roles[language]["endings"]:
            found.setdefault(ending, []).append("-role")
    for ending in (*vocabulary("names")["surname_endings"].split(), *vocabulary("family_names")["endings"].split()):
        found.setdefault(ending, []).append("-surname")
    for ending in vocabulary("name_context")["introducers"]["endings"]:
        found.setdefault(ending, []).append("introducer")
    return {ending: tuple(dict.fromkeys(classes)) for ending, classes in found.items()}


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(vocabulary("family_names")["beginnings"])


@cache
def classes_of(word: str) -> tuple[str, ...]:
    """The vocabulary's classes of a word (any case): organisation words by kind, roles, titles, names of persons, places."""
    low = word.lower()
    exact = _exact()
    found = list(exact.get(low, ()))
    if word[:1].islower():
        found = [name for name in found if name not in _FOR_CAPITALS]
    if low.endswith("s") and len(low) > 3:
        found += [name for name in exact.get(low[:-1], ()) if name.startswith(("place", "first", "family", "body"))]
    parts = _WORD_PARTS.split(low)
    if len(parts) == 2 and word[:1].isupper():
        found += _double_name(exact.get(parts[0], ()), exact.get(parts[1].removesuffix("s"), exact.get(parts[1], ())))
    endings = _endings()
    for size in range(min(len(low) - 2, 14), 1, -1):
        ending = endings.get(low[-size:])
        if ending and (size > 2 or "-surname" in ending):
            found += [name for name in ending if name != "-surname" or word[:1].isupper()]
            break
    if low.startswith(_beginnings()) and sum(map(str.isupper, word)) > 1 and not word.isupper():
        found.append("-surname")
    return tuple(dict.fromkeys(found))


def listed_classes(word: str) -> tuple[str, ...]:
    """The classes of exactly this word, in any case: no ending is cut off."""
    return _exact().get(word.lower(), ())


def _double_name(first: tuple[str, ...], second: tuple[str, ...]) -> list[str]:
    """What a name of two parts is: "Anna-Greta", "Lind-Okafor"."""
    if "first name" in first and "first name" in second:
        return ["first name"]
    return ["family name"] if "family name" in second else []
