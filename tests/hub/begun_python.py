"""Python that has loaded what every hub needs, and begins a process of its own for each task: a second less than starting anew.

Nothing of a hub is loaded before a task begins, so each finds its own settings and its own database. Run as a program it takes tasks as
lines of JSON; `BegunPython` is who gives them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

# What `set_up` takes longest to load and needs no settings.
LOADED = ("requests", "pydantic.networks", "pydantic.json_schema", "handslag.reading.reader", "handslag.reading.report", "handslag.register",
    "handslag.following", "lxml.etree", "django.core.management", "django.db.migrations.executor", "django.db.backends.sqlite3.base", "django.forms",
    "django.contrib.auth.hashers", "fido2.server", "openpyxl", "yaml")  # fmt: skip


class BegunPython:
    """Runs code in processes of their own, one after the other."""

    def __init__(self, search: list[str]) -> None:
        self._search = search
        self._process: subprocess.Popen[str] | None = None

    def run(self, code: str, environment: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
        """As `python -W error::ResourceWarning -c code` in this folder would end."""
        if self._process is None:
            command = [sys.executable, "-W", "error::ResourceWarning", __file__]
            paths = {"PYTHONPATH": os.pathsep.join(self._search), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
            self._process = subprocess.Popen(command, env={**os.environ, **paths}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # fmt: skip
        output, errors = folder / ".output", folder / ".errors"
        task = {"code": code, "environment": environment, "folder": str(folder), "output": str(output), "errors": str(errors)}  # fmt: skip
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(task) + "\n")
        self._process.stdin.flush()
        status = int(self._process.stdout.readline())
        told, said = output.read_text(), errors.read_text()
        output.unlink()
        errors.unlink()
        return subprocess.CompletedProcess(code, status, told, said)

    def end(self) -> None:
        """Waits until it has ended."""
        if self._process is not None:
            with self._process:
                pass


def next_task() -> dict[str, Any]:
    """A task, in the process that is begun for it; the one that begins them never comes back from here."""
    for name in LOADED:
        import_module(name)
    for line in sys.stdin:
        task = json.loads(line)
        child = os.fork()
        if child == 0:
            return task
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201  the answer
    sys.exit()


def begin(task: dict[str, Any]) -> None:
    """What a fresh process would find: its folder, its environment, and files for what it tells."""
    os.chdir(task["folder"])
    os.environ.clear()
    os.environ.update(task["environment"])
    with Path(os.devnull).open() as nothing, Path(task["output"]).open("w") as output, Path(task["errors"]).open("w") as errors:  # fmt: skip
        for file, number in ((nothing, 0), (output, 1), (errors, 2)):
            os.dup2(file.fileno(), number)


if __name__ == "__main__":
    chosen = next_task()
    begin(chosen)
    exec(compile(chosen["code"], "<task>", "exec"), {"__name__": "__main__"})  # noqa: S102  the tests' own
