"""The index: what a new document costs follows what it matches, not how much the ledger holds."""

from __future__ import annotations

from handslag.following.linking.index import MOST_COMPARED, CommitmentIndex


def ledger(size: int) -> CommitmentIndex:
    index = CommitmentIndex()
    for number in range(size):
        index.add({"w:avtal", f"n:part{number % 997}", f"w:sak{number}", f"c:tema{number % 60}"})
    return index


def test_the_commitment_that_shares_a_name_and_a_word_is_found_among_many() -> None:
    index = ledger(20_000)
    assert 1234 in index.candidates({"w:avtal", "n:part237", "w:sak1234", "c:tema34"})


def test_never_more_are_compared_than_the_most_alike() -> None:
    assert len(ledger(20_000).candidates({"w:avtal", "c:tema1", "c:tema2"})) <= MOST_COMPARED


def test_what_everybody_says_finds_nobody_in_a_large_ledger() -> None:
    assert ledger(20_000).candidates({"w:avtal"}) == []
    assert len(ledger(20).candidates({"w:avtal"})) == 20


def test_nothing_is_found_of_what_nobody_promised() -> None:
    assert ledger(10).candidates({"w:annat"}) == []
