"""Hubs of their own, each in a process of its own: what is tested here exchanges the database under the process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from begun_python import BegunPython
from django.db import connection

CHECKOUT = Path(__file__).resolve().parents[3]
SEARCHED = [str(CHECKOUT / "src"), str(CHECKOUT)]
BEGUN = BegunPython(SEARCHED)

FILL = """
from django.contrib.auth import get_user_model
from allauth.mfa.models import Authenticator
from handslag_hub.store.models import Document, Entity, Fact
from handslag_hub.store.services import *
from tests.proof.small_store import *
user = get_user_model().objects.create_user("rut", "rut@example.org", "ett-långt-lösenord", role="administrator")
Authenticator.objects.create(user=user, type="totp", data={"secret": "å"})
for number in range(5):
    original = keep_original(f"sida-{number}.txt", f"sida {number} åäö".encode())
    keep_reading(PROVER, small_reading(number), original=original, address=address_of(number), visibility=number % 3)
a, b, c = Entity.objects.filter(kind="organisation").order_by("uid")[:3]
same = judge_sameness(PROVER, a, b, "same")
judge_sameness(PROVER, a, c, "different")
facts = list(Fact.objects.order_by("uid"))
review_fact(PROVER, facts[0], "accept")
review_fact(PROVER, facts[1], "reject", note="“fel”")
remove_document(PROVER, Document.objects.order_by("uid").first())
undo_action(PROVER, same)
keep_reading(PROVER, small_reading(1, 1), address=address_of(1))
type_facts(PROVER, [TypedFact(typed_claim(1, 1), "samtal")])
"""

# Writes all that is folded beside the database.
DUMP = """
from handslag_hub.store.dumping import dump
from django.conf import settings
(settings.HOME / "dump").write_bytes(dump())
"""


@dataclass
class Hub:
    """A hub in a folder, on SQLite or a database of the PostgreSQL server that the tests run on."""

    home: Path
    database: str = ""

    def run(self, code: str, *, status: int = 0) -> str:
        """What the code prints in a process of this hub; AssertionError where it ends otherwise than expected."""
        start = "from handslag_hub.site.starting import *; set_up()\n"
        environment = {**os.environ, "HANDSLAG_HOME": str(self.home), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONPATH": os.pathsep.join(SEARCHED)}  # fmt: skip
        environment.pop("DATABASE_URL", None)
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        if self.database:
            environment["DATABASE_URL"] = self.database
        done = BEGUN.run(start + code, environment, self.home)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def verb(self, verb: str, arguments: str = "", *, status: int = 0, then: str = "") -> str:
        """What a verb of the command line prints; `then` runs in the same process after it."""
        code = f"from pathlib import Path; from handslag_hub.site.commands import {verb}; status = {verb}.run({arguments})\n{then}\nraise SystemExit(status)"  # fmt: skip
        return self.run(code, status=status)

    @property
    def dump(self) -> str:
        """All that is folded, by address, as `DUMP` last wrote it."""
        return (self.home / "dump").read_text()


@pytest.fixture(scope="session", autouse=True)
def _begun_ends() -> Iterator[None]:
    yield
    BEGUN.end()


@pytest.fixture(scope="session")
def filled(empty_home: Path, made_once: Callable[..., Path]) -> Hub:
    """A hub with people, documents, reviews, links and originals, its dump, and a backup of it in `a.zip`: not to be changed."""

    def make(home: Path) -> None:
        hub = Hub(Path(shutil.copytree(empty_home, home)))
        told = hub.verb(
            "backup", "Path('empty.zip')", then=FILL + DUMP + "print('---'); status = backup.run(Path('a.zip'))"
        )
        (home / "told").write_text(told.partition("---")[2])

    return Hub(made_once("filled-home", make))


@pytest.fixture
def here(filled: Hub, tmp_path: Path) -> Hub:
    """A copy of the filled hub."""
    return Hub(Path(shutil.copytree(filled.home, tmp_path / "here")))


@pytest.fixture
def new_hub(tmp_path: Path) -> Callable[[str], Hub]:
    """`new_hub("a")`: an empty hub on SQLite."""

    def make(name: str) -> Hub:
        home = tmp_path / name
        home.mkdir(mode=0o700)
        return Hub(home)

    return make


@pytest.fixture
def new_hub_on_postgres(tmp_path: Path, django_db_blocker: object) -> Iterator[Callable[[str], Hub]]:
    """The same on PostgreSQL, where the tests run on it (`tests/with_postgres.py`)."""
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL: run on it by tests/with_postgres.py")
    made: list[str] = []

    def server(command: str) -> None:
        with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
            cursor.execute(command)

    def make(name: str) -> Hub:
        database = f"hub_{uuid4().hex}"
        server(f"CREATE DATABASE {database}")
        made.append(database)
        home = tmp_path / name
        home.mkdir(mode=0o700)
        address, _, _ = os.environ["DATABASE_URL"].rpartition("/")
        return Hub(home, f"{address}/{database}")

    yield make
    for database in made:
        server(f"DROP DATABASE {database} WITH (FORCE)")
