"""Logs of this part: what people said of levels, groups and pairs. An entry counts as long as its action is not undone; nothing is changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handslag_hub.store.models import Action, Document, Entity, Fact


class Placement(models.Model):
    """Somebody said which level (or which part of the field) an entry of the register, or a page in all its versions, is of; "" for none."""

    class What(models.TextChoices):
        """What was said of it."""

        LEVEL = "level", _("level")
        STAKEHOLDERS = "stakeholders", _("group")

    what = models.CharField(max_length=16, choices=What)
    entity = models.ForeignKey(Entity, models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    value = models.CharField(max_length=16, blank=True)
    action = models.ForeignKey(Action, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(entity=None) ^ Q(document=None), name="placement_of_one")]


class PairJudgement(models.Model):
    """Somebody said how two commitments of different levels hang together. For a pair the last that counts holds. `a_id < b_id`."""

    class Verdict(models.TextChoices):
        """How they do."""

        COUNTERPART = "counterpart", _("counterparts")
        APART = "apart", _("they pull apart")
        NEITHER = "neither", _("nothing to do with each other")

    a = models.ForeignKey(Fact, models.PROTECT, related_name="+")
    b = models.ForeignKey(Fact, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=16, choices=Verdict)
    action = models.ForeignKey(Action, models.PROTECT, related_name="+")
