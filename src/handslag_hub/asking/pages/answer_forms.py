"""The forms of a letter's questions, one for each, as strangers and people of the hub fill them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils import timezone

from handslag_hub.asking.forms import AnswerForm, WhoForm
from handslag_hub.asking.queries.answering import Question
from handslag_hub.asking.services.answers import Given

Pairs = list[tuple[Question, AnswerForm]]


def forms_for(asked: Sequence[Question], data: Mapping[str, object] | None) -> Pairs:
    """A form for each question, filled with what was sent."""
    today = {"day": timezone.localdate(), "says": ""}
    return [(question, AnswerForm(data, prefix=f"q{question.item.rank}", initial=today)) for question in asked]


def given_in(pairs: Pairs, who: WhoForm) -> list[Given] | None:
    """What is said in the forms; None where something in them is wrong."""
    fine = [form.is_valid() for _, form in pairs]
    if not who.is_valid() or not all(fine):
        return None
    return [
        Given(question.item, form.cleaned_data["says"], form.cleaned_data["words"], form.cleaned_data["day"] or timezone.localdate(), form.cleaned_data["link"])
        for question, form in pairs
        if form.is_filled
    ]  # fmt: skip
