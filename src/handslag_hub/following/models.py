"""What linking keeps ready: which pages wait, by what commitments are found, which may be one. All of it can be made again."""

from __future__ import annotations

from django.db import models

from handslag_hub.store.models import Document, Entity, Fact


class Page(models.Model):
    """A document, as far as linking it to commitments has come. `version` is the engine's that linked it, "" if none has.

    `home` is what is told of the page to commitments that stand on it (`prepared.py`); `fault` why it could not be linked.
    """

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="+")
    waits = models.BooleanField(default=True)
    taken_at = models.DateTimeField(null=True)
    version = models.CharField(max_length=32, blank=True)
    fault = models.CharField(max_length=1000, blank=True)
    home = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["document"], condition=models.Q(waits=True), name="following_page_waits")]


class Promise(models.Model):
    """A commitment's fact, as linking knows it: whether its keys are as its words are."""

    fact = models.OneToOneField(Fact, models.CASCADE, primary_key=True, related_name="+")
    waits = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["fact"], condition=models.Q(waits=True), name="following_promise_waits")]


class PromiseKey(models.Model):
    """A commitment is found by this key: a word, a notion or a part of a name, as a number (`index.number_of`)."""

    key = models.BigIntegerField()
    fact = models.ForeignKey(Fact, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "fact"], name="promise_key_once")]


class KeyCount(models.Model):
    """How many commitments a key finds."""

    key = models.BigIntegerField(unique=True)
    count = models.IntegerField()


class Repetition(models.Model):
    """Two statements that may be of one commitment. `a.pk < b.pk`; what a person says of it is a link of identity."""

    a = models.ForeignKey(Entity, models.CASCADE, related_name="+")
    b = models.ForeignKey(Entity, models.CASCADE, related_name="+")
    # Heard as said again (the evidence), or said on the same page or day in the same words (null).
    heard = models.ForeignKey(Fact, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["a", "b"], name="repetition_once")]
        indexes = [models.Index(fields=["b", "a"], name="repetition_of")]
