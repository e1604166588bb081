"""The index of commitments in the database: a new page costs what it matches, however many commitments there are, and no process has to
hold them all.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from handslag.following.index import most_alike, telling
from handslag_hub.following.models import KeyCount, PromiseKey
from handslag_hub.store.bulk import add_rows, insert_rows, query, rows_among, select_rows

# Commitments that share keys with a page before their days and levels are looked at.
_LOOKED_AT = 400


@lru_cache(maxsize=1 << 16)
def number_of(key: str) -> int:
    """The number that stands for a key: a page's words are not kept a second time."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def write_keys(keys: Mapping[int, Collection[str]]) -> None:
    """Sets the keys by which these facts are found; none for those that are not to be found."""
    there: dict[int, set[int]] = defaultdict(set)
    for key, fact in select_rows(PromiseKey, ("key", "fact"), fact=keys):
        there[fact].add(key)
    wanted = {fact: {number_of(key) for key in found} for fact, found in keys.items()}
    gone = [(key, fact) for fact, found in there.items() for key in found - wanted[fact]]
    new = [(key, fact) for fact, found in wanted.items() for key in found - there[fact]]
    for key, fact in gone:
        PromiseKey.objects.filter(key=key, fact=fact).delete()
    insert_rows(PromiseKey, ("key", "fact"), sorted(new))
    change = Counter(key for key, _ in new)
    change.subtract(Counter(key for key, _ in gone))
    add_rows(KeyCount, ("key",), "count", [(key, number) for key, number in sorted(change.items()) if number])
    if gone:
        KeyCount.objects.filter(count=0).delete()


def size() -> int:
    """How many commitments can be found."""
    return query("SELECT count(*) FROM following_promise")[0][0]


def candidates(keys: Iterable[str], most: int = _LOOKED_AT) -> list[int]:
    """The facts of the commitments that share the most telling keys with a page."""
    numbers = {number_of(key): key for key in keys}
    counts = {numbers[number]: count for number, count in select_rows(KeyCount, ("key", "count"), key=numbers)}
    weights = telling(counts, size())
    listed: dict[int, list[int]] = defaultdict(list)
    asked = [number_of(key) for key in weights]
    for number, fact in rows_among("SELECT key, fact_id FROM following_promisekey WHERE key IN ({places})", asked):
        listed[number].append(fact)
    return most_alike(((weights[numbers[number]], facts) for number, facts in sorted(listed.items())), most)


def rebuild_counts() -> None:
    """Counts all keys anew."""
    KeyCount.objects.all().delete()
    insert_rows(KeyCount, ("key", "count"), _counted())


def wrong_counts() -> int:
    """How many counts are not those of the keys."""
    return len(set(_counted()) ^ set(KeyCount.objects.values_list("key", "count")))


def _counted() -> list[tuple[int, int]]:
    return query("SELECT key, count(*) FROM following_promisekey GROUP BY key ORDER BY key")
