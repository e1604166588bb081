"""What every test may ask for: things of the machine, and a network that is shut."""

from __future__ import annotations

import fcntl
import gc
import importlib
import importlib.util
import os
import socket
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import configuration, settings
from tests.example_counts import examples

CHECKOUT = Path(__file__).resolve().parent.parent
# Tests run beside each other: matrices worked out by several threads would wait for one another, busily. Before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# The hub's tests have settings of their own; the engine's run without Django too.
if importlib.util.find_spec("pytest_django"):
    os.environ["DJANGO_SETTINGS_MODULE"] = "site_settings"
    importlib.import_module("django").setup()

configuration.set_hypothesis_home_dir(CHECKOUT / ".cache" / "hypothesis")
# The machine may be slow and shared, so no single example has a deadline; pytest's own time limit holds.
settings.register_profile("handslag", max_examples=examples(100), deadline=None, derandomize="CI" in os.environ, print_blob=True)  # fmt: skip
settings.load_profile("handslag")

Require = Callable[[str, bool, str], None]


def pytest_collection_finish() -> None:
    """What was loaded stays, so the collector need not look at it again and again: a tenth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each thing that was missing, not one for each test that wanted it."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    for reason, tests in sorted(reasons.items()):
        terminalreporter.write_line(f"not run, {tests} {'test' if tests == 1 else 'tests'}: {reason}")


@pytest.fixture(scope="session")
def require() -> Require:
    """`require(name, is_there, otherwise)`: skips the test with the line `otherwise` if the thing is not there.

    It fails instead where the environment's HANDSLAG_REQUIRE names the thing (`HANDSLAG_REQUIRE=chromium,shared`).
    """
    demanded = {name.strip() for name in os.environ.get("HANDSLAG_REQUIRE", "").split(",")}

    def require_or_skip(name: str, is_there: bool, otherwise: str) -> None:
        if is_there:
            return
        if name in demanded:
            pytest.fail(f"{otherwise} (HANDSLAG_REQUIRE names {name})", pytrace=False)
        pytest.skip(otherwise)

    return require_or_skip


@pytest.fixture(scope="session")
def shared(require: Require) -> Path:
    """The folder of shared data beside the checkout (or HANDSLAG_SHARED), which is no part of the project."""
    folder = Path(os.environ.get("HANDSLAG_SHARED") or CHECKOUT.parent / "shared")
    require("shared", folder.is_dir(), "the shared data is not here (../shared, or HANDSLAG_SHARED=FOLDER)")
    return folder


MadeOnce = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """`made_once("name", make)`: what `make(path)` wrote, a file or a folder, made by one process of the tests for all.

    Where HANDSLAG_TOGETHER names a folder, for all runs that are told of it (`make test` empties it first).
    """
    base = tmp_path_factory.getbasetemp()
    together = Path(
        os.environ.get("HANDSLAG_TOGETHER") or (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)
    )

    def path_of(name: str, make: Callable[[Path], object]) -> Path:
        path, made = together / name, together / f"{name}-made"
        with (together / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                make(made)
                made.rename(path)
        return path

    return path_of


@pytest.fixture(scope="session")
def empty_home(made_once: MadeOnce) -> Path:
    """A data folder with a database up to date and nothing in it, to be copied: making it takes seconds."""

    def make(home: Path) -> None:
        home.mkdir(mode=0o700)
        code = "from handslag_hub.site.starting import set_up, bring_up_to_date; set_up(); bring_up_to_date()"
        environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}  # fmt: skip
        environment |= {"HANDSLAG_HOME": str(home), "PYTHONPATH": str(CHECKOUT / "src")}
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)

    return made_once("empty-home", make)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, empty_home: Path
) -> Iterator[None]:
    """On SQLite the tests' database begins as that of an empty hub, where Django finds no migration to be made: they take seconds.

    That both ways lead to the same tables is tested in tests/hub/keeping/test_new_database.py. On PostgreSQL all migrations are made.
    """
    from django.db import connection  # noqa: PLC0415 - the engine's tests run without Django

    if connection.vendor != "sqlite":
        yield
        return
    # In memory, and there as long as somebody has it open.
    with closing(sqlite3.connect(connection.creation._get_test_db_name(), uri=True)) as tests:
        with closing(sqlite3.connect(empty_home / "handslag.sqlite3")) as empty:
            empty.backup(tests)
        yield


@pytest.fixture(scope="session", autouse=True)
def shut_network() -> Iterator[None]:
    """No test reaches beyond this machine: a connection that would, fails the test that makes it."""

    def refuse(address: Any) -> None:
        pytest.fail(f"a test tried to reach the network: {address!r}")

    def is_local(family: int, address: Any) -> bool:
        return family == getattr(socket, "AF_UNIX", None) or address[0] in {"127.0.0.1", "::1", "localhost"}

    class GuardedSocket(socket.socket):
        def connect(self, address: Any) -> None:
            if not is_local(self.family, address):
                refuse(address)
            super().connect(address)

        def connect_ex(self, address: Any) -> int:
            if not is_local(self.family, address):
                refuse(address)
            return super().connect_ex(address)

    open_getaddrinfo = socket.getaddrinfo

    def guarded_getaddrinfo(host: Any, *rest: Any, **named: Any) -> Any:
        if host not in {None, "", "127.0.0.1", "::1", "localhost"}:
            refuse(host)
        return open_getaddrinfo(host, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", GuardedSocket)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield
