"""Where compiled functions are kept."""

import os
from pathlib import Path

import pytest

from handslag.partnering import compiling
from handslag.partnering.compiling import cache_folder, compiled_sources

MONTH = 31 * 86_400


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """The folder in which versions keep what they compiled."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    return tmp_path / "handslag"


def aged(folder, seconds):
    folder.mkdir(parents=True)
    (folder / "function.nbc").write_bytes(b"compiled")
    now = folder.stat().st_mtime
    os.utime(folder, (now - seconds, now - seconds))
    return folder


def test_what_other_versions_compiled_goes_after_a_month_without_use(kept):
    old, young = aged(kept / "kernels-old", MONTH), aged(kept / "kernels-young", MONTH // 2)
    other = aged(kept / "something-else", 2 * MONTH)
    folder = cache_folder()
    assert folder.parent == kept
    assert not old.exists()
    assert young.exists()
    assert other.exists()


def test_what_is_used_counts_as_new(kept):
    folder = cache_folder()
    os.utime(folder, (0, 0))
    cache_folder()
    assert folder.stat().st_mtime > MONTH


def test_a_change_of_anything_that_is_compiled_is_seen_and_of_nothing_compiled_is_not():
    rooms = Path(compiling.__file__).parent
    sources = set(compiled_sources())
    compiled = {one for one in rooms.rglob("*.py") if "@kernel" in one.read_text() or "@part" in one.read_text()}
    assert {rooms / "compiling.py", rooms / "placing" / "annealing.py", rooms / "proving" / "chains.py"} <= compiled
    assert compiled <= sources
    assert not any(one.parent.name in {"checking", "repairing", "report"} for one in sources)
