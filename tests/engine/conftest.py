"""What tests of the planner and of its command share."""

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
