"""Tokens of the API, lists that were brought in, and how lists with the same headers were understood."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from handslag_hub.accounts.models import Role
from handslag_hub.store.models import Action, Original
from handslag_hub.store.models.documents import Visibility


class ApiToken(models.Model):
    """What a program of somebody's shows instead of logging in. Only its sum is kept; `role` is at most its owner's."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    # The first letters, to tell tokens apart.
    start = models.CharField(max_length=12)
    sha256 = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=16, choices=Role)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"


class ListKind(models.TextChoices):
    """What a list is a list of."""

    COMMITMENTS = "commitments", _("Commitments")
    ORGANISATIONS = "organisations", _("Organisations")
    PEOPLE = "people", _("People with roles")


class ListImport(models.Model):
    """A list that was brought in: the file as it came, how it is understood, and what became of it."""

    uid = models.CharField(max_length=20, unique=True)
    original = models.ForeignKey(Original, models.PROTECT)
    name = models.CharField(max_length=255)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    actor = models.CharField(max_length=150)
    at = models.DateTimeField()
    visibility = models.SmallIntegerField(choices=Visibility, default=Visibility.INTERNAL)
    kind = models.CharField(max_length=16, choices=ListKind, default=ListKind.COMMITMENTS)
    # How the file is understood: `sheets.understanding.Understanding` as JSON.
    understanding = models.JSONField(default=dict)
    action = models.ForeignKey(Action, models.PROTECT, null=True)
    imported = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class KnownHeaders(models.Model):
    """How a list with these headers was understood last: the same office keeps the same columns."""

    key = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=16, choices=ListKind)
    understanding = models.JSONField()
    at = models.DateTimeField()
