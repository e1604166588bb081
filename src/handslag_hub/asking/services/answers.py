"""Answers: kept as they come in, and what a reviewer makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.asking.access import works
from handslag_hub.asking.models import Answer, AnswerAddress, AnswerReview, Letter, LetterItem, Says, Taken
from handslag_hub.asking.queries.letters import reviews_that_hold
from handslag_hub.following.services import tell
from handslag_hub.store.erasing.guard import mask_text
from handslag_hub.store.errors import Overtaken, Refused
from handslag_hub.store.models import Action, Fact
from handslag_hub.store.services import undo_action
from handslag_hub.store.writing import log_action, one_writer

# Whoever has an address can write: so many answers by it are kept. Who gets a new one can answer again.
MOST_ANSWERS = 300
# As the trail calls whoever answers: who they are, the hub does not know.
_STRANGER = Actor(None, "private address", "")


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody says of one commitment of a letter."""

    item: LetterItem
    says: str
    words: str
    day: date
    link: str = ""


def keep_answers(address: AnswerAddress, given: Sequence[Given], *, name: str = "") -> int:
    """Keeps what came in at a private address, to be reviewed; gives how many answers are new (the same again is not).

    Refused where the address works no longer, or too much came in by it.
    """
    with one_writer():
        address.refresh_from_db()
        address.letter.refresh_from_db()
        if not works(address, timezone.localdate()):
            raise Refused(_("The time to answer is over. Nothing was kept."))
        if Answer.objects.filter(address=address).count() + len(given) > MOST_ANSWERS:
            raise Refused(_("So many answers came in by this address that no more are kept. Please write a letter instead."))  # fmt: skip
        kept = _keep(address.letter, given, name=name, address=address)
        if kept:
            log_action(_STRANGER, "answer", {"letter": address.letter.uid, "answers": kept})
    return kept


def enter_answers(actor: Actor, letter: Letter, given: Sequence[Given], *, name: str = "") -> int:
    """Keeps what came in by post, telephone or however else, as somebody of the hub enters it; it is reviewed like the others."""
    actor.require(Role.REVIEWER)
    with one_writer():
        letter.refresh_from_db()
        if letter.sent_at is None:
            raise Refused(_("This letter was not sent yet."))
        kept = _keep(letter, given, name=name, actor=actor)
        if kept:
            log_action(actor, "answer", {"letter": letter.uid, "answers": kept})
    return kept


def _keep(letter: Letter, given: Sequence[Given], *, name: str, address: AnswerAddress | None = None, actor: Actor | None = None) -> int:  # fmt: skip
    last = {answer.item_id: answer for answer in Answer.objects.filter(item__letter=letter).order_by("pk")}
    kept = []
    for one in given:
        answer = Answer(item=one.item, address=address, actor=actor.name if actor else "", at=timezone.now(), says=one.says,
            words=mask_text(one.words), day=one.day, link=mask_text(one.link), name=mask_text(name))  # fmt: skip
        if (before := last.get(one.item.pk)) is None or _content(before) != _content(answer):
            kept.append(answer)
    Answer.objects.bulk_create(kept)
    return len(kept)


def _content(answer: Answer) -> tuple[object, ...]:
    return answer.address_id, answer.says, answer.words, answer.day, answer.link, answer.name


def take_answer(actor: Actor, answer: Answer, verdict: str, *, says: str = "", words: str = "", day: date | None = None, note: str = "", visibility: int = 1) -> Action:  # fmt: skip
    """Accepts, corrects or rejects an answer; gives the action, which can be undone.

    What is accepted or corrected becomes evidence of the commitment, by its owner, told directly. Of "no comment" nothing is told.
    Overtaken where somebody decided in the meantime.
    """
    actor.require(Role.REVIEWER)
    if verdict not in Taken.values:
        raise Refused(_("An answer is accepted, corrected or rejected."))
    if verdict != Taken.CORRECT or not says:
        says, words, day = answer.says, answer.words, answer.day
    if says not in Says.values or day is None or (says != Says.NO_COMMENT and not words.strip()):
        raise Refused(_("A correction says what is true now, in words, and since which day."))
    with one_writer():
        if there := reviews_that_hold([answer.pk]).get(answer.pk):
            raise Overtaken(_("%(who)s has decided on this answer in the meantime. Nothing of yours was written.") % {"who": there.action.actor})  # fmt: skip
        evidence: Fact | None = None
        if verdict == Taken.REJECT or says == Says.NO_COMMENT:
            action = log_action(actor, "reject answer" if verdict == Taken.REJECT else "note answer", {"letter": answer.item.letter.uid, "fact": answer.item.fact.uid})  # fmt: skip
        else:
            evidence, action = tell(actor, answer.item.fact, says=says, by="owner", day=day.isoformat(), words=words,
                source=answer.link, reference=_reference(answer), note=note, visibility=visibility)  # fmt: skip
        AnswerReview.objects.create(answer=answer, verdict=verdict, says=says, words=mask_text(words), day=day, note=mask_text(note), evidence=evidence, action=action)  # fmt: skip
    return action


def take_back_review(actor: Actor, answer: Answer) -> Action:
    """Undoes the review that holds: the answer waits again, and what it told is heard no longer."""
    actor.require(Role.REVIEWER)
    there = reviews_that_hold([answer.pk]).get(answer.pk)
    if there is None:
        raise Refused(_("This was taken back already."))
    return undo_action(actor, there.action)


def _reference(answer: Answer) -> str:
    """What the evidence came by, without names."""
    return f"letter {answer.item.letter.uid}, {timezone.localdate(answer.at).isoformat()}"
