"""Undoing is exact: chains of merges, splits, reviews, removals and undoings, against a replay without one of them.

`HANDSLAG_CHAINS` says how many (5,000 in `make proof`), `HANDSLAG_SEED` with which seed they begin.
"""

from __future__ import annotations

import gc
import os

import pytest
from tests.proof.chains import build_store
from tests.proof.proving import FAMILY, Tally, prove_chains

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(0)]
CHAINS = int(os.environ.get("HANDSLAG_CHAINS", "10"))
FIRST = int(os.environ.get("HANDSLAG_SEED", "1"))


def test_undoing_gives_what_a_replay_without_the_action_gives():
    build_store()
    tally = Tally()
    # What is there already is not looked at again and again when memory is tidied up.
    gc.collect()
    gc.freeze()
    for number in range(0, CHAINS, FAMILY):
        prove_chains(FIRST + number // FAMILY, CHAINS - number, tally)
    print(tally)  # noqa: T201  what came up in the chains
    assert not tally.failures, "\n".join(tally.failures[:3])
    assert tally.chains == CHAINS
    # A proof of nothing would pass as well.
    assert tally.undone >= CHAINS * 0.8
    assert tally.dependents + tally.undos_refused < tally.undone * 0.7
    assert tally.not_compared < max(5, tally.undone * 0.03)
