"""One side of a comparison: what tells an entry from another, in few lines."""

from __future__ import annotations

from dataclasses import dataclass

from handslag_hub.accounts.actors import Actor
from handslag_hub.register.queries.lines import Line, lines_of
from handslag_hub.register.queries.mentions import Sort, facts_of, mentions_of
from handslag_hub.register.queries.names import GivenName, names_of
from handslag_hub.register.queries.roles import RoleRow, roles_of
from handslag_hub.register.queries.sections import IDENTIFIERS, NEWEST
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
    names, (roles, _count) = names_of(actor, known, mentions, entity), roles_of(actor, known, mentions, entity.kind, _ROLES)  # fmt: skip
    identifiers, newest = mentions.first(IDENTIFIERS.sort, _ROLES), mentions.first(Sort(), NEWEST)
    lines = {line.fact.pk: line for line in lines_of(actor, facts_of(actor, dict.fromkeys([*identifiers, *newest])))}
    return ComparedSide(entity, names, [lines[key] for key in identifiers if key in lines], roles, [lines[key] for key in newest if key in lines])  # fmt: skip
