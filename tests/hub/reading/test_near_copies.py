from __future__ import annotations

import pytest
from django.urls import reverse

from handslag_hub.reading.models import Arrival, NearCopy, State
from handslag_hub.reading.services import declare_version, dismiss_near_copy
from handslag_hub.reading.workers import read_until_none_waits
from handslag_hub.store.errors import Overtaken
from handslag_hub.store.models import Document, Fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_page(page) -> str:
    """A page of so many words that a changed one changes few bits of its likeness."""
    more = "\n".join(f"In year {2030 + n} the hall number {n} of the test bed was painted in colour {n * 7}." for n in range(60))  # fmt: skip
    return f"{page}\n{more}\n"


@pytest.fixture
def two_pages(bring, long_page) -> tuple[Document, Document]:
    """A page, and one that came in later and differs in a word."""
    earlier = bring({"first.txt": long_page})[0].document
    return earlier, bring({"second.txt": long_page.replace("twenty companies", "thirty companies")})[0].document


def test_a_page_that_is_nearly_the_same_is_proposed_with_the_one_it_is_like(two_pages, bring):
    earlier, later = two_pages
    near = NearCopy.objects.get()
    assert (near.document, near.earlier) == (later, earlier)
    assert near.bits_apart <= 6


def test_a_different_page_is_not_proposed(bring, long_page, sample_readings):
    bring({"first.txt": long_page, "other.txt": sample_readings["interview.md"].text})
    assert not NearCopy.objects.exists()


def test_a_newer_version_at_the_same_address_is_not_proposed_as_a_copy(bring, long_page):
    bring({"a.txt": long_page}, "https://example.org/a")
    bring({"a.txt": long_page.replace("twenty", "thirty")}, "https://example.org/a")
    assert not NearCopy.objects.exists()


def test_two_pages_stay_two_and_are_not_asked_about_again(two_pages, bring, reviewer, long_page):
    dismiss_near_copy(reviewer, NearCopy.objects.get())
    bring({"second again.txt": long_page.replace("twenty companies", "thirty companies")})
    assert not NearCopy.objects.filter(verdict="").exists()
    with pytest.raises(Overtaken):
        dismiss_near_copy(reviewer, NearCopy.objects.get())
    assert Document.objects.filter(live=True).count() == 2


def test_declared_a_newer_version_it_takes_the_place_of_the_one_kept_for_itself(two_pages, reviewer, bring, long_page):
    earlier, separate = two_pages
    batch = declare_version(reviewer, NearCopy.objects.get())
    read_until_none_waits()
    arrival = batch.arrivals.get()
    separate.refresh_from_db()
    assert arrival.state == State.VERSION
    assert arrival.document.supersedes == earlier
    assert arrival.document.chain == earlier.chain
    assert not separate.live
    assert not Fact.objects.filter(document=separate, shown=True).exists()
    # What both versions print is one fact.
    assert Fact.objects.filter(
        document=arrival.document, shown=True, created_at__lt=arrival.document.fetched_at
    ).exists()
    # The bytes are known: brought in again, they do not bring back the one kept for itself.
    again = bring({"second.txt": long_page.replace("twenty companies", "thirty companies")})[0]
    assert (again.state, again.document) == (State.SAME, arrival.document)


def test_a_person_decides_on_the_page(two_pages, client):
    earlier, _later = two_pages
    batch = Arrival.objects.last().batch
    shown = client.get(reverse("batch", args=[batch.uid])).content.decode()
    assert "Nearly the same as" in shown
    assert reverse("document", args=[earlier.uid]) in shown
    near = NearCopy.objects.get()
    answer = client.post(reverse("near-copy", args=[near.pk]), {"verdict": "other"}, follow=True)
    assert "Nearly the same as" not in answer.content.decode()
    answer = client.post(reverse("near-copy", args=[near.pk]), {"verdict": "version"})
    assert answer.status_code == 409
