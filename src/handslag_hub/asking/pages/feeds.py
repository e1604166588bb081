"""Feeds by private addresses: the secret in the address is all that is asked for, and whose it is decides what is in it."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from handslag_hub.accounts.actors import Actor
from handslag_hub.asking.access import access_owner_by_secret
from handslag_hub.asking.models import FeedKind, Telling
from handslag_hub.asking.news_feed import TYPE, atom
from handslag_hub.asking.queries.news import news_of, subscriptions_of
from handslag_hub.asking.queries.watching import dates_for_calendar, due_days_watched
from handslag_hub.design.words import language_now

# News stay so long in the feed.
_DAYS = 30


@require_safe
def give_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Next dates and due days of what somebody watches, as iCalendar."""
    # The library takes a while to load, and only this page needs it.
    from handslag_hub.asking.calendars import TYPE as CALENDAR_TYPE  # noqa: PLC0415  as above
    from handslag_hub.asking.calendars import calendar  # noqa: PLC0415  as above

    owner = access_owner_by_secret(FeedKind.CALENDAR, secret)
    with translation.override(_language_of(owner)):
        content = calendar(dates_for_calendar(owner), due_days_watched(owner), base=_base(request))
    return HttpResponse(content, content_type=CALENDAR_TYPE)


@require_safe
def give_news(request: HttpRequest, secret: str) -> HttpResponse:
    """What is new about what somebody subscribed to, as Atom."""
    owner = access_owner_by_secret(FeedKind.NEWS, secret)
    language = _language_of(owner)
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=_DAYS)
    with translation.override(language):
        subjects = news_of(owner, subscriptions_of(owner), since)
        text = atom(subjects, base=_base(request), owner=owner.name, owner_key=owner.user_id or 0, language=language, since=since)  # fmt: skip
    return HttpResponse(text, content_type=TYPE)


def _language_of(owner: Actor) -> str:
    return Telling.objects.filter(user=owner.user_id).values_list("language", flat=True).first() or language_now()


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
