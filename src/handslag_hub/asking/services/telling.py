"""Subscriptions, how people want to be told, and the private addresses of their feeds."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor, actor_of
from handslag_hub.accounts.models import Role
from handslag_hub.asking.digests import digest
from handslag_hub.asking.models import FeedAddress, FeedKind, How, Subscription, Telling
from handslag_hub.asking.private_addresses import new_secret
from handslag_hub.asking.queries.news import news_of, subscriptions_of
from handslag_hub.asking.subjects import Subject
from handslag_hub.design.shown import visible
from handslag_hub.store.errors import Refused
from handslag_hub.store.writing import log_action, one_writer

_MOST_SUBSCRIPTIONS = 500
_WEEK = 7


def subscribe(actor: Actor, subject: Subject, *, on: bool, language: str = "en") -> None:
    """From now on (or no longer) the actor is told what is new about something; told already is told already."""
    user = _own(actor)
    with one_writer():
        there = Subscription.objects.filter(subject.condition, user=user)
        if not on:
            there.delete()
            return
        if there.exists():
            return
        if Subscription.objects.filter(user=user).count() >= _MOST_SUBSCRIPTIONS:
            raise Refused(_("You have %(most)d subscriptions already: end some.") % {"most": _MOST_SUBSCRIPTIONS})
        Subscription.objects.create(**subject.columns, user_id=user, since=timezone.now())
        telling_of(actor, language=language)


def telling_of(actor: Actor, *, language: str = "en") -> Telling:
    """How the actor wants to be told; made where nothing was said yet, in the language given. In a transaction of the caller's."""
    found, _made = Telling.objects.get_or_create(user_id=_own(actor), defaults={"language": language})
    return found


def choose_telling(actor: Actor, *, how: str, language: str, no_news: bool, email: str = "") -> None:
    """How often letters come, in which language, also when nothing is new. `email` counts only where there are no accounts."""
    if how not in How.values or language not in dict(settings.LANGUAGES):
        raise Refused(_("Choose how often, and in Swedish or English."))
    with one_writer():
        telling = telling_of(actor)
        if how and telling.how != how and telling.sent_until is None:
            # What was there before is no news.
            telling.sent_until = timezone.now()
        telling.how, telling.language, telling.no_news = how, language, no_news
        telling.email = "" if settings.TEAM else email
        telling.save()


def mark_read(actor: Actor, until: datetime) -> None:
    """The actor has read what was new up to a moment; never back."""
    with one_writer():
        telling = telling_of(actor)
        if telling.read_until is None or until > telling.read_until:
            telling.read_until = min(until, timezone.now())
            telling.save(update_fields=["read_until"])


def make_feed_address(actor: Actor, kind: str) -> str:
    """A private address of the actor's feed; gives its secret, which nobody can be shown again. One made before ends."""
    user = _own(actor)
    if kind not in FeedKind.values:
        raise Refused(_("There is no such feed."))
    with one_writer():
        now = timezone.now()
        FeedAddress.objects.filter(user=user, kind=kind, revoked_at=None).update(revoked_at=now)
        secret, kept = new_secret()
        FeedAddress.objects.create(user_id=user, kind=kind, sha256=kept, made_at=now)
        log_action(actor, "make feed", {"feed": kind})
    return secret


def revoke_feed_address(actor: Actor, kind: str) -> None:
    """The address is dead from now on; Refused where there is none."""
    with one_writer():
        if not FeedAddress.objects.filter(user=_own(actor), kind=kind, revoked_at=None).update(revoked_at=timezone.now()):  # fmt: skip
            raise Refused(_("There is no such address, or it is taken back already."))
        log_action(actor, "revoke feed", {"feed": kind})


def send_digests(actor: Actor, *, now: datetime | None = None) -> tuple[int, list[str]]:
    """Sends what is due to everybody who wants letters, as they may see it now; gives how many went out, and whom it could not be sent to.

    Who has no role any longer gets nothing.
    """
    actor.require(Role.ADMINISTRATOR)
    now = now or timezone.now()
    sent, failed = 0, []
    for telling in Telling.objects.exclude(how=How.NEVER).select_related("user").order_by("pk"):
        owner = actor_of(telling.user)
        to = telling.user.email if settings.TEAM else telling.email
        if not owner.role or not to or not is_due(telling, now):
            continue
        try:
            sent += _send_digest(owner, telling, to, now)
        except (OSError, ValueError) as error:
            # One mail that cannot be sent (ValueError: no mail can have this address) keeps nobody else from theirs; it is due again the next time.
            failed.append(f"{telling.user.get_username()}: {error}")
    return sent, failed


def is_due(telling: Telling, now: datetime) -> bool:
    """True where the day (or week) since the last letter is over."""
    if telling.sent_until is None:
        return True
    days = (timezone.localdate(now) - timezone.localdate(telling.sent_until)).days
    return days >= (_WEEK if telling.how == How.WEEKLY else 1)


def _send_digest(owner: Actor, telling: Telling, to: str, now: datetime) -> int:
    """1 where a letter went out, 0 where there was nothing to tell."""
    with translation.override(telling.language):
        subjects = news_of(owner, subscriptions_of(owner), telling.sent_until, now=now)
        letter = digest(subjects, base=settings.ADDRESS, no_news=telling.no_news)
    if letter is not None:
        send_mail(*map(visible, letter), settings.DEFAULT_FROM_EMAIL, [to])
    with one_writer():
        Telling.objects.filter(pk=telling.pk).update(sent_until=now)
    return int(letter is not None)


def _own(actor: Actor) -> int:
    actor.require(Role.READER)
    if actor.user_id is None:
        raise Refused(_("Only somebody with an account has notes, dates and subscriptions."))
    return actor.user_id
