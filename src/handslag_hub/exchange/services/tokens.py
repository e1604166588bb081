"""Tokens of the API: made, shown once, used, taken back."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor, actor_of
from handslag_hub.accounts.models import Role
from handslag_hub.exchange.models import ApiToken
from handslag_hub.store.errors import Refused
from handslag_hub.store.writing import log_action, one_writer

_BEGINS = "handslag_"
LONGEST_DAYS = 366


def make_token(actor: Actor, name: str, role: str, days: int) -> tuple[ApiToken, str]:
    """A new token for the actor, and its secret, which nobody can be shown again. Refused for a role above the actor's own."""
    actor.require(Role.READER)
    if actor.user_id is None:
        raise Refused(_("Only somebody with an account can have tokens."))
    if role not in Role.values or not actor.may(role):
        raise Refused(_("A token can do at most what you may do yourself."))
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(_("A token is good for 1 to %(most)d days.") % {"most": LONGEST_DAYS})
    if not name.strip():
        raise Refused(_("Give the token a name, so that you know later what it is for."))
    secret = _BEGINS + secrets.token_urlsafe(32)
    now = timezone.now()
    with one_writer():
        token = ApiToken.objects.create(user_id=actor.user_id, name=name.strip()[:100], start=secret[:12], sha256=_sum(secret),
            role=role, made_at=now, expires_at=now + timedelta(days=days))  # fmt: skip
        log_action(actor, "make token", {"token": token.pk, "role": role, "days": days})
    return token, secret


def revoke_token(actor: Actor, key: int) -> None:
    """Takes one of the actor's own tokens back; Refused where there is none such."""
    with one_writer():
        token = ApiToken.objects.filter(pk=key, user_id=actor.user_id, revoked_at=None).first()
        if actor.user_id is None or token is None:
            raise Refused(_("There is no such token, or it is taken back already."))
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        log_action(actor, "revoke token", {"token": token.pk})


def actor_with(secret: str) -> Actor | None:
    """Who shows this token, with the lesser of its role and its owner's; None where it is unknown, expired or taken back."""
    if not secret.startswith(_BEGINS):
        return None
    now = timezone.now()
    token = ApiToken.objects.filter(sha256=_sum(secret), revoked_at=None, expires_at__gt=now).select_related("user").first()  # fmt: skip
    if token is None:
        return None
    owner = actor_of(token.user)
    if not owner.role:
        return None
    if token.used_on != timezone.localdate(now):
        ApiToken.objects.filter(pk=token.pk).update(used_on=timezone.localdate(now))
    return Actor(owner.user_id, owner.name, min(owner.role, token.role, key=Role.values.index))


def _sum(secret: str) -> str:
    """The secret has 256 bits of chance: a plain sum of it tells nobody anything."""
    return hashlib.sha256(secret.encode()).hexdigest()
