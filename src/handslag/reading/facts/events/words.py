"""What the vocabulary knows of words of events: nouns by kind, verbs, what has become of an event, venues, headings."""

from __future__ import annotations

from functools import cache

from handslag.vocabulary.load import vocabulary

NOUNS = frozenset({"gathering", "body", "visit", "news", "due"})
ENDINGS = frozenset("-" + kind for kind in NOUNS)
# what a Swedish or English noun may carry behind its base form
_INFLECTIONS = ("s", "n", "en", "et", "t", "na", "ar", "er", "or", "arna", "erna", "orna", "ens", "ets", "es")


@cache
def _exact() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}

    def add(words: list[str], name: str) -> None:
        for phrase in words:
            # of a phrase ("brought forward") each word is a hint
            for word in str(phrase).split():
                classes = found.setdefault(word, [])
                if name not in classes:
                    classes.append(name)

    content = vocabulary("event_words")
    for kind, languages in content["nouns"].items():
        for words in languages.values():
            add(words, kind)
    for kind in ("verbs", "status"):
        for name, languages in content[kind].items():
            for words in languages.values():
                add(words, kind + ":" + name)
    for name in ("online", "venues", "calendar"):
        for words in content[name].values():
            add(words, name)
    for name, words in content["labels"].items():
        add(words, "label:" + name)
    add(content["modifiers"], "modifier")
    for words in content["about"].values():
        add(words, "about")
    return {word: tuple(classes) for word, classes in found.items()}


@cache
def _endings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for kind, endings in vocabulary("event_words")["endings"].items():
        for ending in endings:
            found.setdefault(ending, []).append("-" + kind)
    return {ending: tuple(kinds) for ending, kinds in found.items()}


@cache
def _weak() -> frozenset[str]:
    return frozenset(vocabulary("event_words")["weak"])


@cache
def _days() -> frozenset[str]:
    """Weekdays and the like, which end as names of events do: "torsdagen", "vardagar"."""
    return frozenset(
        stem + ending
        for stem in "måndag tisdag onsdag torsdag fredag lördag söndag vardag arbetsdag dag födelsedag helgdag veckodag kalenderdag riksdag förmiddag eftermiddag".split()
        for ending in ("", "en", "ar", "arna", "ens", "s")
    )


@cache
def event_classes(word: str) -> tuple[str, ...]:
    """The classes of a word in any case: "gathering", "-gathering" for a compound's ending, "verbs:held", "status:moved", …"""
    low = word.lower()
    if low in _days():
        return ()
    exact = _exact()
    found = list(exact.get(low, ()))
    if not found:
        for inflection in _INFLECTIONS:
            stem = low.removesuffix(inflection)
            if len(stem) > 3 and stem != low:
                found += [name for name in exact.get(stem, ()) if name in NOUNS]
    endings = _endings()
    for size in range(min(len(low) - 2, 12), 2, -1):
        kinds = endings.get(low[-size:])
        if kinds:
            found += kinds
            break
    return tuple(dict.fromkeys(found))


@cache
def is_event_noun(word: str) -> bool:
    """True for a noun of something that takes place on a day: "konferensen", "studiebesök", "webinar"."""
    return any(name in NOUNS or name in ENDINGS for name in event_classes(word))


@cache
def strength_of(word: str) -> int:
    """How much a word speaks of an event: 2 by itself, 1 beside a date, 0 not at all."""
    if is_event_noun(word):
        return 1 if word.lower() in _weak() else 2
    return int(any(name.startswith(("verbs", "status")) for name in event_classes(word)))
