"""Projections of the store for the register: rewritten whenever facts or entities change, never by hand."""

from __future__ import annotations

from enum import IntFlag

from django.db import models

from handslag_hub.store.models import Entity, Fact


class As(IntFlag):
    """As what a fact mentions an entry: it is about it, or names it under a predicate; several at once are possible."""

    ABOUT = 1
    WHO = 2
    SAID_BY = 4
    TO_WHOM = 8
    PARTY = 16
    SIGNATORY = 32
    SPEAKER = 64
    ORGANISATION = 128
    SUBJECT = 256
    STATED_BY = 512
    OTHER = 1024


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


class Mention(models.Model):
    """A fact that is about a (canonical) entity or names it: what a card lists and counts, read off one index, on any day.

    `level` is the fact's, or `UNSEEN` while it is not shown. `said` is its day, or `LONG_AGO`; `known_on` its day, or the day on which it
    came in. `held_since` is the day on which it came in, if nothing in its log ever took it away since: what else the hub's own past has is
    folded from the log.
    """

    fact = models.ForeignKey(Fact, models.CASCADE, related_name="+", db_index=False)
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=16)
    parts = models.SmallIntegerField()
    level = models.SmallIntegerField()
    said = models.DateField()
    known_on = models.DateField()
    zone = models.CharField(max_length=16, blank=True)
    held_since = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "entity"], name="mention_once")]
        indexes = [
            models.Index(
                fields=["entity", "kind", "said", "fact", "level", "known_on", "parts", "zone", "held_since"],
                name="mention_of_entity",
            )
        ]


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
