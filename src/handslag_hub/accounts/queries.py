"""Reads of accounts."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.middleware import LAPTOP_USER
from handslag_hub.accounts.models import Role, User


def accounts_of_team(actor: Actor) -> QuerySet[User]:
    """All accounts, open ones first, with `has_second_factor`."""
    actor.require(Role.ADMINISTRATOR)
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type__in=("totp", "webauthn"))
    return User.objects.exclude(username=LAPTOP_USER).annotate(has_second_factor=Exists(factor)).order_by("-is_active", "username")  # fmt: skip


def access_account_by_key(actor: Actor, key: int) -> User:
    """The account; Http404 where there is none, or the actor does not administer."""
    found = User.objects.filter(pk=key).exclude(username=LAPTOP_USER).first() if actor.may(Role.ADMINISTRATOR) else None
    if found is None:
        raise Http404(_("There is no such account."))
    return found
