"""What tests of the register share: facts typed for a page, clients of several roles, a hub with a team."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from handslag.kernel.claims import Claim, ClaimedFact, EntityKey, normal_words, stable_uid
from handslag.reading.claims import organisation_key
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import User
from handslag_hub.store.models import Entity
from handslag_hub.store.services import TypedFact, type_facts


@pytest.fixture
def login(db: None, settings) -> Callable[[str], Client]:
    """`login(role)`: a browser of somebody with this role, in a hub with a team."""
    settings.TEAM = True

    def log_in(role: str) -> Client:
        user = User.objects.create_user(username=f"{role}@example.org", role=role)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


@pytest.fixture
def browser(login: Callable[[str], Client]) -> Client:
    """A reviewer's browser."""
    return login("reviewer")


def words(predicate: str, value: str, named: EntityKey | None = None) -> Claim:
    """A claim of printed words."""
    return Claim(predicate=predicate, value=value, normal=normal_words(value), object=named)


def person_key(name: str, where: str = "") -> EntityKey:
    """A person by name and organisation."""
    return EntityKey("person", f"{normal_words(name)}|{normal_words(where)}", name)


class Typist:
    """Types facts for tests, each as one action."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    words = staticmethod(words)

    def about(self, entity: Entity, kind: str, *claims: Claim, level: int = 0) -> str:
        """A fact about an entity that is there."""
        return self.fact(kind, EntityKey(entity.kind, "", given_uid=entity.uid), *claims, level=level)

    def fact(self, kind: str, subject: EntityKey | None, *claims: Claim, level: int = 0) -> str:
        """A fact; gives its address. Without subject it is about itself, as commitments are."""
        uid = stable_uid("fact", "test", uuid4().hex, length=24)
        claimed = ClaimedFact(uid=uid, kind=kind, subject=subject or EntityKey(kind, uid), claims=claims, language="sv")
        type_facts(self.actor, [TypedFact(claimed)], visibility=level)
        return uid

    def organisation(self, name: str, *aliases: str, level: int = 0) -> Entity:
        """An organisation under a name and aliases."""
        self.fact("organisation", organisation_key(name), words("name", name), *(words("alias", alias) for alias in aliases), level=level)  # fmt: skip
        return Entity.objects.get(uid=organisation_key(name).uid)

    def person(self, name: str, organisation: str, role: str = "ordförande", *, level: int = 0) -> Entity:
        """A person with a role."""
        key = person_key(name, organisation)
        body = words("organisation", organisation, organisation_key(organisation))
        self.fact("role", key, words("name", name), words("role", role), body, words("tense", "current"), level=level)
        return Entity.objects.get(uid=key.uid)

    def commitment(self, what: str, who: str, to_whom: str = "", *, level: int = 0) -> str:
        """A commitment of one organisation, perhaps to another."""
        claims = [words("what", what), words("who", who, organisation_key(who)), words("firmness", "promised")]
        if to_whom:
            claims.append(words("to_whom", to_whom, organisation_key(to_whom)))
        return self.fact("commitment", None, *claims, level=level)


@pytest.fixture
def typist(db: None, reviewer: Actor) -> Typist:
    """Types facts."""
    return Typist(reviewer)


@pytest.fixture(autouse=True)
def folder_of_static_files(settings) -> None:
    """WhiteNoise warns of a folder that is not there; a hub that runs has it."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
