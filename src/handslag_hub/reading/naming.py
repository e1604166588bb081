"""Names that a reviewer types, and the entities they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from handslag.kernel.claims import EntityKey, normal_words
from handslag_hub.accounts.actors import Actor
from handslag_hub.store.models import Document, Entity, Fact, NameKey, Statement


def known_entity(entity: Entity) -> EntityKey:
    """An entity that is there already, as what a claim names."""
    return EntityKey(entity.kind, "", entity.label, given_uid=entity.uid)


def entities_named(actor: Actor, name: str, kinds: Sequence[str], document: Document | None) -> list[Entity]:
    """Who is known under a name, as far as the actor may see: if some are named on the same page, only those."""
    keys = NameKey.objects.filter(
        kind="folded", key=normal_words(name)[:255], level__lte=actor.level, entity__kind__in=kinds
    )
    found = Entity.objects.filter(pk__in=keys.values("entity__canonical"), level__lte=actor.level)
    found = list(found.order_by("label", "pk"))
    if len(found) < 2 or document is None:
        return found
    here = Fact.objects.filter(document=document)
    near = Entity.objects.filter(Q(pk__in=here.values("about__canonical")) | Q(pk__in=Statement.objects.filter(fact__in=here).values("object_now__canonical")))  # fmt: skip
    keys_near = set(near.filter(pk__in=[entity.pk for entity in found]).values_list("pk", flat=True))
    return [entity for entity in found if entity.pk in keys_near] or found
