"""What is brought in, file by file, until it is read; and pages that are nearly the same."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from handslag_hub.store.models import Document, Original
from handslag_hub.store.models.documents import Visibility


class Batch(models.Model):
    """Files that somebody brought in together. `actor` is the name in the trail; without `user` a command brought them in."""

    uid = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=255, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    actor = models.CharField(max_length=150)
    at = models.DateTimeField()
    visibility = models.SmallIntegerField(choices=Visibility, default=Visibility.PUBLIC)

    def __str__(self) -> str:
        return self.name or self.uid


class State(models.TextChoices):
    """How far a file has come."""

    WAITING = "waiting", _("waiting")
    READING = "reading", _("being read")
    READ = "read", _("read")
    SAME = "same", _("here already")
    AGAIN = "again", _("added again")
    VERSION = "version", _("newer version")
    FAILED = "failed", _("not read")


# Not read yet, nor given up.
OPEN = (State.WAITING, State.READING)


class Arrival(models.Model):
    """One file that was brought in. Its bytes were kept before this row was written, so what is acknowledged is not lost."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="arrivals")
    # As the one who brought it in called it, without folders; shown, never opened.
    name = models.CharField(max_length=255)
    ending = models.CharField(max_length=16, blank=True)
    address = models.CharField(max_length=2000, blank=True)
    said_on = models.CharField(max_length=32, blank=True)
    # The day given is for pages that print none.
    said_on_is_fallback = models.BooleanField(default=False)
    original = models.ForeignKey(Original, models.PROTECT, null=True)
    # Said by hand: a newer version of this page, in place of the one (`replaces`) that was kept for itself.
    version_of = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    replaces = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    # A clause in English, as the readers give it; `report.reason_in_words` has the Swedish.
    reason_code = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="arrivals")
    claimed_by = models.CharField(max_length=64, blank=True)
    claimed_at = models.DateTimeField(null=True)
    # How often somebody began to read it: a file that ends every process that reads it is left aside.
    attempts = models.SmallIntegerField(default=0)
    seconds = models.FloatField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="arrival_state")]

    def __str__(self) -> str:
        return self.name


class LikenessBand(models.Model):
    """Sixteen of the 64 bits of a document's likeness: near copies agree in a band, but for a bit."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="likeness_bands")
    band = models.SmallIntegerField()
    bits = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "band"], name="likeness_band_once")]
        indexes = [models.Index(fields=["band", "bits"], name="likeness_band")]


class NearCopy(models.Model):
    """A document that came in is nearly the same as one that was here; what a person said of that is remembered."""

    class Verdict(models.TextChoices):
        """What a person says of two pages that are nearly the same."""

        PROPOSED = "", _("nearly the same")
        VERSION = "version", _("newer version")
        OTHER = "other", _("another page")

    document = models.ForeignKey(Document, models.CASCADE, related_name="near_copies")
    earlier = models.ForeignKey(Document, models.CASCADE, related_name="+")
    bits_apart = models.SmallIntegerField()
    verdict = models.CharField(max_length=16, choices=Verdict, default=Verdict.PROPOSED, blank=True)
    judged_by = models.CharField(max_length=150, blank=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "earlier"], name="near_copy_once")]
