"""What can be watched and followed: a commitment, a party, or a theme."""

from __future__ import annotations

from django.db import models

from handslag_hub.store.models import Entity


class AboutSomething(models.Model):
    """About an entity (a commitment, an organisation or a person; whoever it is taken to be is meant) or else a theme."""

    entity = models.ForeignKey(Entity, models.PROTECT, null=True, related_name="+")
    theme = models.CharField(max_length=32, blank=True)

    class Meta:
        abstract = True
