"""Entries by exactly the name that somebody typed."""

from __future__ import annotations

from handslag.kernel.claims import normal_words
from handslag.reading.claims import organisation_key
from handslag_hub.accounts.actors import Actor
from handslag_hub.store.models import Entity, Name, NameKey
from handslag_hub.store.models.caches import NameKind
from handslag_hub.store.name_forms import keys_of


def organisation_named(actor: Actor, name: str) -> Entity | None:
    """The one organisation that the actor may see under a name or alias; None where there is none, or more than one.

    The one whose own printed name it is goes before those that have it as an alias.
    """
    own = Entity.objects.filter(uid=organisation_key(name).uid, level__lte=actor.level).first()
    if own is not None:
        return own
    folded = next((key for kind, key in keys_of("organisation", name, "") if kind == "folded"), "")
    keys = NameKey.objects.filter(kind="folded", key=folded, level__lte=actor.level, entity__kind="organisation")
    found = set(keys.values_list("entity__canonical", flat=True)[:50])
    given = Name.objects.filter(entity__canonical__in=found, kind__lt=NameKind.MENTION, level__lte=actor.level)
    wanted = {canonical for canonical, other in given.values_list("entity__canonical", "name") if normal_words(other) == normal_words(name)}  # fmt: skip
    return Entity.objects.get(pk=wanted.pop()) if len(wanted) == 1 else None
