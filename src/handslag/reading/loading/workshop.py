"""The parsing process as seen from outside: started when first needed, used again, killed when it takes too long."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict
from pathlib import Path
from typing import IO

import handslag
from handslag.reading.loading.document import Content, Limits
from handslag.reading.loading.messages import read_message, write_message
from handslag.reading.loading.refusal import Refusal, first_line

_MODULE = "handslag.reading.loading.worker"
_STARTING_SECONDS = 60.0
_TOO_LONG = "split it into smaller files, or save it as text"
_SAVE_AGAIN = "open it in the program it is from and save it again"
_BYTES_PER_CHARACTER = 12
"""The most that JSON needs for one, as two escaped surrogates."""
_ALLOWANCE = 100_000_000
"""Bytes of an answer beside its text: regions, warnings."""


class Workshop:
    """One parsing process and the way to ask it; safe to use from several threads, which then take turns."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._complaints: IO[bytes] | None = None
        self._max_memory = 0

    @property
    def process_id(self) -> int | None:
        """The parsing process's number while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def parse(self, data: bytes, format_name: str, limits: Limits) -> Content:
        """What the parser finds in a file's bytes. Raises `Refusal`, also when it hangs or crashes."""
        header = json.dumps({"format": format_name, "limits": asdict(limits)}).encode("ascii")
        with self._lock:
            try:
                self._start(limits)
                longest = _BYTES_PER_CHARACTER * limits.max_characters + _ALLOWANCE
                answer = self._exchange((header, data), limits.seconds, longest)
            except BaseException:  # also when the user breaks off: what is half said cannot be gone on with
                self._stop()
                raise
        value = json.loads(answer)
        if "refused" in value:
            raise Refusal(str(value["refused"]))
        return Content.from_json(value["content"])

    def close(self) -> None:
        """End the parsing process, if one runs."""
        with self._lock:
            self._stop()

    def forget(self) -> None:
        """Leave the parsing process to the process that this one was forked from."""
        process, self._process = self._process, None
        self._lock = threading.Lock()
        self._close_streams(process)
        if process:
            process.returncode = 0  # not ours to wait for

    def _start(self, limits: Limits) -> None:
        if self.process_id is not None and self._max_memory == limits.max_memory:
            return
        self._stop()
        self._max_memory = limits.max_memory
        # -P: a file named json.py in the current folder must not be run. -B: the process may write no long files, and Python
        # would keep the first half of a compiled module as if it were whole.
        command = [sys.executable, "-P", "-B", "-m", _MODULE, str(limits.max_memory), str(os.getpid())]
        pipe = subprocess.PIPE
        try:
            self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the process
            self._process = subprocess.Popen(  # noqa: S603  # our own program, no words of a file
                command, bufsize=0, stdin=pipe, stdout=pipe, stderr=self._complaints, env=_environment()
            )
        except OSError as error:
            raise Refusal(f"needs a process to parse it, which did not start ({first_line(error)})") from error
        self._exchange((), _STARTING_SECONDS, longest=100)

    def _exchange(self, messages: tuple[bytes, ...], seconds: float, longest: int) -> bytes:
        """Send messages and wait for one answer; the process is killed when the time is up, and its death explained."""
        process = self._process
        assert process, "`_start` has run"
        assert process.stdin, "opened as a pipe"
        assert process.stdout, "opened as a pipe"
        is_late = threading.Event()

        def end() -> None:
            is_late.set()
            process.kill()

        watch = threading.Timer(seconds, end)
        watch.daemon = True
        watch.start()
        try:
            write_message(process.stdin, *messages)
            return read_message(process.stdout, longest)
        except (OSError, EOFError, ValueError) as error:
            if is_late.is_set():
                raise Refusal(f"takes longer than {seconds:g} seconds to read; {_TOO_LONG}") from error
            raise Refusal(self._why_it_ended(process)) from error
        finally:
            watch.cancel()
            watch.join()
            if is_late.is_set():
                self._stop()

    def _why_it_ended(self, process: subprocess.Popen[bytes]) -> str:
        process.kill()
        code = process.wait()
        said = ""
        if self._complaints:
            self._complaints.seek(0)
            lines = self._complaints.read(1 << 16).decode("utf-8", "replace").strip().splitlines()
            said = f": {lines[-1][:160]}" if lines else ""
        return f"makes its parser break off (exit status {code}{said}); {_SAVE_AGAIN}"

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
        self._close_streams(process)

    def _close_streams(self, process: subprocess.Popen[bytes] | None) -> None:
        complaints, self._complaints = self._complaints, None
        for stream in (complaints, *((process.stdin, process.stdout) if process else ())):
            if stream:
                stream.close()


def _environment() -> dict[str, str]:
    """The environment with this very package first where the parsing process looks for modules."""
    home = str(Path(handslag.__file__).parent.parent)
    others = os.environ.get("PYTHONPATH")
    return os.environ | {"PYTHONPATH": os.pathsep.join([home, others] if others else [home])}


workshop = Workshop()
"""The one that `load` uses."""

atexit.register(workshop.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=workshop.forget)
