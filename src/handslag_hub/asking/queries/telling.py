"""How somebody wants to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import User
from handslag_hub.asking.models import FeedAddress, Subscription, Telling
from handslag_hub.asking.subjects import Subject


@dataclass(frozen=True, slots=True)
class Account:
    """Where letters go of a team, and how they are wanted (None: nothing was said yet)."""

    email: str
    telling: Telling | None


def account_of(actor: Actor) -> Account:
    """The actor's own."""
    email = User.objects.filter(pk=actor.user_id).values_list("email", flat=True).first() or ""
    return Account(email, Telling.objects.filter(user=actor.user_id).first())


def told_until(actor: Actor) -> datetime | None:
    """Up to when the actor has read what was new."""
    return Telling.objects.filter(user=actor.user_id).values_list("read_until", flat=True).first()


def is_subscribed(actor: Actor, subject: Subject) -> bool:
    """True if the actor is told of what is new about it."""
    return Subscription.objects.filter(subject.condition, user=actor.user_id).exists()


def feed_of(actor: Actor, kind: str) -> FeedAddress | None:
    """The private address of the actor's feed that works, without its secret; None where there is none."""
    return FeedAddress.objects.filter(user=actor.user_id, kind=kind, revoked_at=None).order_by("-pk").first()
