"""The door to accounts: for those who administer."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import LAPTOP_USER, Role, User


def access_account_by_key(actor: Actor, key: int) -> User:
    """The account; Http404 where there is none, or the actor does not administer."""
    found = User.objects.filter(pk=key).exclude(username=LAPTOP_USER).first() if actor.may(Role.ADMINISTRATOR) else None
    if found is None:
        raise Http404(_("There is no such account."))
    return found
