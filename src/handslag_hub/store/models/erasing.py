"""People who were erased: keyed hashes by which their names are known again, never the names."""

from __future__ import annotations

from django.db import models


class Erasure(models.Model):
    """That somebody was erased (or, under archive law, restricted): who did it, when and why.

    `forms` are [keyed hash, words, letters, kind] of the forms of the name; without the key they say nothing.
    """

    uid = models.CharField(max_length=20, unique=True)
    forms = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    reason = models.TextField()
    restricts = models.BooleanField(default=False)
