"""Identity: "the same", "different", and splitting what was read as one."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from handslag.kernel.claims import EntityKey, stable_uid
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Action, Entity, Fact, IdentityLink, Move, Sameness, Statement
from handslag_hub.store.refresh import refresh
from handslag_hub.store.refresh.identity import chain_between, component, different_between, pair_of, refresh_identity
from handslag_hub.store.services.facts import find_or_make_entities
from handslag_hub.store.writing import log_action, one_writer


def judge_sameness(actor: Actor, a: Entity, b: Entity, verdict: str, *, method: str = "by hand", score: float | None = None) -> Action:  # fmt: skip
    """Says that two entities are the same, different, or that it is not sure. Refused where it contradicts what was said before."""
    actor.require(Role.REVIEWER)
    if a.pk == b.pk:
        raise Refused(_("That is one and the same entry."))
    if a.kind != b.kind:
        raise Refused(_("Only two entries of one kind can be the same."))
    with one_writer():
        refuse_contradiction(a, b, verdict)
        action = log_action(actor, f"judge {verdict}", {"entities": [a.uid, b.uid]})
        first, second = pair_of(a.pk, b.pk)
        IdentityLink.objects.create(a_id=first, b_id=second, verdict=verdict, score=score, method=method[:100], action=action)  # fmt: skip
        refresh((), refresh_identity([a.pk, b.pk]))
    return action


def refuse_contradiction(a: Entity, b: Entity, verdict: str) -> None:
    """Refused, showing the chain, where "same" would join two that are different, or "different" part two that others join."""
    if verdict == Sameness.SAME:
        ours, theirs = component(a.pk), component(b.pk)
        if a.pk in theirs:
            return
        # The pair itself may have been "different" until now: the new verdict takes its place.
        if (pair := different_between(ours, theirs)) and set(pair) != {a.pk, b.pk}:
            inside, outside = (pair[0], pair[1]) if pair[0] in ours else (pair[1], pair[0])
            chain = [*chain_between(a.pk, inside)[::-1], *chain_between(b.pk, outside)]
            raise Refused(_("That would make one of two that somebody said are different: %(chain)s. Take one of these back first.") % {"chain": chain_in_words(chain)})  # fmt: skip
    elif verdict == Sameness.DIFFERENT:
        joined = _chain_without(a.pk, b.pk)
        if joined:
            raise Refused(_("They are taken to be the same by way of others: %(chain)s. Take one of these links back first.") % {"chain": chain_in_words(joined)})  # fmt: skip


def split_entity(actor: Actor, entity: Entity, facts: Collection[Fact], name: str) -> tuple[Entity, Action]:
    """Moves chosen facts out of an entity that was wrongly read as one, to a new one; gives it."""
    actor.require(Role.REVIEWER)
    if not facts:
        raise Refused(_("Choose the facts that belong to the other one."))
    with one_writer():
        entity.refresh_from_db(fields=["canonical"])
        for fact in facts:
            fact.refresh_from_db(fields=["about"])
        action = log_action(actor, "split", {"entity": entity.uid, "facts": sorted(fact.uid for fact in facts)})
        members = set(Entity.objects.filter(canonical=entity.canonical_id).values_list("pk", flat=True))
        key = EntityKey(entity.kind, stable_uid("split", entity.uid, *sorted(fact.uid for fact in facts)), name)
        target = find_or_make_entities([key])[key.uid]
        for fact in facts:
            parts = _parts_in(fact, members)
            if not parts:
                raise Refused(_("One of the facts is not about this entry, nor does it name it. Nothing was moved."))
            for origin in sorted(parts):
                Move.objects.create(fact=fact, origin_id=origin, target_id=target, action=action)
        refresh([fact.pk for fact in facts], members | {target})
    return Entity.objects.get(pk=target), action


def _parts_in(fact: Fact, members: set[int]) -> set[int]:
    """The entities, as read, under which the fact is about or names one of `members` now."""
    parts = {fact.entity_id} if fact.about_id in members else set()
    rows = Statement.objects.filter(fact=fact, object_now__in=members).values_list("object", flat=True)
    return parts | {pk for pk in rows if pk}


def _chain_without(a: int, b: int) -> list[int]:
    """The chain of "same" between two, unless it is their own link alone."""
    chain = chain_between(a, b)
    return chain if len(chain) > 2 else []


def chain_in_words(keys: list[int]) -> str:
    """The labels of these entities, in order."""
    labels = dict(Entity.objects.filter(pk__in=keys).values_list("pk", "label"))
    return " – ".join(labels[key] or "?" for key in keys)
