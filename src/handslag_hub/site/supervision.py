"""Watching over processes that belong together: who dies is started again, who dies too often ends them all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import handslag_hub
from handslag_hub.site.starting import PARENT

# A process that dies waits longer every time before it is started again, unless it has lived for long.
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 8.0
_LIVED_LONG = 60.0
# So many deaths, one soon after the other, are for good.
_DEATHS = 5
_GRACE = 12.0


@dataclass(slots=True)
class _Watched:
    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    again_at: float = 0.0


class Supervisor:
    """Runs processes until told to end (SIGINT, SIGTERM, SIGHUP) or until one dies for good; then all end."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._watched: list[_Watched] = []
        self._ending = False

    @property
    def is_ending(self) -> bool:
        return self._ending

    def listen(self) -> None:
        """From now on a signal to end is heeded."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._end)

    def start(self, name: str, *command: str) -> None:
        """Starts `python -m COMMAND` and watches over it."""
        watched = _Watched(name, [sys.executable, "-P", "-m", *command])
        self._watched.append(watched)
        self._start(watched)

    def watch(self, *, until: Callable[[], bool] = lambda: False) -> bool:
        """Watches until told to end or `until` says so; False where a process died for good."""
        while not self._ending and not until():
            for watched in self._watched:
                if not self._is_well(watched):
                    return False
            time.sleep(0.1)
        return True

    def end_all(self) -> None:
        """Asks all to end, and ends those that do not."""
        self._ending = True
        running = [w.process for w in self._watched if w.process and w.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + _GRACE
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self._ending = True

    def _is_well(self, watched: _Watched) -> bool:
        """Starts a dead process again in its time; False where it died for good."""
        now = time.monotonic()
        if watched.process is None:
            if now >= watched.again_at:
                self._start(watched)
            return True
        status = watched.process.poll()
        if status is None:
            return True
        watched.deaths = watched.deaths + 1 if now - watched.started < _LIVED_LONG else 1
        watched.process = None
        if watched.deaths >= _DEATHS:
            self._say(f"{watched.name}: ended {watched.deaths} times (status {status})")
            return False
        watched.again_at = now + min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (watched.deaths - 1))
        return True

    def _start(self, watched: _Watched) -> None:
        watched.started = time.monotonic()
        # A group of its own: Ctrl-C reaches the supervisor, which ends the others in order.
        watched.process = subprocess.Popen(watched.command, stdin=subprocess.DEVNULL, start_new_session=True, env=environment_of_children())  # noqa: S603  # fmt: skip


def environment_of_children() -> dict[str, str]:
    """The environment for processes that end with this one, with this very package first where it looks for modules."""
    home = str(Path(handslag_hub.__file__).resolve().parent.parent)
    others = os.environ.get("PYTHONPATH")
    return os.environ | {PARENT: str(os.getpid()), "PYTHONPATH": os.pathsep.join([home, others] if others else [home])}
