"""Hubs in processes of their own, as people run them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src"


def hub_environment(home: Path) -> dict[str, str]:
    """A fresh shell's environment, with this data folder."""
    clean = {
        key: value for key, value in os.environ.items() if not key.startswith(("HANDSLAG_", "DJANGO_", "LC_", "CI"))
    }
    return clean | {"HANDSLAG_HOME": str(home), "PYTHONPATH": str(SRC), "LANG": "C.UTF-8"}


def start_hub(home: Path, *words: str) -> subprocess.Popen[str]:
    """`handslag hub …` as a process."""
    return subprocess.Popen([sys.executable, "-m", "handslag", "hub", *words], env=hub_environment(home), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip


def ask(home: Path, query: str) -> list[tuple]:
    """What the hub's database says."""
    with closing(sqlite3.connect(f"file:{home / 'handslag.sqlite3'}?mode=ro", uri=True, timeout=10)) as database:
        return database.execute(query).fetchall()


def wait_until(is_so: Callable[[], object], seconds: float = 60.0) -> None:
    """Waits, and fails where it does not come about."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "did not come about in time"
        time.sleep(0.1)
