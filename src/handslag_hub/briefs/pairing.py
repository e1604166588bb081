"""Which commitments of other levels may be counterparts of one, and which pull apart: proposed with the words they share and what differs.

A person decides. Words are compared as following compares them: stems, and notions of the field's glossary in both languages. No database here.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from handslag.following.documents import Document, Stretch
from handslag.following.seeing.differences import Difference, differing
from handslag.following.seeing.telling import Sentence, read_sentence
from handslag.following.seeing.words import Word, likeness

# So many telling words must be shared, and weigh so much of what the shorter of the two says: below that two commitments of one theme are
# only of one theme. The second is for those that are told to pull apart: a false alarm is worse than a missed one.
_SHARED: Final = 2
_SHARE: Final = 0.34
_SHARE_APART: Final = 0.45
_ALIKE: Final = 0.7


@dataclass(frozen=True, slots=True)
class Goal:
    """A commitment or goal, as it is compared: its words, their language, its days; `key` is its fact's. It may be of several levels."""

    key: int
    levels: frozenset[str]
    words: str
    language: str
    first: date | None = None
    last: date | None = None
    when: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that may belong together: how much they share, the words of both, and what differs ("" for nothing): figures or days of both."""

    a: int
    b: int
    share: float
    common: tuple[str, ...]
    kind: str = ""
    one: str = ""
    other: str = ""

    @property
    def pulls_apart(self) -> bool:
        """True if something is shown that cannot both be so."""
        return bool(self.kind)


def pairs_of(
    goals: Iterable[Goal], others: Iterable[Goal], denied: Collection[tuple[int, int]] = ()
) -> dict[int, dict[str, Pair]]:
    """Goal → level → the pair with the one of that level that shares most with it; nothing where none shares enough.

    `denied` are the pairs (the lesser key first) of which somebody said that they have nothing to do with each other.
    """
    mine = [(goal, _read(goal)) for goal in goals]
    theirs = [(goal, _read(goal)) for goal in others]
    rarity = _rarity([sentence for _, sentence in (*mine, *theirs)])
    index: dict[str, list[int]] = defaultdict(list)
    for at, (_, sentence) in enumerate(theirs):
        for key in sentence.keys:
            index[key].append(at)
    found: dict[int, dict[str, Pair]] = {}
    for goal, sentence in mine:
        best: dict[str, Pair] = {}
        for at in sorted({at for key in sentence.keys for at in index.get(key, ())}):
            other, its = theirs[at]
            further = other.levels - goal.levels
            if not further or other.key == goal.key or (min(goal.key, other.key), max(goal.key, other.key)) in denied:
                continue
            pair = _pair(goal, sentence, other, its, rarity)
            for level in further if pair else ():
                if level not in best or (pair.share, -pair.b) > (best[level].share, -best[level].b):
                    best[level] = pair
        found[goal.key] = best
    return found


def words_looked_for(goal: Goal) -> list[str]:
    """The telling words by which counterparts are looked for, as printed in small letters."""
    return list(dict.fromkeys(word.form for word in _read(goal).words))


def _read(goal: Goal) -> Sentence:
    text = " ".join(goal.words.split())
    stretch = Stretch(0, len(text), "", goal.language)
    return read_sentence(Document("", "", text, goal.language, "", "", (stretch,)), stretch)


def _rarity(sentences: Sequence[Sentence]) -> Mapping[str, float]:
    """How much a word tells among these: the fewer have it, the more."""
    counts = Counter(stem for sentence in sentences for stem in {word.stem for word in sentence.words})
    return {stem: math.log(1 + len(sentences) / count) for stem, count in counts.items()}


def _pair(goal: Goal, mine: Sentence, other: Goal, theirs: Sentence, rarity: Mapping[str, float]) -> Pair | None:
    shared: dict[str, tuple[Word, Word, float]] = {}
    for word in mine.words:
        alike = max(theirs.words, key=lambda candidate: likeness(word, candidate), default=None)
        if alike is not None and (how := likeness(word, alike)) >= _ALIKE:
            shared.setdefault(word.stem, (word, alike, how * rarity[word.stem]))
    if len({alike.stem for _, alike, _ in shared.values()}) < _SHARED:
        return None
    weight = sum(gain for _, _, gain in shared.values())
    least = min(_weight(mine, rarity), _weight(theirs, rarity))
    share = min(1.0, weight / least) if least else 0.0
    if share < _SHARE:
        return None
    common = tuple(
        word.form if word.form == alike.form else f"{word.form} – {alike.form}" for word, alike, _ in shared.values()
    )
    difference = _difference(goal, mine, other, theirs) if share >= _SHARE_APART else None
    kind, one, another = difference or ("", "", "")
    return Pair(goal.key, other.key, round(share, 3), common, kind, one, another)


def _weight(sentence: Sentence, rarity: Mapping[str, float]) -> float:
    return sum(rarity[stem] for stem in {word.stem for word in sentence.words})


def _difference(goal: Goal, mine: Sentence, other: Goal, theirs: Sentence) -> Difference | None:
    """Opposite figures, or days that cannot both be so."""
    found = differing(mine, theirs, is_limit=False)
    if found is not None:
        return found
    if None in {goal.first, goal.last, other.first, other.last}:
        return None
    if goal.first <= other.last and other.first <= goal.last:
        return None
    return Difference("due", goal.when or str(goal.last), other.when or str(other.last))
