"""What the page shows to whoever has a letter's private address: the commitments' own words, what was answered, nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from handslag_hub.accounts.actors import Level
from handslag_hub.asking.models import Answer, Letter, LetterItem

# Items of letters that may still be told and asked: what was restricted, rejected or removed since may not.
STILL_ASKED = Q(fact__shown=True, fact__level__lt=Level.RESTRICTED)


@dataclass(frozen=True, slots=True)
class Question:
    """A commitment that is asked about, and the last answer to it."""

    item: LetterItem
    last: Answer | None


def questions(letter: Letter) -> list[Question]:
    """The commitments of the letter that may still be told. Two queries."""
    items = list(letter.items.filter(STILL_ASKED).order_by("rank"))
    answers = Answer.objects.filter(item__in=items, address__isnull=False).order_by("pk")
    last = {answer.item_id: answer for answer in answers}
    return [Question(item, last.get(item.pk)) for item in items]
