"""Next dates as a calendar (RFC 5545). The only file that knows the library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from handslag_hub.asking.models import NextDate
from handslag_hub.asking.queries.watching import DueDay
from handslag_hub.asking.subjects import Subject
from handslag_hub.commitments.wording import label
from handslag_hub.design.shown import visible
from handslag_hub.following.queries.states import Followed

TYPE = "text/calendar; charset=utf-8"
_LASTS = timedelta(minutes=30)
_LOOK_AGAIN = timedelta(hours=1)


def calendar(dates: Iterable[tuple[NextDate, Subject | None]], due: Sequence[DueDay], *, base: str) -> bytes:
    """The calendar of somebody's next dates and the due days of what they watch. `base` has no slash at its end."""
    made = Calendar()
    made.add("prodid", "-//Handslag//handslag//")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Handslag")
    made.add("refresh-interval", _LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    host = base.partition("://")[2].partition(":")[0]
    for there, subject in dates:
        made.add_component(_next_date(there, subject, base, host))
    for one in due:
        made.add_component(_due_day(one, base, host))
    made.add_missing_timezones()
    return made.to_ical()


def _next_date(there: NextDate, subject: Subject | None, base: str, host: str) -> Event:
    event = Event()
    event.add("uid", f"{there.uid}@{host}")
    event.add("sequence", there.sequence)
    event.add("dtstamp", there.changed_at.astimezone(UTC))
    event.add("created", there.made_at.astimezone(UTC))
    event.add("last-modified", there.changed_at.astimezone(UTC))
    if there.time is None:
        _whole_day(event, there.day)
    else:
        event.add("dtstart", datetime.combine(there.day, there.time, ZoneInfo(settings.TIME_ZONE)))
        # How long it lasts, not when it ends: right also in the night when the clocks change.
        event.add("duration", _LASTS)
    event.add("summary", visible(there.what))
    if subject is not None:
        event.add("description", visible(subject.label))
        event.add("url", base + reverse("watch", args=[subject.about, subject.uid]))
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if there.taken_back_at else "CONFIRMED")
    return event


def _due_day(one: DueDay, base: str, host: str) -> Event:
    event = Event()
    # Another day is another event: the one before is gone from the feed.
    event.add("uid", f"due-{one.uid}-{one.day:%Y%m%d}@{host}")
    event.add("sequence", 0)
    event.add("dtstamp", one.changed_at.astimezone(UTC))
    _whole_day(event, one.day)
    event.add("summary", visible(_("Due: %(due)s") % {"due": one.what}))
    if one.followed is not None:
        event.add("description", visible(_standing(one, one.followed)))
    event.add("url", base + reverse("commitment", args=[one.uid]))
    event.add("class", "PRIVATE")
    return event


def _standing(one: DueDay, followed: Followed) -> str:
    """Where it stands, and the passage of the newest word. No count of days: the feed changes when something was heard, not every day."""
    lines = [_("Where it stands: %(state)s") % {"state": label("commitment_state", followed.state)}]
    if followed.last_heard:
        lines.append(_("Last heard of on %(day)s") % {"day": followed.last_heard.isoformat()})
    if word := one.last_word:
        source = str(word.document) if word.document else _("told directly")
        lines.append(f"“{word.text}” ({source}, {word.said_on})")
    return "\n".join(lines)


def _whole_day(event: Event, day: date) -> None:
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
