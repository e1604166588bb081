"""What hub tests share: actors, sample pages read and kept."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from kept_rows import Rows, rows_of_all_tables, write_rows
from team import account, logged_in, team  # noqa: F401 - fixtures

from handslag.reading.loading import load
from handslag.reading.reader import read_loaded
from handslag.reading.results import Reading
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import User
from handslag_hub.store.models import Action, Document
from handslag_hub.store.services import keep_reading

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture
def reviewer() -> Actor:
    """Somebody who may review, and sees everything."""
    return Actor(None, "Rut Granskare", "reviewer")


@pytest.fixture
def reader() -> Actor:
    """Somebody who may read what is public or internal."""
    return Actor(None, "Lage Läsare", "reader")


@pytest.fixture(scope="session")
def read_text(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Reading]:
    """`read_text(text, said_on=…)`: the reading of a text, made once for each text."""
    made: dict[tuple[str, str | None], Reading] = {}
    folder = tmp_path_factory.mktemp("texts")

    def read(text: str, said_on: str | None = "2026-10-08") -> Reading:
        if (text, said_on) not in made:
            path = folder / f"page-{len(made)}.txt"
            path.write_text(text)
            made[text, said_on] = read_loaded(load(path), said_on=said_on)
        return made[text, said_on]

    return read


@pytest.fixture(scope="session")
def sample_readings(made_once: Callable[..., Path]) -> dict[str, Reading]:
    """The sample pages, read."""

    def make(path: Path) -> None:
        pages = sorted(page for page in SAMPLES.iterdir() if page.is_file() and page.suffix not in {".py", ".rst"})
        path.write_bytes(pickle.dumps({page.name: read_loaded(load(page)) for page in pages}))

    return pickle.loads(made_once("sample-readings", make).read_bytes())  # noqa: S301  written by the tests


@cache
def _unpickled(made: Path) -> tuple[dict[str, str], Rows]:
    """What the first test kept, taken up once by each process."""
    return pickle.loads(made.read_bytes())  # noqa: S301  written by the tests


@pytest.fixture
def sample_documents(db: None, reviewer: Actor, sample_readings: dict[str, Reading], made_once: Callable[..., Path]) -> dict[str, Document]:  # fmt: skip
    """The sample pages, kept as public documents: by the services for the first test, put back row by row for the others."""

    def keep() -> dict[str, Document]:
        return {name: keep_reading(reviewer, reading, address=f"https://example.org/{name}").document for name, reading in sample_readings.items()}  # fmt: skip

    if Action.objects.exists():
        return keep()

    def make(path: Path) -> None:
        uids = {name: document.uid for name, document in keep().items()}
        path.write_bytes(pickle.dumps((uids, rows_of_all_tables())))

    uids, rows = _unpickled(made_once(f"kept-samples-{connection.vendor}", make))
    if not Action.objects.exists():
        write_rows(rows)
    return {name: Document.objects.get(uid=uid) for name, uid in uids.items()}


@pytest.fixture
def as_somebody(db: None, settings) -> Callable[[str], Client]:
    """`as_somebody(role)`: a client of a team's hub, logged in with this role."""
    # Where collected files would lie: a warning is an error, and nothing was collected.
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.TEAM = True
    settings.SECURE_SSL_REDIRECT = False
    settings.ALLOWED_HOSTS = ["testserver"]

    def log_in(role: str) -> Client:
        user, _made = User.objects.get_or_create(username=f"a {role}", defaults={"role": role})
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in
