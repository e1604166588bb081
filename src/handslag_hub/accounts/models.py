"""People who log in."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody may do: read, review and add, or administer."""

    READER = "reader", _("reader")
    REVIEWER = "reviewer", _("reviewer")
    ADMINISTRATOR = "administrator", _("administrator")


class User(AbstractUser):
    """Somebody who logs in; on a laptop there is one, who is never asked to."""

    role = models.CharField(max_length=16, choices=Role, default=Role.READER)
