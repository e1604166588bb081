"""Caches folded from facts and logs, written in the same transaction. `handslag hub check` compares them with a rebuild."""

from __future__ import annotations

from datetime import date

from django.db import models

from handslag_hub.store.models.documents import Document
from handslag_hub.store.models.facts import Entity, Fact
from handslag_hub.store.models.logs import Settlement

# What projections of facts write for a fact that is not shown: above every level that anybody has.
UNSEEN = 9
# What they write for "not known when" where rows are sorted by the day.
LONG_AGO = date(1, 1, 1)


class NameKind(models.IntegerChoices):
    """How a name is given: as the name, as another name, or only where something else names the entity."""

    NAME = 0
    ALIAS = 1
    MENTION = 2


class Name(models.Model):
    """A name under which an entity is known, and the least strict level at which it is."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="names", db_index=False)
    name = models.CharField(max_length=500)
    language = models.CharField(max_length=8, blank=True)
    kind = models.SmallIntegerField(choices=NameKind)
    # Corrected or typed by a person.
    by_hand = models.BooleanField()
    # A fact that gives it was accepted: from then on the reader knows the name.
    accepted = models.BooleanField()
    level = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "name", "language", "kind", "by_hand", "accepted", "level"], name="name_once"
            )
        ]


class NameKey(models.Model):
    """A form of a name, or an identifier, to find its entity by."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="keys", db_index=False)
    kind = models.CharField(max_length=24)
    key = models.CharField(max_length=255)
    level = models.SmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "kind", "key"], name="name_key_once")]
        indexes = [models.Index(fields=["kind", "key"], name="name_key")]


class Conflict(models.Model):
    """Values that contradict each other, of one predicate about one (canonical) entity."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="conflicts", db_index=False)
    predicate = models.CharField(max_length=32)
    values = models.JSONField()
    # The strictest level among the statements: who does not see all sides is not told of a conflict.
    level = models.SmallIntegerField()
    opened_at = models.DateTimeField()
    settlement = models.ForeignKey(Settlement, models.PROTECT, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "predicate", "level"], name="conflict_once")]


class SearchRow(models.Model):
    """What search finds: a document, a fact or an entity at one level; `tokens` are made by the engine and indexed by the database."""

    document = models.ForeignKey(Document, models.CASCADE, null=True)
    fact = models.ForeignKey(Fact, models.CASCADE, null=True)
    entity = models.ForeignKey(Entity, models.CASCADE, null=True)
    kind = models.CharField(max_length=16)
    level = models.SmallIntegerField()
    said_on = models.DateField(null=True)
    tokens = models.TextField()


class SpellingTerm(models.Model):
    """A word, in small letters, that some search row has or had: what a misspelt word may have meant.

    Which rows have it, and who sees them, is asked of the index. A word stays when its last row goes, unless it is of a name that is
    erased (`erasing.everywhere`).
    """

    term = models.CharField(max_length=100, unique=True)


class SpellingKey(models.Model):
    """What is left of a word when letters are left out (`handslag.language.search.deletions`)."""

    term = models.ForeignKey(SpellingTerm, models.CASCADE, related_name="keys")
    deletion = models.CharField(max_length=64, db_index=True)
