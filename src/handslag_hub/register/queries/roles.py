"""Roles in time: of one person, and of the people of an organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from django.utils import timezone

from handslag.kernel.errors import BadPeriod
from handslag.kernel.periods import parse_period
from handslag.register.roles import RoleAsOf, RoleClaim, roles_as_of
from handslag_hub.accounts.actors import Actor
from handslag_hub.register.models import As
from handslag_hub.register.queries.lines import Line
from handslag_hub.register.queries.mentions import Mentions, Sort
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.bulk import day_of, rows_among, select_rows
from handslag_hub.store.models import Statement
from handslag_hub.store.queries import labels_of

_LOOKED_THROUGH = 200
SHOWN = 10
# A role on a card names so many of its sources.
_SOURCES = 3
_ORDER = {"current": 0, "coming": 1, "": 2, "former": 3}
# A question with two hundred keys takes longer to be put together than to be answered.
_TELLING = """SELECT f.id, f.uid, f.about_id, m.known_on FROM register_mention m JOIN store_fact f ON f.id = m.fact_id
    WHERE m.fact_id IN ({places}) AND m.entity_id = %s ORDER BY f.id"""
_SAID = ("role", "organisation", "tense", "period")


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role on the day: who, what and where, its state ("" where statements contradict), from and to, and the first facts that say so.

    `lines` are those facts as lines (`with_lines`).
    """

    uid: str
    person: str
    role: str
    organisation: NamedBody | None
    state: str
    begins: str
    ends: str
    facts: list[int]
    lines: list[Line] = field(default_factory=list)


class NamedBody(NamedTuple):
    """An organisation as printed, and who it is taken to be: address, label and kind, "" where that is nobody."""

    value: str
    uid: str
    label: str
    kind: str


class _Told(NamedTuple):
    """A fact that tells of a role: whom it is about, since when it is known, what it says."""

    key: int
    uid: str
    about: int
    known_on: date
    words: dict[str, str]
    body: NamedBody | None

    @property
    def body_key(self) -> str:
        """One key for an organisation, however it is printed: its address, or the words where it has none."""
        return (self.body.uid or self.body.value) if self.body else ""


def roles_of(
    actor: Actor, known: AsKnown, mentions: Mentions, kind: str, most: int = SHOWN
) -> tuple[list[RoleRow], int]:
    """The first roles of a person, or of the people of an organisation, as of the chosen day or today; and how many there are.

    They are made of the facts that tell of them last.
    """
    if kind not in {"person", "organisation"}:
        return [], 0
    part = As.ABOUT if kind == "person" else As.ORGANISATION
    told, labelled = _told(actor, mentions.entry, mentions.first(Sort("role", part), _LOOKED_THROUGH))
    by_person: dict[str, list[_Told]] = defaultdict(list)
    for one in told:
        by_person[labelled.get(one.about, ("", "", ""))[0]].append(one)
    labels = {uid: label for uid, label, _kind in labelled.values()}
    day = known.day or timezone.localdate()
    roles = [(labels.get(uid, ""), uid, role) for uid, its in by_person.items() for role in roles_as_of(_claims(its), day)]  # fmt: skip
    roles.sort(key=lambda row: (_ORDER[row[2].state], row[0], row[2].role))
    return _rows(roles[:most], told), len(roles)


def with_lines(roles: Iterable[RoleRow], lines: Mapping[int, Line]) -> list[RoleRow]:
    """The roles with those of the lines that are of their facts."""
    return [replace(role, lines=[lines[key] for key in role.facts if key in lines]) for role in roles]


def _told(actor: Actor, entry: int, telling: Sequence[int]) -> tuple[list[_Told], dict[int, tuple[str, str, str]]]:
    """What facts that mention an entry tell, and the labels of all that they name. Three queries, and nothing is made of the facts that is not needed: there may be
    hundreds for each line that is shown.
    """
    facts = {key: (uid, about, day_of(day)) for key, uid, about, day in rows_among(_TELLING, telling, entry)}
    words: dict[int, dict[str, str]] = defaultdict(dict)
    bodies: dict[int, tuple[str, int | None]] = {}
    said = select_rows(Statement, ("rank", "id", "fact", "predicate", "value", "object_now"), fact=telling, predicate=_SAID, holds=[True])  # fmt: skip
    for _rank, _id, key, predicate, value, named in sorted(said, key=itemgetter(0, 1)):
        words[key].setdefault(predicate, value)
        if predicate == "organisation":
            bodies.setdefault(key, (value, named))
    labels = labels_of(
        actor, {*(about for _, about, _ in facts.values()), *(named for _, named in bodies.values() if named)}
    )
    named_as = {there: _body(*there, labels) for there in set(bodies.values())}
    return [_Told(key, *facts[key], words[key], named_as.get(bodies.get(key))) for key in facts], labels


def _body(value: str, named: int | None, labels: dict[int, tuple[str, str, str]]) -> NamedBody:
    return NamedBody(value, *labels.get(named, ("", "", "")))


def _rows(roles: Iterable[tuple[str, str, RoleAsOf]], told: Iterable[_Told]) -> list[RoleRow]:
    by_uid = {one.uid: one for one in told}
    bodies = {one.body_key: one.body for one in by_uid.values() if one.body}
    rows = []
    for person, uid, role in roles:
        reading = role.readings[0] if role.readings else None
        facts = [by_uid[uid].key for its in role.readings for uid in its.statements][:_SOURCES]
        rows.append(RoleRow(uid, person, role.role, bodies.get(role.organisation), role.state,
            reading.begins if reading else "", reading.ends if reading else "", facts))  # fmt: skip
    return rows


def _claims(told: Iterable[_Told]) -> Iterator[RoleClaim]:
    for one in told:
        period = one.words.get("period", "")
        try:
            parse_period(period) if period else None
        except BadPeriod:
            period = ""
        if one.words.get("role"):
            yield RoleClaim(statement=one.uid, role=one.words["role"], organisation=one.body_key,
                tense=one.words.get("tense") or "current", said_on=one.known_on, printed=period)  # fmt: skip
