"""Reads of accounts."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import LAPTOP_USER, Role, User


def accounts_of_team(actor: Actor) -> QuerySet[User]:
    """All accounts, open ones first, with `has_second_factor`."""
    actor.require(Role.ADMINISTRATOR)
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type__in=("totp", "webauthn"))
    return User.objects.exclude(username=LAPTOP_USER).annotate(has_second_factor=Exists(factor)).order_by("-is_active", "username")  # fmt: skip
