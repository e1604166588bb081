from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handslag.reading.loading.formats import ENDINGS
from handslag_hub.reading.models import Arrival, Batch, State
from handslag_hub.reading.services import Incoming, bring_in
from handslag_hub.reading.workers import read_until_none_waits

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def _files(**contents: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name.replace("_", "."), content) for name, content in contents.items()]


def test_several_files_at_once_are_listed_with_what_became_of_each(client, page):
    files = _files(one_txt=page.encode(), empty_txt=b"")
    answer = client.post(reverse("add"), {"files": files, "visibility": "1"}, headers=HTMX)
    batch = Batch.objects.get()
    part = reverse("batch", args=[batch.uid])
    assert f'hx-get="{part}"' in answer.content.decode()
    assert "0 of 2 done" in answer.content.decode()
    read_until_none_waits()
    done = client.get(part, headers=HTMX).content.decode()
    # It is asked for no more.
    assert "hx-get" not in done
    assert "is empty (0 bytes)" in done
    document = Arrival.objects.get(state=State.READ).document
    assert reverse("document", args=[document.uid]) in done
    assert document.visibility == 1


def test_every_kind_of_file_that_is_read_can_be_chosen(client):
    shown = client.get(reverse("add")).content.decode()
    offered = re.search(r'accept="([^"]*)"', shown)[1].split(",")
    assert offered == list(ENDINGS)


def test_it_works_without_scripts(client, page):
    given = {"text": page, "address": "https://example.org/a", "said_on": "2026-10-09", "visibility": "0"}
    answer = client.post(reverse("add"), given)
    batch = Batch.objects.get()
    assert answer.url == reverse("batch", args=[batch.uid])
    read_until_none_waits()
    document = batch.arrivals.get().document
    assert (document.address, document.said_period, document.said_basis) == ("https://example.org/a", "2026-10-09", "given")  # fmt: skip
    assert "1 file, done" in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"visibility": "0"}, "Choose a file, or paste a text"),
        ({"text": "words", "visibility": "0", "said_on": "32 May"}, "Enter a valid date"),
        ({"text": "words", "visibility": "7"}, "Select a valid choice"),
        ({"text": "words", "visibility": "0", "address": "javascript:alert(1)"}, "Enter a valid URL"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(client, given, told):
    plain = client.post(reverse("add"), given)
    assert plain.status_code == 422
    part = client.post(reverse("add"), given, headers=HTMX)
    assert part["HX-Retarget"] == "#add-form"
    for answer in (plain, part):
        assert told in answer.content.decode()
    assert not Batch.objects.exists()


def test_an_address_is_that_of_one_page(client, page):
    given = {"files": _files(one_txt=b"a", two_txt=b"b"), "visibility": "0", "address": "https://example.org/a"}
    assert "An address is that of one page" in client.post(reverse("add"), given).content.decode()


def test_a_hostile_name_is_shown_as_text(client, page):
    hostile = '<img src=x onerror="alert(1)">\u202etxt.exe'
    client.post(reverse("add"), {"files": [SimpleUploadedFile(f"{hostile}.txt", b"")], "visibility": "0"})
    batch = Batch.objects.get()
    read_until_none_waits()
    for address in (reverse("batch", args=[batch.uid]), reverse("add")):
        shown = client.get(address).content.decode()
        assert "<img" not in shown
        assert "&lt;img" in shown
        assert "\u202e" not in shown


def test_a_reader_may_not_bring_in(log_in, page, reviewer):
    batch = bring_in(reviewer, [Incoming("one.txt", page.encode())])
    client = log_in("reader")
    assert client.get(reverse("add")).status_code == 403
    assert client.post(reverse("add"), {"text": page, "visibility": "0"}).status_code == 403
    assert client.get(reverse("batch", args=[batch.uid])).status_code == 403
    assert Batch.objects.count() == 1


def test_the_number_of_queries_does_not_grow_with_the_files(client, bring, page, reviewer):
    def queries(batch: Batch) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("batch", args=[batch.uid]), headers=HTMX)
        return len(captured)

    few = bring({"one.txt": page})[0].batch
    many = bring({f"{n}.txt": page.replace("twenty", str(n)) for n in range(6)})[0].batch
    queries(few)
    assert queries(few) == queries(many)


def test_of_many_files_those_that_were_not_read_come_first_and_the_others_on_pages(client, reviewer):
    files = [Incoming(f"{number}.txt", b"words " * number) for number in range(1, 121)]
    batch = bring_in(reviewer, [*files, Incoming("huge.txt", refused="is too large (60 MB, the limit is 50 MB); split it, or leave out its pictures")])  # fmt: skip
    first = client.get(reverse("batch", args=[batch.uid])).content.decode()
    assert first.index("huge.txt") < first.index("1.txt")
    assert "120.txt" not in first
    assert "120.txt" in client.get(reverse("batch", args=[batch.uid]), {"page": 2}).content.decode()
