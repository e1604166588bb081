"""What tests of bringing in share: files brought in and read as the jobs read them, and people who log in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role, User
from handslag_hub.reading.claimants import Claimant
from handslag_hub.reading.models import Arrival
from handslag_hub.reading.services import Incoming, bring_in
from handslag_hub.reading.workers import read_until_none_waits

PAGE = """Kullhed Institute opens a test bed

Kullhed, 8 October 2026

Kullhed Institute and Norrhag University signed an agreement on a shared test bed today.
Kullhed Institute will open the test bed in March 2027 and will invite twenty companies to use it.

"We will publish the results every year", says Alva Lindhag, director of Kullhed Institute.
Norrhag University is to report to the board of the test bed before the end of 2027.
"""


@pytest.fixture
def page() -> str:
    """A page with promises, a person and two organisations."""
    return PAGE


@pytest.fixture
def bring(db: None, reviewer: Actor) -> Callable[..., list[Arrival]]:
    """`bring({name: text or bytes}, address=…, …)`: brings the files in and has them read; gives their arrivals."""

    def brought(files: dict[str, str | bytes], address: str = "", **given: object) -> list[Arrival]:
        incoming = [Incoming(name, content.encode() if isinstance(content, str) else content, address=address) for name, content in files.items()]  # fmt: skip
        batch = bring_in(reviewer, incoming, **given)
        read_until_none_waits()
        return list(batch.arrivals.select_related("document", "original").order_by("pk"))

    return brought


@pytest.fixture
def claimant() -> Iterator[Callable[[], Claimant]]:
    """`claimant()`: a process that claims; it is gone once it has left."""
    made: list[Claimant] = []

    def one_more() -> Claimant:
        made.append(Claimant())
        return made[-1]

    yield one_more
    for one in made:
        one.leave()


@pytest.fixture
def log_in(db: None, settings: object) -> Callable[[str], Client]:
    """`log_in(role)`: the browser of somebody with this role, in a hub of a team."""
    settings.TEAM = True

    def logged_in(role: str) -> Client:
        client = Client()
        client.force_login(User.objects.create_user(f"somebody-{role}", role=role), "django.contrib.auth.backends.ModelBackend")  # fmt: skip
        return client

    return logged_in


def client_of(name: str, role: str) -> Client:
    """A browser in which somebody with this role has logged in."""
    client = Client()
    client.force_login(User.objects.create_user(name, role=role), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def team(settings) -> None:
    """A hub for several people, without the demand for https."""
    settings.TEAM = True


@pytest.fixture
def as_reader(team: None, db: None) -> Client:
    return client_of("lage", Role.READER)


@pytest.fixture
def as_reviewer(team: None, db: None) -> Client:
    return client_of("rut", Role.REVIEWER)


@pytest.fixture
def as_other_reviewer(team: None, db: None) -> Client:
    return client_of("ove", Role.REVIEWER)
