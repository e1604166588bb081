"""The forms of a name under which its entity is found, by search and by whoever looks for the same one twice."""

from __future__ import annotations

from handslag.kernel.claims import normal_words
from handslag.register.name_keys import organisation_keys, person_keys
from handslag.register.names import core_words, words_of
from handslag_hub.store.erasing.names import BLOCK

# Entities whose names are looked up; of the others the words are found by search.
NAMED = ("organisation", "person", "event", "agreement")
# So many words of a name are keys; what is longer is a sentence.
_MOST_WORDS = 16
_SHORTEST_HALVED = 8


def keys_of(entity_kind: str, name: str, language: str) -> list[tuple[str, str]]:
    """(kind of key, key) for each form of the name; none for entities that are not known by a name.

    Kinds: those of `handslag.register.name_keys`, word (each word), and for what is no person half (either half of the core, so
    that one wrong letter spoils only one).
    """
    # A name that was covered is nobody's: two of them are alike in length only.
    if entity_kind not in NAMED or BLOCK in name:
        return []
    words = words_of(name)[:_MOST_WORDS]
    if entity_kind == "person":
        keys = [tuple(key) for key in person_keys(name, ())]
    else:
        keys = [tuple(key) for key in organisation_keys(name, (), language)]
        keys += _halves("".join(core_words(name)))
    keys += [("word", word) for word in words]
    if not keys:
        keys = [("folded", normal_words(name))]
    return [key for key in dict.fromkeys(keys) if key[1]]


def _halves(core: str) -> list[tuple[str, str]]:
    """Beginnings and ends of the core, each of two lengths: a letter more or less in the other half leaves one of them as it is."""
    if len(core) < _SHORTEST_HALVED:
        return []
    lengths = {len(core) // 2, (len(core) - 1) // 2}
    return [("half", f"^{core[:length]}") for length in lengths] + [
        ("half", f"${core[-length:]}") for length in lengths
    ]
