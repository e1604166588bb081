"""One side of a comparison: what tells an entry from another, in few lines."""

from __future__ import annotations

from dataclasses import dataclass

from handslag_hub.accounts.actors import Actor
from handslag_hub.register.queries.lines import Line, lines_of
from handslag_hub.register.queries.names import GivenName, names_of
from handslag_hub.register.queries.roles import RoleRow, people_of, roles_of_person
from handslag_hub.register.queries.sections import IDENTIFIERS, facts_in, mentions
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Entity
from handslag_hub.store.queries import members_of

_ROLES = 8


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """An entry with its names, identifiers, roles (or people) and newest mentions."""

    entity: Entity
    names: list[GivenName]
    identifiers: list[Line]
    roles: list[RoleRow]
    newest: list[Line]


def side_of(actor: Actor, known: AsKnown, entity: Entity) -> ComparedSide:
    """What a comparison shows of an entry."""
    members = members_of(entity)
    roles: list[RoleRow] = []
    if entity.kind == "person":
        roles = roles_of_person(actor, known, members)[:_ROLES]
    elif entity.kind == "organisation":
        roles = people_of(actor, known, members)[:_ROLES]
    identifiers = lines_of(actor, facts_in(actor, known, members, IDENTIFIERS)[:_ROLES])
    _zones, newest = mentions(actor, known, members)
    return ComparedSide(entity, names_of(actor, known, members), identifiers, roles, newest)
