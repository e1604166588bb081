"""Which process has taken a file to read: it holds a lock that ends with it, so a claim of a dead process is known as such."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.crypto import get_random_string

try:
    import fcntl
except ImportError:  # Windows: there only the lease tells that a process is gone
    fcntl = None  # type: ignore[assignment]


class Claimant:
    """A process that reads, under a name of its own; gone when its process ends, however it ends."""

    def __init__(self) -> None:
        self.name = f"{_machine()}:{os.getpid()}-{get_random_string(8).lower()}"
        self._path = _lock_of(self.name)
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file: IO[bytes] = self._path.open("wb")
        if fcntl:
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def leave(self) -> None:
        """Says that this process reads no more."""
        self._path.unlink(missing_ok=True)
        self._file.close()


def worker_count() -> int:
    """How many processes should read; more would only wait for each other's writing."""
    return 1 if (os.cpu_count() or 1) == 1 else 2


def is_gone(name: str) -> bool:
    """True if the process of this name has ended; False also where it cannot be told (another machine): its lease will."""
    if fcntl is None or not name.startswith(f"{_machine()}:"):
        return False
    path = _lock_of(name)
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False
    path.unlink(missing_ok=True)
    return True


def _machine() -> str:
    return socket.gethostname()[:24]


def _lock_of(name: str) -> Path:
    return settings.HOME / "readers" / f"{name.partition(':')[2]}.lock"
