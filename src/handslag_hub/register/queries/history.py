"""What people decided about an entry: taken to be the same, different, split off; the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from handslag_hub.accounts.actors import Actor
from handslag_hub.store.models import Action, Entity, Fact, IdentityLink, Move
from handslag_hub.store.queries import labels_of

_MOST = 50


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: `verb` is same, different, unsure, split off (facts went to `other`) or split from (they came from it)."""

    action: Action
    verb: str
    one: str
    other: str
    other_uid: str
    facts: int = 0


def history_of(actor: Actor, members: Sequence[int]) -> list[Decision]:
    """The decisions whose both sides the actor may see, also those that were taken back. Five queries."""
    found = [*_links(actor, members), *_moves(actor, members)]
    return sorted(found, key=lambda decision: -decision.action.pk)[:_MOST]


def _links(actor: Actor, members: Sequence[int]) -> list[Decision]:
    inside = set(members)
    rows = IdentityLink.objects.filter(Q(a__in=inside) | Q(b__in=inside)).select_related("action").order_by("-pk")
    links = list(rows[:_MOST])
    if not links:
        return []
    names = _names_read(actor, {key for link in links for key in (link.a_id, link.b_id)})
    found = []
    for link in links:
        ours, theirs = (link.a_id, link.b_id) if link.a_id in inside else (link.b_id, link.a_id)
        if ours in names and theirs in names:
            found.append(Decision(link.action, link.verdict, names[ours][1], names[theirs][1], names[theirs][0]))
    return found


def _names_read(actor: Actor, entities: set[int]) -> dict[int, tuple[str, str]]:
    """Entity → its own address, and a name that its own facts give it at the actor's level (the cluster's label has only one)."""
    labels = labels_of(actor, entities)
    rows = Entity.objects.filter(pk__in=labels, names__level__lte=actor.level).order_by(
        "pk", "names__kind", "names__name"
    )
    own: dict[int, str] = {}
    for entity, name in rows.values_list("pk", "names__name"):
        own.setdefault(entity, name)
    uids = dict(Entity.objects.filter(pk__in=labels).values_list("pk", "uid"))
    return {entity: (uids[entity], own.get(entity) or label) for entity, (_, label, _kind) in labels.items()}


def _moves(actor: Actor, members: Sequence[int]) -> list[Decision]:
    inside = set(members)
    visible = Fact.objects.filter(level__lte=actor.level)
    rows = Move.objects.filter(Q(origin__in=inside) | Q(target__in=inside), fact__in=visible)
    counted = list(rows.values_list("action", "origin", "target").annotate(n=Count("fact", distinct=True)).order_by("-action")[:_MOST])  # fmt: skip
    if not counted:
        return []
    actions = Action.objects.in_bulk({row[0] for row in counted})
    labels = labels_of(actor, {key for row in counted for key in row[1:3]})
    found = []
    for action, origin, target, facts in counted:
        verb, ours, other = ("split off", origin, target) if origin in inside else ("split from", target, origin)
        # What was split off and taken back again has nothing of its own any longer, so no name: it is told without.
        _, label, _ = labels.get(other, ("", "", ""))
        if other in labels or actions[action].undone:
            uid = labels[other][0] if other in labels else ""
            found.append(Decision(actions[action], verb, labels.get(ours, ("", "", ""))[1], label, uid, facts))
    return found
