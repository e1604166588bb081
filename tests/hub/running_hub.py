"""Hubs in processes of their own, as people run them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src"
# Seconds. A wait costs nothing where things are well, and the machine may have much else to do.
PATIENCE = 180.0


def hub_environment(home: Path) -> dict[str, str]:
    """A fresh shell's environment, with this data folder and the database in it, whatever database other tests run on."""
    ours = ("HANDSLAG_", "DJANGO_", "DATABASE_URL", "LC_", "CI")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return clean | {"HANDSLAG_HOME": str(home), "PYTHONPATH": str(SRC), "LANG": "C.UTF-8"}


@dataclass(frozen=True, slots=True)
class RunningHub:
    """A hub's process, and the files that it writes what it tells and says into: nothing waits for a pipe to be read."""

    process: subprocess.Popen[bytes]
    output: Path
    errors: Path

    @property
    def told(self) -> str:
        """What stands on its standard output so far."""
        return self.output.read_text()

    @property
    def said(self) -> str:
        """What stands on its standard error so far."""
        return self.errors.read_text()

    def status(self) -> int:
        """How it ended, once it has."""
        return self.process.wait(PATIENCE)


@contextmanager
def running_hub(home: Path, *words: str) -> Iterator[RunningHub]:
    """`handslag hub …` as a process, which is ended with the block, however that ends."""
    output, errors = home.with_name("told"), home.with_name("said")
    with output.open("wb") as out, errors.open("wb") as err:
        command = [sys.executable, "-m", "handslag", "hub", *words]
        process = subprocess.Popen(command, env=hub_environment(home), stdin=subprocess.DEVNULL, stdout=out, stderr=err)
    hub = RunningHub(process, output, errors)
    with process:
        try:
            yield hub
        except BaseException as error:
            error.add_note(f"the hub (status {process.poll()}) said: {hub.said[-3000:]}")
            raise
        finally:
            process.kill()


def ask(home: Path, query: str) -> list[tuple]:
    """What the hub's database says."""
    with closing(sqlite3.connect(f"file:{home / 'handslag.sqlite3'}?mode=ro", uri=True, timeout=10)) as database:
        return database.execute(query).fetchall()


def wait_until(is_so: Callable[[], object]) -> None:
    """Waits, and fails where it does not come about."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "did not come about in time"
        time.sleep(0.05)
