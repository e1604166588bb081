"""The card of an entry: all that it shows of facts, whose lines are read together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handslag_hub.accounts.actors import Actor
from handslag_hub.register.queries.lines import Line, lines_of
from handslag_hub.register.queries.mentions import facts_of, mentions_of
from handslag_hub.register.queries.names import GivenName, names_of, with_facts
from handslag_hub.register.queries.roles import RoleRow, roles_of
from handslag_hub.register.queries.roles import with_lines as roles_with_lines
from handslag_hub.register.queries.sections import IDENTIFIERS, ShownSection, show_sections, with_lines
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Entity

_IDENTIFIERS = 20


@dataclass(frozen=True, slots=True)
class EntityCard:
    """What is known of an entry: its names, roles (`more_roles` are not shown), identifiers, sections, zones and newest mentions."""

    names: list[GivenName]
    roles: list[RoleRow]
    more_roles: int
    identifiers: list[Line]
    sections: list[ShownSection]
    zones: Mapping[str, int]
    newest: list[Line]


def card_of(actor: Actor, known: AsKnown, entity: Entity) -> EntityCard:
    """The card as the actor may see it, as known on a day. About fifteen queries, however much is known."""
    mentions = mentions_of(actor, known, entity.canonical_id)
    roles, count = roles_of(actor, known, mentions, entity.kind)
    names = names_of(actor, known, mentions, entity)
    identifiers = mentions.first(IDENTIFIERS.sort, _IDENTIFIERS)
    shown = show_sections(mentions, entity.kind)
    keys = {*identifiers, *shown.newest, *(key for part in (*roles, *shown.sections) for key in part.facts)}
    facts = {fact.pk: fact for fact in facts_of(actor, keys | {name.given_by for name in names if name.given_by})}
    lines = {line.fact.pk: line for line in lines_of(actor, [facts[key] for key in keys if key in facts])}
    return EntityCard(
        names=with_facts(names, facts), roles=roles_with_lines(roles, lines), more_roles=count - len(roles),
        identifiers=[lines[key] for key in identifiers if key in lines], sections=with_lines(shown.sections, lines),
        zones=shown.zones, newest=[lines[key] for key in shown.newest if key in lines],
    )  # fmt: skip
