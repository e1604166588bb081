"""Writes of this part: what is typed by hand, and taking it back. The store keeps it; here it is put into claims."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from handslag.kernel.claims import Claim, ClaimedFact, EntityKey, normal_words, stable_uid
from handslag.reading.claims import period_claim
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.reading.naming import known_entity
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Action, Assertion, Entity, Fact
from handslag_hub.store.services import TypedFact, type_facts, undo_action

VERBS = {
    "commitment": "type commitment",
    "agreement": "type agreement",
    "evidence": "type evidence",
    "milestone": "type milestone",
    "assessment": "type assessment",
}
# The basis of what no passage prints: somebody said it to whoever typed it.
TOLD_DIRECTLY = "told directly"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as typed: the words, and the entity they were found to mean or will make."""

    name: str
    entity: EntityKey


def words_claim(predicate: str, value: str) -> list[Claim]:
    """A value as typed; nothing where nothing was typed."""
    return [Claim(predicate=predicate, value=value, normal=normal_words(value))] if value else []


def coded_claim(predicate: str, key: str) -> list[Claim]:
    """A value of a closed list, chosen by a person."""
    return [Claim(predicate=predicate, value=key, normal=key)] if key else []


def named_claims(predicate: str, named: Sequence[Named]) -> list[Claim]:
    """A value for each name."""
    return [
        Claim(predicate=predicate, value=one.name, normal=normal_words(one.name), object=one.entity) for one in named
    ]


def when_claims(predicate: str, period: str) -> list[Claim]:
    """A day or period as typed."""
    return [period_claim(predicate, period, "printed")] if period else []


def type_fact(actor: Actor, kind: str, name: str, claims: Sequence[Claim], *, visibility: int, origin: str = "", language: str = "") -> tuple[Fact, Action]:  # fmt: skip
    """Keeps one typed fact about an entity of its own, as one action."""
    uid = stable_uid("fact", "typed", uuid.uuid4().hex, length=24)
    claimed = ClaimedFact(
        uid=uid,
        kind=kind,
        subject=EntityKey(kind, uid, name),
        claims=tuple(claims),
        certainty="certain",
        language=language,
    )
    keys, action = type_facts(
        actor, [TypedFact(claimed, origin)], visibility=visibility, verb=VERBS[kind], details={"fact": uid}
    )
    return Fact.objects.select_related("about").get(pk=keys[uid]), action


def type_evidence(
    actor: Actor,
    commitment: Entity,
    *,
    says: str,
    words: str,
    day: str,
    by: str = "other",
    link: str = "",
    note: str = "",
    reference: str = "",
    visibility: int = 0,
) -> tuple[Fact, Action]:
    """Keeps what a person was told of a commitment. It is never less strict than what the commitment rests on, nor tells its words.

    `reference` is what it came by (a letter's address), `note` what whoever typed it adds.
    """
    # The address, not the words: should the commitment's page be restricted later, its words are not told by what was typed about it.
    about = Claim(predicate="of", value=commitment.uid, normal=commitment.uid, object=known_entity(commitment))
    claims = [
        about,
        Claim(predicate="says", value=says, normal=says, basis=TOLD_DIRECTLY),
        *coded_claim("by", by),
        *words_claim("words", words),
        *words_claim("link", link),
        *words_claim("note", note),
        *words_claim("reference", reference),
        *when_claims("day", day),
    ]
    strictest = Fact.objects.filter(about__canonical=commitment.canonical_id, kind="commitment", shown=True).aggregate(level=Max("level"))["level"]  # fmt: skip
    return type_fact(actor, "evidence", words, claims, visibility=max(visibility, strictest or 0), origin=link)


def take_back(actor: Actor, fact: Fact) -> Action:
    """Undoes the typing of one fact; Refused for what was read, or typed together with others."""
    actor.require(Role.REVIEWER)
    typed = Assertion.objects.filter(
        fact=fact, document=None, on=True, action__undone=False, action__verb__in=VERBS.values()
    )
    last = typed.select_related("action").order_by("pk").last()
    if last is None:
        raise Refused(_("This was not typed here, or is taken back already."))
    return undo_action(actor, last.action)
