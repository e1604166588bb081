"""What tests of the reading pages share: somebody who only reads, somebody who reviews, pages to look at."""

from __future__ import annotations

import pytest
from django.test import Client

from handslag_hub.accounts.models import Role, User


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
