"""Logs. Whatever happens is an action; its entries count as long as the action is not undone. Nothing here is ever changed or deleted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from handslag_hub.store.models.documents import Document, Visibility
from handslag_hub.store.models.facts import Entity, Fact, Statement


class Action(models.Model):
    """Who did what, when. To undo is an action too, which can be undone; `undone` is the cache of that."""

    at = models.DateTimeField(db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    actor = models.CharField(max_length=150)
    verb = models.CharField(max_length=32)
    # Addresses of what was acted on, never names: {"document": uid}, …
    details = models.JSONField(default=dict)
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="undone_by")
    undone = models.BooleanField(default=False)


class Presence(models.Model):
    """A document was added (or added again), or removed."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="presences")
    present = models.BooleanField()
    action = models.ForeignKey(Action, models.PROTECT)


class Assertion(models.Model):
    """A fact was found in a document, or is not any longer; without document: typed by hand, or taken back."""

    fact = models.ForeignKey(Fact, models.PROTECT, related_name="assertions")
    document = models.ForeignKey(Document, models.PROTECT, null=True)
    on = models.BooleanField()
    cause = models.CharField(max_length=200)
    # Of what was typed; what was read has its document's.
    visibility = models.SmallIntegerField(choices=Visibility, null=True)
    action = models.ForeignKey(Action, models.PROTECT)


class Verdict(models.TextChoices):
    """What a reviewer can say of a fact."""

    ACCEPT = "accept", _("accept")
    CORRECT = "correct", _("correct")
    REJECT = "reject", _("reject")
    UNSURE = "unsure", _("not sure")
    CLEAR = "clear", _("to be reviewed")
    CHECK_AGAIN = "check again", _("check again")


class Review(models.Model):
    """A verdict on a fact; `corrected` names the predicates that its statements replace."""

    fact = models.ForeignKey(Fact, models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=16, choices=Verdict)
    corrected = models.JSONField(default=list)
    note = models.TextField(blank=True)
    action = models.ForeignKey(Action, models.PROTECT)


class Sameness(models.TextChoices):
    """Whether two entities are one."""

    SAME = "same", _("the same")
    DIFFERENT = "different", _("different")
    UNSURE = "unsure", _("not sure")


class IdentityLink(models.Model):
    """Somebody said that two entities are one, or are not. For a pair the last one that counts holds. `a.pk < b.pk`."""

    a = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    b = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=16, choices=Sameness)
    score = models.FloatField(null=True)
    method = models.CharField(max_length=100)
    action = models.ForeignKey(Action, models.PROTECT)


class Move(models.Model):
    """A fact was read to be about (or to name) `origin`, and is taken to mean `target`."""

    fact = models.ForeignKey(Fact, models.PROTECT, related_name="moves")
    origin = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    target = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, models.PROTECT)


class Settlement(models.Model):
    """A conflict was settled for one value (`statement`), or left standing (null). It holds for the `values` that were seen."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="settlements")
    predicate = models.CharField(max_length=32)
    values = models.JSONField()
    statement = models.ForeignKey(Statement, models.PROTECT, null=True)
    note = models.TextField(blank=True)
    action = models.ForeignKey(Action, models.PROTECT)
