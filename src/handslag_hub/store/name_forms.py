"""The forms of a name under which its entity is found."""

from __future__ import annotations

from handslag.kernel.claims import normal_words
from handslag_hub.store.erasing.names import BLOCK

# Entities whose names are looked up; of the others the words are found by search.
NAMED = ("organisation", "person", "event", "agreement")


def keys_of(entity_kind: str, name: str, language: str) -> list[tuple[str, str]]:
    """(kind of key, key) for each form of the name; none for entities that are not known by a name."""
    # A name that was covered is nobody's: two of them are alike in length only.
    if entity_kind not in NAMED or BLOCK in name:
        return []
    return [("folded", normal_words(name))]
