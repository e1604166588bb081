"""The doors to lists that were brought in: for those who may bring in themselves."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.exchange.models import ListImport


def access_list_by_uid(actor: Actor, uid: str) -> ListImport:
    """The list at this address; Http404 where there is none for the actor."""
    lists = ListImport.objects.filter(uid=uid, visibility__lte=actor.level).select_related("original", "action")
    found = lists.first() if actor.may(Role.REVIEWER) else None
    if found is None:
        raise Http404(_("There is no such list."))
    return found
