"""Projections: one row for each fact that lists and counts are made of, written with the facts (`projections.py`).

A row's key is its fact's. `level` is the fact's, or `UNSEEN` while the fact is not shown (rejected, or its document removed): what is held
in the hub's past is still found. `known_on` is the day by which it was said; of what has no day, the day it came in.
"""

from __future__ import annotations

from datetime import date
from enum import IntFlag

from django.db import models
from django.db.models import Q

from handslag_hub.store.models import Entity, Fact
from handslag_hub.store.models.caches import LONG_AGO

# Stands for "no last day" where rows are sorted by it.
NO_DAY = date(9999, 12, 31)


class Part(IntFlag):
    """What somebody is to a fact; one may be several."""

    WHO = 1
    SAID_BY = 2
    TO_WHOM = 4
    PARTY = 8
    SIGNATORY = 16
    SUBJECT = 32


class Row(models.Model):
    """What all rows have."""

    fact = models.OneToOneField(Fact, models.CASCADE, primary_key=True, related_name="+")
    # The canonical entity that the fact is about.
    about = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    level = models.SmallIntegerField()
    said_on = models.DateField(null=True)
    # `said_on`, or LONG_AGO.
    said = models.DateField()
    known_on = models.DateField()
    language = models.CharField(max_length=8, blank=True)
    zone = models.CharField(max_length=16, blank=True)
    status = models.CharField(max_length=16)
    certainty = models.CharField(max_length=16, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True


class CommitmentRow(Row):
    """A commitment as the ledger lists it."""

    what = models.TextField()
    firmness = models.CharField(max_length=16, blank=True)
    cue = models.TextField(blank=True)
    theme = models.CharField(max_length=32, blank=True)
    due_first = models.DateField(null=True)
    due_last = models.DateField(null=True)
    # `due_last`, or NO_DAY.
    due = models.DateField()
    due_text = models.TextField(blank=True)
    due_basis = models.CharField(max_length=16, blank=True)
    # Where it stands, as each level sees it (`standing.py`), and the day on which that changes by itself.
    states = models.CharField(max_length=3, default="nnn")
    changes_on = models.DateField(null=True)

    class Meta:
        indexes = [
            # Counts of all facets in one pass: the rows lie in the order in which they are grouped.
            models.Index(fields=["firmness", "theme", "language", "zone", "status", "states", "level", "known_on", "due"], name="commitment_shelf"),
            models.Index(fields=["changes_on"], condition=Q(changes_on__isnull=False), name="commitment_changes"),
            models.Index(fields=["due", "fact", "level", "known_on", "theme", "firmness", "language", "zone", "status"], name="commitment_due"),
            models.Index(fields=["-said", "fact", "level"], name="commitment_said"),
            models.Index(fields=["theme", "due", "level", "known_on", "firmness", "language", "zone", "status"], name="commitment_theme"),
        ]  # fmt: skip


class AgreementRow(Row):
    """An agreement as one document tells of it; a list shows all that tell of the same one as one."""

    title = models.TextField()
    form = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=16, blank=True)
    # When it was, or is to be, concluded.
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    day_text = models.TextField(blank=True)
    day_basis = models.CharField(max_length=16, blank=True)
    year = models.SmallIntegerField(null=True)
    place = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["about", "level"], name="agreement_about")]


class AgreementTheme(models.Model):
    """A theme of what an agreement is to cover, as one document tells of it; an agreement may have several."""

    fact = models.ForeignKey(Fact, models.CASCADE, related_name="+", db_index=False)
    rank = models.SmallIntegerField()
    theme = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "rank"], name="agreement_theme_once")]
        indexes = [models.Index(fields=["theme", "fact"], name="agreement_theme")]


class SignalRow(Row):
    """A signal: something that happened at somebody's."""

    kind = models.CharField(max_length=32, blank=True)
    headline = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["known_on", "zone", "kind", "level"], name="signal_day"),
            models.Index(fields=["kind", "known_on", "zone", "level"], name="signal_kind"),
        ]


class Party(models.Model):
    """Somebody named in a commitment, an agreement or a signal. `named` is the entity as read, `entity` who it is taken to be.

    It repeats what rows are narrowed by, so that counts by party, and of one party's, need no join. `counted` is false where another
    row of the same fact has the same `entity`: two names of one actor. `parts` is 0 for whom only a statement names in place of which
    this fact is listed; `level` and `known_on` are then of that statement.
    """

    fact = models.ForeignKey(Fact, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=16)
    rank = models.SmallIntegerField()
    named = models.ForeignKey(Entity, models.PROTECT, null=True, related_name="+", db_index=False)
    entity = models.ForeignKey(Entity, models.PROTECT, null=True, related_name="+", db_index=False)
    counted = models.BooleanField()
    name = models.TextField()
    parts = models.SmallIntegerField()
    level = models.SmallIntegerField()
    known_on = models.DateField()
    due = models.DateField()
    language = models.CharField(max_length=8, blank=True)
    zone = models.CharField(max_length=16, blank=True)
    status = models.CharField(max_length=16)
    firmness = models.CharField(max_length=16, blank=True)
    theme = models.CharField(max_length=32, blank=True)
    states = models.CharField(max_length=3, default="nnn")
    said = models.DateField(default=LONG_AGO)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "rank"], name="party_once")]
        indexes = [
            models.Index(
                fields=["kind", "entity", "level", "known_on", "due", "theme", "firmness", "language", "zone", "status", "states", "said", "fact"],
                condition=Q(counted=True),
                name="party_entity",
            ),
            models.Index(
                fields=["kind", "due", "entity", "level", "known_on", "theme", "firmness", "language", "zone", "status", "states", "said"],
                condition=Q(counted=True),
                name="party_due",
            ),
            models.Index(fields=["entity", "kind", "fact"], name="party_facts"),
            models.Index(fields=["named", "entity"], name="party_named"),
        ]  # fmt: skip


class CellCount(models.Model):
    """How many commitments have these values: the counts beside the ledger, of whatever day they were said or are due."""

    firmness = models.CharField(max_length=16, blank=True)
    theme = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=8, blank=True)
    zone = models.CharField(max_length=16, blank=True)
    status = models.CharField(max_length=16)
    states = models.CharField(max_length=3, default="nnn")
    level = models.SmallIntegerField()
    count = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["firmness", "theme", "language", "zone", "status", "states", "level"], name="cell_once")]  # fmt: skip


class PartyCount(models.Model):
    """How many commitments of a level name somebody."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", db_index=False)
    level = models.SmallIntegerField()
    count = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "level"], name="party_count_once")]
