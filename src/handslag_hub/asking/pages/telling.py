"""Being told: the digest as a page, how often letters come, the private addresses of the feeds."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag_hub.accounts.doors import door
from handslag_hub.asking.access import access_subject
from handslag_hub.asking.forms import TellingForm
from handslag_hub.asking.models import FeedKind
from handslag_hub.asking.news_feed import address_of
from handslag_hub.asking.queries.news import News, news_of, subscriptions_of
from handslag_hub.asking.queries.telling import account_of, feed_of, told_until
from handslag_hub.asking.services import telling as services
from handslag_hub.asking.wording import detail_words, kind_words
from handslag_hub.design.words import language_now


@door("reader")
def show_news(request: HttpRequest) -> HttpResponse:
    """What is new for each subscription since one read this page last."""
    return _page(request)


@require_POST
@door("reader")
def read(request: HttpRequest) -> HttpResponse:
    """What was shown is read: from now on only what came after it is new."""
    try:
        until = datetime.fromisoformat(request.POST.get("until", ""))
        until = until.astimezone(UTC) if timezone.is_aware(until) else timezone.now()
    except (ValueError, OverflowError):
        until = timezone.now()
    services.mark_read(request.actor, until)
    messages.success(request, _("Read. What comes now is new."))
    return redirect("news")


@require_POST
@door("reader")
def choose(request: HttpRequest) -> HttpResponse:
    """How often letters come, and in which language."""
    form = TellingForm(request.POST, team=settings.TEAM)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    services.choose_telling(request.actor, **form.cleaned_data)
    messages.success(request, _("Kept."))
    return redirect("news")


@require_POST
@door("reader")
def set_subscription(request: HttpRequest, about: str, uid: str) -> HttpResponse:
    """Subscribes to something, or no longer."""
    subject = access_subject(request.actor, about, uid)
    on = request.POST.get("on") == "1"
    services.subscribe(request.actor, subject, on=on, language=language_now())
    messages.success(request, _("You are told of what is new about this.") if on else _("You are told of this no longer."))  # fmt: skip
    return redirect("news" if request.POST.get("to") == "news" else reverse("watch", args=[subject.about, subject.uid]))


@require_POST
@door("reader")
def feed_address(request: HttpRequest) -> HttpResponse:
    """Makes a private address of a feed and shows it this once, or takes it back."""
    kind = request.POST.get("kind", "")
    if request.POST.get("take_back"):
        services.revoke_feed_address(request.actor, kind)
        messages.success(request, _("The address is dead; nobody gets the feed by it any longer."))
        return redirect("watching" if kind == FeedKind.CALENDAR else "news")
    secret = services.make_feed_address(request.actor, kind)
    name = "calendar-feed" if kind == FeedKind.CALENDAR else "news-feed"
    context = {"kind": kind, "address": request.build_absolute_uri(reverse(name, args=[secret]))}
    response = render(request, "asking/feed_address.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def _page(request: HttpRequest, *, form: TellingForm | None = None, status: int = 200) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    account = account_of(actor)
    subjects = news_of(actor, subscriptions_of(actor), told_until(actor), now=now)
    if form is None:
        kept = account.telling
        initial = {"how": kept.how, "language": kept.language, "no_news": kept.no_news, "email": kept.email} if kept else {"language": language_now()}  # fmt: skip
        form = TellingForm(initial=initial, team=settings.TEAM)
    lines = [(one, [_line(news) for news in one.news]) for one in subjects]
    response = render(request, "asking/news.html", {
        "lines": lines, "any": any(one.news for one in subjects), "until": now.isoformat(), "form": form, "email": account.email,
        "feed": feed_of(actor, FeedKind.NEWS),
    }, status=status)  # fmt: skip
    response["Cache-Control"] = "no-store, private"
    return response


def _line(news: News) -> dict[str, object]:
    return {"news": news, "kind": kind_words(news), "detail": detail_words(news), "address": address_of(news)}
