"""The same commitment, seen again: two statements that promise one thing, of one day or on one page."""

from __future__ import annotations

from typing import Final

from handslag.following.seeing.views import CommitmentView
from handslag.following.seeing.words import likeness

# Of what each says, by the weight of its words, so much is said by the other too.
_COVERED: Final = 0.8
_WEIGHT: Final = 6.0


def are_same(one: CommitmentView, other: CommitmentView) -> bool:
    """True if two statements promise the same: one party in common, all but the same words, no other figure or sum.

    Each must cover the other: what adds a figure, a place or a party is another commitment.
    """
    mine, theirs = ({party.name for party in view.parties} for view in (one, other))
    if mine and theirs and not mine & theirs and not _share_core(one, other):
        return False
    if sorted(f.value for f in one.figures) != sorted(f.value for f in other.figures):
        return False
    return min(one.mass, other.mass) >= _WEIGHT and _covers(one, other) and _covers(other, one)


def _share_core(one: CommitmentView, other: CommitmentView) -> bool:
    return any(set(party.core) & set(rival.core) for party in one.parties for rival in other.parties)


def _covers(one: CommitmentView, other: CommitmentView) -> bool:
    """True if what `one` says is said by `other` as well."""
    covered = sum(
        weight * max((likeness(word, own) for own in other.words), default=0.0)
        for word, weight in zip(one.words, one.weights, strict=True)
    )
    return covered >= _COVERED * one.mass
