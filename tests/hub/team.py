"""A team's hub: accounts, people of every role, clients that are logged in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from handslag_hub.accounts.models import User


@pytest.fixture
def team(settings) -> None:
    """The settings of a team, as `HANDSLAG_TEAM=1 HANDSLAG_HTTPS=0` makes them."""
    settings.TEAM = True
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def account(db: None) -> Callable[..., User]:
    """`account("reader")`: somebody with this role; the password is "en lång fras"."""

    def make(role: str, name: str = "", **fields: object) -> User:
        user = User(username=name or role, role=role, email=f"{name or role}@example.org", **fields)
        user.set_password("en lång fras")
        user.save()
        return user

    return make


@pytest.fixture
def logged_in(team: None, account) -> Callable[..., Client]:
    """`logged_in("reader")`: a client with a session of somebody with this role; "" for nobody."""

    def make(role: str, **options: object) -> Client:
        client = Client(**options)
        if role:
            user = User.objects.filter(username=role).first() or account(role)
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make
