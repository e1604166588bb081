"""Data folders for hubs in processes of their own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running_hub import hub_environment


@pytest.fixture(scope="session")
def empty_hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a database up to date and nothing in it."""
    home = tmp_path_factory.mktemp("hub")
    code = "from handslag_hub.site.starting import set_up, bring_up_to_date; set_up(); bring_up_to_date()"
    subprocess.run([sys.executable, "-c", code], env=hub_environment(home), check=True)
    return home


@pytest.fixture
def home(empty_hub: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test."""
    return Path(shutil.copytree(empty_hub, tmp_path / "home"))


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
