"""Watchers, private notes and dates, and the calendar as a calendar program reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from icalendar import Calendar

from handslag_hub.accounts.actors import Actor, actor_of
from handslag_hub.accounts.models import User
from handslag_hub.asking.access import access_subject
from handslag_hub.asking.models import NextDate, Note, Watch
from handslag_hub.asking.queries.watching import watched_by, watchers_of
from handslag_hub.asking.services.telling import make_feed_address, revoke_feed_address
from handslag_hub.asking.services.watching import (
    change_next_date,
    set_next_date,
    set_watcher,
    take_back_next_date,
    write_note,
)
from handslag_hub.asking.subjects import Subject
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Entity, Fact
from handslag_hub.store.services import change_visibility, judge_sameness, undo_action

pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody(account, team) -> Actor:
    """A reader with an account."""
    return actor_of(account("reader", "lage"))


@pytest.fixture
def clinic(region) -> Subject:
    """A commitment that everybody sees."""
    return Subject(Fact.objects.get(kind="commitment", about__label__contains="klinik").about.canonical, "")


@pytest.fixture
def feed(somebody) -> str:
    """The path of somebody's calendar."""
    return f"/feeds/{make_feed_address(somebody, 'calendar')}/handslag.ics"


def events(path: str) -> dict[str, object]:
    """Summary → event, as a calendar program finds them."""
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store, private"
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_watching_is_in_the_trail_and_can_be_undone(somebody, clinic):
    user = User.objects.get(pk=somebody.user_id)
    action = set_watcher(somebody, clinic, user, on=True)
    assert watchers_of(clinic) == [user]
    reviewer = Actor(None, "Rut", "reviewer")
    undoing = undo_action(reviewer, action)
    assert watchers_of(clinic) == []
    undo_action(reviewer, undoing)
    assert watched_by(somebody) == [clinic]
    set_watcher(somebody, clinic, user, on=False)
    assert watchers_of(clinic) == []


def test_only_those_who_review_make_others_watch_and_only_what_these_may_see(
    somebody, clinic, account, reviewer, pages
):
    other = account("reader", "other")
    with pytest.raises(PermissionDenied):
        set_watcher(somebody, clinic, other, on=True)
    set_watcher(reviewer, clinic, other, on=True)
    hidden = Subject(Fact.objects.get(kind="commitment", level=2, about__label__contains="canary").about, "")
    with pytest.raises(Refused, match="may not see"):
        set_watcher(reviewer, hidden, other, on=True)
    change_visibility(reviewer, pages["public"], 2)
    assert watched_by(actor_of(other)) == []
    with pytest.raises(Http404):
        access_subject(actor_of(other), "commitment", clinic.uid)


def test_a_watch_follows_who_is_taken_to_be_the_same(somebody, region, reviewer, read_text):
    from handslag_hub.store.services import keep_reading  # noqa: PLC0415

    keep_reading(reviewer, read_text("Region Norrland satsar på vård\n\nRegion Norrland ska öppna en klinik för patienter i Umeå senast den 1 september 2025.\n", said_on="2025-02-04"))  # fmt: skip
    other = Entity.objects.get(kind="organisation", label="Region Norrland")
    user = User.objects.get(pk=somebody.user_id)
    set_watcher(somebody, Subject(other, ""), user, on=True)
    action = judge_sameness(reviewer, region, other, "same", method="test")
    assert [subject.entity for subject in watched_by(somebody)] == [Entity.objects.get(pk=other.pk).canonical]
    assert watchers_of(Subject(Entity.objects.get(pk=region.pk).canonical, "")) == [user]
    undo_action(reviewer, action if hasattr(action, "verb") else action.action)
    assert watchers_of(Subject(Entity.objects.get(pk=region.pk).canonical, "")) == []


def test_notes_and_dates_are_seen_by_their_writer_alone(somebody, clinic, logged_in, account):
    write_note(somebody, clinic, "Ring Åsa, kanariefågel")
    there = set_next_date(somebody, clinic, day=date(2027, 1, 5), at=None, what="kanaridatum")
    path = f"/watching/commitment/{clinic.uid}"
    own = Client()
    own.force_login(User.objects.get(pk=somebody.user_id), backend="django.contrib.auth.backends.ModelBackend")
    assert "kanariefågel" in own.get(path).content.decode()
    assert own.get(path)["Cache-Control"] == "no-store, private"
    for role in ("reader", "reviewer", "administrator"):
        client = logged_in(role)
        for address in (path, "/watching/", f"/commitments/{clinic.uid}", "/export/commitments.csv", "/search?q=kanariefågel", "/export/all.xlsx"):  # fmt: skip
            answer = client.get(address)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert b"kanari" not in content.replace(b"kanarief%C3%A5gel", b"").replace("kanariefågel".encode(), b"") or address.startswith("/search")  # fmt: skip
        assert client.post(f"/watching/notes/{Note.objects.get().pk}/delete").status_code == 404
        assert client.get(f"/watching/dates/{there.uid}").status_code == 404
        assert client.post(f"/watching/dates/{there.uid}", {"take_back": "1"}).status_code == 404
    assert own.post(f"/watching/notes/{Note.objects.get().pk}/delete").status_code == 302
    assert Note.objects.count() == 0


def test_search_does_not_find_notes(somebody, clinic, logged_in):
    write_note(somebody, clinic, "zebrafinkar")
    assert "Nothing found" in logged_in("administrator").get("/search?q=zebrafinkar").content.decode()


def test_a_whole_day_is_a_whole_day(somebody, clinic, feed):
    set_next_date(somebody, clinic, day=date(2027, 3, 28), at=None, what="Fråga igen")
    event = events(feed)["Fråga igen"]
    assert event["DTSTART"].dt == date(2027, 3, 28)
    assert event["DTEND"].dt == date(2027, 3, 29)
    assert event["DTSTART"].params["VALUE"] == "DATE"


@pytest.mark.parametrize(
    ("day", "at", "in_utc"),
    [
        (date(2027, 1, 5), time(9, 30), datetime(2027, 1, 5, 8, 30, tzinfo=UTC)),
        (date(2027, 7, 5), time(9, 30), datetime(2027, 7, 5, 7, 30, tzinfo=UTC)),
        # The nights in which the clocks change.
        (date(2027, 3, 28), time(3, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (date(2027, 10, 31), time(3, 30), datetime(2027, 10, 31, 2, 30, tzinfo=UTC)),
    ],
)
def test_a_time_is_that_of_the_clock_on_the_wall(somebody, clinic, feed, day, at, in_utc):
    set_next_date(somebody, clinic, day=day, at=at, what="Möte")
    event = events(feed)["Möte"]
    assert event["DTSTART"].dt.astimezone(UTC) == in_utc
    assert event["DTSTART"].dt.replace(tzinfo=None) == datetime.combine(day, at)
    assert event["DURATION"].dt == timedelta(minutes=30)
    zones = Calendar.from_ical(Client().get(feed).content).walk("VTIMEZONE")
    assert [str(zone["TZID"]) for zone in zones] == ["Europe/Stockholm"]
    assert {str(part["TZOFFSETTO"].to_ical(), "ascii") if isinstance(part["TZOFFSETTO"].to_ical(), bytes) else part["TZOFFSETTO"].to_ical() for part in zones[0].subcomponents} >= {"+0100", "+0200"}  # fmt: skip


def test_what_is_written_comes_back_as_it_was(somebody, clinic, feed):
    odd = 'Komma, semikolon; bak\\streck "citat" – ÅÄÖ 🎈\nBEGIN:VEVENT ' + "lång " * 40
    set_next_date(somebody, clinic, day=date(2027, 1, 5), at=None, what=odd.strip())
    content = Client().get(feed).content
    assert list(events(feed)) == [odd.strip()]
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_a_moved_date_keeps_its_uid_and_is_counted_up_and_a_taken_back_one_is_cancelled(somebody, clinic, feed):
    there = set_next_date(somebody, clinic, day=date(2027, 1, 5), at=None, what="Fråga")
    first = events(feed)["Fråga"]
    change_next_date(somebody, there, day=date(2027, 1, 6), at=None, what="Fråga")
    change_next_date(somebody, there, day=date(2027, 1, 6), at=None, what="Fråga")
    moved = events(feed)["Fråga"]
    take_back_next_date(somebody, there)
    gone = events(feed)["Fråga"]
    assert first["UID"] == moved["UID"] == gone["UID"]
    assert [event["SEQUENCE"] for event in (first, moved, gone)] == [0, 1, 2]
    assert [str(event["STATUS"]) for event in (first, moved, gone)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert first["DTSTAMP"].dt <= moved["DTSTAMP"].dt
    NextDate.objects.update(taken_back_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert events(feed) == {}


def test_asked_twice_the_calendar_is_the_same(somebody, clinic, feed):
    set_next_date(somebody, clinic, day=date(2027, 1, 5), at=time(9), what="Fråga")
    assert Client().get(feed).content == Client().get(feed).content


def test_due_days_of_what_is_watched_are_in_the_calendar_until_they_may_not_be_seen(somebody, clinic, feed, reviewer, pages):  # fmt: skip
    set_watcher(somebody, clinic, User.objects.get(pk=somebody.user_id), on=True)
    set_next_date(somebody, clinic, day=date(2027, 1, 5), at=None, what="Fråga")
    found = events(feed)
    due = next(event for summary, event in found.items() if "klinik" in summary)
    assert due["DTSTART"].dt == date(2025, 9, 1)
    assert "klinik" in found["Fråga"]["DESCRIPTION"]
    change_visibility(reviewer, pages["public"], 2)
    hidden = Client().get(feed).content
    assert b"klinik" not in hidden
    assert list(events(feed)) == ["Fråga"]


def test_the_feed_dies_with_its_address_the_role_or_a_newer_address(somebody, clinic, feed):
    stranger = Client()
    user = User.objects.get(pk=somebody.user_id)
    assert stranger.get(feed).status_code == 200
    assert stranger.get(feed.replace(".ics", ".atom")).status_code == 404
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert stranger.get(feed).status_code == 404
    User.objects.filter(pk=user.pk).update(is_active=True)
    newer = f"/feeds/{make_feed_address(somebody, 'calendar')}/handslag.ics"
    assert (stranger.get(feed).status_code, stranger.get(newer).status_code) == (404, 200)
    revoke_feed_address(somebody, "calendar")
    assert stranger.get(newer).status_code == 404


def test_the_log_of_watching_holds_every_entry(somebody, clinic):
    user = User.objects.get(pk=somebody.user_id)
    set_watcher(somebody, clinic, user, on=True)
    with pytest.raises(Refused, match="already"):
        set_watcher(somebody, clinic, user, on=True)
    assert Watch.objects.count() == 1
