"""What people want to be told of, how often, and the private addresses of their feeds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handslag_hub.asking.models.subjects import AboutSomething


class Subscription(AboutSomething):
    """Somebody wants to be told what is new about something."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "entity"], condition=Q(entity__isnull=False), name="subscription_entity"),
            models.UniqueConstraint(fields=["user", "theme"], condition=Q(entity__isnull=True), name="subscription_theme"),
        ]  # fmt: skip


class How(models.TextChoices):
    """How often somebody gets a letter with what is new."""

    NEVER = "", _("not by e-mail")
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")


class Telling(models.Model):
    """How somebody wants to be told, and up to when they have been."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    how = models.CharField(max_length=8, choices=How, blank=True, default=How.NEVER)
    language = models.CharField(max_length=2, default="en")
    # Letters also when nothing is new.
    no_news = models.BooleanField(default=False)
    # Where letters go on a hub without accounts; of a team they go to the account's address.
    email = models.EmailField(blank=True)
    # Up to when the page was read, and what was told by letter.
    read_until = models.DateTimeField(null=True)
    sent_until = models.DateTimeField(null=True)


class FeedKind(models.TextChoices):
    """What a private address gives."""

    CALENDAR = "calendar", _("calendar")
    NEWS = "news", _("news")


class FeedAddress(models.Model):
    """A private address of somebody's calendar or news. Only the sum of its secret is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=FeedKind)
    sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_on = models.DateField(null=True)
