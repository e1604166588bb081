"""Documents as they were found, and the passages in them on which facts rest."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Visibility(models.IntegerChoices):
    """Who may see a document and what rests on it (`accounts.actors.Level` has the same values)."""

    PUBLIC = 0, _("public")
    INTERNAL = 1, _("internal")
    RESTRICTED = 2, _("restricted")


class Source(models.Model):
    """Who publishes: a web site by its host, or a name given by hand."""

    key = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=32, default="site")
    publisher = models.CharField(max_length=255, blank=True)
    licence = models.CharField(max_length=255, blank=True)

    def __str__(self) -> str:
        return self.publisher or self.key


class Original(models.Model):
    """A file as it came in; its bytes lie in the folder of originals under their sha256."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    # Masked when a person in it was erased: the bytes then differ from what the sum says.
    masked = models.BooleanField(default=False)
    # "" while the bytes are there; otherwise why they are not.
    gone = models.CharField(max_length=64, blank=True)


class Document(models.Model):
    """One version of one page. `chain` is the same for all versions of a page, `live` a cache of the log of presences."""

    uid = models.CharField(max_length=20, unique=True)
    chain = models.CharField(max_length=20, db_index=True)
    source = models.ForeignKey(Source, models.PROTECT)
    address = models.CharField(max_length=2000, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    title = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=8, blank=True)
    # The last day of the printed period: by then it had been said. The period itself stands beside it.
    said_on = models.DateField(null=True, db_index=True)
    said_period = models.CharField(max_length=32, blank=True)
    said_precision = models.CharField(max_length=16)
    said_basis = models.CharField(max_length=16)
    fetched_at = models.DateTimeField()
    text = models.TextField()
    # [[start, end, zone, language], …] and [[code, message], …] as the reader gave them.
    lines = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    original = models.ForeignKey(Original, models.PROTECT, null=True)
    visibility = models.SmallIntegerField(choices=Visibility, default=Visibility.PUBLIC)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="superseded_by")
    reader = models.CharField(max_length=64)
    # Bits that near copies share (simhash), in four bands to look them up by.
    likeness = models.CharField(max_length=16, blank=True)
    live = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["live", "-id"], name="document_live")]

    def __str__(self) -> str:
        return self.title or self.address or gettext("Untitled")

    @property
    def known_period(self) -> str:
        """The period in which it was said; "" where that is unknown."""
        return self.said_period if self.said_precision != "unknown" else ""


class Passage(models.Model):
    """A place in a document: `document.text[start:end] == quote`, always."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="passages", db_index=False)
    start = models.IntegerField()
    end = models.IntegerField()
    quote = models.TextField()
    zone = models.CharField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "start", "end"], name="passage_once")]
