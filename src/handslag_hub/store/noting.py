"""What happens below the store and belongs in its trail: log-ins, changes of accounts."""

from __future__ import annotations

from allauth.account.signals import user_signed_up
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from handslag_hub.accounts.actors import Actor, actor_of
from handslag_hub.accounts.models import User
from handslag_hub.accounts.signals import people_changed
from handslag_hub.store.writing import log_action


@receiver(people_changed)
def note_change(sender: object, *, actor: Actor, verb: str, details: dict[str, object], **_: object) -> None:
    """A change of an account, by whom."""
    log_action(actor, verb, details)


@receiver(user_logged_in)
def note_login(sender: object, user: User, **_: object) -> None:
    """Somebody logged in."""
    log_action(actor_of(user), "log in", {"account": user.pk})


@receiver(user_logged_out)
def note_logout(sender: object, user: User | None = None, **_: object) -> None:
    """Somebody logged out, or was logged out."""
    if user is not None:
        log_action(Actor(user.pk, user.get_username(), user.role), "log out", {"account": user.pk})


@receiver(user_signed_up)
def note_signup(sender: object, user: User, **_: object) -> None:
    """Somebody came in by single sign-on for the first time."""
    log_action(actor_of(user), "sign up", {"account": user.pk})
