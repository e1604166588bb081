"""What this part holds of a person of the register: letters to them, answers by or about them. Erasing covers all tables by itself."""

from __future__ import annotations

from handslag_hub.asking.models import Answer, AnswerReview, Letter, NextDate, Note
from handslag_hub.store.erasing.names import Masker


def held_here(sender: object, *, masker: Masker, **_: object) -> dict[str, object]:
    """Letters, answers and reviews in which the person's name stands. Of private notes and dates, which nobody but their writer sees, only how many."""
    letters = [letter for letter in Letter.objects.select_related("party").order_by("pk") if _names(masker, letter.name, letter.email, letter.subject, letter.body)]  # fmt: skip
    answers = [answer for answer in Answer.objects.select_related("item__letter").order_by("pk") if _names(masker, answer.name, answer.words, answer.link)]  # fmt: skip
    reviews = [review for review in AnswerReview.objects.select_related("action", "answer__item__letter").order_by("pk") if _names(masker, review.words, review.note)]  # fmt: skip
    private = [text for model, column in ((Note, "text"), (NextDate, "what")) for text in model.objects.values_list(column, flat=True)]  # fmt: skip
    return {
        "letters": [{"uid": letter.uid, "to": letter.name, "email": letter.email, "subject": letter.subject, "text": letter.body, "made_at": letter.made_at.isoformat(),
            "sent_at": letter.sent_at.isoformat() if letter.sent_at else ""} for letter in letters],
        "answers": [{"letter": answer.item.letter.uid, "at": answer.at.isoformat(), "by": answer.name, "says": answer.says, "words": answer.words, "link": answer.link} for answer in answers],
        "answers_reviewed": [{"letter": review.answer.item.letter.uid, "verdict": review.verdict, "words": review.words, "note": review.note, "by": review.action.actor} for review in reviews],
        "private_notes": sum(_names(masker, text) for text in private),
    }  # fmt: skip


def _names(masker: Masker, *texts: str) -> bool:
    return any(masker.finds(text) for text in texts)
