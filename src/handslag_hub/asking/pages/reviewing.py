"""Answers that wait: accepted, corrected or rejected; and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag_hub.accounts.doors import door
from handslag_hub.asking.access import access_answer_by_key
from handslag_hub.asking.forms import ReviewForm
from handslag_hub.asking.models import Answer, Taken
from handslag_hub.asking.queries.letters import answers_to_review
from handslag_hub.asking.services.answers import take_answer, take_back_review
from handslag_hub.design.paging import page_links

_ROWS = 20


@door("reviewer")
def show_answers(request: HttpRequest) -> HttpResponse:
    """The answers that wait, the oldest first."""
    return _page(request)


@require_POST
@door("reviewer")
def review(request: HttpRequest, key: int) -> HttpResponse:
    """A verdict on an answer. What was changed in the form makes an acceptance a correction."""
    answer = access_answer_by_key(request.actor, key)
    verdict = request.POST.get("verdict", "")
    form = _form_of(answer, request.POST)
    if verdict == Taken.REJECT:
        take_answer(request.actor, answer, Taken.REJECT, note=request.POST.get("note", "")[:2000])
        messages.success(request, _("Rejected. Nothing was told of the commitment."))
    elif not form.is_valid():
        return _page(request, wrong=(answer.pk, form), status=422)
    else:
        given = form.cleaned_data
        # Browsers send line breaks in a form of their own.
        changed = (given["says"], given["words"].split(), given["day"]) != (
            answer.says,
            answer.words.split(),
            answer.day,
        )
        take_answer(request.actor, answer, Taken.CORRECT if changed else Taken.ACCEPT, **given)
        messages.success(request, _("Kept: it is told of the commitment as its owner’s word."))
    return redirect("answers")


@require_POST
@door("reviewer")
def take_back(request: HttpRequest, key: int) -> HttpResponse:
    """Undoes the review: the answer waits again."""
    answer = access_answer_by_key(request.actor, key)
    take_back_review(request.actor, answer)
    messages.success(request, _("Taken back: the answer waits for review again."))
    return redirect("letter", answer.item.letter.uid)


def _page(request: HttpRequest, *, wrong: tuple[int, ReviewForm] | None = None, status: int = 200) -> HttpResponse:
    page = Paginator(answers_to_review(request.actor), _ROWS).get_page(request.GET.get("page"))
    lines = [(one, wrong[1] if wrong and wrong[0] == one.pk else _form_of(one)) for one in page]
    return render(request, "asking/answers.html", {"lines": lines, **page_links(request, page)}, status=status)


def _form_of(answer: Answer, data: object = None) -> ReviewForm:
    initial = {"says": answer.says, "words": answer.words, "day": answer.day, "visibility": 1}
    return ReviewForm(data, initial=initial, auto_id=f"answer-{answer.pk}-%s")
