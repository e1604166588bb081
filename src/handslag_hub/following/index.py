"""The index of commitments in the database: a new page costs what it matches, however many commitments there are, and no process has to
hold them all.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from django.db import connection

from handslag.following.linking.index import telling
from handslag_hub.following.models import KeyCount, PromiseKey
from handslag_hub.store.bulk import add_rows, insert_rows, query, rows_among, select_rows
from handslag_hub.store.models.documents import Visibility

LEVELS: Final = tuple(int(level) for level in Visibility)
# A key that every commitment has: how many there are.
_EVERY: Final = ""


@lru_cache(maxsize=1 << 16)
def number_of(key: str, level: int) -> int:
    """The number that stands for a key of commitments at a level: a page's words are not kept a second time.

    What is strict has numbers of its own, so how often others use a word is counted without it.
    """
    words = f"{level} {key}"
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)


def numbers_of(keys: Iterable[str], level: int) -> set[int]:
    """The numbers by which a commitment at a level is found."""
    return {number_of(key, level) for key in (_EVERY, *keys)}


def write_keys(numbers: Mapping[int, Collection[int]]) -> None:
    """Sets the numbers (`numbers_of`) by which these facts are found; none for those that are not to be found."""
    there: dict[int, set[int]] = defaultdict(set)
    for key, fact in select_rows(PromiseKey, ("key", "fact"), fact=numbers):
        there[fact].add(key)
    wanted = {fact: set(found) for fact, found in numbers.items()}
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


def candidates(keys: Iterable[str], most: int) -> dict[int, list[int]]:
    """Level → the facts of the commitments up to it that share the most telling keys with a page, the most alike first.

    What is stricter neither comes nor weighs. Levels at which there is nothing are left out.
    """
    asked = sorted({_EVERY, *keys})
    numbers = {number_of(key, level): (key, level) for key in asked for level in LEVELS}
    counts: dict[tuple[str, int], int] = {numbers[number]: count for number, count in select_rows(KeyCount, ("key", "count"), key=numbers)}  # fmt: skip
    weights: dict[int, dict[str, float]] = {}
    for level in LEVELS:
        if (_EVERY, level) in counts:
            upto = {key: sum(counts.get((key, at), 0) for at in LEVELS[: level + 1]) for key in asked}
            size = upto.pop(_EVERY)
            weights[level] = telling({key: count for key, count in upto.items() if count}, size)
    wanted = sorted({(key, at) for level, found in weights.items() for key in found for at in LEVELS[: level + 1] if (key, at) in counts})  # fmt: skip
    # A row for each key: as rows of their own, the ten thousand facts would take half of the time.
    facts = "group_concat(fact_id)" if connection.vendor == "sqlite" else "string_agg(fact_id::text, ',')"
    command = f"SELECT key, {facts} FROM following_promisekey WHERE key IN ({{places}}) GROUP BY key"  # noqa: S608  words of ours
    joined = {numbers[number]: found for number, found in rows_among(command, (number_of(*one) for one in wanted))}
    listed = [one for one in wanted if one in joined]
    return _by_likeness([joined[one] for one in listed], {
        level: [found.get(key, 0.0) if at <= level else 0.0 for key, at in listed] for level, found in weights.items()
    }, most)  # fmt: skip


def _by_likeness(joined: Sequence[str], weights: Mapping[int, Sequence[float]], most: int) -> dict[int, list[int]]:
    """Level → the facts of these lists, each of them numbers between commas, that weigh most together, at most `most`.

    As `handslag.following.linking.index.by_likeness`, of some ten thousand at once. A list that weighs nothing at a level is not there.
    """
    import numpy as np  # noqa: PLC0415  for those who link: pages are answered without it

    lists = [np.fromstring(found, np.int64, sep=",") for found in joined]
    if not lists:
        return {level: [] for level in weights}
    facts, places = np.unique(np.concatenate(lists), return_inverse=True)
    sizes = [len(one) for one in lists]
    found: dict[int, list[int]] = {}
    for level, of_list in weights.items():
        scores = np.bincount(places, np.repeat(np.array(of_list), sizes), len(facts))
        least = np.partition(scores, -most)[-most] if len(scores) > most else 0.0
        near = np.flatnonzero((scores >= least) & (scores > 0))
        # Of those alike the one that was kept first: they are in order.
        found[level] = facts[near[np.argsort(-scores[near], kind="stable")]][:most].tolist()
    return found


def rebuild_counts() -> None:
    """Counts all keys anew."""
    KeyCount.objects.all().delete()
    insert_rows(KeyCount, ("key", "count"), _counted())


def wrong_counts() -> int:
    """How many counts are not those of the keys."""
    return len(set(_counted()) ^ set(KeyCount.objects.values_list("key", "count")))


def _counted() -> list[tuple[int, int]]:
    return query("SELECT key, count(*) FROM following_promisekey GROUP BY key ORDER BY key")
