"""What the vocabulary knows of words of agreements: what they are called, what is done with them, what leads to their matter."""

from __future__ import annotations

from functools import cache

from handslag.vocabulary.load import vocabulary


@cache
def _exact() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}

    def add(words: list[str], name: str) -> None:
        for phrase in words:
            # of a phrase ("gått ut") each word is a hint
            for word in str(phrase).split():
                classes = found.setdefault(word, [])
                if name not in classes:
                    classes.append(name)

    content = vocabulary("agreement_words")
    for form, lists in content["forms"].items():
        add(lists["words"], "form:" + form)
    for status, languages in content["verbs"].items():
        for words in languages.values():
            add(words, "status:" + status)
    for name in ("matter", "areas", "activities", "duty", "parties", "signatures"):
        for words in content[name].values():
            add(words, name)
    return {word: tuple(classes) for word, classes in found.items()}


@cache
def _endings() -> dict[str, str]:
    return {
        ending: "form:" + form
        for form, lists in vocabulary("agreement_words")["forms"].items()
        for ending in lists["endings"]
    }


@cache
def _weak() -> frozenset[str]:
    return frozenset(vocabulary("agreement_words")["weak"])


@cache
def agreement_classes(word: str) -> tuple[str, ...]:
    """The classes of a word in any case: "form:contract", "status:ended", "matter", "areas", …"""
    low = word.lower()
    found = list(_exact().get(low, ()))
    if not any(name.startswith("form") for name in found):
        endings = _endings()
        for size in range(min(len(low) - 1, 22), 4, -1):
            if low[-size:] in endings:
                found.append(endings[low[-size:]])
                break
    return tuple(dict.fromkeys(found))


@cache
def form_of(word: str) -> str:
    """The form of agreement that a word names, "" if none."""
    return next((name[5:] for name in agreement_classes(word) if name.startswith("form:")), "")


@cache
def strength_of(word: str) -> int:
    """How much a word speaks of an agreement: 2 by itself, 1 beside parties or a verb of concluding, 0 not at all."""
    low = word.lower()
    if form_of(word):
        return 1 if low in _weak() else 2
    return 1 if low in _STRONG_VERBS else 0


_STRONG_VERBS = frozenset(
    """tecknat tecknade tecknats tecknades undertecknat undertecknade undertecknats undertecknades slutit slöt ingått ingick påskriven påskrivet
    enats enades överens förbundit åtagit signed signs sealed struck inked committed undertaken undertook merge samman teamed skakade bokat booked
    reserved förnyar renew agreed kontrakterat terminated uppsagt extend prolong negotiating shook booked förhandlar förhandlas lovat""".split()
)


def is_word_for_agreements(word: str) -> bool:
    """True for a listed word that an agreement is called by, or for what is done with it; not for a compound that may be a name."""
    return any(name.startswith(("form:", "status:")) for name in _exact().get(word.lower(), ()))
