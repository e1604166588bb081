"""Inviting people, their roles, closing accounts. The last administrator stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.errors import PeopleRefused
from handslag_hub.accounts.models import LAPTOP_USER, Role, User
from handslag_hub.accounts.signals import people_changed


def invite_person(actor: Actor, username: str, role: str, *, email: str = "") -> User:
    """A new account without password; `password_link` lets its owner set one. PeopleRefused where the name is taken or no name."""
    actor.require(Role.ADMINISTRATOR)
    username, email = username.strip(), email.strip()
    if role not in Role.values:
        raise PeopleRefused(_("“%(role)s” is no role: it is reader, reviewer or administrator.") % {"role": role})
    try:
        UnicodeUsernameValidator()(username)
        if email:
            validate_email(email)
    except ValidationError as error:
        raise PeopleRefused(" ".join(error.messages)) from error
    with transaction.atomic():
        if not username or username.lower() == LAPTOP_USER or User.objects.filter(username__iexact=username).exists():
            raise PeopleRefused(_("There is an account of that name already; choose another."))
        if email and User.objects.filter(email__iexact=email).exists():
            raise PeopleRefused(_("Another account has this e-mail address."))
        user = User(username=username, email=email, role=role)
        user.set_unusable_password()
        user.save()
        if email:
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        _note(actor, "invite", user, role=str(role))
    return user


def password_link(actor: Actor, user: User) -> str:
    """The path of a page where a password can be set, once, within three days."""
    actor.require(Role.ADMINISTRATOR)
    if not user.is_active:
        raise PeopleRefused(_("This account is closed; open it first."))
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def send_invitation(user: User, address: str) -> bool:
    """Sends the address of the password page by e-mail, if one is known; tells whether it went out, and not to the terminal only."""
    if not user.email:
        return False
    words = _("You have been invited to Handslag as “%(name)s”. Choose a password here, within three days:\n\n%(address)s\n") % {"name": user.username, "address": address}  # fmt: skip
    send_mail(_("Handslag: your account"), words, settings.DEFAULT_FROM_EMAIL, [user.email])
    return not settings.EMAIL_BACKEND.endswith("console.EmailBackend")


def change_role(actor: Actor, user: User, role: str) -> None:
    """Gives another role, from the next page on."""
    actor.require(Role.ADMINISTRATOR)
    if role not in Role.values:
        raise PeopleRefused(_("“%(role)s” is no role: it is reader, reviewer or administrator.") % {"role": role})
    with _administrators_kept(user, unless=role == Role.ADMINISTRATOR):
        before = User.objects.get(pk=user.pk).role
        if before == role:
            return
        User.objects.filter(pk=user.pk).update(role=role)
        _note(actor, "change role", user, **{"from": before, "to": str(role)})
    user.role = role


def deactivate_person(actor: Actor, user: User) -> None:
    """Closes an account: its sessions end at once, what its owner did stays in the trail."""
    actor.require(Role.ADMINISTRATOR)
    with _administrators_kept(user):
        user.refresh_from_db()
        user.is_active = False
        user.session_round += 1
        user.save(update_fields=["is_active", "session_round"])
        _note(actor, "deactivate", user)


def reactivate_person(actor: Actor, user: User) -> None:
    """Opens a closed account again."""
    actor.require(Role.ADMINISTRATOR)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=True)
        _note(actor, "reactivate", user)
    user.is_active = True


def end_sessions(actor: Actor, user: User) -> None:
    """Ends all sessions of an account; its owner must log in again."""
    actor.require(Role.ADMINISTRATOR)
    with transaction.atomic():
        user.refresh_from_db()
        user.session_round += 1
        user.save(update_fields=["session_round"])
        _note(actor, "end sessions", user)


@contextmanager
def _administrators_kept(user: User, *, unless: bool = False) -> Iterator[None]:
    """A transaction, refused where it would leave nobody who administers."""
    with transaction.atomic():
        rows = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True)
        others = [pk for pk in rows.exclude(username=LAPTOP_USER).values_list("pk", flat=True) if pk != user.pk]
        if (
            not unless
            and not others
            and User.objects.filter(pk=user.pk, role=Role.ADMINISTRATOR, is_active=True).exists()
        ):
            raise PeopleRefused(_("This is the last administrator. Make somebody else administrator first."))
        yield


def _note(actor: Actor, verb: str, user: User, **details: str) -> None:
    people_changed.send(sender=User, actor=actor, verb=verb, details={"account": user.pk, **details})
