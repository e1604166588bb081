"""Writes of the register: facts typed by hand, entries split, decisions taken back. All through the store's services."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from handslag.kernel.claims import Claim, ClaimedFact, EntityKey, normal_words, stable_uid
from handslag.reading.claims import organisation_key, period_claim
from handslag_hub.accounts.actors import Actor
from handslag_hub.reading.naming import known_entity
from handslag_hub.register.queries.keyed import organisation_named
from handslag_hub.register.queries.lines import lines_of
from handslag_hub.register.queries.names import NAMING
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Action, Entity, Fact
from handslag_hub.store.services import TypedFact, split_entity, type_facts, undo_action

# The kind of fact that gives an entry of a kind its name.
# What this part's pages may take back; other actions have pages of their own.
TAKEN_BACK = ("judge same", "judge different", "judge unsure", "split", "type")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleWords:
    """A role as it is typed: `tense` current, former or coming, `period` as `kernel.periods` has it ("2020/2024")."""

    role: str = ""
    organisation: str = ""
    tense: str = "current"
    period: str = ""


def type_organisation(actor: Actor, *, name: str, aliases: Sequence[str] = (), kind: str = "", language: str = "", origin: str = "", visibility: int = 0) -> tuple[str, Action]:  # fmt: skip
    """Types an organisation; gives its address, which is that of the one whose printed name is the same, if there is one."""
    key = organisation_key(name)
    claims = [_words("name", name), *(_words("alias", alias) for alias in aliases)]
    if kind:
        claims.append(Claim(predicate="kind", value=kind, normal=kind))
    return key.uid, _type(actor, "organisation", key, claims, language, origin, visibility)


def type_person(actor: Actor, *, name: str, words: RoleWords, language: str = "", origin: str = "", visibility: int = 0) -> tuple[str, Action]:  # fmt: skip
    """Types a person with a role; the same name at the same organisation is the same person, without organisation a new one."""
    body = _organisation(actor, words.organisation)
    key = EntityKey("person", f"{normal_words(name)}|{body.key or body.uid if body else uuid4().hex}", name)
    return key.uid, _type(actor, "role", key, [_words("name", name), *_role(words, body)], language, origin, visibility)


def type_event(actor: Actor, *, name: str, day: str, place: str = "", organisation: str = "", status: str = "", language: str = "", origin: str = "", visibility: int = 0) -> tuple[str, Action]:  # fmt: skip
    """Types an event; the same name in the same year is the same event."""
    key = EntityKey("event", f"{normal_words(name)}|{day[:4]}", name)
    claims = [_words("name", name), period_claim("date", day, "printed")]
    if place:
        claims.append(_words("place", place))
    if status:
        claims.append(Claim(predicate="status", value=status, normal=status))
    if body := _organisation(actor, organisation):
        claims.append(_names("organisation", organisation, body))
    return key.uid, _type(actor, "event", key, claims, language, origin, visibility)


def type_name(actor: Actor, entity: Entity, name: str, *, is_alias: bool, language: str = "", origin: str = "") -> Action:  # fmt: skip
    """Types a name, or another name, of an entry."""
    claims = [_words("alias" if is_alias else "name", name)]
    return _type(actor, NAMING[entity.kind], known_entity(entity), claims, language, origin, _level(entity))


def type_role(actor: Actor, person: Entity, words: RoleWords, *, origin: str = "") -> Action:
    """Types a role of a person who is there."""
    claims = _role(words, _organisation(actor, words.organisation))
    return _type(actor, "role", known_entity(person), claims, "", origin, _level(person))


def type_identifier(actor: Actor, entity: Entity, predicate: str, value: str, *, origin: str = "") -> Action:
    """Types an identifier, checked and in its normal form."""
    claims = [Claim(predicate=predicate, value=value, normal=value)]
    return _type(actor, "identifier", known_entity(entity), claims, "", origin, _level(entity))


def split_off(actor: Actor, entity: Entity, facts: Collection[Fact], name: str) -> tuple[Entity, Action]:
    """Moves facts to an entry of their own, which gets `name` where it is another than the facts give it."""
    with transaction.atomic():
        target, action = split_entity(actor, entity, facts, name)
        if name and name != target.label:
            level = max(line.fact.level for line in lines_of(actor, facts))
            claims = [_words("name", name)]
            _type(actor, NAMING[target.kind], known_entity(target), claims, "", "", level, verb="name split", split=action.pk)  # fmt: skip
            target.refresh_from_db()
    return target, action


def take_back(actor: Actor, action: Action) -> Action:
    """Takes back a decision of these pages; with a split goes the name that was typed for it, and comes with it again."""
    decision = action.undoes or action
    if decision.verb not in TAKEN_BACK:
        raise Refused(_("This is taken back where it was done, not here."))
    with transaction.atomic():
        undoing = undo_action(actor, action)
        if decision.verb == "split":
            for naming in Action.objects.filter(verb="name split", details__split=decision.pk, undone=action != decision):  # fmt: skip
                undo_action(actor, naming.undone_by.filter(undone=False).latest("pk") if naming.undone else naming)
    return undoing


def _type(actor: Actor, kind: str, subject: EntityKey, claims: Sequence[Claim], language: str, origin: str, visibility: int, verb: str = "type", **details: object) -> Action:  # fmt: skip
    uid = stable_uid("fact", "typed", uuid4().hex, length=24)
    claimed = ClaimedFact(uid=uid, kind=kind, subject=subject, claims=tuple(claims), language=language)
    _keys, action = type_facts(actor, [TypedFact(claimed, origin)], visibility=visibility, verb=verb, details={"entity": subject.uid, **details})  # fmt: skip
    return action


def _level(entity: Entity) -> int:
    """Nothing typed about an entry makes it known to more people than know it already."""
    return entity.level or 0


def _organisation(actor: Actor, name: str) -> EntityKey | None:
    """The organisation that a name means: the one known by it, if it is one only, else the one whose printed name it is."""
    if not name:
        return None
    there = organisation_named(actor, name)
    return known_entity(there) if there else organisation_key(name)


def _role(words: RoleWords, body: EntityKey | None) -> list[Claim]:
    claims = [_words("role", words.role)] if words.role else []
    if body is not None:
        claims.append(_names("organisation", words.organisation, body))
    claims.append(Claim(predicate="tense", value=words.tense, normal=words.tense))
    return [*claims, period_claim("period", words.period, "printed")] if words.period else claims


def _words(predicate: str, value: str) -> Claim:
    return Claim(predicate=predicate, value=value, normal=normal_words(value))


def _names(predicate: str, value: str, key: EntityKey) -> Claim:
    return Claim(predicate=predicate, value=value, normal=normal_words(value), object=key)
