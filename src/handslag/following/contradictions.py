"""Passages that contradict each other: figures, sums, durations and dates of one thing, percentages and their amounts, roles.

What is told here is rather too little than wrong: two passages must be of one thing by their words, and what differs must be
printed in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final

from handslag.following.differences import Difference, differing
from handslag.following.documents import Place
from handslag.following.results import Because, Contradiction, Followed
from handslag.following.telling import Sentence
from handslag.following.views import CommitmentView, DocumentView, Rarity
from handslag.following.wording import said
from handslag.following.words import likeness

_VERSION_DAYS: Final = 4
_ALIGNED: Final = 0.45
_SHARED_LEAST: Final = 2


def contradictions_of(
    followed: Sequence[tuple[CommitmentView, Followed]], pages: Sequence[DocumentView], rarity: Rarity
) -> tuple[Contradiction, ...]:
    """What contradicts what among the passages heard of the commitments, between two versions of a page, and within a page."""
    found: list[Contradiction] = []
    by_document = {page.document.sha256: page for page in pages}
    for view, item in followed:
        found += _of_commitment(view, item, by_document)
    for one, other in combinations(pages, 2):
        if _are_versions(one, other):
            found += _of_versions(one, other, rarity)
    for page in pages:
        found += _of_shares(page)
    return _once(found)


def _of_commitment(view: CommitmentView, item: Followed, pages: dict[str, DocumentView]) -> Iterable[Contradiction]:
    """What was promised, or was said again, against what another passage says of it."""
    heard = [h for h in item.heard if h.certainty != "weak"]
    against = [h for h in heard if h.says == "contradicted"]
    held = [h for h in heard if h.says in {"restated", "underway", "done"}]
    for contrary in against:
        theirs = _sentence_at(contrary.place, pages)
        if theirs is None:
            continue
        claimed_there = any(kept.place.document == contrary.place.document for kept in held)
        difference = None if claimed_there else differing(view.sentence, theirs, is_limit=True)
        if difference is not None:
            yield _told(item.commitment.evidence[0], contrary.place, difference)
        for kept in held:
            mine = _sentence_at(kept.place, pages)
            if mine is None or kept.place == contrary.place:
                continue
            difference = differing(mine, theirs, is_limit=True)
            if difference is not None:
                yield _told(kept.place, contrary.place, difference)


def _sentence_at(place: Place, pages: dict[str, DocumentView]) -> Sentence | None:
    page = pages.get(place.document)
    if page is None:
        return None
    return next((s for s in page.sentences if s.start < place.end and place.start < s.end), None)


def _are_versions(one: DocumentView, other: DocumentView) -> bool:
    """True for two pages of the same days in two languages that name the same bodies and persons."""
    a, b = one.document, other.document
    if a.language == b.language or not a.said_on or not b.said_on:
        return False
    if a.said_on[:7] != b.said_on[:7] or len(a.said_on) != 10 or len(b.said_on) != 10:
        return False
    if abs(int(a.said_on[8:]) - int(b.said_on[8:])) > _VERSION_DAYS:
        return False
    smaller = min(len(one.name_words), len(other.name_words))
    return smaller > 0 and len(one.name_words & other.name_words) >= 0.4 * smaller


def _of_versions(one: DocumentView, other: DocumentView, rarity: Rarity) -> Iterable[Contradiction]:
    """Sentences of two language versions that say the same with another figure."""
    for mine in one.sentences:
        scored = [(_alignment(mine, theirs, rarity), theirs) for theirs in other.sentences]
        best, theirs = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        if theirs is None or best < _ALIGNED:
            continue
        if max(_alignment(sentence, theirs, rarity) for sentence in one.sentences) > best:
            continue
        difference = differing(mine, theirs, is_limit=False)
        if difference is not None:
            a = one.document.place(mine.start, mine.end)
            b = other.document.place(theirs.start, theirs.end)
            yield _told(a, b, difference, "versions")


def _alignment(mine: Sentence, theirs: Sentence, rarity: Rarity) -> float:
    """How much of what both sentences say is the same, by their words and names."""
    if not mine.words or not theirs.words:
        return 0.0
    total = matched = 0.0
    count = 0
    for word in mine.words:
        weight = rarity.of(word)
        total += weight
        alike = max((likeness(word, other) for other in theirs.words), default=0.0)
        matched += weight * alike
        count += alike > 0.5
    size = min(len(mine.words), len(theirs.words)) / max(len(mine.words), len(theirs.words))
    return matched / total * size**0.5 if count >= _SHARED_LEAST else 0.0


def _of_shares(page: DocumentView) -> Iterable[Contradiction]:
    """A percentage beside two amounts of one sentence that give another."""
    for sentence in page.sentences:
        percents = [f for f in sentence.figures if f.kind == "percent"]
        sums = [f for f in sentence.figures if f.kind == "money"]
        if len(percents) != 1 or len(sums) != 2 or sums[0].unit != sums[1].unit:
            continue
        low, high = sorted(figure.value for figure in sums)
        if low <= 0 or {"to", "till", "från", "from"}.isdisjoint(sentence.low):
            continue
        printed = percents[0].value
        change = 100 * (high - low) / low, 100 * (high - low) / high
        if min(abs(printed - value) for value in change) > max(2.0, 0.1 * printed):
            first, last = percents[0], sums
            document = page.document
            amounts = document.place(min(f.start for f in last), max(f.end for f in last))
            share = document.place(first.start, first.end)
            yield Contradiction(share, amounts, "percentage", said("contradictions", "percentage", share.quote))


def _told(a: Place, b: Place, difference: Difference, kind: str = "") -> Contradiction:
    words = said("contradictions", kind or difference.kind)
    return Contradiction(
        a,
        b,
        kind or difference.kind,
        Because(
            f"{words.sv}: {difference.one} – {difference.other}", f"{words.en}: {difference.one} – {difference.other}"
        ),
    )


def _once(found: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    """Each pair of passages once, in the order of their places."""
    kept: dict[tuple[Place, Place], Contradiction] = {}
    for contradiction in found:
        key = (min(contradiction.a, contradiction.b), max(contradiction.a, contradiction.b))
        kept.setdefault(key, contradiction)
    return tuple(kept.values())
