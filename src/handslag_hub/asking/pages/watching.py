"""What one watches, with notes and next dates that nobody else sees; and the page of one thing to watch."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag_hub.accounts.doors import door
from handslag_hub.accounts.models import User
from handslag_hub.asking.access import access_next_date_by_uid, access_note_by_key, access_subject
from handslag_hub.asking.forms import NextDateForm, NoteForm
from handslag_hub.asking.models import FeedKind
from handslag_hub.asking.queries.telling import feed_of, is_subscribed
from handslag_hub.asking.queries.watching import (
    dates_of,
    notes_of,
    people_who_may_watch,
    subjects_of,
    watched_by,
    watchers_of,
)
from handslag_hub.asking.services import watching as services
from handslag_hub.asking.subjects import Subject
from handslag_hub.commitments.wording import choices
from handslag_hub.design.numbers_asked import number_asked


@door("reader")
def show_watching(request: HttpRequest) -> HttpResponse:
    """What one watches, and one's next dates, those passed first."""
    dates = list(dates_of(request.actor))
    return _own(request, "asking/watching.html", {
        "subjects": watched_by(request.actor), "dates": list(zip(dates, subjects_of(request.actor, dates), strict=True)),
        "today": timezone.localdate(), "feed": feed_of(request.actor, FeedKind.CALENDAR),
        "themes": choices("theme"),
    })  # fmt: skip


@door("reader")
def show_subject(request: HttpRequest, about: str, uid: str) -> HttpResponse:
    """One thing: who watches it, one's own notes and dates about it, whether one is told of it."""
    return _subject_page(request, access_subject(request.actor, about, uid))


@require_POST
@door("reader")
def set_watch(request: HttpRequest, about: str, uid: str) -> HttpResponse:
    """Begins to watch, or stops; those who review may name somebody else."""
    subject = access_subject(request.actor, about, uid)
    key = number_asked(request.POST.get("user", "")) or request.actor.user_id
    user = User.objects.filter(pk=key, is_active=True).first()
    if user is None:
        messages.error(request, _("There is no such account."))
    else:
        on = request.POST.get("on") == "1"
        services.set_watcher(request.actor, subject, user, on=on)
        told = {"name": user.get_username()}
        messages.success(request, _("%(name)s watches this now.") % told if on else _("%(name)s watches this no longer.") % told)  # fmt: skip
    return redirect("watch", subject.about, subject.uid)


@require_POST
@door("reader")
def add_note(request: HttpRequest, about: str, uid: str) -> HttpResponse:
    """A note for oneself."""
    subject = access_subject(request.actor, about, uid)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _subject_page(request, subject, note_form=form, status=422)
    services.write_note(request.actor, subject, form.cleaned_data["text"])
    messages.success(request, _("Noted, for you alone."))
    return redirect("watch", subject.about, subject.uid)


@require_POST
@door("reader")
def drop_note(request: HttpRequest, key: int) -> HttpResponse:
    """Deletes a note of one's own."""
    note = access_note_by_key(request.actor, key)
    subject = subjects_of(request.actor, [note])[0]
    services.delete_note(request.actor, note)
    messages.success(request, _("The note is deleted."))
    return redirect("watch", subject.about, subject.uid) if subject else redirect("watching")


@require_POST
@door("reader")
def add_date(request: HttpRequest, about: str, uid: str) -> HttpResponse:
    """When to look again."""
    subject = access_subject(request.actor, about, uid)
    form = NextDateForm(request.POST)
    if not form.is_valid():
        return _subject_page(request, subject, date_form=form, status=422)
    given = form.cleaned_data
    services.set_next_date(request.actor, subject, day=given["day"], at=given["time"], what=given["what"])
    messages.success(request, _("The date is kept."))
    return redirect("watch", subject.about, subject.uid)


@door("reader")
def change_date(request: HttpRequest, uid: str) -> HttpResponse:
    """Moves, renames or takes back a date of one's own."""
    there = access_next_date_by_uid(request.actor, uid)
    if request.method == "POST" and request.POST.get("take_back"):
        services.take_back_next_date(request.actor, there)
        messages.success(request, _("The date is taken back."))
        return redirect("watching")
    form = NextDateForm(request.POST) if request.method == "POST" else NextDateForm.of(there)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        services.change_next_date(request.actor, there, day=given["day"], at=given["time"], what=given["what"])
        messages.success(request, _("The date is kept."))
        return redirect("watching")
    return _own(request, "asking/next_date.html", {"there": there, "form": form}, status=422 if form.is_bound else 200)


def _subject_page(request: HttpRequest, subject: Subject, *, note_form: NoteForm | None = None, date_form: NextDateForm | None = None, status: int = 200) -> HttpResponse:  # fmt: skip
    watchers = watchers_of(subject)
    return _own(request, "asking/subject.html", {
        "subject": subject, "watchers": watchers, "watches": any(user.pk == request.actor.user_id for user in watchers),
        "others": people_who_may_watch(request.actor, subject, watchers), "notes": notes_of(request.actor, subject),
        "dates": dates_of(request.actor, subject), "subscribed": is_subscribed(request.actor, subject), "today": timezone.localdate(),
        "note_form": note_form or NoteForm(auto_id="note-%s"), "date_form": date_form or NextDateForm(auto_id="date-%s"),
    }, status=status)  # fmt: skip


def _own(request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    """A page with what only the actor sees: no cache keeps it."""
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store, private"
    return response
