"""Settling conflicts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.store.errors import Overtaken
from handslag_hub.store.models import Action, Conflict, Settlement, Statement
from handslag_hub.store.refresh.conflicts import refresh_conflicts
from handslag_hub.store.refresh.identity import clusters_of
from handslag_hub.store.writing import log_action, one_writer


def settle_conflict(actor: Actor, conflict: Conflict, statement: Statement | None, *, note: str = "") -> Action:
    """Settles a conflict for the value of `statement`, or leaves it standing (None). The values stay as they are, side by side."""
    actor.require(Role.REVIEWER)
    with one_writer():
        seen, conflict = conflict.values, Conflict.objects.filter(pk=conflict.pk).select_related("entity").first()
        if conflict is None or conflict.values != seen:
            raise Overtaken(_("The values have changed in the meantime. Nothing was written; look again."))
        details = {"entity": conflict.entity.uid, "predicate": conflict.predicate, "settled": statement is not None}
        action = log_action(actor, "settle conflict", details)
        Settlement.objects.create(entity=conflict.entity, predicate=conflict.predicate, values=conflict.values,
            statement=statement, note=note, action=action)  # fmt: skip
        refresh_conflicts(clusters_of([conflict.entity_id]))
    return action
