"""Today: what came in, what waits, what is due, what was heard."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handslag_hub.accounts.models import User
from handslag_hub.commitments.models import SignalRow
from handslag_hub.home import queries
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Fact
from handslag_hub.store.services import keep_reading, review_fact

pytestmark = pytest.mark.django_db

CLOSED = "Varsel\n\nHemliga Lindbolaget AB varslar 40 anställda.\n\nHemliga Lindbolaget AB ska öppna en fabrik senast den 1 mars 2027.\n"


@pytest.fixture
def reader_client(client, settings):
    settings.TEAM = True
    client.force_login(User.objects.create(username="lage", role="reader"), backend="django.contrib.auth.backends.ModelBackend")  # fmt: skip
    return client


def test_an_empty_hub_says_what_to_do_first(client):
    page = client.get("/").content.decode()
    assert "Nothing is here yet" in page
    assert 'href="/documents/add"' in page


def test_what_came_in_waits_and_is_due_is_told(client, sample_documents):
    page = client.get("/").content.decode()
    assert "Came in" in page
    assert str(sample_documents["verksamhetsplan.pdf"]) in page
    waiting = Fact.objects.filter(shown=True, status="unreviewed").count()
    assert f'<span class="number-large">{waiting}</span>' in page
    assert "firmness--promised" in page


def test_commitments_stand_under_their_day(reader, reviewer, read_text):
    keep_reading(reviewer, read_text("Löften\n\nNorrviks kommun ska öppna ett center senast den 1 mars 2027. Norrviks kommun lovar att utbilda hundra sköterskor.\n"))  # fmt: skip
    due = date(2027, 3, 1)
    for day, key in ((due + timedelta(days=1), "passed"), (due, "soon"), (due - timedelta(days=30), "soon"), (due - timedelta(days=31), "later")):  # fmt: skip
        counts = {found.key: found.count for found in queries.commitments_now(reader, AsKnown(day))[1]}
        assert counts[key] == 1, day
        assert counts["open"] == 1
        assert sum(counts.values()) == 2


def test_a_reviewed_fact_waits_no_longer(reviewer, read_text):
    keep_reading(reviewer, read_text(CLOSED))
    before, _ = queries.count_waiting(reviewer, AsKnown())
    review_fact(reviewer, Fact.objects.filter(kind="commitment").first(), "accept")
    assert queries.count_waiting(reviewer, AsKnown())[0] == before - 1
    yesterday = AsKnown(timezone.localdate() - timedelta(days=1), held=True)
    assert queries.count_waiting(reviewer, yesterday)[0] == 0


def test_signals_of_the_week_leave_adverts_and_older_ones_out(reader, sample_documents):
    subjects, more = queries.signals_of_the_week(reader, AsKnown(date(2026, 11, 20)))
    views = [view for subject in subjects for view in subject.views]
    assert views
    assert not more
    assert all(date(2026, 11, 13) < view.fact.said_on <= date(2026, 11, 20) for view in views)
    SignalRow.objects.filter(pk__in=[view.fact.pk for view in views]).update(zone="member_news")
    assert queries.signals_of_the_week(reader, AsKnown(date(2026, 11, 20))) == ([], False)


def test_a_reader_is_told_nothing_of_a_restricted_page(reader_client, reviewer, read_text, sample_documents):
    before = reader_client.get("/").content.decode()
    keep_reading(reviewer, read_text(CLOSED, said_on=timezone.localdate().isoformat()), visibility=2)
    after = reader_client.get("/").content.decode()
    assert "Lindbolaget" not in after
    token = re.compile(r'(name="csrfmiddlewaretoken" value|name="csrf-token" content)="[^"]+"')
    assert token.sub("", after) == token.sub("", before)


def test_a_reader_is_not_sent_to_pages_that_are_not_theirs(reader_client, sample_documents):
    page = reader_client.get("/").content.decode()
    for path in ("/review/", "/register/same", "/documents/add", "/trail/", "/people/"):
        assert f'href="{path}' not in page


def test_the_day_chosen_tells_what_had_been_said(client, sample_documents):
    page = client.get("/?on=2026-10-09").content.decode()
    assert str(sample_documents["ministry-mou.html"]) in page
    assert str(sample_documents["verksamhetsplan.pdf"]) not in page
    assert "Nothing had been said by then" in client.get("/?on=2020-01-01").content.decode()


def test_the_number_of_queries_does_not_grow_with_what_the_hub_holds(client, reviewer, sample_readings, read_text):
    keep_reading(reviewer, sample_readings["ministry-mou.html"], address="https://example.org/mou")
    keep_reading(reviewer, sample_readings["branschnyhet.txt"], address="https://example.org/news")
    client.get("/?on=2026-11-20")
    with CaptureQueriesContext(connection) as few:
        client.get("/?on=2026-11-20")
    for name, reading in sample_readings.items():
        keep_reading(reviewer, reading, address=f"https://example.org/{name}")
    with CaptureQueriesContext(connection) as many:
        client.get("/?on=2026-11-20")
    assert len(many) <= len(few)
    assert len(many) <= 40
