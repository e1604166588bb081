"""Letters with what came in and what did not; answers that wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.asking.models import Answer, AnswerReview, Letter, LetterItem, Taken
from handslag_hub.asking.queries.answering import STILL_ASKED
from handslag_hub.asking.subjects import Subject

DRAFT, FINISHED, SENT, OVERDUE, ANSWERED, WITHDRAWN = "draft", "finished", "sent", "overdue", "answered", "withdrawn"
WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Standing:
    """A letter in the list: where it stands, how many of its commitments were answered, how many are still to be (what may no longer
    be told is not asked any longer), how many answers wait for review.
    """

    letter: Letter
    state: str
    items: int
    answered: int
    left: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer with the review that holds; `state` is "waiting" or the verdict."""

    answer: Answer
    review: AnswerReview | None = None

    @property
    def state(self) -> str:
        return self.review.verdict if self.review else WAITING

    @property
    def state_words(self) -> str:
        """The verdict in the reader's language; "" while it waits."""
        return str(Taken(self.review.verdict).label) if self.review else ""


@dataclass(slots=True)
class ItemAnswers:
    """A commitment of a letter with all that was answered about it, the newest first."""

    item: LetterItem
    answers: list[Judged] = field(default_factory=list)


def letters_listed(actor: Actor) -> QuerySet[Letter]:
    """All letters, the newest first."""
    actor.require(Role.REVIEWER)
    return Letter.objects.select_related("party__canonical", "reminds").order_by("-pk")


def overdue_letters(actor: Actor, today: date) -> QuerySet[Letter]:
    """Letters whose day has passed with something unanswered, and that nobody was reminded of yet. The longest overdue first."""
    silent = LetterItem.objects.filter(STILL_ASKED, ~Exists(Answer.objects.filter(item=OuterRef("pk"))), letter=OuterRef("pk"))  # fmt: skip
    reminded = Letter.objects.filter(reminds=OuterRef("pk"), sent_at__isnull=False, withdrawn_at=None)
    sent = letters_listed(actor).filter(sent_at__isnull=False, withdrawn_at=None, answer_by__lt=today)
    return sent.filter(Exists(silent), ~Exists(reminded)).order_by("answer_by", "pk")


def standings(letters: Sequence[Letter], today: date) -> list[Standing]:
    """Where these letters stand. Three queries, however many."""
    keys = [letter.pk for letter in letters]
    items: dict[int, int] = defaultdict(int)
    answered: dict[int, int] = defaultdict(int)
    left: dict[int, int] = defaultdict(int)
    rows = LetterItem.objects.filter(letter__in=keys).annotate(
        has=Exists(Answer.objects.filter(item=OuterRef("pk"))), asked=STILL_ASKED
    )
    for letter, has, asked in rows.values_list("letter", "has", "asked"):
        items[letter] += 1
        answered[letter] += has
        left[letter] += asked and not has
    waiting: dict[int, int] = defaultdict(int)
    for letter in waiting_answers().filter(item__letter__in=keys).values_list("item__letter", flat=True):
        waiting[letter] += 1
    finished = set(Letter.objects.filter(pk__in=keys, addresses__ended_at=None, addresses__isnull=False).values_list("pk", flat=True))  # fmt: skip
    return [
        Standing(letter, _state(letter, items[letter.pk] - answered[letter.pk], left[letter.pk], today, letter.pk in finished),
            items[letter.pk], answered[letter.pk], left[letter.pk], waiting[letter.pk])
        for letter in letters
    ]  # fmt: skip


def _state(letter: Letter, silent: int, left: int, today: date, finished: bool) -> str:
    if letter.withdrawn_at:
        return WITHDRAWN
    if not letter.sent_at:
        return FINISHED if finished else DRAFT
    if not silent:
        return ANSWERED
    return OVERDUE if left and letter.answer_by < today else SENT


def waiting_answers() -> QuerySet[Answer]:
    """Answers that nobody decided on, or whose decision was taken back; the oldest first. The caller has asked for the role."""
    decided = AnswerReview.objects.filter(answer=OuterRef("pk"), action__undone=False)
    return Answer.objects.filter(~Exists(decided)).order_by("pk")


def answers_to_review(actor: Actor) -> QuerySet[Answer]:
    """The answers that wait for somebody who reviews, with what they are about."""
    actor.require(Role.REVIEWER)
    return waiting_answers().select_related("item__letter__party__canonical", "item__fact__about__canonical")


def answers_of(letter: Letter) -> list[ItemAnswers]:
    """The letter's commitments in order, each with its answers. Three queries."""
    found = {item.pk: ItemAnswers(item) for item in letter.items.select_related("fact__about__canonical").order_by("rank")}  # fmt: skip
    answers = list(Answer.objects.filter(item__in=found).order_by("-pk"))
    reviews = reviews_that_hold([answer.pk for answer in answers])
    for answer in answers:
        found[answer.item_id].answers.append(Judged(answer, reviews.get(answer.pk)))
    return list(found.values())


def reviews_that_hold(answers: Collection[int]) -> dict[int, AnswerReview]:
    """Answer → the last review of it that is not undone."""
    rows = AnswerReview.objects.filter(answer__in=answers, action__undone=False).select_related("action", "evidence")
    return {review.answer_id: review for review in rows.order_by("pk")}


def unanswered(letter: Letter) -> list[LetterItem]:
    """What the letter asks about that nobody has answered yet, and that may still be asked."""
    items = letter.items.filter(STILL_ASKED, ~Exists(Answer.objects.filter(item=OuterRef("pk")))).order_by("rank")
    return list(items.select_related("fact__document", "fact__about"))


def letters_about(actor: Actor, subject: Subject) -> list[Letter]:
    """The last letters that asked about a commitment and were sent, for those who review."""
    sent = letters_listed(actor).filter(sent_at__isnull=False, withdrawn_at=None)
    return list(sent.filter(items__fact__about__canonical=subject.entity).distinct()[:3])
