"""Letters that ask a party about its commitments, the private addresses in them, what came back, and what was decided on it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from handslag_hub.store.models import Action, Entity, Fact


class Letter(models.Model):
    """A letter to a party: a draft until it is finished (it has an address then), sent, withdrawn.

    `body` has a mark where the address is to stand: the address itself is kept nowhere.
    """

    uid = models.CharField(max_length=20, unique=True)
    party = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    # To whom it goes, as it stands on the envelope; "" where nobody is named.
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    answer_by = models.DateField()
    # The last day on which its addresses work.
    works_until = models.DateField()
    reminds = models.ForeignKey("self", models.PROTECT, null=True, related_name="reminders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    by_mail = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.subject


class LetterItem(models.Model):
    """A commitment that a letter asks about, with the party's own words as they stood when it was written."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="items", db_index=False)
    rank = models.SmallIntegerField()
    # The fact whose words are told; the commitment is what it is about.
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="+")
    quote = models.TextField()
    source = models.CharField(max_length=1000, blank=True)
    said_on = models.DateField(null=True)
    # As the passage has it, or the period as it is kept.
    due = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "rank"], name="letter_item_once")]


class AnswerAddress(models.Model):
    """A private address at which a letter is answered. Only the sum of its secret is kept."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="addresses")
    sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Says(models.TextChoices):
    """What somebody who was asked can say of a commitment."""

    DONE = "done", _("done")
    UNDERWAY = "underway", _("under way")
    DELAYED = "delayed", _("delayed")
    CANCELLED = "cancelled", _("cancelled")
    NO_COMMENT = "no comment", _("no comment")


class Answer(models.Model):
    """What was answered about one commitment of a letter, once. Never changed: who answers again adds another."""

    item = models.ForeignKey(LetterItem, models.PROTECT, related_name="answers")
    # Null for what somebody of the hub entered: it came by post or telephone.
    address = models.ForeignKey(AnswerAddress, models.PROTECT, null=True, related_name="answers")
    actor = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    says = models.CharField(max_length=16, choices=Says)
    words = models.TextField(blank=True)
    day = models.DateField()
    link = models.CharField(max_length=2000, blank=True)
    # Who answered, as they wrote it.
    name = models.CharField(max_length=200, blank=True)


class Taken(models.TextChoices):
    """What a reviewer made of an answer."""

    ACCEPT = "accept", _("accepted")
    CORRECT = "correct", _("corrected")
    REJECT = "reject", _("rejected")


class AnswerReview(models.Model):
    """A log: the last entry whose action is not undone holds. What was accepted or corrected became evidence by the same action."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=16, choices=Taken)
    # As it was taken, which a correction changes.
    says = models.CharField(max_length=16, choices=Says)
    words = models.TextField(blank=True)
    day = models.DateField()
    note = models.TextField(blank=True)
    evidence = models.ForeignKey(Fact, models.PROTECT, null=True, related_name="+")
    action = models.ForeignKey(Action, models.PROTECT, related_name="+")
