"""What the page of a commitment tells of this part: who watches it, one's own next date, when it was asked about."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from handslag_hub.asking.queries.letters import letters_about
from handslag_hub.asking.queries.watching import dates_of, notes_of, watchers_of
from handslag_hub.asking.subjects import Subject
from handslag_hub.following.queries.states import Followed
from handslag_hub.store.models import Entity


def watching_panel(request: HttpRequest, commitment: Entity, _followed: Followed) -> SafeString | str:
    """The section; nothing on a day gone by, as watching is of today."""
    if request.as_known.day is not None:
        return ""
    subject = Subject(commitment.canonical or commitment, "")
    return render_to_string("asking/panel_part.html", {
        "subject": subject, "watchers": watchers_of(subject), "dates": list(dates_of(request.actor, subject)[:3]),
        "notes": notes_of(request.actor, subject).count(),
        "letters": letters_about(request.actor, subject) if request.actor.may("reviewer") else [],
    }, request)  # fmt: skip
