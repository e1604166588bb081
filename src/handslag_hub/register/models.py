"""Projections of the store for the register: rewritten whenever facts or entities change, never by hand."""

from __future__ import annotations

from django.db import models

from handslag_hub.store.models import Entity


class Trait(models.Model):
    """Something known of a (canonical) entity at exactly one level, and how many facts say so.

    `name` is "kind" (of organisation), "language" (of its names), "has" (the kind of fact that speaks of it) or "id:" with the
    scheme of an identifier.
    """

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="traits", db_index=False)
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=100)
    level = models.SmallIntegerField()
    count = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "name", "value", "level"], name="trait_once")]
        indexes = [models.Index(fields=["name", "value", "entity"], name="trait_value")]


class Proposal(models.Model):
    """What somebody who sees `level` and no more is told of two canonical entities: that they may be one, or (no score) nothing.

    There is a row for a level only where its facts change what the level below is told. `a.pk < b.pk`.
    """

    a = models.ForeignKey(Entity, models.CASCADE, related_name="+")
    b = models.ForeignKey(Entity, models.CASCADE, related_name="+")
    level = models.SmallIntegerField()
    score = models.FloatField(null=True)
    # [[code, detail of a, detail of b], …] for `handslag.register.profiles.Reason`.
    reasons = models.JSONField(default=list)
    against = models.JSONField(default=list)
    # Somebody said "not sure": it waits in a list of its own.
    unsure = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["a", "b", "level"], name="proposal_once")]
        indexes = [models.Index(fields=["unsure", "-score", "id"], name="proposal_order")]
