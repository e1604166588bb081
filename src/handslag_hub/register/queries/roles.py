"""Roles in time: of one person, and of the people of an organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from handslag.kernel.errors import BadPeriod
from handslag.kernel.periods import parse_period
from handslag.register.roles import RoleClaim, roles_as_of
from handslag_hub.accounts.actors import Actor
from handslag_hub.register.queries.lines import Line, lines_of
from handslag_hub.register.queries.sections import newest_first, newest_naming
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Fact
from handslag_hub.store.queries import Value, known_facts, labels_of

_LOOKED_THROUGH = 400
SHOWN = 20
_ORDER = {"current": 0, "coming": 1, "": 2, "former": 3}


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role on the day: who, what and where, its state ("" where statements contradict), from and to, and the lines that say so."""

    uid: str
    person: str
    role: str
    organisation: Value | None
    state: str
    begins: str
    ends: str
    lines: list[Line]


def roles_of_person(actor: Actor, known: AsKnown, members: Sequence[int]) -> list[RoleRow]:
    """The roles of a person as of the chosen day or today."""
    facts = newest_first(known_facts(actor, known).filter(about__in=members, kind="role"))
    return _rows(actor, known, facts[:_LOOKED_THROUGH])


def people_of(actor: Actor, known: AsKnown, members: Sequence[int]) -> list[RoleRow]:
    """The people of an organisation as of the chosen day or today, from the facts that name it last."""
    naming = newest_naming(members, ("organisation",), _LOOKED_THROUGH)
    facts = known_facts(actor, known).filter(kind__startswith="role", pk__in=naming)
    return _rows(actor, known, newest_first(facts))


def _rows(actor: Actor, known: AsKnown, facts: Iterable[Fact]) -> list[RoleRow]:
    lines = lines_of(actor, facts)
    people = labels_of(actor, {line.fact.about_id for line in lines})
    by_person: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_person[people.get(line.fact.about_id, ("", "", ""))[0]].append(line)
    labels = {uid: label for uid, label, _kind in people.values()}
    rows = [row for uid, its in by_person.items() for row in _roles(uid, labels.get(uid, ""), its, known.day or timezone.localdate())]  # fmt: skip
    return sorted(rows, key=lambda row: (_ORDER[row.state], row.person, row.role))


def _roles(uid: str, person: str, lines: list[Line], day: date) -> Iterable[RoleRow]:
    by_uid = {line.fact.uid: line for line in lines}
    bodies = {_body_key(line): body for line in lines if (body := _body(line))}
    for role in roles_as_of([claim for line in lines if (claim := _claim(line))], day):
        reading = role.readings[0] if role.readings else None
        said = [statement for its in role.readings for statement in its.statements]
        yield RoleRow(uid, person, role.role, bodies.get(role.organisation), role.state,
            reading.begins if reading else "", reading.ends if reading else "", [by_uid[key] for key in said])  # fmt: skip


def _claim(line: Line) -> RoleClaim | None:
    view = line.view
    if not view.first("role"):
        return None
    period = view.first("period")
    try:
        parse_period(period) if period else None
    except BadPeriod:
        period = ""
    said_on = line.fact.said_on or timezone.localdate(line.fact.created_at)
    return RoleClaim(statement=line.fact.uid, role=view.first("role"), organisation=_body_key(line),
        tense=view.first("tense") or "current", said_on=said_on, printed=period)  # fmt: skip


def _body(line: Line) -> Value | None:
    found = line.view.values.get("organisation")
    return found[0] if found else None


def _body_key(line: Line) -> str:
    """One key for an organisation, however it is printed: its address, or the words where it has none."""
    body = _body(line)
    return (body.uid or body.value) if body else ""
