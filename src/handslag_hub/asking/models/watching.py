"""Who looks after what: watchers, which all who may see the thing know of, and notes and next dates, which only their writer sees."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from handslag_hub.asking.models.subjects import AboutSomething
from handslag_hub.store.models import Action


class Watch(AboutSomething):
    """A log: somebody began to watch something, or stopped. The last entry that counts holds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.BooleanField()
    action = models.ForeignKey(Action, models.PROTECT, related_name="+")


class Note(AboutSomething):
    """What somebody noted for themselves. Nobody else sees it, no export has it, no search finds it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()


class NextDate(AboutSomething):
    """When somebody means to look again. Kept for a while after it was taken back, so that calendars learn of it."""

    uid = models.CharField(max_length=20, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()
    # Without one it is for the whole day.
    time = models.TimeField(null=True)
    what = models.CharField(max_length=500)
    # Counted up with every change, as calendars want it (RFC 5545, 3.8.7.4).
    sequence = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
