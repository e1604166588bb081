"""Data folders for hubs in processes of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def home(empty_home: Path, tmp_path: Path) -> Path:
    """A copy of the empty hub, for one test."""
    return Path(shutil.copytree(empty_home, tmp_path / "home"))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder of sixteen pages that all differ."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(16):
        body = f"Kullhed Institute number {number} will open a test bed in March 2027, and will invite {number + 3} companies to use it.\n"
        (folder / f"page-{number:02}.txt").write_text(
            f"Test bed {number} opens\n\nKullhed, 8 October 2026\n\n{body * 6}"
        )
    return folder
