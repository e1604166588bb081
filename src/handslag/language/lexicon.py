"""What the vocabulary knows of a single word: features that the trained readers share."""

from __future__ import annotations

from functools import cache

from handslag.vocabulary.load import vocabulary


@cache
def _exact() -> dict[str, tuple[str, ...]]:
    """Lower-case word → the classes it belongs to."""
    found: dict[str, list[str]] = {}

    def add(words: list[str], name: str) -> None:
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
    add(names["particles"].split(), "particle")
    for kind, words in vocabulary("places").items():
        add([word for word in words.split(";") if word and " " not in word], "place:" + kind)
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
    for ending in vocabulary("names")["surname_endings"].split():
        found.setdefault(ending, []).append("-surname")
    return {ending: tuple(dict.fromkeys(classes)) for ending, classes in found.items()}


@cache
def classes_of(word: str) -> tuple[str, ...]:
    """The vocabulary's classes of a word (any case): organisation words by kind, roles, titles, first names, places."""
    low = word.lower()
    found = list(_exact().get(low, ()))
    if low.endswith("s") and len(low) > 3:
        found += [name for name in _exact().get(low[:-1], ()) if name.startswith(("place", "first"))]
    endings = _endings()
    for size in range(min(len(low) - 2, 14), 2, -1):
        ending = endings.get(low[-size:])
        if ending:
            found += ending
            break
    return tuple(dict.fromkeys(found))
