"""The doors to what was brought in: for those who may bring in themselves."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.reading.models import Batch, NearCopy


def access_batch_by_uid(actor: Actor, uid: str) -> Batch:
    """The batch at this address; Http404 where there is none for the actor."""
    found = Batch.objects.filter(uid=uid, visibility__lte=actor.level).first() if actor.may(Role.REVIEWER) else None
    if found is None:
        raise Http404(_("There is no such batch."))
    return found


def access_near_copy_by_key(actor: Actor, key: int) -> NearCopy:
    """A proposal about two pages, both of which the actor may see; Http404 otherwise."""
    near = NearCopy.objects.filter(pk=key, document__visibility__lte=actor.level, earlier__visibility__lte=actor.level)
    found = near.select_related("document__original", "earlier").first() if actor.may(Role.REVIEWER) else None
    if found is None:
        raise Http404(_("There is no such proposal."))
    return found
