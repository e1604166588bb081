"""People who log in."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

# The one user of a laptop, who is never asked to log in.
LAPTOP_USER = "me"


class Role(models.TextChoices):
    """What somebody may do: read, review and add, or administer. Each may do what those before it may."""

    READER = "reader", _("reader")
    REVIEWER = "reviewer", _("reviewer")
    ADMINISTRATOR = "administrator", _("administrator")


class User(AbstractUser):
    """Somebody who logs in; on a laptop there is one, who is never asked to."""

    role = models.CharField(max_length=16, choices=Role, default=Role.READER)
    # Part of what a session is checked by: counted up, all sessions until then end.
    session_round = models.PositiveIntegerField(default=0)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        key_salt = "handslag_hub.accounts.models.User.session"
        return salted_hmac(key_salt, f"{self.password}|{self.session_round}", secret=secret, algorithm="sha256").hexdigest()  # fmt: skip
