"""Facts: what a reviewer accepts, corrects or rejects as one; their statements are never changed after they were written."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handslag_hub.store.models.documents import Document, Passage


class Status(models.TextChoices):
    """What people have said of a fact: the last verdict that counts."""

    UNREVIEWED = "unreviewed", _("unreviewed")
    ACCEPTED = "accepted", _("accepted")
    CORRECTED = "corrected", _("corrected")
    REJECTED = "rejected", _("rejected")
    UNSURE = "unsure", _("not sure")
    CHECK_AGAIN = "check again", _("check again")


class Entity(models.Model):
    """Something that facts are about. Its `uid` is made of kind and key, so reading again gives the same one.

    `canonical`, `label` and `level` are caches: who it is taken to be, what it is called to those who see least, and the least strict
    level of what is known of it. `level` is null where nothing that counts is known of it.
    """

    uid = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=16)
    canonical = models.ForeignKey("self", models.PROTECT, null=True, related_name="members")
    label = models.CharField(max_length=500, blank=True)
    level = models.SmallIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "label"], name="entity_kind_label")]

    def __str__(self) -> str:
        return self.label or self.uid


class Extractor(models.Model):
    """Who or what read: a reader with its version, or a person who typed."""

    name = models.CharField(max_length=150)
    version = models.CharField(max_length=32, blank=True)
    parameters_hash = models.CharField(max_length=64, blank=True)
    is_human = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "version", "parameters_hash", "is_human"], name="extractor_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}".strip()


class Fact(models.Model):
    """One fact. `entity` is whom it was read to be about and never changes.

    Folded from the logs: `about` (after splits), `counts` (some live document prints it, or somebody typed it), `status`, `shown` (counts
    and is not rejected), `level` (the strictest of what it rests on), `said_on` (first said), `document`, `position` and `zone` (where it
    stands now), `printed` (the newest version of its page still prints it).
    """

    uid = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=16)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="facts_read")
    about = models.ForeignKey(Entity, models.PROTECT, related_name="facts", db_index=False)
    extractor = models.ForeignKey(Extractor, models.PROTECT, db_index=False)
    certainty = models.CharField(max_length=16)
    created_at = models.DateTimeField()
    # A fact of the page's earlier version whose quote this one has with words changed.
    rewords = models.ForeignKey("self", models.PROTECT, null=True, related_name="reworded_by")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="facts", db_index=False)
    position = models.IntegerField(default=0)
    zone = models.CharField(max_length=16, blank=True)
    language = models.CharField(max_length=8, blank=True)
    said_on = models.DateField(null=True)
    level = models.SmallIntegerField(default=0)
    status = models.CharField(max_length=16, choices=Status, default=Status.UNREVIEWED)
    counts = models.BooleanField(default=True)
    shown = models.BooleanField(default=True)
    printed = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(fields=["about", "kind", "shown", "said_on"], name="fact_about"),
            models.Index(fields=["document", "position"], name="fact_document"),
            # What waits for review, in the order of the queue. Partial, as SQLite finds no bare truth value by an index.
            models.Index(fields=["status", "-document", "position", "id"], condition=Q(shown=True), name="fact_queue"),
            models.Index(fields=["kind", "shown", "said_on"], name="fact_kind"),
        ]

    def get_status_display(self) -> str:
        """The status in the reader's language. Django's own looks through the choices anew for every fact of a list."""
        return str(Status(self.status).label)


class Statement(models.Model):
    """One value of a fact. Its subject is the fact's entity; `object` is the entity that the value names, as read.

    `holds` is a cache: not replaced by a correction or a later reading. `object_now` is `object` after splits.
    """

    fact = models.ForeignKey(Fact, models.PROTECT, related_name="statements")
    predicate = models.CharField(max_length=32)
    value = models.TextField()
    value_normal = models.TextField()
    object = models.ForeignKey(Entity, models.PROTECT, null=True, related_name="+")
    object_now = models.ForeignKey(Entity, models.PROTECT, null=True, related_name="mentions", db_index=False)
    language = models.CharField(max_length=8, blank=True)
    unit = models.CharField(max_length=100, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    precision = models.CharField(max_length=16, blank=True)
    basis = models.CharField(max_length=16, blank=True)
    extractor = models.ForeignKey(Extractor, models.PROTECT, db_index=False)
    # The document it was read in, null for what a person said; the review that made it, for a correction.
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", db_index=False)
    review = models.ForeignKey("store.Review", models.PROTECT, null=True, related_name="statements", db_index=False)
    action = models.ForeignKey("store.Action", models.PROTECT, related_name="+", db_index=False)
    rank = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    holds = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["object_now", "predicate"], name="statement_object")]


class FactPassage(models.Model):
    """A passage on which a fact rests; rank 0 carries the claim."""

    fact = models.ForeignKey(Fact, models.PROTECT, related_name="fact_passages", db_index=False)
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="fact_passages")
    rank = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "passage"], name="fact_passage_once")]
