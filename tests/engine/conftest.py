"""What the engine's tests share."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import MadeOnce

from handslag.partnering.planning import prepare


@pytest.fixture(scope="session")
def ready_planner(made_once: MadeOnce) -> None:
    """Compiles the planner's functions, which takes a minute, in one process of the tests; the others load them."""

    def make(path: Path) -> None:
        prepare()
        path.touch()

    made_once("ready-planner", make)


@pytest.fixture
def ctrl_c_is_heeded() -> Iterator[None]:
    """By the test and what it starts, also where the tests run in the background of a shell, which ignores it."""
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, usual)
