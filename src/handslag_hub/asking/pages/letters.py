"""The list of letters, and the page of one: edited, finished, sent, withdrawn, with what came in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag_hub.accounts.doors import door
from handslag_hub.asking.access import access_letter_by_uid
from handslag_hub.asking.composing import with_address
from handslag_hub.asking.forms import LetterForm, WhoForm
from handslag_hub.asking.models import Letter
from handslag_hub.asking.pages.answer_forms import forms_for, given_in
from handslag_hub.asking.queries.answering import questions
from handslag_hub.asking.queries.letters import (
    DRAFT,
    FINISHED,
    OVERDUE,
    answers_of,
    letters_listed,
    overdue_letters,
    standings,
    waiting_answers,
)
from handslag_hub.asking.services import letters as services
from handslag_hub.asking.services.answers import enter_answers
from handslag_hub.design.paging import page_links
from handslag_hub.design.shown import visible

_ROWS, _OVERDUE = 30, 50


@door("reviewer")
def show_letters(request: HttpRequest) -> HttpResponse:
    """All letters with what came in and what has not; overdue ones first."""
    today = timezone.localdate()
    page = Paginator(letters_listed(request.actor), _ROWS).get_page(request.GET.get("page"))
    overdue = standings(list(overdue_letters(request.actor, today)[:_OVERDUE]), today)
    return render(request, "asking/letters.html", {"lines": standings(list(page), today), "overdue": overdue,
        "waiting": waiting_answers().count(), "today": today, **page_links(request, page)})  # fmt: skip


@door("reviewer")
def show_letter(request: HttpRequest, uid: str) -> HttpResponse:
    """One letter; a POST keeps a draft as it was edited."""
    letter = access_letter_by_uid(request.actor, uid)
    if request.method != "POST":
        return _page(request, letter)
    if wrong := _keep_edited(request, letter):
        return wrong
    messages.success(request, _("The draft is kept."))
    return redirect("letter", letter.uid)


def _keep_edited(request: HttpRequest, letter: Letter) -> HttpResponse | None:
    """Keeps the draft as it stands in the form; its page again where something in it is wrong."""
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _page(request, letter, form=form, status=422)
    services.save_letter(request.actor, letter, **form.cleaned_data)
    return None


def _acts(act: Callable[[HttpRequest, Letter], tuple[int, str]]) -> Callable[[HttpRequest, str], HttpResponse]:
    """A page that does something with a letter, says what (the kind of message and its words), and goes back to it."""

    @require_POST
    @door("reviewer")
    @wraps(act)
    def page(request: HttpRequest, uid: str) -> HttpResponse:
        letter = access_letter_by_uid(request.actor, uid)
        messages.add_message(request, *act(request, letter))
        return redirect("letter", letter.uid)

    return page


@_acts
def rewrite(request: HttpRequest, letter: Letter) -> tuple[int, str]:
    """Writes the draft anew in the other language."""
    services.rewrite_letter(request.actor, letter, request.POST.get("language", ""))
    return messages.SUCCESS, _("The letter was written anew.")


@require_POST
@door("reviewer")
def finish(request: HttpRequest, uid: str) -> HttpResponse:
    """The letter with its private address, shown this once: to print or to copy. What was edited in the draft is kept first."""
    letter = access_letter_by_uid(request.actor, uid)
    if "body" in request.POST and (wrong := _keep_edited(request, letter)):
        return wrong
    address = _answer_address(request, services.finish_letter(request.actor, letter))
    response = render(request, "asking/finished.html", {"letter": letter, "text": visible(with_address(letter.body, address)), "address": address})  # fmt: skip
    response["Cache-Control"] = "no-store, private"
    return response


@_acts
def note_sent(request: HttpRequest, letter: Letter) -> tuple[int, str]:
    """Notes that the letter is on its way."""
    services.mark_sent(request.actor, letter)
    return messages.SUCCESS, _("The letter is noted as sent.")


@require_POST
@door("reviewer")
def mail(request: HttpRequest, uid: str) -> HttpResponse:
    """Sends the letter by e-mail. What was edited in the draft is kept first; to an address that was not there before it is sent when asked again."""
    letter = access_letter_by_uid(request.actor, uid)
    asked_for = letter.email
    if "body" in request.POST and (wrong := _keep_edited(request, letter)):
        return wrong
    if letter.email != asked_for:
        messages.warning(
            request, _("The draft is kept. The e-mail address is another one now: look at it, and send again.")
        )
    elif services.mail_letter(request.actor, letter, _answer_address(request, "SECRET")):
        messages.success(request, _("The letter was sent by e-mail."))
    else:
        messages.warning(request, _("No mail server is set: the letter was written to the terminal of the hub."))
    return redirect("letter", letter.uid)


@_acts
def withdraw(request: HttpRequest, letter: Letter) -> tuple[int, str]:
    """Takes a letter back."""
    services.withdraw_letter(request.actor, letter)
    return messages.SUCCESS, _("The letter is withdrawn; its address is dead.")


@require_POST
@door("reviewer")
def remind_of(request: HttpRequest, uid: str) -> HttpResponse:
    """Writes a reminder of what was not answered."""
    return redirect("letter", services.remind(request.actor, access_letter_by_uid(request.actor, uid)).uid)


@door("reviewer")
def enter(request: HttpRequest, uid: str) -> HttpResponse:
    """An answer that came by post, telephone or however else."""
    letter = access_letter_by_uid(request.actor, uid)
    asked = questions(letter)
    pairs, who = forms_for(asked, request.POST or None), WhoForm(request.POST or None)
    if request.method == "POST" and (given := given_in(pairs, who)) is not None:
        kept = enter_answers(request.actor, letter, given, name=who.cleaned_data["name"])
        messages.success(request, _("Kept: it waits for review.") if kept else _("Nothing new was entered."))
        return redirect("letter", letter.uid)
    return render(request, "asking/enter.html", {"letter": letter, "pairs": pairs, "who": who}, status=422 if request.method == "POST" else 200)  # fmt: skip


def _page(request: HttpRequest, letter: Letter, *, form: LetterForm | None = None, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    standing = standings([letter], today)[0]
    draft = standing.state in {DRAFT, FINISHED}
    return render(request, "asking/letter.html", {
        "letter": letter, "standing": standing, "form": (form or LetterForm.of(letter)) if draft else None, "draft": draft,
        "items": answers_of(letter), "overdue": standing.state == OVERDUE, "reminders": letter.reminders.order_by("pk"),
        "other_language": "en" if letter.language == "sv" else "sv", "over": letter.works_until < today,
    }, status=status)  # fmt: skip


def _answer_address(request: HttpRequest, secret: str) -> str:
    return request.build_absolute_uri(reverse("answer", args=[secret]))
