"""Four writers at once, killed at random moments: nothing acknowledged is lost, nothing is half, nobody finds the database locked.

`HANDSLAG_KILLS` says how many are killed (300 in `make proof`).
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tests.proof.killing import kill_writers

KILLS = int(os.environ.get("HANDSLAG_KILLS", "4"))


@pytest.mark.timeout(0)
def test_killed_writers_lose_nothing_that_they_acknowledged(empty_home: Path, tmp_path: Path):
    home = Path(shutil.copytree(empty_home, tmp_path / "hub"))
    outcome = kill_writers(home, KILLS, checks=max(1, KILLS // 30))
    print(outcome)  # noqa: T201  how long the longest write waited
    assert outcome.kills == KILLS
    assert outcome.acknowledged > KILLS
    assert (outcome.lost, outcome.problems, outcome.errors, outcome.locked) == ([], [], [], 0)
