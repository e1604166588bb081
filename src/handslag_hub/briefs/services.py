"""Writes of this part: milestones and what was reported of them, as typed facts; which level something is of; how two commitments hang together."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max
from django.utils.translation import gettext as _

from handslag.kernel.claims import Claim, normal_words
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.briefs.levels import LEVELS, STAKEHOLDERS
from handslag_hub.briefs.models import PairJudgement, Placement
from handslag_hub.commitments.services import (
    Named,
    coded_claim,
    named_claims,
    take_back,
    type_fact,
    when_claims,
    words_claim,
)
from handslag_hub.reading.naming import known_entity
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Action, Document, Entity, Fact
from handslag_hub.store.writing import log_action, one_writer

__all__ = ["judge_pair", "place", "take_back", "type_assessment", "type_milestone"]

_VALUES = {Placement.What.LEVEL: LEVELS, Placement.What.STAKEHOLDERS: STAKEHOLDERS}


def type_milestone(
    actor: Actor,
    agreement: Entity,
    *,
    name: str,
    lead: Sequence[Named],
    support: Sequence[Named],
    start: str,
    when: str,
    words: str,
    link: str,
    visibility: int,
    language: str = "",
) -> tuple[Fact, Action]:
    """Keeps a milestone of an agreement. It is never less strict than the agreement."""
    claims = [
        *words_claim("name", name),
        # The address, not the name: should the agreement be restricted later, its name is not told by what was typed about it.
        Claim(predicate="agreement", value=agreement.uid, normal=agreement.uid, object=known_entity(agreement)),
        *named_claims("lead", lead),
        *named_claims("support", support),
        *when_claims("start", start),
        *when_claims("when", when),
        *words_claim("words", words),
        *words_claim("link", link),
    ]
    strictest = max(visibility, _strictest(agreement, "agreement"))
    return type_fact(actor, "milestone", name, claims, visibility=strictest, origin=link, language=language)


def type_assessment(
    actor: Actor,
    milestone: Entity,
    *,
    made_by: str,
    status: str,
    day: str,
    assessor: Sequence[Named],
    words: str,
    link: str,
    visibility: int,
) -> tuple[Fact, Action]:
    """Keeps what somebody reported of a milestone, beside what others did; it is never less strict than the milestone."""
    claims = [
        Claim(predicate="of", value=milestone.uid, normal=milestone.uid, object=known_entity(milestone)),
        *coded_claim("made_by", made_by),
        *coded_claim("status", status),
        *when_claims("day", day),
        *named_claims("assessor", assessor),
        *words_claim("words", words),
        *words_claim("link", link),
    ]
    strictest = max(visibility, _strictest(milestone, "milestone"))
    return type_fact(actor, "assessment", normal_words(f"{made_by} {status}"), claims, visibility=strictest, origin=link)  # fmt: skip


def place(actor: Actor, thing: Entity | Document, what: str, value: str) -> Action:
    """Says which level (or group) an entry of the register or a page is of, "" for none of them; Refused for a value that is none."""
    actor.require(Role.REVIEWER)
    if value and value not in _VALUES[Placement.What(what)]:
        raise Refused(_("There is no such level or group."))
    of = {"entity": thing} if isinstance(thing, Entity) else {"document": thing}
    with one_writer():
        action = log_action(actor, "place", {"what": what, "value": value, next(iter(of)): thing.uid})
        Placement.objects.create(what=what, value=value, action=action, **of)
    return action


def judge_pair(actor: Actor, one: Fact, other: Fact, verdict: str) -> Action:
    """Says how two commitments hang together; Refused for one with itself, or a verdict that is none."""
    actor.require(Role.REVIEWER)
    if one.pk == other.pk or verdict not in PairJudgement.Verdict.values or {one.kind, other.kind} != {"commitment"}:
        raise Refused(_("That cannot be decided of these two."))
    a, b = sorted((one, other), key=lambda fact: fact.pk)
    with one_writer():
        action = log_action(actor, "judge pair", {"how": verdict, "facts": [a.uid, b.uid]})
        PairJudgement.objects.create(a=a, b=b, verdict=verdict, action=action)
    return action


def _strictest(entity: Entity, kind: str) -> int:
    facts = Fact.objects.filter(about__canonical=entity.canonical_id, kind=kind, shown=True)
    return facts.aggregate(level=Max("level"))["level"] or 0
