"""One side of a comparison: what tells an entry from another, in few lines."""

from __future__ import annotations

from dataclasses import dataclass

from handslag_hub.accounts.actors import Actor
from handslag_hub.register.queries.lines import Line
from handslag_hub.register.queries.mentions import Sort, mentions_of
from handslag_hub.register.queries.names import GivenName, names_of
from handslag_hub.register.queries.roles import RoleRow, roles_of
from handslag_hub.register.queries.sections import IDENTIFIERS, NEWEST, lines_in
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Entity

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
    mentions = mentions_of(actor, known, entity.canonical_id)
    roles, _count = roles_of(actor, known, mentions, entity.kind, _ROLES)
    identifiers = lines_in(actor, mentions, IDENTIFIERS.sort, _ROLES)
    newest = lines_in(actor, mentions, Sort(), NEWEST)
    return ComparedSide(entity, names_of(actor, known, mentions, entity), identifiers, roles, newest)
