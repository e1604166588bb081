"""That something was given out is in the trail."""

from __future__ import annotations

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Action
from handslag_hub.store.writing import log_action, one_writer


def log_export(actor: Actor, table: str, form: str, known: AsKnown, *, public: bool) -> Action:
    """An entry of the trail: which table, in which format, as known when, and whether only what is public."""
    actor.require(Role.READER)
    with one_writer():
        return log_action(actor, "export", {"table": table, "format": form, "known": known.query, "public": public})
