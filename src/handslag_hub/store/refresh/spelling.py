"""The words by which misspelt ones are corrected: written with the search rows they come from."""

from __future__ import annotations

from collections.abc import Iterable

from handslag.language.search import deletions, spelt_words
from handslag_hub.store.bulk import insert_and_give_keys, insert_rows, select_rows
from handslag_hub.store.models import SpellingKey, SpellingTerm

_BATCH = 500
# A longer word is a sequence or an address: nobody types it from memory.
_LONGEST = 40


def remember_words(texts: Iterable[str]) -> None:
    """Adds the words of these texts that are not known yet."""
    words = sorted({word for text in texts for word in spelt_words(text) if len(word) <= _LONGEST})
    for start in range(0, len(words), _BATCH):
        batch = words[start : start + _BATCH]
        known = {term for (term,) in select_rows(SpellingTerm, ("term",), term=batch)}
        new = insert_and_give_keys(SpellingTerm, ("term",), ((word,) for word in batch if word not in known), ("term",))
        insert_rows(
            SpellingKey,
            ("term", "deletion"),
            ((key, deletion) for (word,), key in new.items() for deletion in deletions(word)),
        )
